"""The words of closed columns are found in their cells, and nothing is taken for them."""

from collections.abc import Sequence
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers
from circulation.records import columns
from circulation.way_in import closed_words

NAMES = ("free", "answer", "since", "size")
WORDS = {
    "answer": ("", "present", "absent", "not_asked"),
    "since": ("", "3_to_12_months", "2_to_12_weeks", "abnormal"),
    "size": ("", "a_word_of_15_by"),
}
ALL = [word for words in WORDS.values() for word in words]
NEAR = (
    *("Present", "presen", "presents", "not_aske", "not_askd", "not_asked!", "3_to_12_monthz"),
    *("3_to_12_xonths", "3_to_12_mmonths", "abnormally", "abnormal\u00e9", "a_word_of_16_byt"),
    *(" ", "0", "\u00ff", "\U0010ffff\U0010ffff", "x" * 300),
)
"""Texts that agree with a word in length, in their first or in their last bytes."""


def content(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    return "".join(separator.join(row) + "\n" for row in rows).encode()


def oracle(rows: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    found = {}
    for place, name in enumerate(NAMES):
        cells = [row[place] for row in rows]
        if name in WORDS and all(cell in WORDS[name] for cell in cells):
            found[name] = [WORDS[name].index(cell) for cell in cells]
    return found


def read(rows: Sequence[Sequence[str]], separator: str = ",") -> dict[str, list[int]]:
    words = closed_words.Words(NAMES, WORDS)
    found = words.read(content(rows, separator), separator, len(rows))
    return {name: places.tolist() for name, places in found.items()}


cell = st.sampled_from([*ALL, *NEAR]) | st.text(
    st.characters(exclude_characters=',\n\r"\0', exclude_categories=["Cs"]), max_size=20
)
columns_of_words = [
    st.sampled_from(WORDS[name]) if name in WORDS else st.sampled_from(ALL) for name in NAMES
]


@given(
    st.lists(st.tuples(*columns_of_words), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 3), cell), max_size=3),
    st.sampled_from([8, 64, 512 * 1024]),
)
def test_a_column_is_read_when_it_holds_its_words_only_and_else_left_alone(
    rows: list[tuple[str, ...]], odd: list[tuple[int, int, str]], piece: int
) -> None:
    cells = [list(row) for row in rows]
    for row, column, text in odd:
        cells[row % len(cells)][column] = text
    with mock.patch.object(closed_words, "PIECE", piece):
        assert read(cells) == oracle(cells)


@pytest.mark.parametrize("text", [*ALL, *NEAR])
def test_each_text_near_a_word_is_told_from_it(text: str) -> None:
    rows = [[""] * 4, [text] * 4, ["present", "absent", "abnormal", ""]]
    assert read(rows) == oracle(rows)
    assert read(rows, ";") == oracle(rows)


@pytest.mark.parametrize(
    "lengths", [(4, 5), (4, 3), (5, 3), (3, 5), (8,), (2, 2), (4, 8), (8, 4), (1, 4, 7), (12, 4)]
)
def test_lines_of_another_length_are_left_to_the_strict_reader(lengths: tuple[int, ...]) -> None:
    assert read([[""] * length for length in lengths]) == {}


def test_every_closed_column_of_our_format_but_one_of_long_words_has_its_words_found() -> None:
    layout = columns.of(makers.knowledge())
    words = {column.name: ("", *column.values) for column in layout if column.values}
    names = [column.name for column in layout]
    long = {name for name, texts in words.items() if max(map(len, texts)) > closed_words.LONGEST}
    assert len(long) <= 1
    rows = [
        [words[name][row % len(words[name])] if name in words else "12" for name in names]
        for row in range(20)
    ]
    found = closed_words.Words(names, words).read(content(rows), ",", len(rows))
    assert found.keys() == words.keys() - long
    for name, places in found.items():
        assert places.tolist() == [row % len(words[name]) for row in range(20)]
