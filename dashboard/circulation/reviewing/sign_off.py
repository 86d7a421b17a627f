"""Whether a review may be signed off, and everything that holds it back."""

import dataclasses
import enum
import types
from collections.abc import Mapping

from circulation import errors
from circulation.reviewing import reviews
from circulation.reviewing.reviews import TestStatus


class Missing(enum.StrEnum):
    """Why a review cannot be signed off yet."""

    TEST_OPEN = "test_open"
    RESULT_OWED = "result_owed"
    REASON_OWED = "reason_owed"
    FLAG_NOT_SEEN = "flag_not_seen"
    NO_CAUSE = "no_cause"
    NO_DISPOSITION = "no_disposition"


MISSING_WORDS: Mapping[Missing, str] = types.MappingProxyType(
    {
        Missing.TEST_OPEN: "test {about} is neither done nor marked as not needed",
        Missing.RESULT_OWED: "test {about} is done but has no result",
        Missing.REASON_OWED: "test {about} is marked as not needed without a reason",
        Missing.FLAG_NOT_SEEN: "red flag {about} is not acknowledged",
        Missing.NO_CAUSE: "no agreed cause, nor undecided, is chosen",
        Missing.NO_DISPOSITION: "what happens next is not chosen",
    }
)


@dataclasses.dataclass(frozen=True)
class Blocker:
    """One reason that holds back the sign-off; `about` is the test or flag it is about."""

    missing: Missing
    about: str = ""

    @property
    def words(self) -> str:
        return MISSING_WORDS[self.missing].format(about=self.about)


class SignOffRefused(errors.DashboardError):
    """Carries every reason at once."""

    def __init__(self, blockers: tuple[Blocker, ...]) -> None:
        listed = "; ".join(one.words for one in blockers)
        super().__init__("sign-off", f"not yet possible: {listed}", "Settle these, then sign off.")
        self.blockers = blockers


def blockers(review: reviews.RecordReview, basis: reviews.Basis) -> tuple[Blocker, ...]:
    """Every reason that holds back the sign-off, in the order of the page.

    A test that was ordered holds it back too, called for or not: its result is still to come.
    """
    started = (TestStatus.ORDERED, TestStatus.DONE)
    begun = (one.test for one in review.tests if one.status in started)
    owed = dict.fromkeys([*basis.called_for, *begun])
    seen = {one.flag for one in review.acknowledged}
    return (
        *(Blocker(Missing.FLAG_NOT_SEEN, one) for one in basis.red_flags if one not in seen),
        *(found for test in owed if (found := _test_blocker(review.test(test)))),
        *([] if review.agreed_cause else [Blocker(Missing.NO_CAUSE)]),
        *([] if review.disposition else [Blocker(Missing.NO_DISPOSITION)]),
    )


def _test_blocker(test: reviews.TestReview) -> Blocker | None:
    if test.status in (TestStatus.TO_DO, TestStatus.ORDERED):
        return Blocker(Missing.TEST_OPEN, test.test)
    if test.status is TestStatus.DONE and test.result is None:
        return Blocker(Missing.RESULT_OWED, test.test)
    if test.status is TestStatus.NOT_NEEDED and not test.reason:
        return Blocker(Missing.REASON_OWED, test.test)
    return None


def check_sign_off(review: reviews.RecordReview, basis: reviews.Basis) -> None:
    """Raises SignOffRefused with every reason."""
    if found := blockers(review, basis):
        raise SignOffRefused(found)
