"""What a preview and the questions to ask first say on the page."""

import facts
import makers
import plain_html
from circulation.judgement import narrowing, previews, standing
from ui import preview_panels

KNOWN = makers.knowledge()


def told(text: str, test: str) -> list[str]:
    table = makers.table(KNOWN, [facts.record(text)])
    found = previews.of_test(standing.Record(table, makers.row(table)), test, KNOWN)
    return [plain_html.read(preview_panels.told(preview, KNOWN)) for preview in found]


def test_a_result_that_changes_nothing_says_so() -> None:
    assert told("leg_pain", "lipid_profile") == [
        "Within its range. Changes no level, urgency, red flag or test.",
        "Abnormal. Changes no level, urgency, red flag or test.",
        "Unclear. Changes no level, urgency, red flag or test.",
    ]


def test_a_clot_seen_names_urgency_level_and_red_flag() -> None:
    seen = told("leg_pain, suspected_blood_clots", "compression_ultrasound")[0]
    urgency, flag = KNOWN.urgencies, KNOWN.flag["RF-DVT"].label
    assert seen.startswith("Clot in a deep vein seen. Urgency: ")
    assert f"{urgency[0].label.lower()} to {urgency[2].label.lower()}" in seen
    assert f"Red flag raised: {flag}" in seen


def test_the_questions_to_ask_first_name_what_each_answer_leaves() -> None:
    table = makers.table(KNOWN, [{}])
    best = narrowing.best(table, makers.row(table), "raynauds", KNOWN)
    lines = plain_html.read(preview_panels.asked_first(best, KNOWN)).strip().split("\n")
    possible, urgent = KNOWN.levels[2].label.lower(), KNOWN.levels[5].label.lower()
    assert lines[0] == "Ask first, they narrow the range most:"
    assert lines[1].startswith(
        f"Colour change with cold or stress: present, {possible} to {urgent}; absent, "
    )
    assert len(lines) == 3


def test_where_no_single_question_narrows_the_page_says_so() -> None:
    said = plain_html.read(preview_panels.asked_first((), KNOWN)).strip()
    assert said == "Ask first: no single question narrows the range."
