"""Search finds what a clinician types, the closest entry first."""

import pytest

import makers
import small_knowledge
from circulation.reference import reference_list, search_reference

FIRST = [
    ("CLOT-1", "CLOT-1"),
    ("clot 1", "CLOT-1"),
    ("study", "STUDY"),
    ("ankle brachial", "ankle_brachial_index"),
    ("Ankle-Brachial Index", "ankle_brachial_index"),
    ("abi", "ankle_brachial_index"),
    ("swelling", "leg_swelling"),
    ("leg_swelling_onset", "leg_swelling"),
    ("smokes now", "smoking"),
    ("DIABETES", "diabetes"),
]


@pytest.mark.parametrize(("wanted", "first"), FIRST)
def test_the_closest_entry_comes_first(wanted: str, first: str) -> None:
    assert search_reference.search(small_knowledge.load(), wanted)[0].id == first


def test_every_word_must_occur() -> None:
    found = search_reference.search(small_knowledge.load(), "swollen leg clot")
    assert [entry.id for entry in found] == ["CLOT-1"]
    assert search_reference.search(small_knowledge.load(), "swollen unicorn") == ()


def test_a_rule_is_found_by_the_words_of_its_condition_and_by_its_source() -> None:
    found = search_reference.search(small_knowledge.load(), "known diabetes is present")
    assert [entry.id for entry in found] == ["DM-1"]
    cited = {entry.id for entry in search_reference.search(small_knowledge.load(), "study")}
    assert {"STUDY", "CLOT-1", "RF-PE", "T-DD-1", "blood_clots-for-1"} <= cited


def test_a_doubt_is_found() -> None:
    found = search_reference.search(small_knowledge.load(), "bands differ")
    assert [entry.id for entry in found] == ["ankle_brachial_index"]


@pytest.mark.parametrize("wanted", ["", "   ", "?!", "“”"])
def test_no_word_finds_nothing(wanted: str) -> None:
    assert search_reference.search(small_knowledge.load(), wanted) == ()


def test_accents_and_case_make_no_difference() -> None:
    assert search_reference.folded("Ödème, PIED-gauche  2") == "odeme pied gauche 2"


def test_every_entry_of_the_shipped_knowledge_is_found_first_by_its_id() -> None:
    known = makers.knowledge()
    for entry in reference_list.every(known):
        found = search_reference.search(known, entry.id)
        folded = search_reference.folded(entry.id)
        assert search_reference.folded(found[0].id) == folded or found[0].title.casefold() == folded
        assert entry in found
