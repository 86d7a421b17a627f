"""The frozen table holds exactly the records it was given, whatever their days."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
from circulation.knowledge_base import columns
from circulation.records import category_bits, intake, ternary

KNOWN = makers.knowledge()
LAYOUT = columns.by_name(KNOWN)
USED = (
    *("record_id", "site", "received_on", "sex", "leg_pain", "leg_pain_side", "smoking"),
    *("bmi", "d_dimer", "ankle_brachial_index_left", "suspected_diabetes", "test_d_dimer"),
)
DAYS = st.sampled_from(["", "2026-01-05", "2026-01-06", "2026-01-07", "2026-03-01"])
Record = dict[str, str]


def texts(name: str) -> st.SearchStrategy[str]:
    """What may stand in a column."""
    column = LAYOUT[name]
    if column.kind is columns.Kind.SITE:
        return st.sampled_from(["", "North", "South"])
    if column.kind is columns.Kind.MEASURE:
        places = column.decimals
        number = st.decimals(column.low, column.high, places=places).map(lambda d: f"{d:f}")
        return st.one_of(st.just(""), number)
    return st.sampled_from(["", *column.values])


@st.composite
def records(draw: st.DrawFn, days: st.SearchStrategy[str] = DAYS) -> list[Record]:
    ids = draw(st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,24}", fullmatch=True), unique=True))
    names = [name for name in USED if name not in ("record_id", "received_on")]
    given_texts = st.fixed_dictionaries({name: texts(name) for name in names})
    return [
        {"record_id": record_id, "received_on": draw(days), **draw(given_texts)}
        for record_id in ids
    ]


def read_back(table: intake.Intake) -> dict[str, Record]:
    """Every record of the table by its id, row by row, through the table's own questions."""
    found = {}
    for row in ternary.rows(table.real):
        day = table.day_of(int(row))
        record = {"record_id": table.record_id(int(row)), "received_on": str(day or "")}
        for name in (*USED[3:], "site"):
            record[name] = cell(table, name, int(row))
        assert record["record_id"] not in found
        found[record["record_id"]] = record
    return found


def cell(table: intake.Intake, name: str, row: int) -> str:
    if name in table.ternaries:
        answer = ternary.state(table.ternaries[name], row)
        return {True: "present", False: "absent", None: ""}[answer]
    return table.text(name, row) if name in table.measures else table.value(name, row)


def plain(record: Mapping[str, str]) -> Record:
    """A record as the table must give it back: not asked is blank, numbers in their decimals."""
    said = {name: "" if text == "not_asked" else text for name, text in record.items()}
    for name in USED:
        if LAYOUT[name].kind is columns.Kind.MEASURE and said[name]:
            places = Decimal(1).scaleb(-LAYOUT[name].decimals)
            said[name] = str(Decimal(said[name]).quantize(places))
    return said


@settings(max_examples=80, deadline=None)
@given(records())
def test_every_record_comes_back_as_it_was_given(given_records: list[Record]) -> None:
    table = makers.table(KNOWN, given_records)
    assert table.count == len(given_records) == ternary.count(table.real)
    assert read_back(table) == {record["record_id"]: plain(record) for record in given_records}
    for record in given_records:
        row = table.row_of(record["record_id"])
        assert row is not None
        assert table.record_id(row) == record["record_id"]
    assert table.row_of("nobody-has-this-id") is None


@settings(max_examples=40, deadline=None)
@given(records(), st.permutations(range(8)))
def test_the_order_of_the_file_does_not_matter(
    given_records: list[Record], turn: list[int]
) -> None:
    turned = sorted(given_records, key=lambda record: turn[sum(record["record_id"].encode()) % 8])
    one, other = makers.table(KNOWN, given_records), makers.table(KNOWN, turned)
    assert (one.record_ids == other.record_ids).all()
    assert (one.real == other.real).all()
    for name in ("leg_pain", "suspected_diabetes"):
        assert (one.ternaries[name].present == other.ternaries[name].present).all()


@settings(max_examples=40, deadline=None)
@given(records(), DAYS, DAYS)
def test_a_period_holds_the_records_of_its_days(
    given_records: list[Record], first: str, last: str
) -> None:
    table = makers.table(KNOWN, given_records)
    begin, end = date.fromisoformat(first or "2026-01-05"), date.fromisoformat(last or "2026-02-01")
    span = table.period(begin, end)
    expected = [
        record["record_id"]
        for record in given_records
        if record["received_on"] and begin <= date.fromisoformat(record["received_on"]) <= end
    ]
    rows = ternary.rows(table.real[span]) + span.start * ternary.WORD
    assert sorted(table.record_id(int(row)) for row in rows) == sorted(expected)


@settings(max_examples=40, deadline=None)
@given(records())
def test_counts_are_those_of_pandas(given_records: list[Record]) -> None:
    table = makers.table(KNOWN, given_records)
    frame = pd.DataFrame(given_records, columns=list(USED), dtype=str)
    answer = table.ternaries["leg_pain"]
    assert ternary.count(answer.present) == int((frame["leg_pain"] == "present").sum())
    assert ternary.count(answer.absent) == int((frame["leg_pain"] == "absent").sum())
    both = answer.present & table.categories["sex"]["male"]
    expected = frame[(frame["leg_pain"] == "present") & (frame["sex"] == "male")]
    assert ternary.count(both) == len(expected)
    assert {site: ternary.count(bits) for site, bits in table.categories["site"].items()} == dict(
        frame.loc[frame["site"] != "", "site"].value_counts()
    )
    measured = table.window().measure("bmi")
    assert int((measured.values != measured.missing).sum()) == int((frame["bmi"] != "").sum())


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
@pytest.mark.parametrize("day", ["", "2026-01-05"])
def test_one_day_or_none_at_all(count: int, day: str) -> None:
    table = makers.table(
        KNOWN, [{"record_id": f"R{n}", "received_on": day, "sex": "male"} for n in range(count)]
    )
    words = -(-count // 64)
    assert (table.count, table.words) == (count, words)
    assert table.first_day == (date(2026, 1, 5) if day and count else None)
    assert table.last_day == table.first_day
    assert table.dated_words == (words if day else 0)
    assert ternary.count(table.categories["sex"]["male"]) == count


def test_days_begin_on_whole_words_and_the_undated_stand_last() -> None:
    days = ["2026-01-05"] * 65 + ["2026-01-08"] + [""]
    table = makers.table(
        KNOWN, [{"record_id": f"R{n:03d}", "received_on": day} for n, day in enumerate(days)]
    )
    assert table.day_words.tolist() == [0, 2, 2, 2, 3]
    assert table.words == 4
    per_day = [
        ternary.count(table.real[start:stop])
        for start, stop in zip(table.day_words, table.day_words[1:], strict=False)
    ]
    assert per_day == [65, 0, 0, 1]
    assert table.period(date(2026, 1, 6), date(2026, 1, 7)) == slice(2, 2)
    assert table.period(date(2020, 1, 1), date(2030, 1, 1)) == slice(0, 3)
    assert table.period(date(2026, 2, 1), date(2026, 1, 1)) == slice(3, 3)
    assert table.day_of(3 * 64) is None
    assert table.last_day == date(2026, 1, 8)


def test_rows_that_fill_up_a_day_hold_nothing() -> None:
    day = date(2026, 1, 1)
    table = makers.table(
        KNOWN,
        [
            {
                "record_id": f"R{n}",
                "received_on": str(day + timedelta(days=n)),
                "sex": "male",
                "leg_pain": "absent",
                "bmi": "20.5",
            }
            for n in range(5)
        ],
    )
    bits = (table.ternaries["leg_pain"].absent, table.categories["sex"]["male"])
    assert all((one == table.real).all() for one in bits)
    empty = ~ternary.unpack(table.real)
    measured = table.window().measure("bmi")
    assert (measured.values[empty] == measured.missing).all()


def test_the_table_cannot_be_changed() -> None:
    table = makers.table(KNOWN, [{"record_id": "A1", "sex": "male", "bmi": "20.5"}])
    arrays = [
        *(table.real, table.record_ids, table.by_id, table.day_words),
        *(table.ternaries["leg_pain"].present, table.categories["sex"]["male"]),
        table.window().measure("bmi").values,
    ]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[:1] = array[:1]


def test_a_window_shows_its_words_only() -> None:
    table = makers.table(
        KNOWN, [{"record_id": f"R{n:03d}", "bmi": f"{20 + n / 100:.2f}"} for n in range(150)]
    )
    window = table.window(1, 2)
    assert window.words == 1
    assert len(window.measure("bmi").values) == 64
    assert window.measure("bmi").values[0] == table.number("bmi", 64) == 2064
    assert np.array_equal(window.real, table.real[1:2])
    assert np.array_equal(window.category("sex")["male"], table.categories["sex"]["male"][1:2])


@settings(max_examples=25, deadline=None)
@given(records())
def test_a_large_table_answers_as_a_small_one(given_records: list[Record]) -> None:
    plain_table = makers.table(KNOWN, given_records)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(category_bits, "LARGE", 0)
        patched.setattr(category_bits, "RARE", 1)
        table = makers.table(KNOWN, given_records)
    assert read_back(table) == read_back(plain_table)
    for name, values in plain_table.categories.items():
        assert list(table.categories[name]) == list(values)
        assert len(table.categories[name]) == len(values)
        for value, bits in values.items():
            assert np.array_equal(table.categories[name][value], bits)
            for start in range(table.words):
                window = table.window(start, start + 1)
                assert np.array_equal(window.category(name)[value], bits[start : start + 1])
