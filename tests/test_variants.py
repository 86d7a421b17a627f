"""A changed record is judged exactly as if it had come in that way."""

from dataclasses import replace

import numpy as np

import makers
import random_records
from circulation.judgement import variants
from circulation.knowledge_base import columns
from circulation.records import ternary


def test_a_changed_record_is_judged_as_if_it_had_come_in_that_way() -> None:
    known = makers.knowledge()
    layout = columns.by_name(known)
    before = random_records.records(known, 30, seed=1, blank=0.6)
    after = random_records.records(known, 30, seed=2, blank=0.6)
    keep = ("record_id", "received_on", "site")
    table = makers.table(known, before)
    for place in range(30):
        changes = {name: after[place].get(name, "") for name in layout if name not in keep}
        wanted = {**changes, **{name: before[place].get(name, "") for name in keep}}
        row = makers.row(table, place + 1)
        changed = variants.of(table, row, [{}, changes], layout)
        found = makers.explained(changed, 1, known)
        direct = makers.table(known, [wanted])
        expected = makers.explained(direct, makers.row(direct, place + 1), known)
        assert found == replace(expected, record_id=found.record_id)


def test_the_table_itself_and_its_other_rows_stay_as_they_were() -> None:
    known = makers.knowledge()
    table = makers.table(known, [{"leg_pain": "absent"}, {"leg_pain": "absent"}])
    first, second = makers.row(table, 1), makers.row(table, 2)
    ways = [{"leg_pain": "present"}, {}]
    changed = variants.each(table, np.array([first, second]), ways, columns.by_name(known))
    assert ternary.state(table.ternaries["leg_pain"], first) is False
    assert ternary.state(changed.ternaries["leg_pain"], 0) is True
    assert ternary.state(changed.ternaries["leg_pain"], 1) is False
