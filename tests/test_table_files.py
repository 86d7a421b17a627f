"""The table's file: the same table again, found out when damaged, gone with the records."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest

import intake_files
import makers
import random_records
from circulation import memory
from circulation.records import batches, category_bits, intake, measured, table_files

KNOWN = makers.knowledge()


def plain(value: object) -> object:
    """A table as plain values, to compare whole tables."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.tolist()
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if is_dataclass(value):
        parts = [field.name for field in fields(value) if field.name != "mapped"]
        return type(value), [plain(getattr(value, name)) for name in parts]
    return value


def filled(store: Path) -> intake.Intake:
    """A store of three records that was loaded once."""
    assert intake_files.bring_in(store, intake_files.text(intake_files.GOOD)).stored
    return batches.load(store, KNOWN)


def only(store: Path) -> Path:
    (path,) = (store / "table").glob("*-*")
    return path


@pytest.mark.parametrize("blank", [0.2, 0.9, 1.0])
def test_the_table_from_its_file_is_the_table_that_was_built(
    tmp_path: Path, blank: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(category_bits, "LARGE", 64)
    built = makers.table(KNOWN, random_records.records(KNOWN, 300, seed=3, blank=blank))
    kept = table_files.kept(tmp_path, built)
    assert kept is not built
    assert plain(kept) == plain(built)
    again = table_files.opened(tmp_path, built.version)
    assert plain(again) == plain(built)


def test_few_values_are_kept_as_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(category_bits, "LARGE", 64)
    built = makers.table(KNOWN, random_records.records(KNOWN, 300, seed=3, blank=0.95))
    kept = table_files.kept(tmp_path, built)
    assert category_bits.RareRows in {type(found) for found in kept.categories.values()}
    assert {type(found) for found in kept.measures.values()} == {measured.SparseMeasure}
    for name, category in built.categories.items():
        assert plain(dict(kept.categories[name])) == plain(dict(category))


def test_a_mapped_table_can_be_read_but_not_written_also_after_memory_went_back(
    tmp_path: Path,
) -> None:
    table = filled(tmp_path / "store")
    assert table.mapped
    before = plain(table)
    memory.give_back(table)
    assert plain(table) == before
    with pytest.raises(ValueError, match="read-only"):
        table.real[0] = 0


def test_later_loads_do_not_read_the_batches(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = filled(store)
    for path in batches.folder(store).glob("*.parquet"):
        path.unlink()
    assert plain(batches.load(store, KNOWN)) == plain(first)


def test_another_set_of_batches_takes_the_place_of_the_file(tmp_path: Path) -> None:
    store = tmp_path / "store"
    filled(store)
    before = only(store)
    intake_files.bring_in(store, intake_files.text([{"record_id": "B1"}]))
    assert batches.load(store, KNOWN).count == 4
    assert only(store) != before


def test_a_removed_batch_takes_the_file_with_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    filled(store)
    (batch,) = batches.names(store)
    batches.remove(store, batch, at="2026-03-01T10:00:00+00:00", by="data steward")
    assert not list((store / "table").glob("*-*"))


def test_a_damaged_or_changed_file_is_found_out_and_made_anew(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = plain(filled(store))
    content = only(store).read_bytes()
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    for damaged in (b"", content[:5], content[: len(content) // 2], content[:-64], bytes(changed)):
        only(store).write_bytes(damaged)
        assert plain(batches.load(store, KNOWN)) == first
        assert only(store).read_bytes() == content


def test_other_code_makes_its_own_file(tmp_path: Path) -> None:
    store = tmp_path / "store"
    filled(store)
    version, _, digest = only(store).name.split("-")
    other = only(store).rename(only(store).with_name(f"{version}-{'0' * 16}-{digest}"))
    assert batches.load(store, KNOWN).count == 3
    assert only(store) != other


def test_a_store_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    store = tmp_path / "store"
    intake_files.bring_in(store, intake_files.text(intake_files.GOOD))
    (store / "table").write_text("a file where the folder would be")
    table = batches.load(store, KNOWN)
    assert table.count == 3
    assert table.mapped is None
    memory.give_back(table)
