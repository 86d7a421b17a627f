"""What may be said about a review, in which order, and how the last word is undone."""

import dataclasses
import itertools

import pytest

import review_makers as makers
from circulation import errors
from circulation.reviewing import ledger, review_fields, review_rules, reviews, sign_off
from circulation.reviewing.reviews import Change, Field, State
from circulation.reviewing.sign_off import Blocker, Missing

AT = "2026-11-22T14:32:05.000000Z"


def plan(
    before: reviews.RecordReview, *changes: Change, basis: reviews.Basis = makers.BASIS
) -> tuple[review_rules.Step, ...]:
    return review_rules.plan(before, changes, at=AT, actor="Clinician 1", basis=basis)


def after(before: reviews.RecordReview, *changes: Change) -> reviews.RecordReview:
    """What stands once the changes are carried out."""
    for step in plan(before, *changes):
        said = reviews.Standing(step.field, step.about, step.new, AT, "Clinician 1")
        before = reviews.stand(before, said)
    return before


WAITING = reviews.RecordReview("A-1")
IN_PROGRESS = after(WAITING, makers.START)
COMPLETE = after(IN_PROGRESS, *makers.EVERYTHING_OWED)
REVIEWED = after(COMPLETE, makers.SIGN_OFF)
IN_STATE = {State.WAITING: WAITING, State.IN_PROGRESS: COMPLETE, State.REVIEWED: REVIEWED}

#  from, to, needs a reason, needs everything owed; every other pair is refused
MOVES = {
    (State.WAITING, State.IN_PROGRESS): (False, False),
    (State.IN_PROGRESS, State.WAITING): (True, False),
    (State.IN_PROGRESS, State.REVIEWED): (False, True),
    (State.REVIEWED, State.IN_PROGRESS): (True, False),
}


@pytest.mark.parametrize(
    ("before", "to"), [pair for pair in itertools.product(State, State) if pair[0] != pair[1]]
)
def test_a_review_moves_only_along_the_table(before: State, to: State) -> None:
    if (before, to) not in MOVES:
        with pytest.raises(errors.DashboardError, match="does not become"):
            plan(IN_STATE[before], Change(Field.STATE, to, reason="why"))
        return
    needs_reason, needs_all = MOVES[before, to]
    assert after(IN_STATE[before], Change(Field.STATE, to, reason="why")).state is to
    if needs_reason:
        with pytest.raises(errors.DashboardError, match="needs a reason"):
            plan(IN_STATE[before], Change(Field.STATE, to, reason="  "))
    if needs_all:
        with pytest.raises(sign_off.SignOffRefused):
            plan(IN_PROGRESS, Change(Field.STATE, to, reason="why"))


def test_the_first_word_starts_the_review_and_seeing_a_red_flag_does_not() -> None:
    steps = plan(WAITING, makers.note("cold foot on the left"))
    assert [(step.field, step.old, step.new) for step in steps] == [
        (Field.STATE, "waiting", "in_progress"),
        (Field.NOTE, "", "cold foot on the left"),
    ]
    assert after(WAITING, makers.EVERYTHING_OWED[0]).state is State.WAITING


def test_what_already_stands_makes_no_event() -> None:
    assert plan(COMPLETE, *makers.EVERYTHING_OWED) == ()
    assert plan(WAITING, makers.note("")) == ()


def test_a_signed_review_is_closed_but_for_red_flags() -> None:
    with pytest.raises(errors.DashboardError, match="closed to changes"):
        plan(REVIEWED, makers.note("one more thing"))
    assert after(REVIEWED, makers.REOPEN, makers.note("one more thing")).note == "one more thing"
    raised = dataclasses.replace(makers.BASIS, red_flags=("RF-ALI", "RF-PE"))
    seen = Change(Field.RED_FLAG, "acknowledged", about="RF-PE")
    assert len(plan(REVIEWED, seen, basis=raised)) == 1


def test_a_new_status_blanks_what_no_longer_holds_by_events_of_its_own() -> None:
    steps = plan(COMPLETE, Change(Field.TEST_STATUS, "ordered", about="d_dimer"))
    assert [(step.field, step.old, step.new, step.reason) for step in steps] == [
        (Field.TEST_RESULT, "abnormal", "", "test is now ordered"),
        (Field.RESULT_SEEN, "reviewed", "", "test is now ordered"),
        (Field.TEST_STATUS, "done", "ordered", ""),
    ]


def test_the_first_view_is_kept_as_it_was_and_comes_whole() -> None:
    cause = Change(Field.FIRST_CAUSE, "vein_disease")
    certainty = Change(Field.FIRST_CERTAINTY, "unsure")
    with pytest.raises(errors.DashboardError, match="needs both"):
        plan(IN_PROGRESS, cause)
    told = after(IN_PROGRESS, cause, certainty)
    assert told.first_view == reviews.FirstView("vein_disease", reviews.Certainty.UNSURE)
    with pytest.raises(errors.DashboardError, match="as it was first recorded"):
        plan(told, Change(Field.FIRST_CAUSE, "blood_clots"))
    with pytest.raises(errors.DashboardError, match="cannot be left blank"):
        plan(told, Change(Field.FIRST_CAUSE, ""))


REFUSED = [
    (Change(Field.TEST_RESULT, "normal", about="d_dimer"), "D-dimer is not set to done"),
    (Change(Field.TEST_REASON, "seen", about="d_dimer"), "D-dimer is not set to not needed"),
    (Change(Field.TEST_STATUS, "booked", about="d_dimer"), "not one of the known values"),
    (Change(Field.TEST_STATUS, "done"), "test: is not one of the known values"),
    (Change(Field.TEST_STATUS, "done", about="x_ray"), "test: is not one of the known values"),
    (Change(Field.TEST_DATE, "20.11.2026", about="d_dimer"), "must be a date"),
    (Change(Field.TEST_DATE, "2026-02-30", about="d_dimer"), "not a day of the calendar"),
    (Change(Field.TEST_VALUE, "9" * 61, about="d_dimer"), "61 characters long"),
    (Change(Field.TEST_VALUE, "812\nug/L", about="d_dimer"), "cannot be seen or printed"),
    (Change(Field.AGREED_CAUSE, "tiredness"), "Use: blood_clots, vein_disease, undecided"),
    (Change(Field.AGREED_CAUSE, "blood_clots", about="d_dimer"), "not about a test or a flag"),
    (Change(Field.DISPOSITION, "send_home"), "not one of the known values"),
    (Change(Field.STATE, ""), "cannot be left blank"),
    (Change(Field.RED_FLAG, "acknowledged", about="RF-PE"), "red flag: is not one of"),
    (Change(Field.NOTE, "a" * 2001), "2,001 characters long"),
    (Change(Field.NOTE, "bell \x07"), "character 6 cannot be seen"),
    (Change(Field.NOTE, "turned \u202e around"), "character 8 cannot be seen"),
    (Change(Field.NOTE, "half \ud800"), "character 6 cannot be seen"),
    (Change(Field.NOTE, "write to someone@clinic.example"), "Note: holds what looks like"),
    (
        Change(Field.NOTE, "fine", reason="call 020 7946 0123"),
        "reason: holds what looks like",
    ),
    (
        Change(Field.TEST_VALUE, "someone@clinic.example", about="d_dimer"),
        "D-dimer, value or finding: holds what looks like",
    ),
    (Change(Field.NOTE, "fine", reason="a" * 501), "reason: is 501 characters long"),
]


@pytest.mark.parametrize(("change", "fault"), REFUSED)
def test_a_value_that_the_field_cannot_hold_is_refused(change: Change, fault: str) -> None:
    with pytest.raises(errors.DashboardError, match=fault):
        plan(IN_PROGRESS, change)


def test_a_refusal_of_text_does_not_repeat_the_text() -> None:
    with pytest.raises(errors.DashboardError) as refused:
        plan(IN_PROGRESS, makers.note("seen by \x07 someone"))
    assert "someone" not in str(refused.value)


def test_every_field_has_its_rule() -> None:
    assert set(review_fields.FIELDS) == set(Field)


def test_every_reason_that_holds_back_the_sign_off_is_listed_at_once() -> None:
    assert sign_off.blockers(IN_PROGRESS, makers.BASIS) == (
        Blocker(Missing.FLAG_NOT_SEEN, "RF-ALI"),
        Blocker(Missing.TEST_OPEN, "d_dimer"),
        Blocker(Missing.TEST_OPEN, "antibodies"),
        Blocker(Missing.NO_CAUSE),
        Blocker(Missing.NO_DISPOSITION),
    )
    with pytest.raises(sign_off.SignOffRefused) as refused:
        plan(IN_PROGRESS, makers.SIGN_OFF)
    assert refused.value.blockers == sign_off.blockers(IN_PROGRESS, makers.BASIS)
    assert str(refused.value) == (
        "sign-off: not yet possible: red flag Suddenly painful leg is not acknowledged; "
        "test D-dimer is neither done nor marked as not needed; "
        "test Antibodies is neither done nor marked as not needed; "
        "no agreed cause, nor undecided, is chosen; what happens next is not chosen. "
        "Settle these, then sign off."
    )


@pytest.mark.parametrize(
    ("left", "blocker"),
    [
        (Change(Field.TEST_RESULT, "", about="d_dimer"), Blocker(Missing.RESULT_OWED, "d_dimer")),
        (
            Change(Field.TEST_REASON, "", about="antibodies"),
            Blocker(Missing.REASON_OWED, "antibodies"),
        ),
        (
            Change(Field.TEST_STATUS, "ordered", about="d_dimer"),
            Blocker(Missing.TEST_OPEN, "d_dimer"),
        ),
        (
            Change(Field.TEST_STATUS, "ordered", about="blood_sugar"),
            Blocker(Missing.TEST_OPEN, "blood_sugar"),
        ),
        (Change(Field.AGREED_CAUSE, ""), Blocker(Missing.NO_CAUSE)),
        (Change(Field.DISPOSITION, ""), Blocker(Missing.NO_DISPOSITION)),
    ],
)
def test_each_thing_left_open_holds_back_the_sign_off(left: Change, blocker: Blocker) -> None:
    assert sign_off.blockers(COMPLETE, makers.BASIS) == ()
    assert sign_off.blockers(after(COMPLETE, left), makers.BASIS) == (blocker,)


def test_undecided_is_an_agreed_cause_and_a_test_nobody_began_holds_nothing_back() -> None:
    undecided = after(COMPLETE, Change(Field.AGREED_CAUSE, "undecided"))
    assert sign_off.blockers(undecided, makers.BASIS) == ()


def history(before: reviews.RecordReview, *changes: Change) -> tuple[ledger.Event, ...]:
    entries = [
        ledger.Entry(AT, "Clinician 1", "clinician", "A-1", data_set="", knowledge="", **vars(step))
        for step in plan(before, *changes)
    ]
    return ledger.seal(ledger.START, entries)


SAVES = [
    (WAITING, (makers.note("cold foot"),)),
    (IN_PROGRESS, (makers.note("cold foot"),)),
    (COMPLETE, (Change(Field.TEST_STATUS, "ordered", about="d_dimer"), makers.note("again"))),
    (COMPLETE, (Change(Field.TEST_STATUS, "not_needed", about="d_dimer"),)),
    (
        IN_PROGRESS,
        (
            Change(Field.TEST_STATUS, "done", about="d_dimer"),
            Change(Field.TEST_RESULT, "normal", about="d_dimer"),
            Change(Field.TEST_STATUS, "ordered", about="d_dimer"),
        ),
    ),
    (COMPLETE, (makers.note("all clear to me"), makers.SIGN_OFF)),
    (COMPLETE, (Change(Field.STATE, "waiting", reason="called, absent"),)),
    (REVIEWED, (makers.REOPEN, makers.note("late result"))),
]


@pytest.mark.parametrize(("before", "changes"), SAVES)
def test_undo_brings_back_what_stood_before_the_last_save(
    before: reviews.RecordReview, changes: tuple[Change, ...]
) -> None:
    then = after(before, *changes)
    undoing = review_rules.undoing(history(before, *changes), actor="Clinician 1")
    assert {change.reason for change in undoing} == {"undo"}
    undone = after(then, *undoing)
    assert undone.state is before.state
    assert [one for one in undone.standing if one.field != Field.STATE] == [
        one for one in before.standing if one.field != Field.STATE
    ]


def test_only_ones_own_last_save_is_undone_and_only_once() -> None:
    saved = history(IN_PROGRESS, makers.note("cold foot"))
    with pytest.raises(errors.DashboardError, match="another person's"):
        review_rules.undoing(saved, actor="Clinician 2")
    undone = history(
        after(IN_PROGRESS, makers.note("cold foot")), Change(Field.NOTE, "", reason="undo")
    )
    with pytest.raises(errors.DashboardError, match="itself an undo"):
        review_rules.undoing(undone, actor="Clinician 1")
    with pytest.raises(errors.DashboardError, match="nothing was recorded"):
        review_rules.undoing((), actor="Clinician 1")
    seen = history(IN_PROGRESS, makers.EVERYTHING_OWED[0])
    with pytest.raises(errors.DashboardError, match="never taken back"):
        review_rules.undoing(seen, actor="Clinician 1")
