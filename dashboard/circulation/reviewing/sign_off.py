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

    NO_FIRST_VIEW = "no_first_view"
    RESULT_NOT_SEEN = "result_not_seen"
    TEST_OPEN = "test_open"
    RESULT_OWED = "result_owed"
    REASON_OWED = "reason_owed"
    FLAG_NOT_SEEN = "flag_not_seen"
    NO_CAUSE = "no_cause"
    NO_DISPOSITION = "no_disposition"
    SECOND_REVIEWER = "second_reviewer"


MISSING_WORDS: Mapping[Missing, str] = types.MappingProxyType(
    {
        Missing.NO_FIRST_VIEW: "your view first is not recorded",
        Missing.RESULT_NOT_SEEN: "the result of test {about} is not marked as reviewed",
        Missing.TEST_OPEN: "test {about} is neither done nor marked as not needed",
        Missing.RESULT_OWED: "test {about} is done but has no result",
        Missing.REASON_OWED: "test {about} is marked as not needed without a reason",
        Missing.FLAG_NOT_SEEN: "red flag {about} is not acknowledged",
        Missing.NO_CAUSE: "no agreed cause, nor undecided, is chosen",
        Missing.NO_DISPOSITION: "what happens next is not chosen",
        Missing.SECOND_REVIEWER: "a second reviewer, another person, has to sign as well",
    }
)


@dataclasses.dataclass(frozen=True)
class Blocker:
    """One reason that holds back the sign-off; `about` is the test or flag it is about."""

    missing: Missing
    about: str = ""

    def words(self, basis: reviews.Basis) -> str:
        """The reason as the page says it."""
        return MISSING_WORDS[self.missing].format(about=basis.label(self.about))


class SignOffRefused(errors.DashboardError):
    """Carries every reason at once."""

    def __init__(self, blockers: tuple[Blocker, ...], basis: reviews.Basis) -> None:
        listed = "; ".join(one.words(basis) for one in blockers)
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
        *([Blocker(Missing.NO_FIRST_VIEW)] if first_view_owed(review, basis) else []),
        *(Blocker(Missing.RESULT_NOT_SEEN, test) for test in unseen(review, basis)),
        *(found for test in owed if (found := _test_blocker(review.test(test)))),
        *([] if review.agreed_cause else [Blocker(Missing.NO_CAUSE)]),
        *([] if review.disposition else [Blocker(Missing.NO_DISPOSITION)]),
    )


def first_view_owed(review: reviews.RecordReview, basis: reviews.Basis) -> bool:
    """Whether the clinic asks for the clinician's view before the tool's order opens."""
    return view_comes_first(review, asked=basis.first_view)


def view_comes_first(review: reviews.RecordReview, *, asked: bool) -> bool:
    """The same where only the clinic's choice is at hand.

    Not once a cause is agreed: the order was seen by then, and a first view would be none.
    """
    return asked and not review.first_view and not review.agreed_cause


def unseen(review: reviews.RecordReview, basis: reviews.Basis) -> tuple[str, ...]:
    """The tests whose result came back, at intake or since, and was not marked as reviewed."""
    came = [test for test in basis.returned if not review.find(reviews.Field.TEST_STATUS, test)]
    since = [one.test for one in review.tests if one.result]
    return tuple(test for test in dict.fromkeys([*came, *since]) if not review.test(test).seen)


def needs_second(review: reviews.RecordReview, basis: reviews.Basis) -> bool:
    """Whether the clinic asks for a second reviewer of this record."""
    view = review.first_view
    return basis.second_reviewer or bool(view and view.certainty in basis.second_certainties)


def second_owed(review: reviews.RecordReview, basis: reviews.Basis, actor: str) -> bool:
    """Whether someone else than this actor has to sign, before or after."""
    first = review.first_signature
    return needs_second(review, basis) and (first is None or first.actor == actor)


def _test_blocker(test: reviews.TestReview) -> Blocker | None:
    if test.status in (TestStatus.TO_DO, TestStatus.ORDERED):
        return Blocker(Missing.TEST_OPEN, test.test)
    if test.status is TestStatus.DONE and test.result is None:
        return Blocker(Missing.RESULT_OWED, test.test)
    if test.status is TestStatus.NOT_NEEDED and not test.reason:
        return Blocker(Missing.REASON_OWED, test.test)
    return None


def check_sign_off(review: reviews.RecordReview, basis: reviews.Basis, actor: str) -> None:
    """Raises SignOffRefused with every reason."""
    second = [Blocker(Missing.SECOND_REVIEWER)] if second_owed(review, basis, actor) else []
    if found := (*blockers(review, basis), *second):
        raise SignOffRefused(found, basis)


def check_first_signature(review: reviews.RecordReview, basis: reviews.Basis) -> None:
    """Raises SignOffRefused unless all is settled but the second signature."""
    if found := blockers(review, basis):
        raise SignOffRefused(found, basis)
