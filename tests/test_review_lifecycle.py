"""The life of one review against a plain model, over sequences that Hypothesis thinks up."""

import copy
import re
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import stateful
from hypothesis import strategies as st

import review_makers as makers
from circulation import errors
from circulation.reviewing import review_diagram, review_rules, review_store, reviews
from circulation.reviewing.reviews import Change, Field

TESTS = st.sampled_from(makers.BASIS.tests)
CALLED_FOR = set(makers.BASIS.called_for)
MAY_BECOME = {
    ("waiting", "in_progress"): "freely",
    ("in_progress", "waiting"): "with a reason",
    ("in_progress", "reviewed"): "when nothing is owed",
    ("reviewed", "in_progress"): "with a reason",
}
CORRECTED = ("agreed_cause", "disposition", "note")


class NotAllowedError(Exception):
    """What the model says may not be."""


class Model:
    """One review as a clinician would tell it: no events, no store."""

    def __init__(self) -> None:
        self.state = "waiting"
        self.said: dict[tuple[str, str], str] = {}

    def value(self, field: str, about: str = "") -> str:
        return self.said.get((field, about), "")

    def put(self, field: str, about: str, value: str) -> None:
        self.said[field, about] = value
        if not value:
            del self.said[field, about]

    def say(self, field: str, about: str, value: str, reason: str) -> None:
        if self.value(field, about) == value:
            return
        if field == "red_flag":
            self.put(field, about, value)
            return
        if self.state == "reviewed" and not (
            field in CORRECTED and reason and (value or field == "note")
        ):
            raise NotAllowedError
        if field in ("test_result", "result_seen") and value:
            self.need(about, "done")
        if field == "test_reason" and value:
            self.need(about, "not_needed")
        if field == "test_status":
            self.blank(about, value)
        if self.state == "waiting":
            self.state = "in_progress"
        self.put(field, about, value)

    def need(self, test: str, status: str) -> None:
        if self.value("test_status", test) != status:
            raise NotAllowedError

    def blank(self, test: str, status: str) -> None:
        gone = {"done": ["test_reason"], "not_needed": ["test_result", "result_seen"]}
        every = ["test_reason", "test_result", "result_seen"]
        for field in gone.get(status, every):
            self.put(field, test, "") if self.value(field, test) else None

    def become(self, state: str, reason: str) -> None:
        if self.state == state:
            return
        how = MAY_BECOME.get((self.state, state))
        if how is None or (how == "with a reason" and not reason):
            raise NotAllowedError
        if how == "when nothing is owed" and self.owes():
            raise NotAllowedError
        self.state = state

    def owes(self) -> bool:
        begun = {t for (f, t), v in self.said.items() if f == "test_status" and v != "not_needed"}
        return (
            not self.value("red_flag", "RF-ALI")
            or not self.value("agreed_cause")
            or not self.value("disposition")
            or any(self.open(test) for test in CALLED_FOR | begun - self.to_do())
        )

    def to_do(self) -> set[str]:
        return {t for (f, t), v in self.said.items() if f == "test_status" and v == "to_do"}

    def open(self, test: str) -> bool:
        status = self.value("test_status", test)
        if status == "done":
            return not (self.value("test_result", test) and self.value("result_seen", test))
        return not (status == "not_needed" and self.value("test_reason", test))


class Life(stateful.RuleBasedStateMachine):
    """The same words said to the store and to the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = review_store.ReviewStore(makers.address(Path(self.folder.name)))
        self.model, self.before = Model(), Model()
        self.undoable = False

    def both(self, change: Change, act: Any, *, lasting: bool = False) -> None:
        """Say it to both; they take it or refuse it alike."""
        after, version = copy.deepcopy(self.model), self.store.current("A-1").version
        try:
            act(after)
        except NotAllowedError:
            try:
                makers.add(self.store, change)
            except errors.DashboardError:
                return
            raise AssertionError(f"the store takes what may not be: {change}") from None
        saved = makers.add(self.store, change)
        if saved.version != version:
            self.before, self.undoable = self.model, not lasting
        self.model = after

    def say(self, field: str, about: str, value: str, reason: str = "") -> None:
        change = Change(Field(field), value, about, reason)
        lasting = field == "red_flag"
        self.both(change, lambda one: one.say(field, about, value, reason), lasting=lasting)

    @stateful.rule(test=TESTS, status=st.sampled_from([*reviews.TestStatus, ""]))
    def set_a_test(self, test: str, status: str) -> None:
        self.say("test_status", test, str(status))

    @stateful.rule(test=TESTS, value=st.sampled_from(["normal", "abnormal", ""]))
    def give_a_result(self, test: str, value: str) -> None:
        self.say("test_result", test, value)

    @stateful.rule(test=TESTS)
    def see_a_result(self, test: str) -> None:
        self.say("result_seen", test, "reviewed")

    @stateful.rule(test=TESTS)
    def say_why_not_needed(self, test: str) -> None:
        self.say("test_reason", test, "seen last month")

    @stateful.rule()
    def see_the_flag(self) -> None:
        self.say("red_flag", "RF-ALI", "acknowledged")

    @stateful.rule(
        cause=st.sampled_from(["blood_clots", "undecided", ""]), reason=st.sampled_from(["", "x"])
    )
    def agree(self, cause: str, reason: str) -> None:
        self.say("agreed_cause", "", cause, reason)

    @stateful.rule(after=st.sampled_from(["treat", "refer", ""]), reason=st.sampled_from(["", "x"]))
    def dispose(self, after: str, reason: str) -> None:
        self.say("disposition", "", after, reason)

    @stateful.rule(note=st.sampled_from(["cold foot", ""]), reason=st.sampled_from(["", "x"]))
    def note(self, note: str, reason: str) -> None:
        self.say("note", "", note, reason)

    @stateful.rule()
    def settle_everything(self) -> None:
        """So that sign-offs are reached often."""
        for change in makers.EVERYTHING_OWED:
            self.say(change.field, change.about, change.new)

    @stateful.rule()
    def settle_everything_and_sign(self) -> None:
        self.settle_everything()
        self.become(reviews.State.REVIEWED, "")

    @stateful.rule(state=st.sampled_from(list(reviews.State)), reason=st.sampled_from(["", "x"]))
    def become(self, state: reviews.State, reason: str) -> None:
        change = Change(Field.STATE, state, reason=reason)
        self.both(change, lambda one: one.become(str(state), reason))

    @stateful.rule()
    def undo(self) -> None:
        if self.undoable:
            makers.undo(self.store)
            self.model, self.undoable = self.before, False
            return
        try:
            makers.undo(self.store)
        except errors.DashboardError:
            return
        raise AssertionError("the store undoes what may not be undone")

    @stateful.precondition(lambda self: self.store.version() > 0)
    @stateful.rule()
    def save_on_an_older_version(self) -> None:
        older = self.store.current("A-1").version - 1
        try:
            makers.add(self.store, makers.note("lost?"), version=older)
        except review_store.Conflict:
            return
        raise AssertionError("a save on an older version went through")

    @stateful.invariant()
    def what_stands_is_what_the_model_says(self) -> None:
        stands = self.store.current("A-1")
        said = {(one.field, one.about): one.value for one in stands.standing}
        said.pop(("state", ""), None)
        assert (str(stands.state), said) == (self.model.state, self.model.said)

    def teardown(self) -> None:
        assert reviews.fold("A-1", self.store.history("A-1")) == self.store.current("A-1")
        assert self.store.verify().problems == ()
        self.store.close()
        self.folder.cleanup()


TestLife = Life.TestCase
TestLife.settings = hypothesis.settings(
    max_examples=20, stateful_step_count=30, deadline=None, database=None
)


def test_the_model_and_the_table_of_transitions_name_the_same_steps() -> None:
    table = {(row.before, row.after): row for row in review_rules.TRANSITIONS}
    assert set(table) == set(MAY_BECOME)
    for step, how in MAY_BECOME.items():
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
