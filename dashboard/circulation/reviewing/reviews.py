"""The review of one record: what stands now, as a fold over what was said about it.

Events are the truth and are never changed. A fold keeps, for each field (and each test or flag it
is about), the last value said, by whom and when; blank takes a value back.
"""

import bisect
import dataclasses
import datetime
import enum
import functools
import json

from circulation.knowledge_base import review_model
from circulation.reviewing import basis, ledger

UNDECIDED = "undecided"  # a cause may be left undecided, in so many words
ACKNOWLEDGED = "acknowledged"
SEEN = "reviewed"  # of a result that came back
SIGNED = "signed"

Certainty = review_model.Certainty
Disposition = review_model.Disposition
Basis = basis.Basis


class Field(enum.StrEnum):
    """What one event of the ledger can say something about."""

    STATE = "state"
    TEST_STATUS = "test_status"
    TEST_RESULT = "test_result"
    TEST_VALUE = "test_value"
    TEST_DATE = "test_date"
    TEST_REASON = "test_reason"  # why a test is not needed
    RESULT_SEEN = "result_seen"  # a returned result was looked at
    MEASURED = "measured"  # a number of a test, about its column of the record
    FIRST_CAUSE = "first_cause"
    FIRST_CERTAINTY = "first_certainty"
    AGREED_CAUSE = "agreed_cause"
    DISPOSITION = "disposition"
    NOTE = "note"
    RED_FLAG = "red_flag"
    AS_SEEN = "as_seen"  # the seal of the view that a sign-off was made on
    HANDED_TO = "handed_to"  # who the record waits for
    FIRST_SIGNATURE = "first_signature"  # of two, where the clinic asks for a second reviewer
    SECOND_CAUSE = "second_cause"  # what a second reader found, blind, after the sign-off
    SECOND_CERTAINTY = "second_certainty"
    PUBLISHED = "published"  # pooled figures of a quarter: about no record


class State(enum.StrEnum):
    """How far the review of a record is."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    REVIEWED = "reviewed"


class TestStatus(enum.StrEnum):
    """How far a test is."""

    TO_DO = "to_do"
    ORDERED = "ordered"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class TestResult(enum.StrEnum):
    """What came out of a test."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    UNCLEAR = "unclear"


@dataclasses.dataclass(frozen=True)
class Change:
    """One wished change of a review. A blank `new` takes the value back."""

    field: Field
    new: str
    about: str = ""  # the test id or the red flag's id, for a field that exists once for each
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Standing:
    """The value of one field that stands, who said it and when."""

    field: str
    about: str
    value: str
    at: str
    actor: str


ANSWERED = (TestStatus.DONE, TestStatus.NOT_NEEDED)


def complete(status: TestStatus, result: TestResult | None, reason: str) -> bool:
    """Whether nothing is missing about a test: done has its result, not needed has its reason."""
    return result is not None if status is TestStatus.DONE else status in ANSWERED and bool(reason)


@dataclasses.dataclass(frozen=True)
class TestReview:
    """One test as the reviewer left it. The result is None until one is given."""

    test: str
    status: TestStatus
    result: TestResult | None
    value: str
    date: str
    reason: str
    seen: bool = False


@dataclasses.dataclass(frozen=True)
class FirstView:
    """What the clinician thought before seeing the order of the tool."""

    cause: str
    certainty: Certainty


@dataclasses.dataclass(frozen=True)
class Acknowledged:
    """A red flag that was seen: by whom and when. It is never taken back."""

    flag: str
    actor: str
    at: datetime.datetime


@dataclasses.dataclass(frozen=True)
class RecordReview:
    """The review of one record as it stands.

    `version` is the sequence of the record's last event (0: nothing was said yet); `standing` is
    sorted by field and what it is about. All else is read from these.
    """

    record_id: str
    version: int = 0
    last_at: str = ""
    last_actor: str = ""
    standing: tuple[Standing, ...] = ()

    @functools.cached_property
    def state(self) -> State:
        """How far the review is; waiting while nothing was said."""
        return State(self.value(Field.STATE) or State.WAITING)

    @functools.cached_property
    def tests(self) -> tuple[TestReview, ...]:
        """Each test something was said about, in the order of the ids."""
        named = {one.about for one in self.standing if one.field in TEST_FIELDS}
        return tuple(self.test(test) for test in sorted(named))

    @functools.cached_property
    def first_view(self) -> FirstView | None:
        """The clinician's own view, None until cause and certainty both stand."""
        cause, certainty = self.value(Field.FIRST_CAUSE), self.value(Field.FIRST_CERTAINTY)
        return FirstView(cause, Certainty(certainty)) if cause and certainty else None

    @functools.cached_property
    def disposition(self) -> Disposition | None:
        """What happens next; None when nothing was chosen."""
        return Disposition(chosen) if (chosen := self.value(Field.DISPOSITION)) else None

    @functools.cached_property
    def acknowledged(self) -> tuple[Acknowledged, ...]:
        """The red flags that were seen: by whom and when."""
        return tuple(
            Acknowledged(one.about, one.actor, moment(one.at))
            for one in self.standing
            if one.field == Field.RED_FLAG
        )

    @functools.cached_property
    def first_signature(self) -> Standing | None:
        """Who signed first, where two have to; None while nobody has."""
        return self.find(Field.FIRST_SIGNATURE)

    @property
    def agreed_cause(self) -> str:
        """A cause, `undecided`, or blank when none was chosen."""
        return self.value(Field.AGREED_CAUSE)

    @property
    def note(self) -> str:
        """The note; blank when there is none."""
        return self.value(Field.NOTE)

    @property
    def handed_to(self) -> str:
        """The role the record waits for; blank when it was not handed over."""
        return self.value(Field.HANDED_TO)

    def test(self, test: str) -> TestReview:
        """One test; `to do` when nothing was said about it."""
        result = self.value(Field.TEST_RESULT, test)
        return TestReview(
            test=test,
            status=TestStatus(self.value(Field.TEST_STATUS, test) or TestStatus.TO_DO),
            result=TestResult(result) if result else None,
            value=self.value(Field.TEST_VALUE, test),
            date=self.value(Field.TEST_DATE, test),
            reason=self.value(Field.TEST_REASON, test),
            seen=bool(self.value(Field.RESULT_SEEN, test)),
        )

    def find(self, field: Field, about: str = "") -> Standing | None:
        """What stands for a field with who said it and when; None when nothing does."""
        wanted = (one for one in self.standing if one.field == field and one.about == about)
        return next(wanted, None)

    def value(self, field: Field, about: str = "") -> str:
        """What stands for a field; blank when nothing does."""
        found = self.find(field, about)
        return found.value if found else ""


TEST_FIELDS = frozenset(
    {
        Field.TEST_STATUS,
        Field.TEST_RESULT,
        Field.TEST_VALUE,
        Field.TEST_DATE,
        Field.TEST_REASON,
        Field.RESULT_SEEN,
    }
)


def stand(review: RecordReview, said: Standing) -> RecordReview:
    """The review after one more thing was said, its version as before."""
    standing = _with(review.standing, said)
    return RecordReview(review.record_id, review.version, said.at, said.actor, standing)


def follow(review: RecordReview, event: ledger.Event) -> RecordReview:
    """The review after one more event."""
    said = Standing(event.field, event.about, event.new, event.ordered_at, event.actor)
    standing = _with(review.standing, said)
    return RecordReview(review.record_id, event.sequence, said.at, said.actor, standing)


def _with(standing: tuple[Standing, ...], said: Standing) -> tuple[Standing, ...]:
    place = (said.field, said.about)
    kept = [one for one in standing if (one.field, one.about) != place]
    if said.value:
        bisect.insort(kept, said, key=lambda one: (one.field, one.about))
    return tuple(kept)


def standing_text(review: RecordReview) -> str:
    """What stands as text for the store; one review has exactly one such text."""
    rows = [tuple(vars(one).values()) for one in review.standing]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=True)


def standing_from(text: str) -> tuple[Standing, ...]:
    """What standing_text wrote, read back."""
    return tuple(Standing(*row) for row in json.loads(text))


def moment(text: str) -> datetime.datetime:
    """A stored time as a moment in UTC."""
    return datetime.datetime.fromisoformat(text)
