"""Every entry of the knowledge is found by its id, with what it speaks of and what uses it."""

import dataclasses

import pytest

import makers
import small_knowledge
from circulation.knowledge_base import columns, knowledge
from circulation.reference import reference_entries, reference_index, reference_list
from circulation.reference.reference_entries import Kind

SUBJECTS = [
    ("leg_swelling", "leg_swelling"),
    ("leg_swelling_side", "leg_swelling"),
    ("leg_swelling_onset", "leg_swelling"),
    ("leg_swelling_duration", "leg_swelling"),
    ("ankle_brachial_index_left", "ankle_brachial_index"),
    ("ankle_brachial_index_lowest", "ankle_brachial_index"),
    ("calf_circumference_difference", "calf_circumference"),
    ("bmi", "bmi"),
    ("test_d_dimer", "d_dimer"),
    ("test_d_dimer_result", "d_dimer"),
    ("suspected_diabetes", "diabetes"),
    ("confirmed_blood_clots", "blood_clots"),
    ("smoking", "smoking"),
    ("age", "age"),
    ("sex", "sex"),
]


def ids(entries: tuple[reference_entries.Entry, ...]) -> list[str]:
    return [entry.id for entry in entries]


@pytest.mark.parametrize(("name", "subject"), SUBJECTS)
def test_a_column_leads_to_what_it_is_about(name: str, subject: str) -> None:
    assert reference_index.subject(small_knowledge.load(), name) == subject


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("CLOT-1", [Kind.RULE]),
        ("clot-1", [Kind.RULE]),
        ("CLOT-C1", [Kind.CAP]),
        ("MASK-1", [Kind.MASKING]),
        ("blood_clots-for-1", [Kind.FOR]),
        ("blood_clots-against-1", [Kind.AGAINST]),
        ("T-DD-1", [Kind.CALLED_FOR]),
        ("RF-PE", [Kind.FLAG]),
        ("supported", [Kind.LEVEL]),
        ("same_day", [Kind.URGENCY]),
        ("disclosure", [Kind.SETTING]),
        ("STUDY", [Kind.SOURCE]),
        ("leg_swelling_onset", [Kind.FINDING]),
        ("no_such_entry", []),
        ("", []),
    ],
)
def test_an_entry_is_found_by_its_id(name: str, kinds: list[Kind]) -> None:
    assert [entry.kind for entry in reference_index.find(small_knowledge.load(), name)] == kinds


def test_an_entry_names_what_its_condition_asks_and_what_it_grants() -> None:
    known = small_knowledge.load()
    (rule,) = reference_index.find(known, "CLOT-1")
    assert reference_index.mentions(known, rule) == ("leg_swelling", "leg_pain", "supported")
    (masking,) = reference_index.find(known, "MASK-1")
    assert reference_index.mentions(known, masking) == ("numbness", "leg_pain")


def test_an_entry_knows_what_uses_it() -> None:
    known = small_knowledge.load()
    assert ids(reference_index.uses(known, "leg_swelling")) == [
        "blood_clots-for-1",
        "blood_clots-against-1",
        "CLOT-1",
        "RF-PE",
        "T-DD-1",
    ]
    assert ids(reference_index.uses(known, "RF-PE")) == ["lung_clot"]
    assert ids(reference_index.uses(known, "COPY")) == ["MASK-1"]
    assert reference_index.uses(known, "bmi") == ()


def test_who_answers_for_an_entry_is_who_answers_for_its_file() -> None:
    known = small_knowledge.load()
    (signed,) = reference_index.find(known, "CLOT-1")
    (unsigned,) = reference_index.find(known, "DM-1")
    assert reference_index.note(known, signed).reviewed_by == "Vascular board"
    assert not reference_index.note(known, unsigned).reviewed


def test_no_entry_of_the_shipped_knowledge_is_left_out() -> None:
    known = makers.knowledge()
    listed = {id(entry.thing) for entry in reference_list.every(known)}
    assert [thing for thing in every_thing(known) if id(thing) not in listed] == []


def every_thing(known: knowledge.Knowledge) -> list[object]:
    """Every frozen entry that the knowledge holds, found by walking through it."""
    found: list[object] = []
    waiting: list[object] = [
        getattr(known, field.name)
        for field in dataclasses.fields(known)
        if field.name not in ("files", "wording", "age_bands", "levels", "urgencies")
    ]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting += each
        elif dataclasses.is_dataclass(each) and hasattr(each, "sources"):
            found.append(each)
            waiting += [getattr(each, field.name) for field in dataclasses.fields(each)]
    return found


def test_every_name_in_the_shipped_knowledge_leads_somewhere() -> None:
    known = makers.knowledge()
    plain = {"age", "age_band", "sex", "site", "received_on", "record_id"}
    for entry in reference_list.every(known):
        assert reference_index.note(known, entry)
        for name in (*reference_index.mentions(known, entry), *entry.sources):
            assert name in plain or reference_index.find(known, name), (entry.id, name)
    for column in columns.of(known):
        assert column.name in plain or reference_index.find(known, column.name), column.name
