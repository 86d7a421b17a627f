"""Every view of the distribution page on demonstration records: its numbers are those of loops."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import makers
import oracles
import sent_tables
import synthetic_makers
import test_never_say
import test_views_distribution as shown
from circulation import access
from circulation.counting import distribution, headlines, published
from circulation.counting.row_order import Order
from circulation.knowledge_base import columns
from circulation.way_in import importing
from pages import everything, titles
from ui import heat_table
from ui.forms import View

KNOWN = makers.knowledge()
FINDINGS = [finding.id for finding in distribution.findings(KNOWN)]
LABEL = {finding.id: finding.label for finding in KNOWN.findings}
RECORDS = 400
OVER = {View.SITES: "site", View.AGE_BANDS: "age_band", View.SEX: "sex"}
Record = Mapping[str, str]
Seen = Callable[..., AppTest]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    synthetic_makers.fill(folder, records=RECORDS)
    return folder


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """The same records as text."""
    frame = synthetic_makers.frame(synthetic_makers.made(RECORDS, seed=synthetic_makers.SEED))
    found: list[Record] = frame.to_dict("records")
    assert len(found) == RECORDS
    return found


@pytest.fixture(scope="module")
def seen(store: Path) -> Iterator[Seen]:
    """A page in a view, with what was picked; drawn once for all tests that only read it."""
    drawn: dict[str, AppTest] = {}
    with pytest.MonkeyPatch.context() as patch:

        def of(view: View, **picked: object) -> AppTest:
            name = repr((view, picked))
            if name not in drawn:
                drawn[name] = draw(shown.opened(store, patch), view, **picked)
            return drawn[name]

        yield of


def draw(page: AppTest, view: View, **picked: object) -> AppTest:
    page.session_state["view"] = view
    for widget, value in picked.items():
        page.session_state[widget] = value
    page.run()
    assert not page.exception
    return page


def grids(page: AppTest) -> list[Any]:
    return list(sent_tables.of(page))


def charts(page: AppTest) -> list[Any]:
    return [json.loads(one.proto.spec) for one in page.get("plotly_chart")]


def hovers(chart: Any) -> list[str]:
    """Every text that the pointer finds."""
    found: list[str] = []
    for trace in chart["data"]:
        for text in trace.get("hovertext", []):
            found += text if isinstance(text, list) else [text]
    return found


def asked(group: list[Record], finding: str) -> str:
    """Present of asked in words, counted by walking over the records."""
    yes, no = oracles.answers(group, finding)
    if not yes + no:
        return "Nobody was asked"
    return f"{yes:,} of {yes + no:,} asked ({published.percent(yes / (yes + no))})"


def month_of(day: str) -> str:
    return f"{date.fromisoformat(day):%b-%Y}" if day else "Day not recorded"


def group_label(view: View, value: str) -> str:
    blank = {View.SITES: "Site", View.AGE_BANDS: "Age", View.SEX: "Sex"}[view]
    return (
        f"{blank} not recorded" if not value else value.capitalize() if view is View.SEX else value
    )


@pytest.mark.parametrize("view", list(OVER))
def test_groups_side_by_side_say_what_loops_count(
    seen: Seen, records: list[Record], view: View
) -> None:
    page = seen(view)
    (grid,), (chart,) = grids(page), charts(page)
    values = {record[OVER[view]] for record in records}
    groups = {
        group_label(view, value): [r for r in records if r[OVER[view]] == value] for value in values
    }
    groups["All records"] = records
    heads = {head["label"]: head["n"] for head in grid["columns"]}
    assert heads == {label: f"n={len(group):,}" for label, group in groups.items()}
    ids = {label: name for name, label in LABEL.items()}
    labels, drawn = list(heads), 0
    for row in grid["rows"]:
        finding = ids[row["label"]]
        for label, cell in zip(labels, row["cells"], strict=True):
            says = asked(groups[label], finding)
            assert cell["name"].endswith(f": {says}")
            if label != "All records" and says != "Nobody was asked":
                assert f"{LABEL[finding]}<br>{label}: {says}" in hovers(chart)
                drawn += 1
    assert drawn == len(hovers(chart)), "the chart holds the numbers of the table, and no other"


@pytest.mark.parametrize("view", list(OVER))
def test_every_panel_has_its_n_and_all_have_one_scale(seen: Seen, view: View) -> None:
    page = seen(view)
    (chart,), (grid,) = charts(page), grids(page)
    texts = [note["text"] for note in chart["layout"]["annotations"]]
    for head in grid["columns"][:-1]:
        if head["n"] != "n=0":
            words = [text for text in texts if text.endswith(f"<br>{head['n']}")]
            assert any(head["label"] in text.replace("<br>", " ") for text in words)
    panels = len(grid["columns"]) - 1
    assert [texts.count(end) for end in ("0%", "50%", "100%")] == [panels] * 3


def test_a_small_group_is_named_in_words(seen: Seen, records: list[Record]) -> None:
    few = sum(record["sex"] == "other" for record in records)
    assert 0 < few < headlines.FEWEST_ASKED
    says = everything(seen(View.SEX))
    assert "Small groups, whose shares say little" in says
    assert f"Other ({few})" in says


def test_one_cause_says_what_loops_count(seen: Seen, records: list[Record]) -> None:
    page = seen(View.ONE_CAUSE, compared="Diabetes")
    lines = page.dataframe[0].value
    (chart,) = charts(page)
    assert len(lines) == len(FINDINGS)
    for finding in FINDINGS:
        own, others = oracles.against_others(
            records, finding, lambda record: record["suspected_diabetes"] == "present"
        )
        line = lines[lines["Finding"] == LABEL[finding]].iloc[0]
        assert line["With this cause"].startswith(f"{own[0]:,} of {own[1]:,} (")
        assert line["All others"].startswith(f"{others[0]:,} of {others[1]:,} (")
        group = [r for r in records if r["suspected_diabetes"] == "present"]
        rest = [r for r in records if r["suspected_diabetes"] != "present"]
        assert line["Not asked"] == oracles.not_asked(group, finding)
        assert line["Others not asked"] == oracles.not_asked(rest, finding)
        gap = 100 * (own[0] / own[1] - others[0] / others[1])
        assert line["Difference"] == pytest.approx(gap)
        hover = next(text for text in hovers(chart) if text.startswith(f"{LABEL[finding]}<br>"))
        assert f"This cause: {line['With this cause']}" in hover
        assert f"All others: {line['All others']}" in hover
    points = [x for trace in chart["data"] for x in trace["x"]]
    assert sorted(points) == pytest.approx(sorted(lines["Difference"]))


def test_a_line_of_one_cause_opens_its_figures_and_its_records(
    seen: Seen, records: list[Record]
) -> None:
    place = heat_table.Place("leg_swelling", "blood_clots")
    page = seen(View.ONE_CAUSE, compared="Blood clots", cell=place)
    group = [r for r in records if r["suspected_blood_clots"] == "present"]
    says = everything(page)
    assert "Swelling of the leg with suspected blood clots" in says
    assert asked(group, "leg_swelling") in says
    yes, _ = oracles.answers(group, "leg_swelling")
    assert f"Open {yes} assessments" in says
    assert "Standardised difference: " in says
    assert ", two-sided: p " in says


def test_a_picked_line_is_the_finding_that_lies_open(store: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        page = draw(shown.opened(store, patch), View.ONE_CAUSE, order=Order.NAME)
        names = page.dataframe[0].value["Finding"].tolist()
        assert names == sorted(LABEL[name] for name in FINDINGS)
        kept = page.session_state["compared_rows"]
        assert [LABEL[place.finding] for place in kept] == names


def test_pairs_say_what_loops_count(seen: Seen, records: list[Record]) -> None:
    picked = ["leg_pain", "varicose_veins", "numbness", "heavy_tired_legs"]
    page = seen(View.TOGETHER, together=[LABEL[name] for name in picked])
    grid, _ = grids(page)
    names = [name for name in FINDINGS if name in picked]
    assert [head["label"] for head in grid["columns"]] == [LABEL[name] for name in names]
    best = ("", "", 0.0)
    for one, row in zip(names, grid["rows"], strict=True):
        for other, cell in zip(names, row["cells"], strict=True):
            both, asked_both = oracles.pair(records, one, other)
            about = "" if one == other else " about both"
            share = published.percent(both / asked_both)
            says = f"{both:,} of {asked_both:,} asked{about} ({share})"
            assert cell["name"].endswith(f": {says}")
            if one != other and both / asked_both > best[2]:
                best = (one, other, both / asked_both)
    title = titles(page)[0]
    assert title.startswith(f"{LABEL[best[0]]} + {LABEL[best[1]]}: both in ")


def test_combinations_say_what_loops_count(seen: Seen, records: list[Record]) -> None:
    picked = ["leg_pain", "varicose_veins", "numbness", "heavy_tired_legs", "itching"]
    page = seen(View.TOGETHER, together=[LABEL[name] for name in picked])
    names = [name for name in FINDINGS if name in picked]
    kinds, not_asked = oracles.combinations(records, names)
    everyone = sum(kinds.values())
    says = everything(page)
    assert f"{everyone} of 400 records were asked about all 5 findings." in says
    assert f"The other {not_asked} are left out: a question that was not asked" in says
    _, lines = grids(page)
    counted = {row["label"]: int(row["cells"][0]["text"]) for row in lines["rows"]}
    expected = {
        " + ".join(LABEL[one] for one in kind) or "None of these": count
        for kind, count in kinds.items()
    }
    drawn = {name: count for name, count in counted.items() if "other combination" not in name}
    assert len(drawn) == 15
    assert all(expected[name] == count for name, count in drawn.items())
    assert sum(counted.values()) == everyone
    (chart,) = charts(page)
    assert [int(text) for text in chart["data"][0]["text"]] == list(drawn.values())


def test_the_usual_findings_are_those_reported_most(seen: Seen, records: list[Record]) -> None:
    grid, _ = grids(seen(View.TOGETHER))
    names = [head["label"] for head in grid["columns"]]
    assert len(names) == 8
    present = {LABEL[name]: oracles.answers(records, name)[0] for name in FINDINGS}
    rest = [present[LABEL[name]] for name in FINDINGS if LABEL[name] not in names]
    assert min(present[name] for name in names) >= max(rest)


def test_an_open_pair_leads_to_the_records_with_both(seen: Seen, records: list[Record]) -> None:
    page = seen(View.TOGETHER, at="leg_pain.varicose_veins")
    both, _ = oracles.pair(records, "leg_pain", "varicose_veins")
    assert f"Open {both} assessments" in everything(page)


def test_what_is_missing_is_what_loops_count(seen: Seen, records: list[Record]) -> None:
    page = seen(View.NOT_RECORDED)
    (grid,) = grids(page)
    bars, _ = charts(page)
    sites = {head["label"]: head["n"] for head in grid["columns"]}
    assert sites.pop("All records") == "n=400"
    for row in grid["rows"]:
        finding = next(name for name in FINDINGS if LABEL[name] == row["label"])
        for label, cell in zip(["All records", *sites], row["cells"], strict=True):
            site = "" if label == "Site not recorded" else label
            group = [r for r in records if label == "All records" or r["site"] == site]
            missing = oracles.not_asked(group, finding)
            part = f"{missing:,} of {len(group):,}"
            share = published.percent(missing / len(group))
            assert cell["name"].endswith(f"not recorded in {part} records ({share})")
            assert (cell["text"], cell["of"]) == (share, part)
    everyone = {row["label"]: row["cells"][0] for row in grid["rows"]}
    assert len(hovers(bars)) == len(everyone)
    for text in hovers(bars):
        label, _, says = text.partition("<br>")
        assert says.casefold() in everyone[label]["name"].casefold()
    assert "never counted as no" in everything(page)


@pytest.mark.parametrize("rank", [0, 4])
def test_an_open_combination_leads_to_exactly_its_records(
    store: Path, records: list[Record], rank: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked = ["leg_pain", "varicose_veins", "numbness"]
    names = [name for name in FINDINGS if name in picked]
    kinds, _ = oracles.combinations(records, names)
    kind, count = sorted(kinds.items(), key=lambda one: -one[1])[rank]
    together = [LABEL[name] for name in names]
    at = f"only.{'+'.join(kind)}"
    page = draw(shown.opened(store, monkeypatch), View.TOGETHER, together=together, at=at)
    (way,) = [one for one in page.button if one.label.startswith("Open ")]
    assert way.label == f"Open {count} assessments"
    way.click().run()
    told = everything(page).replace("\\", "")
    assert f"{count} of 400 records shown because of: " in told
    for name in names:
        assert f"{LABEL[name]} {'present' if name in kind else 'absent'}" in told


@pytest.mark.parametrize("column", ["all", "site"])
def test_an_open_gap_leads_to_exactly_the_records_without_an_answer(
    store: Path, records: list[Record], column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = min(record["site"] for record in records if record["site"])
    page = draw(
        shown.opened(store, monkeypatch),
        View.NOT_RECORDED,
        at=f"absent_foot_pulse.{'*' if column == 'all' else site}",
    )
    group = [r for r in records if column == "all" or r["site"] == site]
    missing = oracles.not_asked(group, "absent_foot_pulse")
    (way,) = [one for one in page.button if one.label.startswith("Open ")]
    assert way.label == f"Open {missing} assessments"
    way.click().run()
    told = everything(page).replace("\\", "")
    assert f"{missing} of 400 records shown because of: " in told
    assert f"{LABEL['absent_foot_pulse']} not recorded" in told


def test_what_is_missing_by_month_is_what_loops_count(seen: Seen, records: list[Record]) -> None:
    page = seen(View.NOT_RECORDED)
    lines = page.dataframe[0].value
    _, chart = charts(page)
    months = [name for name in lines.columns if name != "Finding"]
    assert sum(int(lines[month].iloc[0].split(" of ")[1]) for month in months) == RECORDS
    for month in months:
        group = [r for r in records if month_of(r["received_on"]) == month]
        for label, says in zip(lines["Finding"], lines[month], strict=True):
            finding = next(name for name in FINDINGS if LABEL[name] == label)
            assert says == f"{oracles.not_asked(group, finding):,} of {len(group):,}"
            if group:
                begin = f"{label}<br>{month}: not recorded in {says} record"
                assert any(text.startswith(begin) for text in hovers(chart))


@pytest.mark.parametrize("view", list(View))
def test_no_view_says_what_a_patient_has(seen: Seen, view: View) -> None:
    texts = list(test_never_say.everything(seen(view)))
    assert sum(map(len, texts)) > 500
    assert [hit for text in texts for hit in test_never_say.said(text)] == []


@pytest.mark.parametrize("view", list(View))
def test_every_chart_says_its_finding_and_has_a_table(seen: Seen, view: View) -> None:
    page = seen(view)
    alts = [one.proto.alt for one in page.get("plotly_chart")]
    tables = len(grids(page)) + len(page.dataframe) + len(page.table)
    assert all(len(alt) > 40 for alt in alts)
    assert tables >= len(alts)
    assert "All 400 records shown." in everything(page)
    assert "several causes and counts in each" in everything(page)
    assert len(titles(page)) == 1


def test_rows_stand_by_difference_group_or_name(seen: Seen) -> None:
    def labels(order: Order) -> list[str]:
        (grid,) = grids(seen(View.ALL_CAUSES, order=order))
        return [row["label"] for row in grid["rows"]]

    (usual,) = grids(seen(View.ALL_CAUSES))
    assert [row["label"] for row in usual["rows"]] == labels(Order.SIZE)
    assert labels(Order.NAME) == sorted(labels(Order.NAME), key=str.casefold)
    assert labels(Order.GROUP) == [LABEL[name] for name in FINDINGS]
    title = titles(seen(View.ALL_CAUSES))[0]
    assert title.startswith(labels(Order.SIZE)[0]), "the finding of the title leads the table"


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_other_roles_have_the_protected_table_and_no_view_to_choose(
    seen: Seen, role: access.Role
) -> None:
    plain = seen(View.ALL_CAUSES, role=role)
    for view in (View.ONE_CAUSE, View.SITES, View.TOGETHER, View.NOT_RECORDED):
        page = seen(view, role=role, at="leg_pain.varicose_veins", compared="Diabetes")
        assert {one.key for one in page.segmented_control} & {"view"} == set()
        assert {one.key for one in page.selectbox} & {"order", "compared", "among"} == set()
        assert grids(page) == grids(plain)
        assert everything(page) == everything(plain)
        assert not page.get("plotly_chart")
        assert not page.dataframe


def put_in(folder: Path, lines: list[Record]) -> Path:
    """A store with these records only."""
    path = folder / "intake.csv"
    names = [column.name for column in columns.of(KNOWN)]
    text = [",".join(names), *(",".join(line.get(name, "") for name in names) for line in lines)]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    request = importing.Request(
        path=path, name=path.name, at=moment, by="a test", today=shown.LAST_DAY
    )
    assert importing.import_file(folder, request, KNOWN).stored
    return folder


NOTHING_ASKED = "None of the findings of this page was asked in the records shown."
BLANK = {
    View.ALL_CAUSES: NOTHING_ASKED,
    View.ONE_CAUSE: "No cause is suspected at intake in the records shown.",
    View.SITES: NOTHING_ASKED,
    View.AGE_BANDS: NOTHING_ASKED,
    View.SEX: NOTHING_ASKED,
    View.TOGETHER: "Fewer than two findings to put together. Choose at least two.",
    View.NOT_RECORDED: "29 of 29 findings are not recorded in any of 40 records",
}


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines: list[Record] = [{"record_id": f"A-{place}"} for place in range(40)]
    return put_in(tmp_path_factory.mktemp("blank"), lines)


@pytest.mark.parametrize("view", list(View))
def test_records_without_any_answer_are_said_to_have_none(
    blank: Path, monkeypatch: pytest.MonkeyPatch, view: View
) -> None:
    page = draw(shown.opened(blank, monkeypatch), view)
    says = everything(page)
    assert BLANK[view] in says
    assert "All 40 records shown." in says


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    one = {
        "record_id": "A-1",
        "leg_swelling": "present",
        "leg_pain": "absent",
        "suspected_blood_clots": "present",
        "site": "North",
    }
    return put_in(tmp_path_factory.mktemp("single"), [one])


@pytest.mark.parametrize("view", list(View))
def test_one_record_is_drawn_in_every_view(
    single: Path, monkeypatch: pytest.MonkeyPatch, view: View
) -> None:
    page = draw(shown.opened(single, monkeypatch), view, compared="Blood clots")
    says = everything(page)
    assert "The one record is shown." in says
    told = {
        View.ONE_CAUSE: "No finding was asked both with suspected blood clots",
        View.SITES: "Small groups, whose shares say little: North (1).",
        View.TOGETHER: BLANK[View.TOGETHER],
        View.NOT_RECORDED: "None of the records shown has a received date",
    }
    assert told.get(view, "") in says
