"""One entry says all it knows: its words, condition, sources, doubt and review."""

import re
from dataclasses import replace
from datetime import date

import pytest

import makers
import small_knowledge
from circulation.reference import reference_index, reference_list
from ui import reference_panels, reference_text

TODAY, AFTER_DUE = date(2026, 11, 22), date(2027, 5, 23)
UNREVIEWED = ":small[Not yet reviewed by a clinician. Review due 22-May-2027.]"


def card(name: str, today: date = TODAY) -> list[str]:
    """The parts of an entry as they stand on the page."""
    known = small_knowledge.load()
    (entry,) = reference_index.find(known, name)
    shown = reference_text.card(known, entry, today)
    return re.split(r"\n\n|  \n", shown.replace("\\", ""))


def test_a_rule_shows_its_level_condition_source_version_and_review() -> None:
    signed = "Reviewed by Vascular board on 2026-11-01. Review due 22-May-2027."
    assert card("CLOT-1") == [
        "#### CLOT-1",
        ":blue-badge[Supported] **A swollen, painful leg**",
        "**When** “Swelling of the leg” and “Pain in the leg” are present",
        ":small[**Source** STUDY A study of clots]",
        f":small[Version 2. {signed}]",
    ]


def test_a_doubt_and_a_missing_review_are_words() -> None:
    assert card("DM-1") == [
        "#### DM-1",
        ":gray-badge[Possible] **Diabetes is known**",
        "**When** “Known diabetes” is present",
        ":yellow-badge[:material/help: Doubt] Unsure.",
        ":small[**Source** BOOK A textbook]",
        ":small[Version 1. Not yet reviewed by a clinician. Review due 22-May-2027.]",
    ]


def test_an_overdue_review_is_marked_on_the_entry() -> None:
    assert ":orange-badge[Review overdue since 22-May-2027]" in card("DM-1", AFTER_DUE)[-1]
    assert "overdue" not in card("DM-1", date(2027, 5, 22))[-1]


def test_a_copy_is_called_a_copy() -> None:
    assert ":small[**Source** COPY A digest (read in a copy or digest)]" in card("MASK-1")


def test_an_entry_cannot_become_markup() -> None:
    known = small_knowledge.load()
    (entry,) = reference_index.find(known, "elevate_legs")
    strange = replace(entry.thing, helps="[x](http://e) :red[y] **z** $a$ <b> `c` # d")
    shown = reference_text.body(known, replace(entry, thing=strange), TODAY)
    escaped = r"\[x\]\(http\://e\) \:red\[y\] \*\*z\*\* \$a\$ \<b\> \`c\` \# d"
    assert f"**Helps** {escaped}" in shown


SHOWN = [
    ("CLOT-C1", [":gray-badge[At most possible] **Numbness points elsewhere**"]),
    (
        "MASK-1",
        ["**Numbness hides pain**", "**A negative not to be trusted then** Pain in the leg"],
    ),
    ("RF-PE", ["#### RF-PE: Signs of a lung clot", "**Suggested** Emergency care."]),
    ("RF-PE", [":red-badge[:material/priority_high: Same day] **Time** Now"]),
    ("T-DD-1", ["**A clot is to be ruled out.**", "**When** “Swelling of the leg” is present"]),
    (
        "d_dimer",
        ["**What for** Rules a clot out.", "**Not on its own** A high value is not a clot."],
    ),
    ("numbness", ["#### Numbness", "**Symptom** recorded as present, absent or not asked"]),
    ("leg_pain", [":blue-badge[:material/article: The clinic's article] **Symptom** recorded as"]),
    ("smoking", ["**One of** Never smoked; Smoked in the past; Smokes now"]),
    ("ankle_brachial_index", ["**Unit** ratio, each leg", "**Accepted** 0 to 3 with at most 2"]),
    ("ankle_brachial_index", ["**Reference** Adults: 0.90 or less abnormal."]),
    ("elevate_legs", ["**Helps** It helps.", "**Causes** Blood clots"]),
    ("elevate_legs", [":orange-badge[:material/block: Stop-sign] Not with pain at rest."]),
    ("no_dissolving", ["#### Blood clots", "**The article says** Thinners dissolve clots."]),
    ("no_dissolving", ["**Shown instead, from guidance** Thinners keep clots from growing."]),
    ("lung_clot", ["A clot may travel.", "**Causes** Blood clots", "**Announced by** RF-PE"]),
    ("blood_clots", ["**What confirms it** A scan shows it.", "**Confirmed when** The result of"]),
    ("BOOK", ["Textbook. Chapter 1. Second edition."]),
    ("disclosure", ["Counts of 1 to 7 are hidden, all others rounded to 5."]),
    ("supported", ["The meaning of supported."]),
]


@pytest.mark.parametrize(("name", "parts"), SHOWN)
def test_an_entry_says_all_it_knows(name: str, parts: list[str]) -> None:
    shown = card(name)
    for part in parts:
        assert [line for line in shown if line.startswith(part)], (part, shown)
    assert "Review due 22-May-2027." in shown[-1]


def test_a_long_condition_becomes_a_nested_list() -> None:
    known = makers.knowledge()
    (entry,) = reference_index.find(known, "PAD-18")
    lines = reference_text.condition(known, entry).splitlines()
    assert lines[:4] == [
        r"**When** Any one of these\:",
        r"- All of these\:",
        r"  - Any one of these\:",
        lines[3],
    ]
    assert lines[3].startswith("    - “")


def test_every_shipped_entry_has_a_card_that_says_its_words_sources_and_doubt() -> None:
    known = makers.knowledge()
    for entry in reference_list.every(known):
        shown = reference_text.card(known, entry, TODAY).replace("\\", "")
        assert entry.title in shown or entry.id in shown
        assert all(f"{name} {known.source[name].title}" in shown for name in entry.sources)
        assert entry.doubt in shown
        assert reference_text.NOT_REVIEWED in shown or "Reviewed by" in shown
        assert shown.startswith("#### ")


@pytest.mark.parametrize(
    ("name", "address"),
    [("PAD-2", "reference?entry=PAD-2"), ("a b&c", "reference?entry=a%20b%26c")],
)
def test_the_address_of_an_entry(name: str, address: str) -> None:
    assert reference_panels.link(name) == address
