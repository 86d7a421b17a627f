"""What may be said about a record's review, in which order, and how the last word is undone."""

import dataclasses
import datetime
import functools
import types
from collections.abc import Mapping, Sequence

from circulation import errors
from circulation.reviewing import kept_views, ledger, review_fields, reviews, sign_off
from circulation.reviewing.reviews import Field, State, TestStatus

UNDO = "undo"  # the reason of every event that takes back a save


@dataclasses.dataclass(frozen=True)
class Step:
    """One checked change, with the value it takes the place of: an event to be."""

    field: Field
    about: str
    old: str
    new: str
    reason: str


@dataclasses.dataclass(frozen=True)
class Transition:
    """One way from a state to another, and what it takes."""

    before: State
    after: State
    name: str
    needs_reason: bool = False
    needs_sign_off: bool = False


TRANSITIONS = (
    Transition(State.WAITING, State.IN_PROGRESS, "start"),
    Transition(State.IN_PROGRESS, State.WAITING, "put back", needs_reason=True),
    Transition(State.IN_PROGRESS, State.REVIEWED, "sign off", needs_sign_off=True),
    Transition(State.REVIEWED, State.IN_PROGRESS, "reopen", needs_reason=True),
)

# What a test's other fields need its status to be. Another status blanks them, by own events.
STATUS_NEEDED: Mapping[Field, TestStatus] = types.MappingProxyType(
    {
        Field.TEST_RESULT: TestStatus.DONE,
        Field.TEST_VALUE: TestStatus.DONE,
        Field.TEST_DATE: TestStatus.DONE,
        Field.MEASURED: TestStatus.DONE,
        Field.RESULT_SEEN: TestStatus.DONE,
        Field.TEST_REASON: TestStatus.NOT_NEEDED,
    }
)

SIGNED = (Field.STATE, State.REVIEWED)

# Neither starts a review nor takes back a first signature.
_SECOND_LOOK = (Field.SECOND_CAUSE, Field.SECOND_CERTAINTY)
_APART = (Field.STATE, Field.RED_FLAG, Field.HANDED_TO, Field.FIRST_SIGNATURE, *_SECOND_LOOK)

# What can be corrected in a signed review, each by an event with its reason.
CORRECTABLE = (Field.AGREED_CAUSE, Field.DISPOSITION, Field.NOTE)


def plan(
    before: reviews.RecordReview,
    changes: Sequence[reviews.Change],
    *,
    at: str,
    actor: str,
    basis: reviews.Basis,
) -> tuple[Step, ...]:
    """The steps that carry out the changes, in the order given.

    Raises DashboardError at the first change that may not be. A change to what already stands
    makes no step; the first word about a waiting record starts its review.
    """
    steps: list[Step] = []
    now = before
    today = datetime.date.fromisoformat(at[:10])
    for change in changes:
        review_fields.check_value(change, basis, today)
        for step in _steps(now, change, basis):
            _check_step(now, step, basis, actor)
            now = reviews.stand(now, reviews.Standing(step.field, step.about, step.new, at, actor))
            steps.append(step)
    _check_both(now, "first view", Field.FIRST_CAUSE, Field.FIRST_CERTAINTY)
    _check_both(now, "second look", *_SECOND_LOOK)
    return tuple(steps)


def _steps(
    now: reviews.RecordReview, change: reviews.Change, basis: reviews.Basis
) -> tuple[Step, ...]:
    """The change as a step, led by the steps it makes necessary; none where it already stands."""
    old = now.state if change.field is Field.STATE else now.value(change.field, change.about)
    if old == change.new:
        return ()
    start = now.state is State.WAITING and change.field not in _APART
    opens = change.field is Field.STATE and change.new != State.REVIEWED
    unsigned = _unsigned(now, change, opens=opens)
    return (
        *([Step(Field.STATE, "", State.WAITING, State.IN_PROGRESS, "")] if start else []),
        *(_outdated(now, change, basis) if change.field is Field.TEST_STATUS else ()),
        *(() if opens else unsigned),
        *(_view_kept(now, basis) if (change.field, change.new) == SIGNED else ()),
        Step(change.field, change.about, old, change.new, change.reason),
        *(unsigned if opens else ()),  # a signed review loses nothing before it is open
    )


def _view_kept(now: reviews.RecordReview, basis: reviews.Basis) -> tuple[Step, ...]:
    """The seal of the view that a sign-off is made on, unless it stands from an earlier one."""
    old, new = now.value(Field.AS_SEEN), kept_views.seal(basis.view)
    return (Step(Field.AS_SEEN, "", old, new, ""),) if old != new else ()


def _outdated(
    now: reviews.RecordReview, change: reviews.Change, basis: reviews.Basis
) -> tuple[Step, ...]:
    """The blanking of what the test's new status leaves without ground."""
    reason = f"test is now {review_fields.plain(change.new) or 'as at intake'}"
    columns = [one.column for one in basis.measures if one.test == change.about]
    return tuple(
        Step(field, about, value, "", reason)
        for field, status in STATUS_NEEDED.items()
        for about in (columns if field is Field.MEASURED else [change.about])
        if status != change.new and (value := now.value(field, about))
    )


def _unsigned(
    now: reviews.RecordReview, change: reviews.Change, *, opens: bool
) -> tuple[Step, ...]:
    """A first signature stands only for what was signed: any change but the second takes it back.

    In a signed review it stands until the review is opened again.
    """
    changed = change.field not in _APART and now.state is not State.REVIEWED
    if not now.first_signature or not (opens or changed):
        return ()
    reason = "opened again" if opens else "changed after the first signature"
    return (Step(Field.FIRST_SIGNATURE, "", reviews.SIGNED, "", reason),)


def _check_step(now: reviews.RecordReview, step: Step, basis: reviews.Basis, actor: str) -> None:
    if step.field is Field.STATE:
        state = State(step.new)
        check_transition(now, state, reason=step.reason, basis=basis, actor=actor)
    elif step.field in _SECOND_LOOK:
        _check_second_look(now, basis, actor)
    elif now.state is State.REVIEWED:
        _check_closed(step)
    if step.field is Field.HANDED_TO and step.new and not step.reason.strip():
        raise errors.DashboardError("hand-over", "needs a reason", "Say why in a few words.")
    if step.field is Field.FIRST_SIGNATURE and step.new:
        sign_off.check_first_signature(now, basis)
    name = review_fields.named(step.field, step.about, basis)
    if review_fields.FIELDS[step.field].lasting and step.old:
        raise errors.DashboardError(
            name, "is kept as it was first recorded", "Choose the agreed cause instead."
        )
    _check_status(now, step, basis)


def _check_second_look(now: reviews.RecordReview, basis: reviews.Basis, actor: str) -> None:
    """A second look is for what is signed off, and for somebody else."""
    signed = now.find(Field.STATE)
    if signed is None or now.state is not State.REVIEWED:
        raise errors.DashboardError("second look", "the review is not signed off yet")
    if signed.actor == actor and not basis.shared_name:
        raise errors.DashboardError(
            "second look", "you signed this record yourself", "Leave it to another reader."
        )


def _check_closed(step: Step) -> None:
    """A signed review takes only what says why: a correction that leaves nothing owed."""
    left = step.new or step.field is Field.NOTE
    corrected = step.field in CORRECTABLE and step.reason.strip() and left
    if step.field is not Field.RED_FLAG and not corrected:
        way_out = "Correct it with a reason, or open it again."
        raise errors.DashboardError("review", "is signed off and closed to changes", way_out)


def _check_status(now: reviews.RecordReview, step: Step, basis: reviews.Basis) -> None:
    """A result, a number or a reason belongs to a test of one status, by the review or intake."""
    needed = STATUS_NEEDED.get(step.field)
    test = basis.test_of(step.about) if step.field is Field.MEASURED else step.about
    at_intake = step.field is Field.RESULT_SEEN and test in basis.returned
    if step.new and needed and not at_intake and now.test(test).status is not needed:
        status = review_fields.plain(needed)
        raise errors.DashboardError(
            review_fields.named(step.field, step.about, basis),
            f"is given, but {basis.label(test)} is not set to {status}",
            f"Set it to {status} first.",
        )


def check_transition(
    now: reviews.RecordReview, after: State, *, reason: str, basis: reviews.Basis, actor: str
) -> None:
    """Raises DashboardError unless the review may come into this state."""
    rows = [row for row in TRANSITIONS if (row.before, row.after) == (now.state, after)]
    if not rows:
        states = f"{review_fields.plain(now.state)} does not become {review_fields.plain(after)}"
        raise errors.DashboardError("review", states, "Take the steps between them.")
    if rows[0].needs_reason and not reason.strip():
        raise errors.DashboardError(
            "review", f"to {rows[0].name} needs a reason", "Say why in a few words."
        )
    if rows[0].needs_sign_off:
        sign_off.check_sign_off(now, basis, actor)


def _check_both(review: reviews.RecordReview, name: str, cause: Field, certainty: Field) -> None:
    if bool(review.value(cause)) != bool(review.value(certainty)):
        raise errors.DashboardError(
            name, "needs both a cause and how sure you are", "Give both in one save."
        )


def check_reasons(changes: Sequence[reviews.Change]) -> None:
    """Raises DashboardError for a reason that only the program may write: it marks an undo."""
    if any(change.reason == UNDO for change in changes):
        fault = f"'{UNDO}' marks what the program takes back"
        raise errors.DashboardError("reason", fault, "Say why in a few words.")


def undoing(history: Sequence[ledger.Event], *, actor: str) -> tuple[reviews.Change, ...]:
    """The changes that take back the last save about a record.

    Raises DashboardError where it is not the actor's own, was itself an undo, or is meant to last.
    """
    last = [event for event in history if event.act == history[-1].act]
    if not last:
        raise errors.DashboardError("undo", "nothing was recorded for this record yet")
    if last[0].actor != actor:
        raise errors.DashboardError("undo", "the last action was another person's")
    if any(event.reason == UNDO for event in last):
        raise errors.DashboardError("undo", "the last action was itself an undo")
    if any(review_fields.FIELDS[Field(event.field)].lasting for event in last):
        raise errors.DashboardError("undo", "a first view or a red flag seen is never taken back")
    signed = (Field.FIRST_SIGNATURE, reviews.SIGNED)  # nobody signs again for somebody else
    kept = [
        event
        for event in last
        if event.field != Field.AS_SEEN and (event.field, event.old) != signed
    ]
    wanted = {(event.field, event.about): event.old for event in reversed(kept)}
    changes = [
        reviews.Change(Field(field), old, about, UNDO)
        for (field, about), old in (_resting_on_status(history, last[0].act) | wanted).items()
    ]
    return tuple(sorted(changes, key=_rank_of_undoing))


def _resting_on_status(history: Sequence[ledger.Event], act: int) -> dict[tuple[str, str], str]:
    """What rested on the status of a test before a save: another status on the way back may blank
    it, although the save itself left it as it was."""
    before = [event for event in history if event.act != act]
    start = reviews.RecordReview(history[-1].record_id)
    stood = functools.reduce(reviews.follow, before, start).standing
    return {(one.field, one.about): one.value for one in stood if one.field in STATUS_NEEDED}


def _rank_of_undoing(change: reviews.Change) -> int:
    """A review is opened before, and closed after, all else; a test's status comes before what
    depends on it."""
    if change.field is Field.STATE:
        return 1 if change.new == State.IN_PROGRESS else 4
    return 2 if change.field is Field.TEST_STATUS else 3
