"""What is said of a record in which every question was answered and nothing was measured."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import plain_html

ROOT = Path(__file__).parents[1]


def test_a_flag_that_waits_for_a_measurement_is_not_said_to_wait_for_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = {finding.id: "absent" for finding in makers.knowledge().findings}
    intake_files.bring_in(tmp_path, intake_files.text([{"record_id": "A1", **absent}]))
    monkeypatch.setenv("INTAKE_STORE", str(tmp_path))
    page = AppTest.from_file(str(ROOT / "dashboard" / "navigation.py"), default_timeout=60)
    page.session_state["desk_record"] = "A1"
    page.run().switch_page("views/record.py").run()
    said = plain_html.read(plain_html.sent(page))
    assert "Not asked: 0 of" in said
    assert "cannot be judged: answers or measurements are missing. Could be same day" in said
    assert "questions not asked" not in said
    assert ": not asked" not in said
