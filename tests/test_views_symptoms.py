"""What a reader of the symptoms page sees, by role, on demonstration records."""

import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import pages
import synthetic_makers
from circulation import access
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import discrimination
from circulation.counting import discrimination_release as releases
from circulation.counting import discrimination_words as wording
from circulation.judgement import assessment
from circulation.records import batches
from pages import everything, titles

KNOWN = makers.knowledge()
PAD = "peripheral_artery_disease"
HEADING = "How well do the symptoms tell the causes apart?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some thousand demonstration records, so that groups are large enough."""
    folder = tmp_path_factory.mktemp("store")
    synthetic_makers.fill(folder, records=3000)
    return folder


@pytest.fixture
def page(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(store, monkeypatch)


def opened(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    return pages.on("symptoms")


def exact(store: Path, cause: str) -> releases.Release:
    table = batches.load(store, KNOWN)
    assessed = assessment.assess(table, KNOWN)
    chosen = selection.apply(table, assessed, Selection(basis=Basis.CONFIRMED))
    counts = discrimination.of_cause(table, assessed, chosen, cause, KNOWN)
    return releases.release(counts, access.Role.CLINICIAN, KNOWN.disclosure)


def table(page: AppTest) -> pd.DataFrame:
    """The table of the page, with its text as a reader sees it."""
    shown = page.table[0].value.reset_index()
    return shown.map(lambda text: text.replace("\\", "").replace("\N{NO-BREAK SPACE}", " "))


def test_the_page_asks_its_question_and_states_its_finding(page: AppTest, store: Path) -> None:
    assert not page.exception
    release = exact(store, PAD)
    assert titles(page) == [HEADING]
    said = [header.value.replace("\\", "") for header in page.header]
    assert said == [wording.title(release, KNOWN)]
    assert re.fullmatch(
        r".+: \d+% of confirmed cases (report|show) it, \d+% of the others", said[0]
    )
    assert "All 3,000 records." in everything(page)
    assert f"{release.cases.words} confirmed cases" in everything(page)


def test_the_chart_says_its_finding_and_the_table_holds_every_number(
    page: AppTest, store: Path
) -> None:
    release = exact(store, PAD)
    assert page.get("plotly_chart")[0].proto.alt.startswith(f"{wording.title(release, KNOWN)}. ")
    lines = table(page).to_dict("records")
    assert len(lines) == len(release.rows)
    for row, line in zip(wording.by_ratio(release), lines, strict=True):
        assert line == {
            "Finding": KNOWN.finding[row.finding].label,
            "Asked": f"{row.n:,}",
            "Confirmed with it": f"{row.cases.present:,} of {row.cases.asked:,}",
            "Others with it": f"{row.others.present:,} of {row.others.asked:,}",
            "Sensitivity": wording.share(row.sensitivity, row.sensitivity_interval),
            "Specificity": wording.share(row.specificity, row.specificity_interval),
            "Ratio when present": wording.ratio(row.when_present),
            "Ratio when absent": wording.ratio(row.when_absent),
        }


def test_it_says_how_a_cause_is_confirmed_and_what_not_to_do_with_the_ratios(
    page: AppTest, store: Path
) -> None:
    says = everything(page)
    release = exact(store, PAD)
    limits = release.limits
    assert limits is not None
    assert KNOWN.cause[PAD].confirmed_meaning in says
    assert f"{limits.cases_here:,} are cases as counted here" in says
    assert f"{limits.cases_elsewhere:,} as counted in surveys" in says
    assert "ratios are not to be multiplied. A single answer never decides." in says
    assert "“Calf pain when walking” is asked only after “Pain in the leg when walking”" in says


def test_the_cases_without_any_of_the_usual_symptoms_are_stated_plainly(
    page: AppTest, store: Path
) -> None:
    silent = exact(store, PAD).silent
    assert silent is not None
    stated = page.warning[0].value.replace("\\", "")
    assert f"{silent.none:,} of {silent.asked:,} confirmed cases" in stated
    assert "report none of: pain in the leg when walking, numbness of the feet or" in stated


def test_another_cause_is_held_against_the_same_findings(page: AppTest, store: Path) -> None:
    options = page.selectbox(key="confirmed_cause").options
    assert options[0] == KNOWN.cause[PAD].label
    page.selectbox(key="confirmed_cause").set_value(KNOWN.cause["obesity"].label).run()
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == wording.title(exact(store, "obesity"), KNOWN)
    assert "surveys" not in everything(page)


def test_filters_name_what_they_leave(page: AppTest) -> None:
    page.session_state["more"] = True  # opens the window
    page.run().multiselect(key="sexes").set_value(["female"]).run()
    assert not page.exception
    assert re.search(r"[\d,]+ of 3,000 records, because sex female\.", everything(page))


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_the_page_is_closed_to_roles_without_exact_counts(page: AppTest, role: access.Role) -> None:
    page.segmented_control(key="role").set_value(role).run()
    assert HEADING not in titles(page)
    assert not page.selectbox
    assert access.Page.SYMPTOMS not in access.pages(role)


def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(tmp_path, monkeypatch)
    assert not page.exception
    assert titles(page) == ["No records are loaded yet"]


def test_records_without_two_sides_of_any_cause_have_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = intake_files.text([{"record_id": "A1", "confirmed_diabetes": "present"}])
    assert intake_files.bring_in(tmp_path / "store", content).stored
    page = opened(tmp_path / "store", monkeypatch)
    assert not page.exception
    assert "so there is nothing to compare" in page.info[0].value
