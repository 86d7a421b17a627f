"""The distribution page says when its figures count other records than when it was opened."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import pages

NEWS = "Other records were loaded since"
FIRST = {"record_id": "REC-1", "received_on": "2026-01-05", "varicose_veins": "present"}
SECOND = {"record_id": "REC-2", "received_on": "2026-01-06", "leg_pain": "present"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text((FIRST,)))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return folder


def all_records(page: AppTest) -> bool:
    """Whether both records are counted."""
    return "All 2 records shown" in pages.said(page)


def test_figures_of_other_records_are_announced_until_the_page_is_opened_again(store: Path) -> None:
    page = pages.on("distribution")
    assert "The one record is shown" in pages.said(page.run())
    assert NEWS not in pages.said(page)

    intake_files.bring_in(store, intake_files.text((SECOND,)))
    for _ in range(2):
        text = pages.said(page.run())
        assert all_records(page)
        assert f"{NEWS} " in text
        assert "when this page was opened" in text

    page.switch_page("views/review.py").run().switch_page("views/distribution.py").run()
    assert all_records(page)
    assert NEWS not in pages.said(page)


def test_another_role_whose_figures_are_of_other_months_is_no_news(store: Path) -> None:
    page = pages.on("distribution")
    page.segmented_control(key="role").set_value("manager").run()
    assert NEWS not in pages.said(page)
    page.segmented_control(key="role").set_value("clinician").run()
    assert NEWS not in pages.said(page)
