"""The store: immutable batches named by their content, found out when changed, never half there."""

import json
import shutil
import threading
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import intake_files
import makers
from circulation import durable, errors
from circulation.knowledge_base import columns
from circulation.records import batch_files, batches, intake

KNOWN = makers.knowledge()
GOOD = intake_files.text(intake_files.GOOD)


def records(count: int, start: str = "R") -> str:
    return intake_files.text({"record_id": f"{start}{n}"} for n in range(count))


def only(store: Path) -> Path:
    (name,) = batches.names(store)
    return batches.folder(store) / f"{name}.parquet"


def test_an_empty_store_is_an_empty_table(tmp_path: Path) -> None:
    table = batches.load(tmp_path / "none", KNOWN)
    assert (table.count, table.words, table.version) == (0, 0, "nothing")
    assert batches.names(tmp_path / "none") == ()
    assert batches.synthetic(tmp_path / "none") is None


def test_a_batch_is_named_by_the_hash_of_its_file(tmp_path: Path) -> None:
    account = intake_files.bring_in(tmp_path / "store", GOOD)
    assert (
        only(tmp_path / "store").stem == account.batch == durable.sha256(only(tmp_path / "store"))
    )
    assert batches.account(tmp_path / "store", account.batch) == account


def test_the_table_is_the_same_in_whatever_order_batches_came(tmp_path: Path) -> None:
    for store, parts in (("one", "AB"), ("two", "BA")):
        for part in parts:
            intake_files.bring_in(tmp_path / store, records(70, part))
    one, two = (batches.load(tmp_path / store, KNOWN) for store in ("one", "two"))
    assert one.version == two.version
    assert one.count == 140
    assert (one.record_ids == two.record_ids).all()


def test_another_set_of_batches_is_another_version(tmp_path: Path) -> None:
    store = tmp_path / "store"
    versions = {batches.version(store, KNOWN)}
    first = intake_files.bring_in(store, records(3, "A"))
    versions.add(batches.version(store, KNOWN))
    intake_files.bring_in(store, records(3, "B"))
    versions.add(batches.version(store, KNOWN))
    assert len(versions) == 3
    batches.remove(store, first.batch, at="2026-03-01T10:00:00+00:00", by="data steward")
    assert batches.version(store, KNOWN) not in versions
    assert batches.load(store, KNOWN).version == batches.version(store, KNOWN)


def test_a_removed_batch_leaves_its_account_and_nothing_else(tmp_path: Path) -> None:
    store = tmp_path / "store"
    account = intake_files.bring_in(store, intake_files.changed(0, sex="x"), set_aside=True)
    when = "2026-03-01T10:00:00+00:00"
    gone = batches.remove(store, account.batch[:8], at=when, by="data steward")
    assert gone.remarks[-1] == f"Removed {when} by data steward"
    left = sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())
    assert left == [".lock", f"batches/removed/{account.batch}.json"]
    assert batches.load(store, KNOWN).count == 0
    with pytest.raises(errors.DashboardError, match=r"is not one batch here\. Batches: none"):
        batches.remove(store, account.batch, at="", by="")
    assert intake_files.bring_in(store, GOOD).stored, "the file can be imported again"


@pytest.mark.parametrize("start", ["", "zz", "../x"])
def test_only_a_batch_that_is_there_can_be_named(start: str, tmp_path: Path) -> None:
    account = intake_files.bring_in(tmp_path / "store", GOOD)
    with pytest.raises(errors.DashboardError, match="is not one batch here"):
        batches.named(tmp_path / "store", start)
    assert batches.named(tmp_path / "store", account.batch[:6]) == account.batch


def test_a_whole_store_is_found_whole(tmp_path: Path) -> None:
    intake_files.bring_in(tmp_path / "store", GOOD)
    assert batches.verify(tmp_path / "store") == ()


@pytest.mark.parametrize("place", range(0, 100, 9))
def test_a_changed_bit_of_the_records_is_found(place: int, tmp_path: Path) -> None:
    intake_files.bring_in(tmp_path / "store", GOOD)
    path = only(tmp_path / "store")
    content = bytearray(path.read_bytes())
    content[len(content) * place // 100] ^= 4
    path.write_bytes(content)
    (problem,) = batches.verify(tmp_path / "store")
    assert problem.endswith("its records were changed or damaged")


def test_a_changed_account_is_found_and_not_believed(tmp_path: Path) -> None:
    account = intake_files.bring_in(tmp_path / "store", GOOD)
    path = only(tmp_path / "store").with_suffix(".json")
    content = json.loads(path.read_text())
    content["imported_by"] = "someone else"
    path.write_text(json.dumps(content))
    assert "is damaged or was changed" in batches.verify(tmp_path / "store")[0]
    with pytest.raises(errors.DashboardError, match="is damaged or was changed"):
        batches.account(tmp_path / "store", account.batch)


def test_an_account_that_is_no_text_any_more_is_found(tmp_path: Path) -> None:
    account = intake_files.bring_in(tmp_path / "store", GOOD)
    path = only(tmp_path / "store").with_suffix(".json")
    content = bytearray(path.read_bytes())
    content[20] ^= 128
    path.write_bytes(content)
    assert "is damaged or was changed" in batches.verify(tmp_path / "store")[0]
    with pytest.raises(errors.DashboardError, match="is damaged or was changed"):
        batches.account(tmp_path / "store", account.batch)


def test_missing_records_and_leftovers_are_found(tmp_path: Path) -> None:
    store = tmp_path / "store"
    intake_files.bring_in(store, GOOD)
    shutil.move(only(store), batches.folder(store) / f"{'0' * 64}.parquet")
    (batches.folder(store) / "draft.part").write_bytes(b"half")
    problems = batches.verify(store)
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "its records are missing",
        "left by an interrupted import; it is not loaded",
        "left by an interrupted import; it is not loaded",
    ]
    with pytest.raises(errors.DashboardError, match="cannot be read"):
        batches.load(store, KNOWN)


def test_a_batch_without_its_account_is_not_loaded(tmp_path: Path) -> None:
    store = tmp_path / "store"
    intake_files.bring_in(store, GOOD)
    only(store).with_suffix(".json").unlink()
    assert batches.load(store, KNOWN).count == 0
    assert intake_files.bring_in(store, GOOD).stored, "a killed import is simply done again"
    assert batches.verify(store) == ()


def test_an_import_waits_for_another_one(tmp_path: Path) -> None:
    store = tmp_path / "store"
    content = records(200)
    done = []

    def bring_in() -> None:
        path = tmp_path / f"{threading.get_ident()}" / "store"
        path.parent.mkdir()
        path.symlink_to(store)
        done.append(intake_files.bring_in(path, content).stored)

    store.mkdir()
    threads = [threading.Thread(target=bring_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert batches.load(store, KNOWN).count == 200


def test_a_column_that_came_later_is_blank_in_older_batches(tmp_path: Path) -> None:
    layout = [column for column in columns.of(KNOWN) if column.name not in ("bmi", "leg_pain")]
    writer = batch_files.Writer(tmp_path / "old.parquet", layout)
    writer.add(["A1"], {}, {})
    writer.close()
    old = batch_files.Stored(tmp_path / "old.parquet")
    old.check_layout(columns.of(KNOWN))
    assert "bmi" not in old.columns


def test_values_that_the_knowledge_lost_are_never_dropped(tmp_path: Path) -> None:
    layout = columns.of(KNOWN)
    intake_files.bring_in(tmp_path / "store", GOOD)
    stored = batch_files.Stored(only(tmp_path / "store"))
    fewer = [column for column in layout if column.name != "bmi"]
    with pytest.raises(errors.DashboardError, match="column 'bmi': holds values that the know"):
        stored.check_layout(fewer)
    stored.check_layout([column for column in layout if column.name != "waist"])
    with pytest.raises(errors.DashboardError, match="column 'sex': holds values"):
        stored.codes("sex", ("female",))
    with pytest.raises(errors.DashboardError, match="column 'bmi': holds values"):
        stored.numbers("bmi", 1)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    numbers=st.lists(
        st.one_of(st.none(), st.decimals("10.00", "100.00", places=2)), min_size=1, max_size=20
    ),
    codes=st.data(),
)
def test_what_is_stored_comes_back_exactly(
    numbers: list[Decimal | None], codes: st.DataObject, tmp_path: Path
) -> None:
    layout = [column for column in columns.of(KNOWN) if column.name in NAMES]
    missing = intake.NOT_MEASURED
    count = len(numbers)
    given_codes = {
        "bmi": np.array([missing if n is None else int(n.scaleb(2)) for n in numbers]),
        "sex": np.array(codes.draw(st.lists(st.integers(-1, 2), min_size=count, max_size=count))),
        "leg_pain": np.array(
            codes.draw(st.lists(st.integers(-1, 1), min_size=count, max_size=count))
        ),
        "received_on": np.array(
            codes.draw(
                st.lists(st.sampled_from([intake.NO_DAY, 0, 20000]), min_size=count, max_size=count)
            )
        ),
    }
    path = tmp_path / "a.parquet"
    writer = batch_files.Writer(path, layout)
    writer.add([f"R{n}" for n in range(count)], given_codes, {})
    writer.close()
    stored = batch_files.Stored(path)
    assert stored.ids().tolist() == [f"R{n}".encode() for n in range(count)]
    assert stored.numbers("bmi", 2).tolist() == given_codes["bmi"].tolist()
    assert stored.codes("sex", columns.SEXES).tolist() == given_codes["sex"].tolist()
    answers = (columns.PRESENT, columns.ABSENT, columns.NOT_ASKED)
    assert stored.codes("leg_pain", answers).tolist() == given_codes["leg_pain"].tolist()
    assert stored.days("received_on").tolist() == given_codes["received_on"].tolist()


NAMES = ("record_id", "site", "received_on", "sex", "leg_pain", "bmi")


def test_groups_of_rows_do_not_depend_on_the_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_files, "ROW_GROUP", 10)
    layout = [column for column in columns.of(KNOWN) if column.name in NAMES]
    hashes = set()
    for size in (1, 7, 9, 10, 27):
        path = tmp_path / f"{size}.parquet"
        writer = batch_files.Writer(path, layout)
        for start in range(0, 27, size):
            rows = range(start, min(start + size, 27))
            known = {"sex": np.array([row % 4 - 1 for row in rows])} if start else {}
            first = {"sex": np.array([-1 if row == 0 else row % 4 - 1 for row in rows])}
            writer.add([f"R{row}" for row in rows], known or first, {})
        writer.close()
        hashes.add(durable.sha256(path))
    assert len(hashes) == 1
