"""Filters in the address, crumbs, A beside B and what is taken along, as a reader meets them."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pages
import sent_tables
import synthetic_makers
from circulation import access
from pages import everything, titles


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few hundred demonstration records, some of them reviewed."""
    folder = tmp_path_factory.mktemp("store")
    synthetic_makers.fill(folder, records=400, reviewed=True)
    return folder


@pytest.fixture
def page(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    return fresh()


def fresh() -> AppTest:
    """A new session with the window of all filters open."""
    page = pages.new()
    page.session_state["more"] = True
    return page


def crumbs(page: AppTest) -> list[str]:
    return [
        one.label.replace("\\", "") for one in page.button if (one.key or "").startswith("crumb ")
    ]


def take_off(page: AppTest, label: str) -> AppTest:
    found = (
        b
        for b in page.button
        if (b.key or "").startswith("crumb ") and b.label.replace("\\", "") == label
    )
    return next(found).click().run()


def shown(page: AppTest) -> str:
    """How many records every number of the page is about."""
    found = re.search(r"(?:All )?([\d,]+)(?: of ([\d,]+))? records shown", everything(page))
    assert found
    return found.group(1)


def heat(page: AppTest) -> str:
    return str(sent_tables.of(page)[0])


def test_every_filter_in_use_is_a_crumb_that_takes_off_exactly_this_one(page: AppTest) -> None:
    page.run()
    page.multiselect(key="sexes").set_value(["female", "male"])
    page.multiselect(key="review_states").set_value(["reviewed"])
    page.multiselect(key="with_findings").set_value(["leg_swelling"])
    page.multiselect(key="urgencies").set_value(["routine"])
    page.multiselect(key="with_causes").set_value(["vein_disease"]).run()
    assert not page.exception
    assert crumbs(page) == [
        "Sex female or male",
        "Urgency routine",
        "Review reviewed",
        "Varicose veins and vein disease suspected a\N{HORIZONTAL ELLIPSIS}",
        "Swelling of the leg present",
    ]
    take_off(page, "Sex female or male")
    assert "Sex female or male" not in crumbs(page)
    assert len(crumbs(page)) == 4
    assert not page.multiselect(key="sexes").value
    assert page.multiselect(key="review_states").value == ["reviewed"]


def test_what_was_chosen_in_the_window_stays_when_it_is_closed(page: AppTest) -> None:
    page.run()
    page.multiselect(key="sexes").set_value(["female"]).run()
    women, of_women = shown(page), heat(page)
    page.session_state["more"] = False
    page.run()
    assert [one.key for one in page.multiselect] == ["sites", "ages"]
    assert (crumbs(page), shown(page), heat(page)) == (["Sex female"], women, of_women)
    page.multiselect(key="ages").set_value(["40-49"]).run()
    assert crumbs(page) == ["Age 40-49", "Sex female"]
    page.session_state["more"] = True
    assert page.run().multiselect(key="sexes").value == ["female"]


def test_reset_is_a_fresh_page(page: AppTest) -> None:
    page.run()
    clean, address = heat(page), dict(page.query_params)
    page.multiselect(key="sexes").set_value(["female"])
    page.segmented_control(key="received").set_value("90 days").run()
    assert heat(page) != clean
    page.button(key="reset").click().run()
    assert heat(page) == clean
    assert {name: value for name, value in page.query_params.items() if value} == address
    assert crumbs(page) == []


def test_an_address_shows_the_same_numbers_in_a_new_session(page: AppTest) -> None:
    page.run()
    page.multiselect(key="sexes").set_value(["female"])
    page.multiselect(key="review_states").set_value(["in_progress", "reviewed"])
    page.segmented_control(key="received").set_value("12 months").run()
    other = fresh()
    for name, value in page.query_params.items():
        other.query_params[name] = value
    other.run()
    assert (heat(other), crumbs(other), shown(other)) == (heat(page), crumbs(page), shown(page))
    assert other.segmented_control(key="received").value == "12 months"
    assert "S-" not in str(dict(page.query_params))


def test_a_period_of_ones_own_has_two_days_that_may_be_left_open(page: AppTest) -> None:
    page.run()
    page.segmented_control(key="received").set_value("Custom").run()
    first, last = page.date_input(key="received_from"), page.date_input(key="received_to")
    assert first.value < last.value
    first.set_value(date(2026, 3, 1)).run()
    page.date_input(key="received_to").set_value(None).run()
    assert crumbs(page) == ["Received from 01-Mar-2026"]
    assert "because received from 01-Mar-2026." in everything(page)


def test_a_period_that_ends_before_it_begins_shows_nothing_and_says_which(page: AppTest) -> None:
    page.query_params["from"], page.query_params["to"] = "2026-05-01", "2026-04-01"
    page.run()
    assert titles(page) == ["No record fits these filters"]
    assert "Without received 01-May-2026 to 01-Apr-2026: 400 records" in everything(page)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("site", "Atlantis"),
        ("review", "forgotten"),
        ("from", "soon"),
        ("sites", "River clinic"),
        ("compare", "x=y"),
    ],
)
def test_an_address_that_names_what_is_not_there_says_so(
    page: AppTest, part: str, code: str
) -> None:
    page.query_params[part] = code
    page.run()
    assert not page.exception
    assert f"the address of this page, part '{part}'" in page.error[0].value
    assert code not in page.error[0].value.replace(f"'{part}'", "")
    page.button(key="start_again").click().run()
    assert shown(page) == "400"


def test_the_filters_of_the_last_visit_are_there_when_one_comes_back(page: AppTest) -> None:
    page.run()
    page.multiselect(key="sexes").set_value(["female"]).run()
    before = heat(page)
    page.query_params.clear()
    page.switch_page("views/trends.py").run()
    page.query_params.clear()
    page.switch_page("views/distribution.py").run()
    assert heat(page) == before
    assert "female" in page.query_params["sex"]


def test_a_cell_opens_exactly_its_records_with_the_review_state_too(page: AppTest) -> None:
    page.query_params["review"] = "reviewed"
    page.query_params["cell"] = "leg_pain."
    page.run()
    button = next(one for one in page.button if one.label.startswith("Open "))
    count = int(re.sub(r"\D", "", button.label))
    assert count
    opened = fresh()
    for name, value in {"review": "reviewed", "finding": "leg_pain", "tab": "all"}.items():
        opened.query_params[name] = value
    opened.switch_page("views/review.py").run()
    assert f"{count} of 400 records shown because of: review reviewed;" in everything(opened)
    assert crumbs(opened) == ["Review reviewed", "Pain in the leg present"]
    take_off(opened, "Pain in the leg present")
    assert "reviewed" in opened.query_params["review"]
    assert crumbs(opened) == ["Review reviewed"]


def test_two_selections_stand_side_by_side_and_say_what_they_share(page: AppTest) -> None:
    page.query_params["sex"] = "female"
    page.run()
    women = shown(page)
    page.button(key="compare").click().run()
    assert f"{women} records are in both A and B." in page.warning[0].value.replace("\\", "")
    page.multiselect(key="sexes").set_value(["male"]).run()
    assert not page.exception
    text = everything(page)
    assert f"**A** {women} of 400 records, because sex female" in text
    assert "No record is in both A and B." in text
    table = page.table[0].value
    assert list(table.columns) == ["A", "B", "A less B", "Test", "p", "q"]
    page.button(key="swap").click().run()
    assert f"**B** {women} of 400 records, because sex female" in everything(page)
    page.button(key="end_comparison").click().run()
    assert not page.table
    assert shown(page) == women


def test_a_comparison_is_in_the_address(page: AppTest) -> None:
    page.query_params["sex"], page.query_params["compare"] = "male", "sex=female"
    page.query_params["between_cause"] = "Diabetes"
    page.run()
    assert "with suspected diabetes" in everything(page)
    assert "No record is in both A and B." in everything(page)


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_other_roles_compare_nothing_and_filter_nothing(page: AppTest, role: access.Role) -> None:
    page.query_params["sex"], page.query_params["compare"] = "male", "sex=female"
    page.run()
    page.segmented_control(key="role").set_value(role).run()
    assert not page.exception
    assert not page.table
    assert not crumbs(page)
    assert "compare" not in {one.key for one in page.button}
    assert "take_along" in {one.key for one in page.button}


@pytest.mark.parametrize("role", [access.Role.CLINICIAN, access.Role.MANAGER])
def test_the_page_is_taken_along_by_every_role(page: AppTest, role: access.Role) -> None:
    page.run()
    page.segmented_control(key="role").set_value(role).run()
    page.button(key="take_along").click().run()
    assert not page.exception
    labels = [one.proto.label for one in page.get("download_button")]
    assert labels == ["Table as CSV", "Table as Excel"]
    picture = page.get("plotly_chart")[-1].proto
    title = titles(page)[0]
    assert picture.alt == title
    head = json.loads(picture.spec)["layout"]["title"]
    written, small = (
        unescape(text.replace("<br>", " ")) for text in (head["text"], head["subtitle"]["text"])
    )
    assert written == f"<b>{title}</b>"
    assert ("Counts of 1-7 are hidden" in small) == (role is access.Role.MANAGER)
    assert "Records up to: " in small


def test_two_charts_of_a_page_are_two_files(page: AppTest) -> None:
    page.session_state["view"] = "Not recorded"
    named = []
    for chart in ("All records", "By month"):
        page.run()
        page.session_state["picture_of"] = chart
        page.button(key="take_along").click().run()
        config = json.loads(page.get("plotly_chart")[-1].proto.config)
        named.append(config["toImageButtonOptions"]["filename"].rpartition("-chart-")[0])
    assert named == ["not-recorded-all-records", "not-recorded-by-month"]
