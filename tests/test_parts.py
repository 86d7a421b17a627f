"""A part of a page is drawn alone, for as long as what stands around it still holds."""

from pathlib import Path

import live
import serving
from circulation.records import batches

TABLE, FILTER, AROUND = "heat_grid", "multiselect", "steps_back"


def test_a_part_is_sent_alone_until_the_records_are_others(tmp_path: Path) -> None:
    with serving.running(tmp_path) as server, live.reader(server) as reader:
        whole = reader.run()
        drawn = live.elements(whole)
        assert (drawn.count(TABLE), drawn.count(FILTER), drawn.count(AROUND)) == (1, 2, 1)
        figures, filtered = live.part_with(whole, TABLE), live.part_with(whole, FILTER)
        assert figures != filtered

        drawn = live.elements(reader.run(part=figures))
        assert (drawn.count(TABLE), drawn.count(FILTER), drawn.count(AROUND)) == (1, 0, 0)
        drawn = live.elements(reader.run(part=filtered))
        assert (drawn.count(TABLE), drawn.count(FILTER), drawn.count(AROUND)) == (1, 2, 0)

        (batch,) = batches.names(server.store)
        batches.remove(server.store, batch, at="2026-11-22T12:00:00+00:00", by="a test")
        drawn = live.elements(reader.run(part=figures))
        assert (drawn.count(TABLE), drawn.count(FILTER), drawn.count(AROUND)) == (0, 0, 1)


def test_other_filters_than_the_figures_stand_under_draw_the_whole_page(tmp_path: Path) -> None:
    with serving.running(tmp_path) as server, live.reader(server) as reader:
        figures = live.part_with(reader.run(query="sex=female"), TABLE)
        drawn = live.elements(reader.run(query="sex=male", part=figures))
        assert (drawn.count(TABLE), drawn.count(FILTER), drawn.count(AROUND)) == (1, 2, 1)
