"""What a reader of the Reference page sees: every section, every entry, search, doubts, review."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import makers
import pages
from circulation.knowledge_loading import knowledge_files
from circulation.reference import reference_list
from circulation.reference.reference_entries import Kind
from ui import reference_contents, reference_text


@pytest.fixture(autouse=True)
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_STORE", str(tmp_path))


def opened(*, entry: str = "") -> AppTest:
    page = pages.new().run()
    if entry:
        page.query_params["entry"] = entry
    page.switch_page("views/reference.py").run()
    assert not page.exception
    return page


def section(name: str) -> AppTest:
    page = opened()
    page.segmented_control(key="section").set_value(name).run()
    assert not page.exception
    return page


def seen(page: AppTest) -> str:
    """Everything the reader can read, without the marks that keep it from being markup."""
    parts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption]
    told = [part.value for part in parts] + [button.label for button in page.button]
    told += [str(table.value.to_dict("records")) for table in page.table]
    return "\n".join(told).replace("\\", "")


def test_the_page_says_that_nobody_has_reviewed_it_yet() -> None:
    known = makers.knowledge()
    text = seen(opened())
    assert "Not yet reviewed by a clinician" in text
    assert f"{len(known.files)} of {len(known.files)} files." in text
    assert f"Knowledge {known.version}" in text


@pytest.mark.parametrize("cause", knowledge_files.CAUSES)
def test_a_cause_shows_all_that_belongs_to_it(cause: str) -> None:
    known = makers.knowledge()
    shown = known.cause[cause]
    page = opened()
    page.segmented_control(key="cause_shown").set_value(shown.label).run()
    text = seen(page)
    for entry in reference_list.every(known):
        if entry.part_of == shown.id:
            assert entry.title in text, entry.id
            assert entry.doubt in text, entry.id
            if entry.kind in (Kind.RULE, Kind.CAP, Kind.MASKING):
                assert f"#### {entry.id}" in text
    for point in (shown.summary, shown.confirmed_meaning, *shown.article_points):
        assert point in text
    for advice in known.advice:
        if shown.id in advice.causes:
            assert advice.stop_sign in text


def test_every_red_flag_stands_with_action_time_and_source() -> None:
    known = makers.knowledge()
    text = seen(section("Red flags"))
    assert f"{len(known.flags)} red flags" in text
    for flag in known.flags:
        for part in (f"{flag.id}: {flag.label}", flag.time, flag.action, flag.doubt):
            assert part in text, flag.id


def test_every_measure_and_treatment_stands_with_its_stop_sign() -> None:
    text = seen(section("Measures"))
    for advice in makers.knowledge().advice:
        for part in (advice.label, advice.helps, advice.stop_sign, advice.doubt):
            assert part in text, advice.id
    for gate in makers.knowledge().gates:
        assert gate.says in text, gate.id


def test_every_difference_names_the_article_and_the_guidance() -> None:
    text = seen(section("Differences"))
    for each in makers.knowledge().differences:
        for part in (each.article_says, each.problem, each.shown_instead):
            assert part in text, each.id


def test_every_test_stands_with_what_it_is_not_to_be_used_alone_for() -> None:
    known = makers.knowledge()
    page = section("Tests")
    for head in [test for test in known.tests if not test.parent]:
        page.segmented_control(key="test_shown").set_value(head.label).run()
        text = seen(page)
        for test in known.tests:
            if head.id in (test.id, test.parent):
                reasons = [called.because for called in test.called_for]
                warnings = [guard.says for guard in known.guards if test.id in guard.tests]
                for part in (test.label, test.purpose, test.not_alone, *reasons, *warnings):
                    assert part in text, test.id


def test_every_score_stands_with_its_version_bands_and_where_it_is_not_valid() -> None:
    known = makers.knowledge()
    page = section("Scores")
    names = page.selectbox(key="score_shown").options
    assert len(names) == len(known.scores)
    for score, name in zip(known.scores, names, strict=True):
        page.selectbox(key="score_shown").set_value(name).run()
        text = seen(page)
        bands = [band.label for band in score.bands]
        closed = [closing.reason for closing in score.closings]
        notes = [note.says for note in score.notes]
        for part in (score.label, score.version, score.doubt, *bands, *closed, *notes):
            assert part in text, score.id


def test_every_finding_stands_with_the_rules_and_flags_that_use_it() -> None:
    known = makers.knowledge()
    page = section("Findings")
    groups = page.segmented_control(key="findings_shown").options
    text = ""
    for group in groups:
        page.segmented_control(key="findings_shown").set_value(group).run()
        text += seen(page)
        rows = page.table[0].value
        if group == "Clots":
            breath = rows[rows["Finding"].str.contains("Sudden breathlessness")].iloc[0]
            assert "Blood clots" in breath["Speaks for"]
            assert "RF\\-PE" in breath["Red flags"]
    for finding in (*known.findings, *known.choices):
        assert finding.label in text
        assert finding.doubt in text


def test_every_source_stands_with_what_cites_it() -> None:
    rows = section("Sources").table[0].value
    assert len(rows) == len(makers.knowledge().sources)
    assert (rows["Cited by"] != "").all()


def test_every_column_of_a_record_is_in_the_dictionary() -> None:
    page = section("Columns")
    text = ""
    for part in page.segmented_control(key="columns_shown").options:
        page.segmented_control(key="columns_shown").set_value(part).run()
        text += seen(page)
    for name in ("record_id", "age_band", "leg_swelling_onset", "smoking", "bmi"):
        assert f"'{name}'" in text
    for name in ("suspected_diabetes", "confirmed_other", "test_d_dimer_result"):
        assert f"'{name}'" in text


@pytest.mark.parametrize("name", reference_contents.SECTIONS)
def test_every_section_opens(name: str) -> None:
    page = section(name)
    assert page.header


def test_an_address_lays_its_entry_open() -> None:
    page = opened(entry="PAD-8")
    text = seen(page)
    assert "Rule: PAD-8 (Peripheral artery disease)" in text
    assert "Address of this entry: reference?entry=PAD-8" in text
    assert reference_text.NOT_REVIEWED in text
    assert "Walking pain gone 10 minutes after stopping (Finding)" in text.replace(":gray[", "")


def test_an_id_shared_by_a_test_and_its_number_shows_both() -> None:
    text = seen(opened(entry="ankle_brachial_index"))
    assert "Test: Ankle-brachial index" in text
    assert "Measurement: Ankle-brachial index" in text


def test_an_unknown_id_is_said_to_be_unknown() -> None:
    assert "There is no such entry" in seen(opened(entry="NO-1"))


def test_one_entry_leads_to_the_next_and_back() -> None:
    page = opened(entry="PAD-8")
    next(b for b in page.button if "Calf pain when walking" in b.label).click().run()
    assert "Finding: Calf pain when walking" in seen(page)
    next(b for b in page.button if b.label == "Back to the reference").click().run()
    assert page.header[0].value == "Peripheral artery disease"


def test_an_entry_leads_to_all_about_its_cause() -> None:
    page = opened(entry="CLOT-1")
    next(b for b in page.button if b.label == "All about Blood clots").click().run()
    assert page.header[0].value == "Blood clots"


def test_search_finds_an_entry_and_opens_it() -> None:
    page = opened()
    page.text_input(key="reference_search").set_value("pad-8").run()
    assert "“pad-8”" in seen(page)
    page.button(key="found_0_PAD-8").click().run()
    assert "Rule: PAD-8" in seen(page)
    page.text_input(key="reference_search").set_value("no such word").run()
    assert "0 entries hold “no such word”" in seen(page)
