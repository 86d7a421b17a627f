"""Finds an entry of the knowledge by its id, what it speaks of, and what uses it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from circulation.knowledge_base import columns, expressions, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.reference import reference_list
from circulation.reference.reference_entries import Entry

ENDS = ("side", "onset", "duration", "left", "right", *columns.OVER_SIDES)
STARTS = ("suspected_", "confirmed_", "test_")


def find(known: knowledge.Knowledge, name: str) -> tuple[Entry, ...]:
    """The entries under an id, or behind a column's name; a test may share its number's id."""
    by_id = _by_id(known)
    return by_id.get(name.casefold()) or by_id.get(subject(known, name).casefold(), ())


def uses(known: knowledge.Knowledge, name: str) -> tuple[Entry, ...]:
    """The entries that use an entry: in a condition, by its name, or as their source."""
    return _uses(known).get(name, ())


def mentions(known: knowledge.Knowledge, entry: Entry) -> tuple[str, ...]:
    """The ids of the entries that an entry speaks of, each once; its sources are not among them."""
    conditions = (entry.when, *entry.reads) if entry.when else entry.reads
    atoms = (atom for text in conditions for atom in expressions.atoms(expressions.parse(text)))
    asked = (name for atom in atoms for name in _names(known, atom))
    return tuple(dict.fromkeys((*asked, *entry.names)))


def note(known: knowledge.Knowledge, entry: Entry) -> model.FileNote:
    """Who answers for an entry, and until when it holds."""
    return dict(known.files)[entry.file]


def subject(known: knowledge.Knowledge, name: str) -> str:
    """The id that a column, or a number taken over both sides, is about.

    ``leg_swelling_onset`` is about leg_swelling, ``test_d_dimer_result`` about d_dimer.
    """
    if name in known.finding or name in known.measurement:
        return name
    for start in STARTS:
        if name.startswith(start):
            return name.removeprefix(start).removesuffix("_result")
    stem, _, end = name.rpartition("_")
    sided = stem in known.finding or stem in known.measurement
    return stem if end in ENDS and sided else name


@lru_cache(maxsize=4)
def _by_id(known: knowledge.Knowledge) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in reference_list.every(known):
        found[entry.id.casefold()] = (*found.get(entry.id.casefold(), ()), entry)
    return found


@lru_cache(maxsize=4)
def _uses(known: knowledge.Knowledge) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in reference_list.every(known):
        for name in dict.fromkeys((*mentions(known, entry), *entry.sources)):
            found.setdefault(name, []).append(entry)
    return {name: tuple(users) for name, users in found.items()}


def _names(known: knowledge.Knowledge, atom: expressions.Atom) -> Iterator[str]:
    match atom:
        case expressions.LevelReached(cause, level):
            yield from (cause, level)
        case expressions.Flagged(flag):
            yield flag
        case (
            expressions.Asked(name)
            | expressions.Answered(name)
            | expressions.OneOf(name)
            | expressions.Compare(name)
        ):
            yield subject(known, name)
