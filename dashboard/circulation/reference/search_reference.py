"""Search in the knowledge: every word must occur; the closest to an id or a title comes first."""

import re
import unicodedata
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from circulation.knowledge_base import columns, knowledge, rule_words
from circulation.knowledge_base import knowledge_model as model
from circulation.reference import reference_list
from circulation.reference.reference_entries import Entry, Kind

KINDS = tuple(Kind)
WORD = re.compile(r"[^\W_]+")
CONDITIONS = ("when", "confirmed_when", "reads", "also", "needed_when", "column")
TOLD_APART = 3  # initials of fewer words than this would fit nearly everything


@dataclass(frozen=True)
class _Found:
    """An entry with the words it can be found by."""

    entry: Entry
    name: str
    title: str
    text: str


def search(known: knowledge.Knowledge, wanted: str) -> tuple[Entry, ...]:
    """The entries that hold every word wanted, the best fit first; none for no word."""
    words = folded(wanted).split()
    if not words:
        return ()
    ranked = []
    for place, found in enumerate(_index(known)):
        if all(word in found.text for word in words):
            ranked.append((_distance(found, words), KINDS.index(found.entry.kind), place, found))
    return tuple(found.entry for *_, found in sorted(ranked, key=lambda item: item[:3]))


def folded(text: str) -> str:
    """Words in small letters without accents or punctuation: "Ankle-Brachial" is ankle brachial."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def _distance(found: _Found, words: list[str]) -> int:
    """How far an entry lies from what was wanted; smaller is closer."""
    phrase = " ".join(words)
    if found.name == phrase:
        return 0
    if phrase in (found.title, _initials(found.title)):
        return 1
    if found.title.startswith(phrase) or found.name.startswith(f"{phrase} "):
        return 2
    if all(f" {word}" in f" {found.title}" for word in words):
        return 3
    return 4 if all(word in f"{found.name} {found.title}" for word in words) else 5


@lru_cache(maxsize=4)
def _index(known: knowledge.Knowledge) -> tuple[_Found, ...]:
    return tuple(_found(known, entry) for entry in reference_list.every(known))


def _found(known: knowledge.Knowledge, entry: Entry) -> _Found:
    name, title = folded(entry.id), folded(entry.title)
    parts = [entry.kind.value, *entry.sources, *_texts(entry.thing), *_columns(known, entry)]
    if entry.when:
        parts.append(rule_words.sentence(known, entry.when))
    if entry.part_of in known.cause:
        parts.append(known.cause[entry.part_of].label)
    elif entry.part_of in known.test:
        parts.append(known.test[entry.part_of].label)
    text = f"{name} {title} {_initials(title)} {folded(' '.join(parts))}"
    return _Found(entry, name, title, text)


def _texts(thing: Any) -> list[str]:
    """Every text of an entry but its condition, which is said in words."""
    found: list[str] = []
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, str) and field.name not in CONDITIONS:
            found.append(value)
        elif field.name in ("article_points", "causes", "about", "masks", "flags"):
            found += value
        elif field.name in ("values", "inputs", "bands", "notes", "closings"):
            found += [text for each in value for text in _texts(each)]
    return found


def _columns(known: knowledge.Knowledge, entry: Entry) -> list[str]:
    """The columns of the record that hold the answer."""
    if isinstance(entry.thing, model.Finding | model.Measurement):
        return [name for name in columns.by_name(known) if name.startswith(f"{entry.id}_")]
    return []


def _initials(title: str) -> str:
    words = title.split()
    return "".join(word[0] for word in words) if len(words) >= TOLD_APART else ""
