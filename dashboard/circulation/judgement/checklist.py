"""The diagnostic test checklist of one record: what is called for and why, its state and result."""

from collections.abc import Iterable
from dataclasses import dataclass

from circulation.judgement import explanation
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake
from circulation.reviewing import reviews
from circulation.reviewing.reviews import TestResult, TestStatus


@dataclass(frozen=True, slots=True)
class Line:
    """One test of the list. ``at_intake`` says that the state was recorded with the intake."""

    test: model.DiagnosticTest
    called_for: bool | None
    because: tuple[explanation.Grounds, ...]
    could_be: tuple[explanation.Grounds, ...]
    status: TestStatus
    result: TestResult | None
    value: str
    date: str
    reason: str
    at_intake: bool
    measured: tuple[explanation.Input, ...]
    seen: bool = False

    @property
    def began(self) -> bool:
        """Whether anything was recorded about it, at intake or since."""
        return self.at_intake or self.status is not TestStatus.TO_DO

    @property
    def complete(self) -> bool:
        """Whether nothing is missing about it: done has its result, not needed has its reason."""
        return reviews.complete(self.status, self.result, self.reason)

    @property
    def answered(self) -> bool:
        """Done, or not needed."""
        return self.status in reviews.ANSWERED

    @property
    def settled(self) -> bool:
        """Answered at intake, or since with all that the sign-off asks for."""
        return self.answered and (self.at_intake or self.complete)


@dataclass(frozen=True, slots=True)
class Group:
    """One of the article's seven tests with the specific tests under it."""

    head: Line
    under: tuple[Line, ...]

    @property
    def called_for(self) -> bool:
        """Whether it, or a test under it, is called for."""
        return bool(self.head.called_for)

    @property
    def owed(self) -> tuple[Line, ...]:
        """The lines that need settling: the tests under it that are called for, else itself."""
        under = tuple(line for line in self.under if line.called_for)
        return under or ((self.head,) if self.head.called_for else ())

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines in sight: what needs settling or was begun, itself before those under it."""
        owed = self.owed
        return tuple(line for line in (self.head, *self.under) if line in owed or line.began)

    @property
    def folded(self) -> tuple[Line, ...]:
        """All other lines."""
        shown = self.shown
        return tuple(line for line in (self.head, *self.under) if line not in shown)


@dataclass(frozen=True, slots=True)
class Checklist:
    """All seven tests, those called for first."""

    groups: tuple[Group, ...]

    @property
    def owed(self) -> tuple[Line, ...]:
        """Every line that needs settling."""
        return tuple(line for group in self.groups for line in group.owed)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the list."""
        return tuple(line for group in self.groups for line in (group.head, *group.under))

    @property
    def unanswered(self) -> tuple[Line, ...]:
        """The lines that are neither done nor said to be not needed."""
        return tuple(line for line in self.owed if not line.answered)

    @property
    def settled(self) -> int:
        """How many of them are settled."""
        return sum(line.settled for line in self.owed)

    @property
    def open_at_intake(self) -> tuple[str, ...]:
        """The tests called for that the intake itself has not settled."""
        return tuple(line.test.id for line in self.owed if not (line.at_intake and line.settled))


def for_record(
    table: intake.Intake,
    row: int,
    assessed: explanation.RecordAssessment,
    review: reviews.RecordReview,
    measurements: Iterable[model.Measurement],
) -> Checklist:
    """The checklist of one record as it stands now."""
    measures = tuple(measurements)
    lines = {view.test.id: _line(view, table, row, review, measures) for view in assessed.tests}
    heads = [line for line in lines.values() if not line.test.parent]
    groups = [
        Group(head, tuple(line for line in lines.values() if line.test.parent == head.test.id))
        for head in heads
    ]
    return Checklist(tuple(sorted(groups, key=lambda group: not group.called_for)))


def _line(
    view: explanation.CalledTest,
    table: intake.Intake,
    row: int,
    review: reviews.RecordReview,
    measures: tuple[model.Measurement, ...],
) -> Line:
    test = view.test.id
    said = review.find(reviews.Field.TEST_STATUS, test)
    reviewed = review.test(test)
    recorded = table.value(f"test_{test}", row)
    recorded_result = table.value(f"test_{test}_result", row)
    result = TestResult(recorded_result) if recorded_result else None
    return Line(
        test=view.test,
        called_for=view.called_for,
        because=view.because,
        could_be=view.could_be,
        status=reviewed.status if said or not recorded else TestStatus(recorded),
        result=reviewed.result if said else result,
        value=reviewed.value,
        date=reviewed.date,
        reason=reviewed.reason,
        at_intake=not said and bool(recorded),
        measured=tuple(_measured(test, table, row, review, measures)),
        seen=reviewed.seen,
    )


def _measured(
    test: str,
    table: intake.Intake,
    row: int,
    review: reviews.RecordReview,
    measures: tuple[model.Measurement, ...],
) -> Iterable[explanation.Input]:
    """The numbers of a test: as entered in the review, else as recorded at intake."""
    for measure in measures:
        if measure.test != test:
            continue
        for column in measure.columns:
            entered = review.value(reviews.Field.MEASURED, column)
            if text := entered or table.text(column, row):
                side = column.removeprefix(measure.id).strip("_")
                label = f"{measure.label}, {side}" if side else measure.label
                yield explanation.Input(column, label, f"{text} {measure.unit}".strip())
