"""What a clinician does to the record that lies open; each act is one save, all or none."""

from collections.abc import Iterable

from circulation import errors
from circulation.judgement import bulk_answers
from circulation.reviewing import reviews, sign_off
from circulation.reviewing.reviews import Change, Field, State, TestStatus
from ui import desk, focus, session, shared_data, spots

ORDER_ALL = "Order all of them"


def enter(shown: desk.Open, field: Field, about: str, widget: str) -> None:
    """Save what the reader has just entered in a widget, and nothing that was only shown there."""
    if not session.touched(widget):
        desk.taken_back(widget)
        return
    entered = str(session.entered(widget) or "")
    changes = [*_as_at_intake(shown, field, about), Change(field, entered, about)]
    if field is Field.TEST_RESULT:  # whoever enters a result has looked at it
        changes.append(Change(Field.RESULT_SEEN, reviews.SEEN if entered else "", about))
    desk.save(shown, *changes, widget=widget)


def enter_number(shown: desk.Open, test: str, column: str, widget: str) -> None:
    """Save a number of a test."""
    if not session.touched(widget):
        desk.taken_back(widget)
        return
    entered = str(session.entered(widget) or "").strip()
    before = _as_at_intake(shown, Field.TEST_VALUE, test)
    desk.save(shown, *before, Change(Field.MEASURED, entered, column), widget=widget)


def _as_at_intake(shown: desk.Open, field: Field, test: str) -> tuple[Change, ...]:
    """What only the intake says of a test, said in the review too before more is added to it."""
    apart = (Field.TEST_STATUS, Field.RESULT_SEEN)
    if field in apart or field not in reviews.TEST_FIELDS:
        return ()
    if shown.review.find(Field.TEST_STATUS, test):
        return ()
    line = next(line for line in shown.checklist.lines if line.test.id == test)
    status = Change(Field.TEST_STATUS, line.status, test)
    if not line.result or field is Field.TEST_RESULT:
        return (status,)
    return (status, Change(Field.TEST_RESULT, line.result, test))


def record_view(shown: desk.Open) -> None:
    """Keep the clinician's own view; the tool's order opens with it."""
    entered = {
        field: session.entered(spots.widget(field, shown.record_id))
        for field in (Field.FIRST_CAUSE, Field.FIRST_CERTAINTY)
    }
    if all(entered.values()):
        desk.save(shown, *(Change(field, str(value)) for field, value in entered.items()))
        return
    need = errors.DashboardError(
        "your view first", "needs both a cause and how sure you are", "Choose both, then record it."
    )
    desk.refuse(shown, need)
    focus.move(spots.FAULT)


def acknowledge(shown: desk.Open) -> None:
    """Say that every red flag of the record was seen."""
    seen = {item.flag for item in shown.review.acknowledged}
    flags = [flag for flag in shown.basis.red_flags if flag not in seen]
    desk.save(shown, *(Change(Field.RED_FLAG, reviews.ACKNOWLEDGED, flag) for flag in flags))


def mark_seen(shown: desk.Open, tests: Iterable[str], seen: bool) -> None:
    """Say that the results of some tests were looked at, or that they were not after all."""
    mark = reviews.SEEN if seen else ""
    desk.save(shown, *(Change(Field.RESULT_SEEN, mark, test) for test in tests))


def settle_all(shown: desk.Open, widget: str) -> None:
    """One answer for all open tests: ordered, or not needed for one reason.

    "Not needed" leaves out what a red flag calls for, unless the reason answers that as well.
    """
    entered = session.entered(widget)
    if not entered:
        return
    made = shown.checklist
    if entered == ORDER_ALL:
        to_do = [line for line in made.unanswered if line.status is TestStatus.TO_DO]
        changes = [Change(Field.TEST_STATUS, TestStatus.ORDERED, one.test.id) for one in to_do]
    else:
        known = shared_data.knowledge()
        answered = bulk_answers.not_needed(str(entered), made, shown.assessed, known)
        changes = [
            change
            for line in answered
            for change in (
                Change(Field.TEST_STATUS, TestStatus.NOT_NEEDED, line.test.id),
                Change(Field.TEST_REASON, str(entered), line.test.id),
            )
        ]
    if desk.save(shown, *changes):
        session.put(widget, None)


def sign(shown: desk.Open) -> None:
    """Mark the record reviewed and lay the next one open; refused with every reason.

    The note goes with it: the keys that sign off may be pressed while it is still being typed.
    Where the clinic asks for two, the first signature leaves the record in progress.
    """
    note = spots.widget(Field.NOTE, shown.record_id)
    typed = session.entered(note)
    changes = [] if typed is None else [Change(Field.NOTE, typed)]
    if shown.review.state is State.WAITING:
        changes.insert(0, Change(Field.STATE, State.IN_PROGRESS))
    two = sign_off.needs_second(shown.review, shown.basis)
    if two and not shown.review.first_signature:
        changes.append(Change(Field.FIRST_SIGNATURE, reviews.SIGNED))
    else:
        changes.append(Change(Field.STATE, State.REVIEWED))
    if desk.save(shown, *changes, widget=note):
        desk.neighbour(1)
    else:
        focus.move(spots.FAULT)


def reopen(shown: desk.Open, reason: str) -> None:
    """Open a signed review again, for the reason in a widget."""
    told = str(session.entered(reason) or "")
    desk.save(shown, Change(Field.STATE, State.IN_PROGRESS, reason=told))


def correct(shown: desk.Open, field: Field, new: str, reason: str) -> None:
    """Change one thing of a signed review, with the reason; it stays signed."""
    told = str(session.entered(reason) or "")
    desk.save(shown, Change(field, str(session.entered(new) or ""), reason=told))


def hand_over(shown: desk.Open, whom: str, reason: str) -> None:
    """State that the record now waits for someone else, and why."""
    told = str(session.entered(reason) or "")
    entered = str(session.entered(whom) or "")
    if entered:
        desk.save(shown, Change(Field.HANDED_TO, entered, reason=told))
        return
    need = errors.DashboardError("hand-over", "names nobody", "Choose who takes over.")
    desk.refuse(shown, need)


def take_back(shown: desk.Open) -> None:
    """State that the record is taken over here."""
    desk.save(shown, Change(Field.HANDED_TO, "", reason="taken over here"))
