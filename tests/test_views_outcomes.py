"""What a manager reads on the Outcomes page, with figures and while they are withheld."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pages
import pooled_makers
import test_never_say
from circulation import access
from circulation.reviewing.reviews import Field
from ui import session

NOT_YET = "No figure is shown yet."
AUTUMN = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "now", lambda: AUTUMN)


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    page = pages.new().run()
    page.segmented_control(key="role").set_value("manager").run()
    return page.switch_page("views/outcomes.py").run()


def said(page: AppTest) -> str:
    """All words of the page but the notice above every page, which says how many are loaded."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error")
    told = [one.value for kind in kinds for one in page.get(kind)]
    return "\n".join(one for one in told if "records loaded" not in one).replace("\\", "")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight clinicians, each known by name."""
    folder = tmp_path_factory.mktemp("several") / "store"
    pooled_makers.fill(folder).close()
    return folder


def test_a_manager_reads_both_views_per_cause_and_how_two_readers_agree(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(filled, monkeypatch)
    assert not page.exception
    text = said(page)
    assert NOT_YET not in text
    for row in (
        "| Cause | Named, and confirmed | Confirmed, and named |",
        "| 40 of 70 (57%, 95% interval 45% to 68%) | 40 of 65 (62%, 95% interval 49% to 72%) |",
        "| Cause | Supported, and confirmed | Confirmed, and supported |",
        "| 50 of 75 (67%, 95% interval 55% to 76%) | 50 of 65 (77%, 95% interval 65% to 85%) |",
    ):
        assert row in text
    assert "The surer, the more often confirmed, from 'Unsure or fairly sure' to 'Sure'" in text
    assert "Confirmed: Below supported 15 of 65" in text.replace("**", "")
    assert "Varicose veins and vein disease up to 30-Jun-2026." in text
    assert "Both named the same cause in 50 of 75 (67%" in text
    assert "Kappa 0.62 (95% interval 0.50 to 0.73)" in text
    assert "The random one in 20**  \nNot shown yet." in text
    assert "Looked at for all quarters up to 30-Sep-2026." in text
    assert "When a figure is shown" in [one.label for one in page.expander]


def test_nobody_is_named_or_counted_and_nothing_is_called_a_verdict(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = said(opened(filled, monkeypatch))
    assert [name for name in pooled_makers.CLINICIANS if name in text] == []
    assert "P-0" not in text
    assert "8 clinicians" not in text
    assert test_never_say.said(text) == []


def test_no_filter_and_no_address_changes_a_figure(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(filled, monkeypatch)
    widgets = [*page.selectbox, *page.multiselect, *page.radio, *page.date_input, *page.checkbox]
    assert widgets == []
    before = said(page)
    page.query_params["site"] = "North"
    assert said(page.run()) == before


@pytest.mark.parametrize("role", [access.Role.CLINICIAN, access.Role.DATA_STEWARD])
def test_other_roles_have_no_such_page(
    filled: Path, monkeypatch: pytest.MonkeyPatch, role: access.Role
) -> None:
    page = opened(filled, monkeypatch)
    assert "Outcomes: were first views" in said(page)
    page.segmented_control(key="role").set_value(role.value).run()
    assert "Outcomes: were first views" not in said(page)


@pytest.mark.parametrize("clinicians", [4])
def test_what_is_withheld_reads_the_same_whatever_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clinicians: int
) -> None:
    pooled_makers.fill(tmp_path / "few", clinicians=pooled_makers.CLINICIANS[:clinicians]).close()
    store = pooled_makers.fill(
        tmp_path / "none", clinicians=pooled_makers.CLINICIANS[:2], read=False
    )
    few, none = (said(opened(tmp_path / name, monkeypatch)) for name in ("few", "none"))
    assert few == none
    assert NOT_YET in few
    assert "As long as nobody signs in they share one name and cannot be told apart" in few
    assert "At least 5 different clinicians stand behind each count" in few
    assert "the smallest count shown is 15" in few
    assert "Without any one of them at least 8 records are left" in few
    assert "This page does not say what is missing" in few
    (event,) = store.said(Field.PUBLISHED)
    assert '"lines":[]' in event.new
    store.close()


def test_figures_that_cannot_be_kept_are_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown once and not kept could be another number the next time."""
    pooled_makers.fill(tmp_path / "store").close()
    with contextlib.closing(sqlite3.connect(tmp_path / "store" / "reviews.sqlite")) as file:
        file.execute(
            "CREATE TRIGGER full BEFORE INSERT ON review_events WHEN new.field = 'published' "
            "BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    page = opened(tmp_path / "store", monkeypatch)
    assert "could not be written down, so they are not shown" in page.warning[0].value
    assert NOT_YET in said(page)
    assert "40 of 70" not in said(page)
