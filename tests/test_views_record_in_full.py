"""What is said of a record in which every question was answered and nothing was measured."""

from pathlib import Path

import pytest

import intake_files
import makers
import pages
import plain_html


def test_a_flag_that_waits_for_a_measurement_is_not_said_to_wait_for_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = {finding.id: "absent" for finding in makers.knowledge().findings}
    intake_files.bring_in(tmp_path, intake_files.text([{"record_id": "A1", **absent}]))
    monkeypatch.setenv("INTAKE_STORE", str(tmp_path))
    page = pages.on_record("A1")
    said = plain_html.read(plain_html.sent(page))
    assert "Not asked: 0 of" in said
    assert "cannot be judged: answers or measurements are missing. Could be same day" in said
    assert "questions not asked" not in said
    assert ": not asked" not in said
