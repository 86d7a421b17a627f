"""The life of one review against a plain model, over sequences that Hypothesis thinks up."""

import dataclasses
import datetime
import itertools
import re
import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from hypothesis import stateful
from hypothesis import strategies as st

import plain_review
import postgres_server
import review_makers as makers
from circulation import access, errors
from circulation.reviewing import (
    basis,
    kept_views,
    review_diagram,
    review_fields,
    review_rules,
    review_store,
    reviews,
    sign_off,
)
from circulation.reviewing.reviews import Change, Field

NUMBERS = itertools.count(1)
READERS = ("Clinician 1", "Clinician 2")
VIEWS = (b"", kept_views.pack("what was shown"), kept_views.pack("shown later"))
BASIS = dataclasses.replace(
    makers.BASIS,
    returned=plain_review.CAME_WITH_INTAKE,
    measures=(basis.Measure("index_left", "d_dimer", Decimal(0), Decimal(3), 2),),
    hand_overs=("nurse", "vascular_specialist"),
)
FIRST_VIEW = (Change(Field.FIRST_CAUSE, "blood_clots"), Change(Field.FIRST_CERTAINTY, "unsure"))
SECOND_LOOK = (Change(Field.SECOND_CAUSE, "undecided"), Change(Field.SECOND_CERTAINTY, "sure"))
HAND_OVER = (Change(Field.HANDED_TO, "nurse", reason="for the bandage"),)
SIGN_FIRST = Change(Field.FIRST_SIGNATURE, reviews.SIGNED)
SETTLED = (*makers.EVERYTHING_OWED, Change(Field.RESULT_SEEN, "reviewed", about="blood_sugar"))
MAY_BE = {
    Field.TEST_STATUS: [*reviews.TestStatus, ""],
    Field.TEST_RESULT: ["normal", "abnormal", ""],
    Field.TEST_VALUE: ["350 ng/mL", "0.9", ""],
    Field.TEST_DATE: ["2026-11-20", ""],
    Field.TEST_REASON: ["seen last month", ""],
    Field.RESULT_SEEN: ["reviewed", ""],
    Field.MEASURED: ["0.9", "3", ""],
    Field.FIRST_CAUSE: ["blood_clots", "undecided", ""],
    Field.FIRST_CERTAINTY: ["unsure", "sure", ""],
    Field.AGREED_CAUSE: ["blood_clots", "vein_disease", "undecided", ""],
    Field.DISPOSITION: ["treat", "refer", ""],
    Field.NOTE: ["cold foot", "both legs\ncold", ""],
    Field.RED_FLAG: ["acknowledged", ""],
    Field.HANDED_TO: ["nurse", "vascular_specialist", ""],
    Field.FIRST_SIGNATURE: [reviews.SIGNED, ""],
    Field.SECOND_CAUSE: ["blood_clots", "undecided", ""],
    Field.SECOND_CERTAINTY: ["unsure", "sure", ""],
    Field.STATE: [*reviews.State],
}
"""What can be wished for each field; beside it what no field can hold, of the plain model."""


def abouts(field: Field) -> Sequence[str]:
    if field in reviews.TEST_FIELDS:
        return plain_review.TESTS
    return {Field.RED_FLAG: ["RF-ALI"], Field.MEASURED: ["index_left"]}.get(field, [""])


@st.composite
def wishes(draw: st.DrawFn) -> Change:
    field = draw(st.sampled_from(list(MAY_BE)))
    about = draw(st.sampled_from(abouts(field)))
    return Change(field, str(draw(st.sampled_from(MAY_BE[field]))), about, draw(reasons))


@st.composite
def impossible(draw: st.DrawFn) -> Change:
    field = Field(draw(st.sampled_from(list(plain_review.IMPOSSIBLE))))
    new = draw(st.sampled_from(plain_review.IMPOSSIBLE[field]))
    return Change(field, new, draw(st.sampled_from(abouts(field))), draw(reasons))


@st.composite
def results(draw: st.DrawFn) -> Sequence[Change]:
    """A test that is done, with some of what came back."""
    test = draw(st.sampled_from(plain_review.TESTS))
    number = Change(Field.MEASURED, draw(st.sampled_from(["0.9", "3"])), "index_left")
    said = [
        Change(Field.TEST_RESULT, draw(st.sampled_from(["normal", "abnormal"])), test),
        Change(Field.TEST_VALUE, "350 ng/mL", test),
        Change(Field.TEST_DATE, "2026-11-20", test),
        Change(Field.RESULT_SEEN, "reviewed", test),
        *([number] if test == "d_dimer" else []),
    ]
    done = Change(Field.TEST_STATUS, "done", test)
    return [done, *draw(st.lists(st.sampled_from(said), unique=True, min_size=1))]


reasons = st.sampled_from(["", "because of a late letter"])
readers = st.sampled_from(READERS)
views = st.sampled_from(VIEWS)
several = st.lists(wishes(), min_size=1, max_size=3, unique_by=lambda one: (one.field, one.about))


class Life(stateful.RuleBasedStateMachine):
    """Two readers say the same words to the store and to the model."""

    def __init__(self, opened: Callable[[], review_store.ReviewStore]) -> None:
        super().__init__()
        self.store = opened()
        self.record = f"A-{next(NUMBERS)}"
        self.seen = dict.fromkeys(READERS, 0)  # the version that each reader has before them
        self.drafts: dict[str, str] = {}
        self.minute = 0

    @stateful.initialize(
        first_view=st.booleans(), two=st.booleans(), unsure=st.booleans(), shared=st.booleans()
    )
    def the_clinic_chooses(self, first_view: bool, two: bool, unsure: bool, shared: bool) -> None:
        self.model = plain_review.Review(plain_review.Clinic(first_view, two, unsure, shared))
        self.basis = dataclasses.replace(
            BASIS,
            first_view=first_view,
            second_reviewer=two,
            second_certainties=("unsure",) if unsure else (),
            shared_name=shared,
        )

    @stateful.rule(reader=readers, said=several, view=views)
    def save(self, reader: str, said: Sequence[Change], view: bytes) -> None:
        self.load(reader)
        self.both(reader, said, view)

    @stateful.rule(reader=readers, said=several)
    def save_on_the_page_that_was_opened(self, reader: str, said: Sequence[Change]) -> None:
        self.both(reader, said, b"")

    @stateful.rule(reader=readers)
    def load(self, reader: str) -> None:
        self.seen[reader] = self.stands().version

    @stateful.rule(reader=readers, view=views, said=results())
    def give_results(self, reader: str, view: bytes, said: Sequence[Change]) -> None:
        self.save(reader, said, view)

    @stateful.rule(reader=readers, said=impossible())
    def say_what_no_field_can_hold(self, reader: str, said: Change) -> None:
        self.load(reader)
        assert not self.both(reader, [said], b"")

    @stateful.rule(reader=readers, other=readers, view=views)
    def review_to_the_end(self, reader: str, other: str, view: bytes) -> None:
        """So that signatures are reached often; what may not be said is left out."""
        self.load(reader)
        said: list[Change] = []
        for one in (*FIRST_VIEW[:1], *SETTLED):
            both = [*FIRST_VIEW] if one in FIRST_VIEW else [one]
            if not self.refused([*said, *both], reader):
                said += both
        self.save(reader, said, view)
        self.save(reader, [SIGN_FIRST], view)
        self.save(other, [makers.SIGN_OFF], view)

    @stateful.rule(
        reader=readers,
        said=st.sampled_from([FIRST_VIEW, SECOND_LOOK, HAND_OVER, [SIGN_FIRST], [makers.SIGN_OFF]]),
        view=views,
    )
    def act(self, reader: str, said: Sequence[Change], view: bytes) -> None:
        self.save(reader, said, view)

    @stateful.rule(
        reader=readers,
        field=st.sampled_from([Field.AGREED_CAUSE, Field.DISPOSITION, Field.NOTE, Field.STATE]),
        data=st.data(),
    )
    def correct_or_open_again(self, reader: str, field: Field, data: st.DataObject) -> None:
        new = data.draw(st.sampled_from(MAY_BE[field]))
        self.save(reader, [Change(field, str(new), reason="the wrong one was recorded")], b"")

    @stateful.rule(reader=readers, text=st.sampled_from(MAY_BE[Field.NOTE]))
    def type_a_draft(self, reader: str, text: str) -> None:
        self.drafts[reader] = text

    @stateful.precondition(lambda self: self.drafts)
    @stateful.rule(data=st.data())
    def save_a_draft(self, data: st.DataObject) -> None:
        """Refused or not, no typed word is lost: it is in the store or still in the draft."""
        reader = data.draw(st.sampled_from(sorted(self.drafts)))
        text = self.drafts[reader]
        if self.both(reader, [makers.note(text)], b""):
            del self.drafts[reader]
            assert self.stands().note == text

    @stateful.rule(reader=readers)
    def leave(self, reader: str) -> None:
        """Who leaves and comes back sees what stands; leaving says nothing to the store."""
        self.drafts.pop(reader, None)
        self.load(reader)

    @stateful.rule(reader=readers, view=views)
    def undo(self, reader: str, view: bytes) -> None:
        self.load(reader)
        before, former = self.events(), self.model.last
        if self.refused_undo(reader, view):
            return
        self.model = self.model.undone(reader, view)
        self.told(reader, lambda: self.store_undo(reader, view))
        stands, after = self.stands(), self.events()
        assert former
        assert len(after) > len(before), "an undo is a new event"
        apart = {("as_seen", ""), ("first_signature", "")}
        said = {(one.field, one.about): one.value for one in stands.standing}
        said.pop(("state", ""), None)
        assert {place: said[place] for place in said if place not in apart} == {
            place: value for place, value in former.said.items() if place not in apart
        }
        assert stands.state == former.state

    def both(self, reader: str, said: Sequence[Change], view: bytes) -> bool:
        """Say it to both; they take it or refuse it alike. Whether it was taken."""
        if self.seen[reader] != self.stands().version:
            self.lose(reader, said, view)
            return False
        if self.refused(said, reader, view):
            return False
        self.model = self.model.saved(reader, said, view)
        self.told(reader, lambda: self.store_add(reader, said, view))
        return True

    def told(self, reader: str, act: Callable[[], reviews.RecordReview]) -> None:
        """What the store gives back is what stands, and the reader has it before them."""
        after = act()
        assert after == self.stands()
        self.seen[reader] = after.version

    def lose(self, reader: str, said: Sequence[Change], view: bytes) -> None:
        before = self.events()
        with pytest.raises(review_store.Conflict) as lost:
            self.store_add(reader, said, view)
        assert lost.value.current == self.stands()
        assert self.events() == before

    def refused(self, said: Sequence[Change], reader: str, view: bytes = b"") -> bool:
        """Whether the model refuses it; the store then does so too, and for the same reasons."""
        try:
            self.model.saved(reader, said, view)
        except plain_review.RefusedError as refusal:
            self.refuses(refusal, lambda: self.store_add(reader, said, view))
            return True
        return False

    def refused_undo(self, reader: str, view: bytes) -> bool:
        try:
            self.model.undone(reader, view)
        except plain_review.RefusedError as refusal:
            self.refuses(refusal, lambda: self.store_undo(reader, view))
            return True
        return False

    def refuses(self, refusal: plain_review.RefusedError, act: Callable[[], object]) -> None:
        before = self.events()
        with pytest.raises(errors.DashboardError) as told:
            act()
        assert self.events() == before
        owed = getattr(refusal, "reasons", None)
        blockers = getattr(told.value, "blockers", ())
        assert isinstance(told.value, sign_off.SignOffRefused) == (owed is not None)
        assert {(one.missing.value, one.about) for one in blockers} == (owed or set())
        assert len(blockers) == len(owed or ())

    def store_add(self, reader: str, said: Sequence[Change], view: bytes) -> reviews.RecordReview:
        return makers.add(
            self.store,
            *said,
            record=self.record,
            actor=reader,
            version=self.seen[reader],
            now=self.now(),
            basis=dataclasses.replace(self.basis, view=view),
        )

    def store_undo(self, reader: str, view: bytes) -> reviews.RecordReview:
        return self.store.undo(
            self.record,
            actor=reader,
            role=access.Role.CLINICIAN,
            expected_version=self.seen[reader],
            now=self.now(),
            basis=dataclasses.replace(self.basis, view=view),
        )

    def now(self) -> datetime.datetime:
        """Every third look at the clock finds that it went back."""
        self.minute += 1
        back = -2 if self.minute % 3 == 0 else 0
        return makers.NOW + datetime.timedelta(minutes=self.minute + back)

    def stands(self) -> reviews.RecordReview:
        return self.store.current(self.record)

    def events(self) -> list[str]:
        return [event.hash for event in self.store.history(self.record)]

    @stateful.invariant()
    def what_stands_is_what_the_model_says_and_follows_from_the_events(self) -> None:
        stands = self.stands()
        said = {(one.field, one.about): one.value for one in stands.standing}
        said.pop(("state", ""), None)
        assert (str(stands.state), said) == (self.model.state, self.model.said)
        assert makers.fold(self.record, self.store.history(self.record)) == stands

    def teardown(self) -> None:
        assert self.store.verify().problems == ()
        self.store.close()


def test_a_review_lives_as_the_plain_model_says() -> None:
    with tempfile.TemporaryDirectory() as folder:

        def opened() -> review_store.ReviewStore:
            return review_store.ReviewStore(makers.address(Path(tempfile.mkdtemp(dir=folder))))

        stateful.run_state_machine_as_test(lambda: Life(opened), settings=settings(25))


def test_a_review_lives_so_on_postgresql(postgres: sa.URL) -> None:
    url = postgres_server.fresh(postgres)
    stateful.run_state_machine_as_test(
        lambda: Life(lambda: review_store.ReviewStore(url)), settings=settings(6)
    )


def settings(examples: int) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=examples, stateful_step_count=30, deadline=None, database=None
    )


def test_the_life_covers_every_field_that_can_be_said() -> None:
    rules = review_fields.FIELDS.items()
    own = {field for field, rule in rules if rule.kind is review_fields.Kind.SEAL}
    assert {*MAY_BE, *own} == set(Field), "what the store alone may say is left out"


def test_the_model_and_the_table_of_transitions_name_the_same_steps() -> None:
    table = {(row.before, row.after): row for row in review_rules.TRANSITIONS}
    assert set(table) == set(plain_review.MAY_BECOME)
    for step, how in plain_review.MAY_BECOME.items():
        assert table[step].needs_reason is (how == "with a reason")
        assert table[step].needs_sign_off is (how == "when nothing is owed")


def test_the_diagram_in_the_documents_is_drawn_from_the_table() -> None:
    text = (Path(__file__).parents[1] / "docs" / "reviews.md").read_text("utf-8")
    drawn = re.search(r"```mermaid\n(.*?)```", text, re.DOTALL)
    assert drawn
    assert drawn[1] == review_diagram.mermaid(), "print it with: manage.py states"


def test_the_diagram_names_every_state_and_every_transition() -> None:
    drawn = review_diagram.mermaid()
    for state in reviews.State:
        assert str(state) in drawn
    for row in review_rules.TRANSITIONS:
        assert f"{row.before} --> {row.after}: {row.name}" in drawn
    assert drawn.count("-->") == len(review_rules.TRANSITIONS) + 1
