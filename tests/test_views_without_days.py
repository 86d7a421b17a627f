"""What a reader sees while there is nothing, or no day, to follow."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import pages
from pages import titles
from ui import session

TODAY = date(2026, 3, 18)


def opened(store: Path, view: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    monkeypatch.setattr(session, "today", lambda: TODAY)
    page = pages.new().run()
    page.switch_page(f"views/{view}.py").run()
    assert not page.exception
    return page


def test_an_empty_store_says_what_the_page_will_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path, "trends", monkeypatch)
    assert titles(page) == ["No records are loaded yet"]
    assert "by the day they were received" in page.markdown[-1].value


@pytest.mark.parametrize(
    ("received", "title"),
    [("", "No record has a received day"), (TODAY.isoformat(), "No day is over yet")],
)
def test_records_of_no_day_that_is_over_are_in_no_trend_and_the_page_says_why(
    received: str, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = intake_files.text([{"record_id": "A1", "received_on": received}])
    assert intake_files.bring_in(tmp_path, content, today=TODAY).stored
    page = opened(tmp_path, "trends", monkeypatch)
    assert titles(page) == [title]


@pytest.mark.parametrize(
    ("received", "headline", "caption"),
    [
        ((), "No assessment is waiting", ""),
        (("",), "1 assessment waits; since when is not recorded", ""),
        (("", ""), "2 assessments wait; since when is not recorded", ""),
        (
            ("", "2026-01-05"),
            "Longest wait",
            "1 record waits with no received day: since when is not known.",
        ),
        (("2026-01-05",), "Longest wait", "A wait runs until sign-off."),
    ],
)
def test_a_record_without_a_day_is_counted_among_those_that_wait(
    received: tuple[str, ...],
    headline: str,
    caption: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [{"record_id": f"A{n}", "received_on": day} for n, day in enumerate(received)]
    if rows:
        assert intake_files.bring_in(tmp_path, intake_files.text(rows)).stored
    page = opened(tmp_path, "review", monkeypatch)
    assert titles(page)[0].startswith(headline)
    assert caption in " ".join(shown.value for shown in page.caption).replace("\\", "")


def test_a_month_that_is_not_over_gives_a_manager_neither_an_empty_chart_nor_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = TODAY.replace(day=1)
    content = intake_files.text([{"record_id": "A1", "received_on": received.isoformat()}])
    assert intake_files.bring_in(tmp_path, content, today=TODAY).stored
    page = opened(tmp_path, "trends", monkeypatch)
    page.segmented_control(key="role").set_value("manager").run()
    assert not page.exception
    assert titles(page) == ["Intake: no whole month yet"]
    assert not page.get("plotly_chart")
    assert not page.dataframe
    page.switch_page("views/data.py").run()
    assert titles(page) == ["1-7 records (number hidden) from 1 file"]
    told = " ".join(one.value for one in (*page.markdown, *page.caption)).replace("\\", "")
    assert "Received Mar-2026 to" in told
    assert "1-7 records (number hidden) loaded." in told
