"""The distribution page says whose shares those of a follow-up question are."""

from pathlib import Path

import pytest

import pages
import synthetic_makers
from ui.forms import View

NOTE = (
    "“Calf pain when walking” is asked only after “Pain in the leg when walking”: "
    "its shares are of those with the second."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    synthetic_makers.fill(folder, records=200)
    return folder


@pytest.mark.parametrize("view", [View.ALL_CAUSES, View.ONE_CAUSE, View.SEX])
def test_a_follow_up_question_names_the_one_before_it(
    store: Path, monkeypatch: pytest.MonkeyPatch, view: View
) -> None:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    page = pages.new()
    page.session_state["view"] = view
    assert NOTE in pages.said(page.run())
