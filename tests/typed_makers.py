"""Reviews with results typed in them, folded from events as the store folds them."""

from collections.abc import Mapping

from circulation.reviewing import reviews
from circulation.reviewing.reviews import Field, Standing, TestStatus

AT, LATER = "2026-11-22T14:32:05.000000Z", "2026-11-22T15:10:00.000000Z"
ACTOR = "Clinician 1"


def review(
    record_id: str = "R00001",
    measured: Mapping[str, str] | None = None,
    results: Mapping[str, str] | None = None,
    *,
    statuses: Mapping[str, str] | None = None,
    signed: bool = False,
) -> reviews.RecordReview:
    """A review in which these numbers (by column) and test results (by test) were typed."""
    said = [(Field.TEST_STATUS, test, TestStatus.DONE.value) for test in results or {}]
    said += [(Field.TEST_RESULT, test, result) for test, result in (results or {}).items()]
    said += [(Field.TEST_STATUS, test, status) for test, status in (statuses or {}).items()]
    said += [(Field.MEASURED, column, text) for column, text in (measured or {}).items()]
    found = reviews.RecordReview(record_id, version=1)
    for field, about, value in said:
        found = reviews.stand(found, Standing(field, about, value, AT, ACTOR))
    state = reviews.State.REVIEWED if signed else reviews.State.IN_PROGRESS
    return reviews.stand(found, Standing(Field.STATE, "", state, LATER, ACTOR))
