"""The review store on real files: saves, conflicts, many writers, copies, and files of others."""

import dataclasses
import sqlite3
import threading
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

import review_makers as makers
from circulation import access, errors
from circulation.reviewing import (
    basis,
    fair_lock,
    kept_views,
    ledger,
    review_schema,
    review_sqlite,
    review_store,
    reviews,
    sign_off,
)
from circulation.reviewing.reviews import Change, Field, State
from faults import contest


def test_numbers_marks_a_hand_over_and_two_signatures_are_kept_and_proven(
    store: review_store.ReviewStore,
) -> None:
    measure = basis.Measure("index_left", "d_dimer", Decimal(0), Decimal(3), 2)
    ground = dataclasses.replace(
        makers.BASIS, measures=(measure,), hand_overs=("specialist",), second_reviewer=True
    )
    said = [
        *makers.EVERYTHING_OWED,
        Change(Field.MEASURED, "0.9", about="index_left"),
        Change(Field.HANDED_TO, "specialist", reason="needs their expertise"),
        Change(Field.FIRST_SIGNATURE, reviews.SIGNED),
    ]
    makers.add(store, makers.START, *said, basis=ground)
    signed = makers.add(store, makers.SIGN_OFF, actor="Clinician 2", basis=ground)
    corrected = Change(Field.DISPOSITION, "treat", reason="the wrong choice was recorded")
    after = makers.add(store, corrected, basis=ground)
    assert (signed.state, after.state) == (State.REVIEWED, State.REVIEWED)
    assert (after.value(Field.MEASURED, "index_left"), after.disposition) == ("0.9", "treat")
    assert store.history("A-1")[-1].reason == "the wrong choice was recorded"
    assert store.verify().problems == ()
    assert makers.fold("A-1", store.history("A-1")) == after == store.current("A-1")


def test_a_review_from_the_first_word_to_the_sign_off_is_found_again(address: str) -> None:
    store = review_store.ReviewStore(address)
    makers.add(store, *makers.EVERYTHING_OWED)
    signed = makers.add(store, makers.note("to the vascular clinic"), makers.SIGN_OFF)
    store.close()
    opened = review_store.ReviewStore(address)
    assert opened.current("A-1") == signed
    assert (signed.state, signed.version) == (State.REVIEWED, 11)
    assert dict(opened.all_current()) == {"A-1": signed}
    assert opened.verify() == ledger.Verification(opened.anchor(), ())
    opened.close()


def test_each_event_says_who_when_what_and_on_which_data_and_knowledge(
    store: review_store.ReviewStore,
) -> None:
    makers.add(store, makers.START)
    makers.add(store, Change(Field.AGREED_CAUSE, "vein_disease", reason="seen on the scan"))
    (_, event) = store.history("A-1")
    assert dataclasses.replace(event, previous_hash="", hash="") == ledger.Event(
        sequence=2,
        act=2,
        at="2026-11-22T14:32:05.000000Z",
        ordered_at="2026-11-22T14:32:05.000000Z",
        actor="Clinician 1",
        role="clinician",
        record_id="A-1",
        field="agreed_cause",
        about="",
        old="",
        new="vein_disease",
        reason="seen on the scan",
        data_set="a" * 64,
        knowledge="2026.1",
        previous_hash="",
        hash="",
    )


def test_a_save_that_is_refused_leaves_nothing_behind(store: review_store.ReviewStore) -> None:
    makers.add(store, makers.START)
    with pytest.raises(sign_off.SignOffRefused):
        makers.add(store, makers.note("half of it"), makers.SIGN_OFF)
    assert store.current("A-1").note == ""
    assert store.version() == 1


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_only_a_role_that_reviews_may_save_or_undo(
    store: review_store.ReviewStore, role: access.Role
) -> None:
    with pytest.raises(errors.DashboardError, match="may not review records"):
        makers.add(store, makers.START, role=role)
    with pytest.raises(errors.DashboardError, match="may not review records"):
        store.undo(
            "A-1", actor="M", role=role, expected_version=0, now=makers.NOW, basis=makers.BASIS
        )
    assert store.version() == 0


@pytest.mark.parametrize(("record", "actor"), [("", "C"), ("A-1", " "), ("A\x00", "C")])
def test_a_record_and_a_reviewer_need_a_name(
    store: review_store.ReviewStore, record: str, actor: str
) -> None:
    with pytest.raises(errors.DashboardError):
        makers.add(store, makers.START, record=record, actor=actor)


def test_the_second_of_two_savers_is_told_and_sees_what_stands(
    store: review_store.ReviewStore,
) -> None:
    first = makers.add(store, makers.note("mine"), version=0)
    with pytest.raises(review_store.Conflict) as told:
        makers.add(store, makers.note("theirs"), version=0, actor="Clinician 2")
    assert told.value.current == first
    assert store.current("A-1").note == "mine"


def test_undo_is_a_new_event_and_the_old_one_stays(store: review_store.ReviewStore) -> None:
    makers.add(store, makers.note("cold foot"))
    makers.add(store, makers.note("warm foot"))
    assert makers.undo(store).note == "cold foot"
    lines = store.history("A-1")
    assert [(line.field, line.old, line.new, line.reason) for line in lines[1:]] == [
        ("note", "", "cold foot", ""),
        ("note", "cold foot", "warm foot", ""),
        ("note", "warm foot", "cold foot", "undo"),
    ]


@pytest.mark.parametrize("field", [Field.STATE, Field.DISPOSITION])
def test_a_reason_that_reads_like_an_undo_is_refused(
    store: review_store.ReviewStore, field: Field
) -> None:
    makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF)
    new = {Field.STATE: "in_progress", Field.DISPOSITION: "treat"}[field]
    with pytest.raises(errors.DashboardError, match="reason: 'undo' marks what the program takes"):
        makers.add(store, Change(field, new, reason="undo"))
    assert store.current("A-1").state is State.REVIEWED


def test_undo_keeps_the_mark_on_a_result_of_the_intake_that_the_save_had_left(
    store: review_store.ReviewStore,
) -> None:
    ground = dataclasses.replace(makers.BASIS, returned=("blood_sugar",))
    seen = Change(Field.RESULT_SEEN, reviews.SEEN, about="blood_sugar")
    before = makers.add(store, makers.START, seen, basis=ground)
    makers.add(store, Change(Field.TEST_STATUS, "done", about="blood_sugar"), basis=ground)
    undone = store.undo(
        "A-1",
        actor="Clinician 1",
        role=access.Role.CLINICIAN,
        expected_version=store.current("A-1").version,
        now=makers.NOW,
        basis=ground,
    )
    assert undone.tests == before.tests


def test_what_was_handed_out_is_a_snapshot(store: review_store.ReviewStore) -> None:
    makers.add(store, makers.START)
    before = store.all_current()
    makers.add(store, makers.START, record="A-2")
    assert set(before) == {"A-1"}
    assert set(store.all_current()) == {"A-1", "A-2"}


def test_two_stores_on_one_database_see_each_other(
    address: str, store: review_store.ReviewStore
) -> None:
    other = review_store.ReviewStore(address)
    assert other.all_current() == {}
    makers.add(store, makers.note("from the first"))
    assert other.all_current()["A-1"].note == "from the first"
    assert other.version() == store.version() == 2
    other.close()


def test_of_eight_writers_on_one_version_exactly_one_wins_and_seven_are_told(
    address: str,
) -> None:
    assert contest.hold(address, rounds=15) == contest.Outcome(15, ())


def test_the_lock_is_handed_on_in_the_order_of_asking() -> None:
    lock, order, asked = fair_lock.FairLock(), [], threading.Event()

    def ask(name: int) -> None:
        asked.set()
        with lock.turn():
            order.append(name)

    with lock.turn():
        threads = [threading.Thread(target=ask, args=(name,)) for name in range(6)]
        for place, thread in enumerate(threads, start=1):
            thread.start()
            while lock.waiting < place:
                asked.wait(0.01)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4, 5]


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE review_events (sequence)")
    connection.close()


def newer_form(path: Path) -> None:
    review_store.ReviewStore(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


OTHERS = {
    "the file is empty": lambda path: path.write_bytes(b""),
    "the file is not a database": lambda path: path.write_bytes(b"record_id,site\n" * 99),
    "the file belongs to another program": foreign_database,
    "has form 99, and this program knows forms 1 to 3": newer_form,
}


@pytest.mark.parametrize("fault", OTHERS)
def test_a_file_that_is_no_review_store_is_refused_and_left_as_it_is(
    tmp_path: Path, fault: str
) -> None:
    path = tmp_path / "reviews.sqlite"
    OTHERS[fault](path)
    before = path.read_bytes()
    with pytest.raises(errors.DashboardError, match=fault):
        review_store.ReviewStore(makers.address(tmp_path))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["reviews.sqlite"]


@pytest.mark.parametrize(
    "url",
    [
        "no address",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x.sqlite?uri=true",
        "postgresql://user:secret@127.0.0.1:1/reviews",
        "mysql://user:secret@host/reviews",
        "sqlite:////no/such/folder/reviews.sqlite",
    ],
)
def test_an_address_that_is_not_offered_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(errors.DashboardError) as refused:
        review_store.ReviewStore(url)
    assert "secret" not in str(refused.value)
    assert "/no/such" not in str(refused.value)


def test_the_file_is_set_up_to_keep_what_it_acknowledged(tmp_path: Path) -> None:
    file = review_sqlite.open_file(tmp_path / "reviews.sqlite")
    engine = review_sqlite.engine(file)
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
    engine.dispose()
    full = 2
    assert found == ["wal", full, 1, 0, 5000]
    assert file.path.stat().st_mode & 0o077 == 0, "only its owner may read it"


def test_the_tables_and_the_lock_of_the_head_are_not_sqlites_alone() -> None:
    dialect = postgresql.dialect()
    for table in review_schema.METADATA.sorted_tables:
        assert "STRICT" not in str(sa.schema.CreateTable(table).compile(dialect=dialect))
    locked = sa.select(review_schema.HEAD).with_for_update()
    assert str(locked.compile(dialect=dialect)).endswith("FOR UPDATE")


def test_an_unread_record_is_waiting(store: review_store.ReviewStore) -> None:
    assert store.current("A-9") == reviews.RecordReview("A-9")
    assert store.history("A-9") == ()


def test_a_sign_off_keeps_what_was_shown_and_names_it_in_the_chain(
    store: review_store.ReviewStore,
) -> None:
    signed = makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF, basis=makers.SEEN)
    named, state = store.history("A-1")[-2:]
    assert (named.field, state.field, named.act) == ("as_seen", "state", state.act)
    assert signed.value(Field.AS_SEEN) == named.new
    assert store.view(named.new) == "what was shown"
    assert store.verify().problems == ()


def test_equal_views_are_kept_once_and_another_one_stands_beside_it(
    store: review_store.ReviewStore,
) -> None:
    makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF, basis=makers.SEEN)
    makers.add(store, makers.REOPEN, basis=makers.SEEN)
    again = makers.add(store, makers.SIGN_OFF, basis=makers.SEEN)
    assert [event.field for event in store.history("A-1")].count("as_seen") == 1
    other = dataclasses.replace(makers.BASIS, view=kept_views.pack("shown later"))
    makers.add(store, makers.REOPEN, basis=other)
    last = makers.add(store, makers.SIGN_OFF, basis=other)
    assert store.view(again.value(Field.AS_SEEN)) == "what was shown"
    assert store.view(last.value(Field.AS_SEEN)) == "shown later"
    assert store.verify().problems == ()


def test_a_sign_off_without_a_view_does_not_stand_on_the_view_of_an_earlier_one(
    store: review_store.ReviewStore,
) -> None:
    makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF, basis=makers.SEEN)
    makers.add(store, makers.REOPEN)
    assert makers.add(store, makers.SIGN_OFF).value(Field.AS_SEEN) == ""


def test_the_seal_of_a_view_is_written_by_the_store_alone_and_outlasts_an_undo(
    store: review_store.ReviewStore,
) -> None:
    with pytest.raises(errors.DashboardError, match="written by the store itself"):
        makers.add(store, Change(Field.AS_SEEN, "0" * 64))
    makers.add(store, *makers.EVERYTHING_OWED[1:])
    makers.add(store, makers.EVERYTHING_OWED[0])
    signed = makers.add(store, makers.SIGN_OFF, basis=makers.SEEN)
    undone = makers.undo(store)
    assert (undone.state, undone.value(Field.AS_SEEN)) == (
        State.IN_PROGRESS,
        signed.value(Field.AS_SEEN),
    )
    assert store.verify().problems == ()
