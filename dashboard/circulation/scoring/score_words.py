"""A score's result in words for the page, and flat for programs that read the command line."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from circulation.knowledge_base import knowledge
from circulation.scoring.score_result import Missing, Result, Used

FEW = 3
"""Bands still possible that are named; more are counted."""


@dataclass(frozen=True)
class Told:
    """A result as the command line prints it; ``range_`` is None for a class."""

    score: str
    label: str
    version: str
    leg: str
    says: str
    points: int | float | None
    value_label: str
    unit: str
    band: str | None
    band_label: str | None
    grade: str | None
    range_: tuple[int | float, int | float] | None
    possible: tuple[str, ...]
    listed: tuple[str, ...]
    used: tuple[Used, ...]
    missing: tuple[Missing, ...]
    reason: str
    not_valid_in: tuple[str, ...]
    unchecked: tuple[str, ...]
    notes: tuple[str, ...]
    source: tuple[str, ...]
    doubts: tuple[str, ...]


def told(result: Result, known: knowledge.Knowledge) -> Told:
    """The result with its numbers as numbers and its sources by id and title."""
    ends = None
    if result.low is not None and result.high is not None:
        ends = (_plain(result.low), _plain(result.high))
    return Told(
        score=result.score,
        label=result.label,
        version=result.version,
        leg=result.leg,
        says=headline(result, known),
        points=None if result.points is None else _plain(result.points),
        value_label=result.value_label,
        unit=result.unit,
        band=result.band.id if result.band else None,
        band_label=result.band.label if result.band else None,
        grade=result.grade.id if result.grade else None,
        range_=ends,
        possible=tuple(band.id for band in result.possible),
        listed=tuple(entry.label for entry in result.listed),
        used=result.used,
        missing=result.missing,
        reason=result.closed_because,
        not_valid_in=result.not_valid_in,
        unchecked=result.unchecked,
        notes=tuple(note.says for note in result.notes),
        source=sources(result, known),
        doubts=result.doubts,
    )


def headline(result: Result, known: knowledge.Knowledge) -> str:
    """The result in one sentence; without one, what is missing and what is still possible."""
    if result.closed_because:
        return f"Not valid here. {result.closed_because}"
    named = [part.label for part in (result.band, result.grade) if part]
    number = value(result)
    if named and result.missing and not number:
        return f"{'. '.join(named)}, whatever {_answers(len(result.missing))}"
    if named or number:
        return ": ".join(part for part in (number, ". ".join(named)) if part)
    return incomplete(result, known)


def incomplete(result: Result, known: knowledge.Knowledge) -> str:
    """What is said in the place of a result: Not calculated: 3 items missing (possible ...)."""
    first = known.words["incomplete"].format(missing=_items(len(result.missing)))
    if not result.own:
        return first
    if result.low is not None and result.high is not None:
        return first + known.words["possible_range"].format(low=result.low, high=result.high)
    if len(result.possible) > FEW:
        return first + known.words["possible_many"].format(count=len(result.possible))
    bands = "; ".join(band.label for band in result.possible)
    return first + (known.words["possible_bands"].format(bands=bands) if bands else "")


def value(result: Result) -> str:
    """The number with what it is, '' where there is none: 4 points, Index 0.89.

    Known within limits only, it is given with both where these decide the band.
    """
    if result.points is None and (result.band is None or result.missing or result.low is None):
        return ""
    ends = f"{result.low}" if result.points is not None else f"{result.low} to {result.high}"
    number = f"{ends} {result.unit}".strip()
    if result.value_label == "Points":
        return f"{number} {'point' if result.points in (1, -1) else 'points'}"
    return f"{result.value_label} {number}"


def basis(result: Result, known: knowledge.Knowledge) -> str:
    """Name, version, how many inputs were used, what is missing and where it is not valid."""
    missing = "; ".join(item.label for item in result.missing)
    return known.words["score"].format(
        name=result.label,
        version=result.version,
        used=len(result.own),
        all=len(result.own) + len(result.missing),
        missing=missing or "nothing",
        not_valid_in="; ".join(result.not_valid_in) or "nothing stated",
    )


def unchecked(result: Result) -> str:
    """What nobody asked about that would close the score, '' for nothing."""
    return f"Not asked, and not valid in: {'; '.join(result.unchecked)}" if result.unchecked else ""


def sources(result: Result, known: knowledge.Knowledge) -> tuple[str, ...]:
    """Every source of the result and of the notes beside it, by id and title, each once."""
    return tuple(f"{name} {known.source[name].title}" for name in _sources(result))


def _sources(result: Result) -> Iterator[str]:
    names = [*result.sources, *(name for note in result.notes for name in note.sources)]
    yield from dict.fromkeys(names)


def _items(count: int) -> str:
    return f"{count} {'item' if count == 1 else 'items'}"


def _answers(count: int) -> str:
    return "the missing answer is" if count == 1 else f"the {count} missing answers are"


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
