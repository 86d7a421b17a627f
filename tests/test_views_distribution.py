"""What a reader of the distribution page sees, by role, on real demonstration records."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import makers
import pages
import sent_tables
import synthetic_makers
from circulation import access, periods
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import disclosure, distribution, headlines, published, row_order
from circulation.counting.row_order import Order
from circulation.judgement import assessment
from circulation.knowledge_base import columns
from circulation.records import batches
from circulation.way_in import importing
from pages import everything, titles
from ui import heat_table

LAST_DAY = synthetic_makers.LAST_DAY
KNOWN = makers.knowledge()
CELL = heat_table.Place("leg_swelling", "blood_clots")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a few hundred demonstration records."""
    folder = tmp_path_factory.mktemp("store")
    synthetic_makers.fill(folder, records=400)
    return folder


@pytest.fixture
def page(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(store, monkeypatch)


def opened(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    return pages.new()


def counts(store: Path, wanted: Selection) -> distribution.Counts:
    table = batches.load(store, KNOWN)
    assessed = assessment.assess(table, KNOWN)
    return distribution.by_cause(table, assessed, selection.apply(table, assessed, wanted), KNOWN)


def exact(store: Path, wanted: Selection) -> published.Release:
    return disclosure.exact(counts(store, wanted), access.Role.CLINICIAN)


def heat(page: AppTest) -> dict[str, Any]:
    """What was sent to the heat table."""
    (sent,) = sent_tables.of(page)
    return sent


def test_the_page_says_what_it_shows_of_how_many_and_why(page: AppTest, store: Path) -> None:
    page.run()
    assert not page.exception
    release = exact(store, Selection())
    assert titles(page) == [headlines.distribution_title(release, KNOWN)]
    assert "All 400 records shown. Shares are of those asked." in everything(page)
    assert "A record may report several findings and several causes" in everything(page)


def test_the_heat_table_holds_every_share_with_its_number(page: AppTest, store: Path) -> None:
    sent = heat(page.run())
    release = row_order.of_release(exact(store, Selection()).answered(), Order.SIZE, KNOWN)
    heads = [(head["full"], head["n"]) for head in sent["columns"]]
    assert heads == [
        *((cause.label, f"n={release.rows[0][i].n.words}") for i, cause in enumerate(KNOWN.causes)),
        ("All records", "n=400"),
    ]
    shown = [[cell["text"] for cell in row["cells"]] for row in sent["rows"]]
    assert shown == [
        [cell.percent if cell.n.value else "\N{EN DASH}" for cell in row] for row in release.rows
    ]
    names = [cell["name"] for row in sent["rows"] for cell in row["cells"]]
    assert names[0].endswith(release.rows[0][0].of_asked)


def test_the_list_holds_the_same_numbers(page: AppTest, store: Path) -> None:
    page.run()
    page.segmented_control(key="form").set_value("List").run()
    assert not page.exception
    listed = page.dataframe[0].value
    release = exact(store, Selection()).answered()
    assert len(listed) == sum(len(row) for row in release.rows)
    for row in release.rows:
        for cell in row:
            label = "All records" if cell.cause == "" else KNOWN.cause[cell.cause].label
            finding = KNOWN.finding[cell.finding].label
            line = listed[(listed["Finding"] == finding) & (listed["Cause"] == label)].iloc[0]
            assert (line["Present"], line["Asked"], line["Share"], line["Records"]) == (
                cell.present.value,
                cell.asked.value,
                cell.percent,
                cell.n.value,
            )


def test_the_chart_says_its_finding_to_those_who_cannot_see_it(page: AppTest, store: Path) -> None:
    page.run()
    page.segmented_control(key="form").set_value("Chart").run()
    assert not page.exception
    title = headlines.distribution_title(exact(store, Selection()), KNOWN)
    assert [chart.proto.alt for chart in page.get("plotly_chart")] == [title]


@pytest.mark.parametrize("basis", list(Basis))
def test_causes_count_as_recorded_as_supported_or_confirmed(
    page: AppTest, store: Path, basis: Basis
) -> None:
    page.run()
    page.segmented_control(key="causes").set_value(basis).run()
    release = exact(store, Selection(basis=basis))
    heads = [head["n"] for head in heat(page)["columns"]]
    assert heads == [f"n={cell.n.words}" for cell in release.rows[0]]
    circular = "high by definition" in everything(page)
    assert circular == (basis is Basis.SUPPORTED)


def test_filters_are_named_with_what_they_leave_and_reset_shows_all(
    page: AppTest, store: Path
) -> None:
    page.session_state["more"] = True  # opens the window
    page.run()
    site = page.multiselect(key="sites").options[0]
    page.multiselect(key="sites").set_value([site])
    page.multiselect(key="sexes").set_value(["female"])
    page.segmented_control(key="received").set_value("12 months").run()
    last = batches.load(store, KNOWN).last_day
    assert last
    first = last.replace(year=last.year - 1) + timedelta(days=1)
    wanted = Selection(
        first=first,
        last=last,
        sites=frozenset({site}),
        sexes=frozenset({"female"}),
    )
    raw = counts(store, wanted)
    says = everything(page)
    period = f"received {periods.day(first)} to {periods.day(last)}"
    shown = f"{raw.chosen.count} of 400 records shown, because {period}; site {site}; sex female."
    assert shown in says
    assert "Sex female" in says
    assert [head["n"] for head in heat(page)["columns"]][-1] == f"n={raw.chosen.count}"
    page.button(key="reset").click().run()
    assert "All 400 records shown." in everything(page)
    assert not page.multiselect(key="sites").value


def test_records_without_a_date_are_left_out_of_a_period_and_counted(
    page: AppTest, store: Path
) -> None:
    page.run()
    page.segmented_control(key="received").set_value("90 days").run()
    left_out = counts(store, Selection(first=date(2026, 8, 25), last=LAST_DAY)).chosen.without_day
    assert left_out
    assert f"Left out for having no received date: {left_out}." in everything(page)


def test_a_cell_shows_its_numbers_its_months_and_the_way_to_its_records(
    page: AppTest, store: Path
) -> None:
    page.session_state["cell"] = CELL
    page.run()
    assert not page.exception
    release = exact(store, Selection())
    cell = release.cell(CELL.finding, CELL.cause)
    assert cell
    says = everything(page)
    assert "Swelling of the leg with suspected blood clots" in says
    assert cell.of_asked in says
    assert f"{release.points(cell):+d} point" in says
    assert f"{cell.n.words} records with suspected blood clots" in says
    assert f"{cell.not_asked} of them not asked" in says
    assert f"Open {cell.present.words} assessments" in says
    assert "by month received" in page.get("plotly_chart")[0].proto.alt


def test_the_address_opens_a_cell(page: AppTest) -> None:
    page.query_params["cell"] = "leg_swelling.blood_clots"
    page.run()
    assert "Swelling of the leg with suspected blood clots" in everything(page)
    page.button(key="close").click().run()
    assert "Choose a cell" in everything(page)
    assert "cell" not in page.query_params


def test_an_address_with_a_strange_cell_opens_nothing(page: AppTest) -> None:
    page.query_params["cell"] = "no_such.thing"
    page.run()
    assert not page.exception
    assert "Choose a cell" in everything(page)


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_other_roles_read_no_number_that_is_small_or_exact(
    page: AppTest, store: Path, role: access.Role
) -> None:
    page.session_state["cell"] = CELL
    page.run()
    page.segmented_control(key="role").set_value(role).run()
    assert not page.exception
    sent = heat(page)
    cells = [cell for row in sent["rows"] for cell in row["cells"]]
    texts = [head["n"] for head in sent["columns"]]
    texts += [f"{cell['of']} {cell['name']}" for cell in cells]
    texts += [line for line in everything(page).splitlines() if "Knowledge" not in line]
    plain = " ".join(texts).replace("\\", "").replace(",", "")
    for finding in KNOWN.findings:
        plain = plain.replace(finding.label.replace(",", ""), "")
    for told in (r"\d\d-\w{3}-\d{4}", r"[+-]\d+ points?", r"[<>]?\d+%", r"1-7 \w+", r"nearest 5"):
        plain = re.sub(told, "", plain)
    numbers = {int(number) for number in re.findall(r"\d+", plain)}
    assert len(numbers) > 20
    assert {number % 5 for number in numbers} == {0}
    assert any(cell["text"] == "1-7 hidden" for cell in cells)


def test_other_roles_have_no_filter_no_months_and_no_way_to_records(page: AppTest) -> None:
    page.session_state["cell"] = CELL
    page.run()
    page.segmented_control(key="role").set_value(access.Role.MANAGER).run()
    assert not page.multiselect
    assert "received" not in {control.key for control in page.segmented_control}
    assert not page.get("plotly_chart")
    assert not [button for button in page.button if button.label.startswith("Open")]
    says = everything(page)
    assert "Whole months only, without filters. Counts of 1-7 are hidden" in says
    assert "received 01-" in says


def test_a_manager_reads_the_same_rounded_numbers_in_the_list(page: AppTest) -> None:
    page.run()
    page.segmented_control(key="role").set_value(access.Role.MANAGER).run()
    page.segmented_control(key="form").set_value("List").run()
    listed = page.dataframe[0].value
    for column in ("Present", "Asked", "Records", "Not asked"):
        assert {int(number) % 5 for number in listed[column].dropna()} == {0}


def test_an_empty_store_says_what_the_page_will_show_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path, monkeypatch).run()
    assert not page.exception
    assert titles(page) == ["No records are loaded yet"]
    assert not page.get("page_link"), "a clinician may not add a file"
    assert "A data steward adds files on the Data page." in [one.value for one in page.caption]
    page.segmented_control(key="role").set_value("data_steward").run()
    assert titles(page) == ["No records are loaded yet"]
    assert [link.proto.label for link in page.get("page_link")] == ["Add a file"]


def test_no_match_names_the_filters_and_takes_them_off(page: AppTest, store: Path) -> None:
    page.session_state["more"] = True  # opens the window
    page.run()
    site = page.multiselect(key="sites").options[0]
    page.multiselect(key="sites").set_value([site])
    page.multiselect(key="ages").set_value(["85+"])
    page.multiselect(key="sexes").set_value(["other"]).run()
    assert titles(page) == ["No record fits these filters"]
    without = Selection(sites=frozenset({site}), age_bands=frozenset({"85+"}))
    left = counts(store, without).chosen.count
    assert f"Without sex other: {left} record" in everything(page)
    assert "Without filters there are 400." in everything(page)
    page.button(key="no_filters").click().run()
    assert "All 400 records shown." in everything(page)


def test_one_record_reads_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synthetic_makers.fill(tmp_path, records=1)
    page = opened(tmp_path, monkeypatch).run()
    assert not page.exception
    assert "All 1 records shown." not in everything(page)
    assert "The one record is shown." in everything(page)
    assert titles(page) == ["Findings across suspected causes"]


def test_records_without_any_cause_say_where_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "intake.csv"
    names = [column.name for column in columns.of(KNOWN)]
    values = {"record_id": "A-1", "leg_swelling": "present"}
    lines = [",".join(names), ",".join(values.get(name, "") for name in names)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    request = importing.Request(path=path, name=path.name, at=moment, by="a test", today=LAST_DAY)
    assert importing.import_file(tmp_path, request, KNOWN).stored
    page = opened(tmp_path, monkeypatch).run()
    assert [info.value for info in page.info] == [
        "No cause is suspected at intake in the records shown. Choose another under Causes."
    ]
    cells = [cell["text"] for row in heat(page)["rows"] for cell in row["cells"]]
    assert cells == ["\N{EN DASH}"] * 8 + ["100%"]
