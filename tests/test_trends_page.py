"""What a reader of the trends page sees before there is anything to follow."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

DASHBOARD = Path(__file__).parents[1] / "dashboard"


def test_an_empty_store_says_what_the_page_will_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTAKE_STORE", str(tmp_path))
    page = AppTest.from_file(str(DASHBOARD / "navigation.py"), default_timeout=20).run()
    page.switch_page("views/trends.py").run()
    assert not page.exception
    assert "No day is over yet" in [title.value for title in page.title]
