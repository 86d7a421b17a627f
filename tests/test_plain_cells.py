"""Cells without quotes come out as they stand in the file, whatever they hold."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intake_files
from circulation.way_in import plain_cells

TEXTS = (
    *("", "absent", "present", "not_asked", "abnormal", "3_to_12_months", "12.50", "S-74Z0EX"),
    *("not_aske", "not_askd", "abnormals", "abnormal\u00e9", "2_to_12_months", "3_to_12_monthz"),
    *(" ", "0", "\u00ff", "\U0010ffff\U0010ffff", "12345678", "1234567\u00ff", "x" * 16, "x" * 17),
    *("x" * plain_cells.LONGEST, "x" * (plain_cells.LONGEST - 1) + "y"),
)
"""Texts that agree in their first or last bytes, of all sizes."""
some_text = st.text(
    st.characters(exclude_characters=',\n\r"\0', exclude_categories=["Cs"]), max_size=30
)
rows_of_three = st.lists(
    st.tuples(*[st.sampled_from(TEXTS) | some_text] * 3), min_size=1, max_size=40
)


def content(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    return "".join(separator.join(row) + "\n" for row in rows).encode()


@given(rows_of_three, st.sampled_from([1, 64, 512 * 1024]), st.permutations([0, 1, 2]))
def test_every_cell_is_read_as_it_stands(
    rows: list[tuple[str, ...]], piece: int, wanted: list[int]
) -> None:
    with mock.patch.object(plain_cells, "PIECE", piece):
        found = plain_cells.read(content(rows), ",", (len(rows), 3), wanted)
    assert found is not None
    for column, (codes, texts) in zip(wanted, found, strict=True):
        cells = [row[column] for row in rows]
        assert [texts[code] for code in codes] == cells
        assert list(texts) == list(dict.fromkeys(cells)), "each once, the first to come first"


def test_the_texts_tried_are_told_apart() -> None:
    found = plain_cells.read(
        content([[text, ""] for text in TEXTS * 3]), ",", (3 * len(TEXTS), 2), [0]
    )
    assert found is not None
    assert found[0][1] == TEXTS


@pytest.mark.parametrize(
    "lengths",
    [(4, 5), (4, 3), (5, 3), (3, 5), (8,), (2, 2), (4, 8), (8, 4), (1, 4, 7), (12, 4), (1, 3)],
)
def test_lines_of_another_length_are_left_to_the_reader_of_rows(lengths: tuple[int, ...]) -> None:
    lines = content([["a"] * length for length in lengths])
    assert plain_cells.read(lines, ",", (len(lengths), 4), [0]) is None


def test_a_very_long_cell_is_left_to_the_reader_of_rows() -> None:
    rows = [["a", "b"], ["x" * (plain_cells.LONGEST + 1), "b"]]
    assert plain_cells.read(content(rows), ",", (2, 2), [1]) is None


def test_the_same_records_have_the_same_account_with_quotes_and_without(tmp_path: Path) -> None:
    records = [{"record_id": f"R{n}", "site": "North", "sex": "male"} for n in range(60)]
    records[9] |= {"leg_pain": "Present", "leg_pain_side": "presen", "bmi": "12.345"}
    records[20] |= {"bmi": "a", "leg_pain_duration": "3_to_12_monthz"}
    records[31]["record_id"] = "R3"
    records[44] |= {"leg_pain": "not_asked", "numbness": "not_aske", "site": "x" * 200}
    text = intake_files.text(records)
    plain = intake_files.bring_in(tmp_path / "plain", text, set_aside=True)
    quoted = text.replace("North", '"North"')
    other = intake_files.bring_in(tmp_path / "quoted", quoted, set_aside=True)
    assert (plain.accepted, plain.rejected, plain.duplicate) == (56, 3, 1)
    assert replace(other, source_sha256=plain.source_sha256) == plain
