"""What a reader may see of how well findings tell a confirmed cause apart: exact or protected.

Protected figures stand over whole closed months without filters. A group with the finding, or the
rest of that group, of 1 to 7 hides the group's whole line; the rest is rounded, and every share,
ratio and interval is worked out from the rounded counts. So no line gives a hidden number back.
"""

from dataclasses import dataclass, replace

from circulation import access, errors
from circulation.counting import disclosure, discrimination
from circulation.counting.disclosure import Count
from circulation.counting.discrimination import Fourfold, Limits, Silent
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge_model as model
from circulation.records import selection


@dataclass(frozen=True)
class Release:
    """The figures as they may be shown; ``hidden`` and ``unasked`` are findings without a line."""

    selection: selection.Selection
    cause: str
    exact: bool
    sites: tuple[str, ...]
    shown: Count
    of: Count
    cases: Count
    others: Count
    unknown: Count
    rows: tuple[Fourfold, ...]
    hidden: tuple[str, ...]
    unasked: tuple[str, ...]
    silent: Silent | None
    limits: Limits | None
    note: str


def release(
    counts: discrimination.Counts, role: access.Role, settings: model.DisclosureSettings
) -> Release:
    """What this role may see of the counts."""
    exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)
    if not exact:
        disclosure.check_fixed(counts.chosen.selection)
    asked = [row for row in counts.rows if row.cases.asked and row.others.asked]
    kept = asked if exact else [row for row in asked if _is_large(row, settings)]
    chosen = counts.chosen

    def total(raw: int) -> Count:
        return disclosure.total(raw, role, settings)

    return Release(
        selection=chosen.selection,
        cause=counts.cause,
        exact=exact,
        sites=counts.sites if exact else (),
        shown=total(chosen.count),
        of=total(chosen.of),
        cases=total(counts.cases),
        others=total(counts.others),
        unknown=total(counts.unknown),
        rows=tuple(kept if exact else (_rounded(row, settings) for row in kept)),
        hidden=tuple(row.finding for row in asked if row not in kept),
        unasked=tuple(row.finding for row in counts.rows if row not in asked),
        silent=counts.silent if exact else _protected(counts.silent, settings),
        limits=counts.limits if exact else None,
        note="" if exact else _note(settings),
    )


def _is_large(row: Fourfold, settings: model.DisclosureSettings) -> bool:
    cells = (row.cases.present, row.cases.absent, row.others.present, row.others.absent)
    return not any(0 < cell < settings.floor for cell in cells)


def _rounded(row: Fourfold, settings: model.DisclosureSettings) -> Fourfold:
    return replace(row, cases=_part(row.cases, settings), others=_part(row.others, settings))


def _part(part: Part, settings: model.DisclosureSettings) -> Part:
    """Both halves rounded, and added up: the whole is no third number to compare with."""
    present = disclosure.protected_count(part.present, settings).value
    absent = disclosure.protected_count(part.absent, settings).value
    if present is None or absent is None:
        raise errors.DashboardError(
            "small numbers", "a hidden number was to be shown", "Leave the finding out."
        )
    return Part(present, present + absent)


def _protected(silent: Silent | None, settings: model.DisclosureSettings) -> Silent | None:
    """None where a number would be hidden."""
    if silent is None or 0 < silent.not_asked < settings.floor:
        return None
    part = Part(silent.none, silent.asked)
    if any(0 < cell < settings.floor for cell in (part.present, part.absent)):
        return None
    rounded = _part(part, settings)
    left = disclosure.protected_count(silent.not_asked, settings).value or 0
    return Silent(silent.symptoms, rounded.present, rounded.asked, left)


def _note(settings: model.DisclosureSettings) -> str:
    return (
        "Whole months only, without filters. A finding with a count of "
        f"1-{settings.floor - 1} in any group is left out, all other counts are rounded to the "
        f"nearest {settings.base}; shares, ratios and intervals come from the rounded counts."
    )
