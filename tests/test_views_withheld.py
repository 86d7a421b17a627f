"""What a manager reads where figures are withheld: which, why, and the way out."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import sent_tables
import synthetic_makers
import test_views_distribution as distribution_page
from circulation import access
from pages import everything, titles


def as_manager(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    page = distribution_page.opened(store, monkeypatch).run()
    page.segmented_control(key="role").set_value(access.Role.MANAGER).run()
    assert not page.exception
    return page


def test_too_few_records_show_no_figure_by_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synthetic_makers.fill(tmp_path / "store", records=28)
    page = as_manager(tmp_path / "store", monkeypatch)
    assert not sent_tables.of(page)
    assert [one.value for one in page.info] == [
        "Too few records: every figure here would give a small number away."
    ]
    assert "Left out, because a small number could be worked out" in everything(page)
    assert "or a role that may see exact counts, show them." in everything(page)


def test_a_trend_with_a_small_month_says_why_it_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synthetic_makers.fill(tmp_path / "store", records=28)
    page = as_manager(tmp_path / "store", monkeypatch)
    page.switch_page("views/trends.py").run()
    assert not page.exception
    assert titles(page) == ["Intake: not shown, a month is too small"]
    assert not page.get("plotly_chart")
    assert "The way out" in page.info[0].value
