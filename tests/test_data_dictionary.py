"""data/README.md says of every column what the product reads."""

from pathlib import Path

import makers
from circulation.knowledge_base import columns
from circulation.way_in import data_dictionary

README = Path(__file__).parents[1] / "data" / "README.md"
KNOWN = makers.knowledge()


def test_the_page_is_what_the_product_says() -> None:
    assert README.read_text("utf-8") == data_dictionary.markdown(KNOWN), (
        "write it again: .venv/bin/python dashboard/manage.py dictionary > data/README.md"
    )


def test_every_column_has_one_row_with_its_values_and_limits() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in README.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    layout = columns.by_name(KNOWN)
    assert sorted(row[0].strip("`") for row in rows) == sorted(layout)
    for name, kind, values, unit, limits, meaning in rows:
        column = layout[name.strip("`")]
        assert (kind, unit, meaning) == (column.kind, column.unit, column.meaning)
        if column.values:
            assert values == ", ".join(column.values)
        if column.kind is columns.Kind.MEASURE:
            assert limits == f"{column.low} to {column.high}"
