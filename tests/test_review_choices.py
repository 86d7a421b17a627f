"""What the clinic can choose for its reviews, and what the rules make of it."""

import dataclasses
from decimal import Decimal

import pytest

import makers
import review_makers
from circulation import errors
from circulation.knowledge_base import review_model
from circulation.knowledge_loading import review_check
from circulation.reviewing import basis, review_rules, reviews, sign_off
from circulation.reviewing.reviews import Change, Field, State
from circulation.reviewing.sign_off import Blocker, Missing

AT = "2026-11-22T14:32:05.000000Z"
FIRST, SECOND = "Clinician 1", "Clinician 2"
INDEX = basis.Measure("index_left", "d_dimer", Decimal(0), Decimal(3), 2)
TYPE = basis.Measure("unit_type", "d_dimer", words=("feu", "ddu"))
BASIS = dataclasses.replace(
    review_makers.BASIS,
    measures=(INDEX, TYPE),
    hand_overs=("vascular_specialist",),
    returned=("blood_sugar",),
)
VIEW = (Change(Field.FIRST_CAUSE, "blood_clots"), Change(Field.FIRST_CERTAINTY, "unsure"))
SIGN_FIRST = Change(Field.FIRST_SIGNATURE, "signed")
SEEN = Change(Field.RESULT_SEEN, "reviewed", about="blood_sugar")
DONE = Change(Field.TEST_STATUS, "done", about="d_dimer")


def after(
    before: reviews.RecordReview,
    *changes: Change,
    actor: str = FIRST,
    ground: basis.Basis = BASIS,
) -> reviews.RecordReview:
    for step in review_rules.plan(before, changes, at=AT, actor=actor, basis=ground):
        said = reviews.Standing(step.field, step.about, step.new, AT, actor)
        before = reviews.stand(before, said)
    return before


def plan(before: reviews.RecordReview, *changes: Change) -> tuple[review_rules.Step, ...]:
    return review_rules.plan(before, changes, at=AT, actor=FIRST, basis=BASIS)


WAITING = reviews.RecordReview("A-1")
COMPLETE = after(WAITING, review_makers.START, *review_makers.EVERYTHING_OWED, SEEN)
SIGNED = after(COMPLETE, review_makers.SIGN_OFF)


@pytest.mark.parametrize(
    ("asked", "said", "owed"),
    [
        (True, (), True),
        (False, (), False),
        (True, VIEW, False),
        (True, (Change(Field.AGREED_CAUSE, "undecided"),), False),
    ],
)
def test_a_view_first_is_owed_where_the_clinic_asks_until_it_or_a_cause_is_recorded(
    asked: bool, said: tuple[Change, ...], owed: bool
) -> None:
    ground = dataclasses.replace(BASIS, first_view=asked)
    blockers = sign_off.blockers(after(WAITING, *said), ground)
    assert (Blocker(Missing.NO_FIRST_VIEW) in blockers) is owed


@pytest.mark.parametrize(
    ("said", "unseen"),
    [
        ((), ("blood_sugar",)),
        ((SEEN,), ()),
        ((DONE, Change(Field.TEST_RESULT, "normal", about="d_dimer")), ("blood_sugar", "d_dimer")),
        ((SEEN, Change(Field.RESULT_SEEN, "", about="blood_sugar")), ("blood_sugar",)),
        ((Change(Field.TEST_STATUS, "not_needed", about="blood_sugar"),), ()),
    ],
)
def test_every_result_that_came_back_is_to_be_marked_as_reviewed(
    said: tuple[Change, ...], unseen: tuple[str, ...]
) -> None:
    review = after(WAITING, *said)
    assert sign_off.unseen(review, BASIS) == unseen
    blockers = sign_off.blockers(review, BASIS)
    assert tuple(b.about for b in blockers if b.missing is Missing.RESULT_NOT_SEEN) == unseen


REFUSED = [
    (WAITING, Change(Field.RESULT_SEEN, "reviewed", about="d_dimer"), "not set to done"),
    (WAITING, Change(Field.MEASURED, "0.9", about="index_left"), "not set to done"),
    (COMPLETE, Change(Field.MEASURED, "0,9", about="index_left"), "a number with a point"),
    (COMPLETE, Change(Field.MEASURED, "3.1", about="index_left"), "outside what is possible"),
    (COMPLETE, Change(Field.MEASURED, "0.912", about="index_left"), "more than 2 decimals"),
    (COMPLETE, Change(Field.MEASURED, "1", about="bmi"), "measurement: is not one of"),
    (COMPLETE, Change(Field.MEASURED, "500", about="unit_type"), "unit type: is not one of the"),
    (COMPLETE, Change(Field.TEST_DATE, "2026-11-24", about="d_dimer"), "lies in the future"),
    (COMPLETE, Change(Field.HANDED_TO, "vascular_specialist"), "needs a reason"),
    (COMPLETE, Change(Field.HANDED_TO, "Dr Jones", reason="why"), "not one of the known"),
    (SIGNED, Change(Field.HANDED_TO, "vascular_specialist", reason="why"), "closed to changes"),
    (SIGNED, Change(Field.AGREED_CAUSE, "vein_disease"), "closed to changes"),
    (SIGNED, Change(Field.AGREED_CAUSE, "vein_disease", reason=" "), "closed to changes"),
    (SIGNED, Change(Field.DISPOSITION, "", reason="wrong choice"), "closed to changes"),
    (SIGNED, Change(Field.NOTE, "seen", reason="told Mrs Jones"), "a person's name"),
    (WAITING, SIGN_FIRST, "not yet possible"),
]


@pytest.mark.parametrize(("before", "change", "fault"), REFUSED)
def test_what_may_not_be_said_is_refused_with_its_reason(
    before: reviews.RecordReview, change: Change, fault: str
) -> None:
    with pytest.raises(errors.DashboardError, match=fault):
        plan(before, change)


@pytest.mark.parametrize(
    ("field", "new"),
    [(Field.AGREED_CAUSE, "vein_disease"), (Field.DISPOSITION, "treat"), (Field.NOTE, "more")],
)
def test_a_correction_is_one_event_with_its_reason_and_leaves_the_review_signed(
    field: Field, new: str
) -> None:
    (step,) = plan(SIGNED, Change(field, new, reason="wrong choice"))
    assert (step.field, step.new, step.reason) == (field, new, "wrong choice")
    assert after(SIGNED, Change(field, new, reason="wrong choice")).state is State.REVIEWED


def test_another_status_blanks_numbers_and_the_mark_with_the_result() -> None:
    numbers = (
        Change(Field.MEASURED, "0.9", about="index_left"),
        Change(Field.MEASURED, "feu", about="unit_type"),
    )
    measured = after(COMPLETE, *numbers)
    steps = plan(measured, Change(Field.TEST_STATUS, "ordered", about="d_dimer"))
    blanked = {(step.field, step.about) for step in steps if not step.new}
    assert blanked == {
        (Field.TEST_RESULT, "d_dimer"),
        (Field.RESULT_SEEN, "d_dimer"),
        (Field.MEASURED, "index_left"),
        (Field.MEASURED, "unit_type"),
    }


def test_a_hand_over_neither_starts_a_review_nor_closes_it() -> None:
    handed = after(WAITING, Change(Field.HANDED_TO, "vascular_specialist", reason="why"))
    assert (handed.state, handed.handed_to) == (State.WAITING, "vascular_specialist")
    assert after(handed, Change(Field.HANDED_TO, "")).handed_to == ""


TWO = dataclasses.replace(BASIS, second_reviewer=True)
UNSURE = dataclasses.replace(BASIS, second_certainties=("unsure",))


@pytest.mark.parametrize(
    ("ground", "first", "second", "signed"),
    [
        (BASIS, "", FIRST, True),
        (TWO, "", FIRST, False),
        (TWO, FIRST, FIRST, False),
        (TWO, FIRST, SECOND, True),
        (UNSURE, "", FIRST, False),
        (UNSURE, FIRST, SECOND, True),
        (dataclasses.replace(BASIS, second_certainties=("sure",)), "", FIRST, True),
    ],
)
def test_two_different_people_sign_where_the_clinic_asks_for_it(
    ground: basis.Basis, first: str, second: str, signed: bool
) -> None:
    review = after(WAITING, review_makers.START, *VIEW, *review_makers.EVERYTHING_OWED, SEEN)
    if first:
        review = after(review, SIGN_FIRST, actor=first, ground=ground)
        assert review.state is State.IN_PROGRESS
    if signed:
        done = after(review, review_makers.SIGN_OFF, actor=second, ground=ground)
        assert done.state is State.REVIEWED
        return
    with pytest.raises(sign_off.SignOffRefused) as refused:
        after(review, review_makers.SIGN_OFF, actor=second, ground=ground)
    assert refused.value.blockers == (Blocker(Missing.SECOND_REVIEWER),)


def test_a_first_signature_is_gone_once_anything_it_was_given_for_changes() -> None:
    signed = after(COMPLETE, SIGN_FIRST, ground=TWO)
    changed = after(signed, Change(Field.DISPOSITION, "treat"), actor=SECOND, ground=TWO)
    assert changed.first_signature is None
    with pytest.raises(sign_off.SignOffRefused):
        after(changed, review_makers.SIGN_OFF, actor=SECOND, ground=TWO)
    both = after(signed, review_makers.SIGN_OFF, actor=SECOND, ground=TWO)
    opened = after(both, review_makers.REOPEN, actor=SECOND, ground=TWO)
    assert opened.first_signature is None


def test_no_signature_is_taken_out_of_a_signed_review() -> None:
    both = after(after(COMPLETE, SIGN_FIRST, ground=TWO), review_makers.SIGN_OFF, actor=SECOND)
    for reason in ("", "a slip"):
        with pytest.raises(errors.DashboardError, match="closed to changes"):
            after(both, Change(Field.FIRST_SIGNATURE, "", reason=reason), ground=TWO)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"second_reviewer_urgencies": ("soon",)}, "the urgency 'soon'"),
        ({"second_reviewer_certainties": ("certain",)}, "the certainty 'certain'"),
    ],
)
def test_a_setting_that_no_record_can_meet_is_refused(
    changed: dict[str, tuple[str, ...]], fault: str
) -> None:
    known = makers.knowledge()
    settings = dataclasses.replace(known.reviewing.settings, **changed)
    wrong = dataclasses.replace(
        known, reviewing=dataclasses.replace(known.reviewing, settings=settings)
    )
    assert fault in " ".join(told for _, told in review_check.faults(wrong))


def test_the_shipped_choices_cover_what_a_review_asks_for() -> None:
    chosen = makers.knowledge().reviewing
    assert set(chosen.disposition) == set(reviews.Disposition)
    assert all(chosen.reasons(wanted) for wanted in review_model.ReasonFor)
    assert chosen.settings.first_view
