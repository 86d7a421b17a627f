"""The review of one record is a fold of its events, and stays one under any order of saves."""

import datetime
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import stateful
from hypothesis import strategies as st

import review_makers as makers
from circulation import errors
from circulation.reviewing import ledger, review_store, reviews
from circulation.reviewing.reviews import Change, Field


def event(sequence: int, field: Field, new: str, *, about: str = "") -> ledger.Event:
    minute = f"2026-11-22T14:{sequence:02}:00.000000Z"
    return ledger.Event(
        sequence=sequence,
        act=sequence,
        at=minute,
        ordered_at=minute,
        actor=f"Clinician {sequence}",
        role="clinician",
        record_id="A-1",
        field=field,
        about=about,
        old="",
        new=new,
        reason="",
        data_set="",
        knowledge="",
        previous_hash="",
        hash="",
    )


def at(minute: int) -> datetime.datetime:
    return datetime.datetime(2026, 11, 22, 14, minute, tzinfo=datetime.UTC)


def test_a_record_without_events_is_waiting_and_blank() -> None:
    review = makers.fold("A-1", [])
    assert (review.version, review.state, review.tests) == (0, reviews.State.WAITING, ())
    assert (review.first_view, review.agreed_cause, review.disposition) == (None, "", None)
    assert (review.note, review.acknowledged, review.last_at) == ("", (), "")


def test_the_last_word_on_each_field_stands_with_who_and_when() -> None:
    review = makers.fold(
        "A-1",
        [
            event(1, Field.STATE, "in_progress"),
            event(2, Field.FIRST_CAUSE, "blood_clots"),
            event(3, Field.FIRST_CERTAINTY, "unsure"),
            event(4, Field.TEST_STATUS, "done", about="d_dimer"),
            event(5, Field.TEST_RESULT, "unclear", about="d_dimer"),
            event(6, Field.TEST_RESULT, "abnormal", about="d_dimer"),
            event(7, Field.TEST_VALUE, "812 ug/L FEU", about="d_dimer"),
            event(8, Field.TEST_DATE, "2026-11-20", about="d_dimer"),
            event(9, Field.TEST_STATUS, "not_needed", about="antibodies"),
            event(10, Field.TEST_REASON, "seen last month", about="antibodies"),
            event(11, Field.RED_FLAG, "acknowledged", about="RF-ALI"),
            event(12, Field.AGREED_CAUSE, "undecided"),
            event(13, Field.DISPOSITION, "more_tests"),
            event(14, Field.NOTE, "to be seen again"),
            event(15, Field.NOTE, ""),
        ],
    )
    assert review.state is reviews.State.IN_PROGRESS
    assert review.first_view == reviews.FirstView("blood_clots", reviews.Certainty.UNSURE)
    assert review.tests == (
        reviews.TestReview(
            "antibodies", reviews.TestStatus.NOT_NEEDED, None, "", "", "seen last month"
        ),
        reviews.TestReview(
            "d_dimer",
            reviews.TestStatus.DONE,
            reviews.TestResult.ABNORMAL,
            "812 ug/L FEU",
            "2026-11-20",
            "",
        ),
    )
    assert review.acknowledged == (reviews.Acknowledged("RF-ALI", "Clinician 11", at(11)),)
    assert review.agreed_cause == reviews.UNDECIDED
    assert review.disposition is reviews.Disposition.MORE_TESTS
    assert (review.note, review.version) == ("", 15)
    assert (review.last_actor, reviews.moment(review.last_at)) == ("Clinician 15", at(15))


def test_what_stands_survives_its_way_through_text() -> None:
    review = makers.fold("A-1", [event(1, Field.NOTE, 'läuft "gut"\n, meint er')])
    assert reviews.standing_from(reviews.standing_text(review)) == review.standing


SAVES = st.sampled_from(
    [
        Change(Field.NOTE, "a first note"),
        Change(Field.NOTE, ""),
        Change(Field.TEST_STATUS, "ordered", about="d_dimer"),
        Change(Field.TEST_STATUS, "done", about="d_dimer"),
        Change(Field.TEST_RESULT, "normal", about="d_dimer"),
        Change(Field.AGREED_CAUSE, "vein_disease"),
        Change(Field.AGREED_CAUSE, "undecided"),
        Change(Field.DISPOSITION, "treat"),
        Change(Field.RED_FLAG, "acknowledged", about="RF-ALI"),
        *makers.EVERYTHING_OWED,
        makers.START,
        makers.SIGN_OFF,
        makers.REOPEN,
    ]
)
RECORDS = st.sampled_from(["A-1", "A-2"])
CLINICIANS = st.sampled_from(["Clinician 1", "Clinician 2"])


class ReviewMachine(stateful.RuleBasedStateMachine):
    """Saves in any order, beside a plain model: a dictionary of last words and a list of lines."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = review_store.ReviewStore(makers.address(Path(self.folder.name)))
        self.words: dict[tuple[str, str, str], str] = {}
        self.before: dict[str, dict[tuple[str, str, str], str]] = {}
        self.lines = 0
        self.anchors = [self.store.anchor()]

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def take_in(self, record: str) -> None:
        """The model follows the new lines of the ledger, one assignment each."""
        news = [line for line in self.store.history(record) if line.sequence > self.lines]
        if news:
            self.before[record] = dict(self.words)
        for line in news:
            unsaid = "waiting" if line.field == Field.STATE else ""
            assert line.old == self.words.get((record, line.field, line.about), unsaid)
            self.words[record, line.field, line.about] = line.new
        self.lines += len(news)
        self.anchors.append(self.store.anchor())

    @stateful.rule(
        record=RECORDS,
        changes=st.lists(SAVES, min_size=1, max_size=4),
        actor=CLINICIANS,
        minutes=st.integers(-3, 3),
    )
    def save(self, record: str, changes: list[Change], actor: str, minutes: int) -> None:
        now = makers.NOW + datetime.timedelta(minutes=minutes)
        try:
            after = makers.add(self.store, *changes, record=record, actor=actor, now=now)
        except errors.DashboardError:
            assert self.store.version() == self.lines  # all or nothing
            return
        self.take_in(record)
        for last in {(change.field, change.about): change for change in changes}.values():
            if last.field not in (Field.TEST_RESULT, Field.TEST_REASON):
                assert after.value(last.field, last.about) == last.new

    @stateful.rule(record=RECORDS)
    def save_on_an_old_version(self, record: str) -> None:
        stands = self.store.current(record)
        with pytest.raises(review_store.Conflict) as told:
            makers.add(self.store, makers.note("lost?"), record=record, version=stands.version + 1)
        assert told.value.current == stands

    @stateful.rule(record=RECORDS, actor=CLINICIANS)
    def undo(self, record: str, actor: str) -> None:
        try:
            makers.undo(self.store, record=record, actor=actor)
        except errors.DashboardError:
            assert self.store.version() == self.lines
            return
        wanted = self.before[record]
        self.take_in(record)
        for key, word in self.words.items():
            if key[0] == record and key[1] != Field.STATE:
                assert word == wanted.get(key, "")

    @stateful.rule()
    def open_the_store_again(self) -> None:
        self.store.close()
        self.store = review_store.ReviewStore(makers.address(Path(self.folder.name)))

    @stateful.invariant()
    def what_stands_is_the_last_word_on_everything(self) -> None:
        for record in ("A-1", "A-2"):
            review = self.store.current(record)
            words = {
                (field, about): word
                for (one, field, about), word in self.words.items()
                if one == record and word
            }
            assert {(one.field, one.about): one.value for one in review.standing} == words
            assert self.store.all_current().get(record, reviews.RecordReview(record)) == review
            assert makers.fold(record, self.store.history(record)) == review

    @stateful.invariant()
    def the_store_proves_whole_against_every_anchor(self) -> None:
        assert self.store.verify(self.anchors[-1]).problems == ()
        assert self.store.verify(self.anchors[len(self.anchors) // 2]).problems == ()


TestReviewMachine = ReviewMachine.TestCase
TestReviewMachine.settings = hypothesis.settings(
    max_examples=25, stateful_step_count=15, deadline=None
)
