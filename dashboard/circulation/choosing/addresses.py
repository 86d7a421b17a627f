"""A selection as parts of an address, and back: codes only, nothing of a patient."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode

from circulation import errors
from circulation.choosing.selection import Basis, Selection
from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.reviewing import reviews

BASIS = "basis"
FILTERS = (
    "from",
    "to",
    "site",
    "age",
    "sex",
    "urgency",
    "cause",
    "finding",
    "absent",
    "missing",
    "test",
    "review",
)
"""The parts of an address that choose records; ``BASIS`` says what counts a record for a cause."""
EVERYTHING = "all"
FORMER = ("received", "sites", "ages", "sexes", "tests")
"""Names that these parts once had: leaving such a part out would show other numbers."""


def of(wanted: Selection) -> dict[str, list[str]]:
    """The selection as parts of an address; defaults are left out."""
    found: dict[str, list[str]] = {
        "from": [wanted.first.isoformat()] if wanted.first else [],
        "to": [wanted.last.isoformat()] if wanted.last else [],
        "site": sorted(wanted.sites),
        "age": sorted(wanted.age_bands),
        "sex": sorted(wanted.sexes),
        "urgency": sorted(urgency.code for urgency in wanted.urgencies),
        BASIS: [] if wanted.basis is Basis.RECORDED else [wanted.basis.value],
        "cause": sorted(wanted.causes),
        "finding": sorted(wanted.findings),
        "absent": sorted(wanted.absent),
        "missing": sorted(wanted.not_recorded),
        "test": sorted(wanted.tests_done),
        "review": sorted(wanted.review_states),
    }
    return {name: values for name, values in found.items() if values}


def read(
    parts: Mapping[str, Sequence[str]], known: knowledge.Knowledge, sites: Container[str]
) -> Selection:
    """The selection that an address means; parts it does not know are another page's.

    A code that nothing here bears is refused: leaving it out would show other numbers than the
    sender of the address saw. ``sites``: those that the records have.
    """
    for name in FORMER:
        if parts.get(name):
            raise _unknown(name)
    urgencies = {urgency.code: urgency for urgency in Urgency}
    bases = [Basis(_coded(BASIS, code, set(Basis))) for code in parts.get(BASIS, ())]

    def codes(name: str, allowed: Container[str]) -> frozenset[str]:
        return frozenset(_coded(name, code, allowed) for code in parts.get(name, ()))

    return Selection(
        first=_day("from", parts),
        last=_day("to", parts),
        sites=codes("site", sites),
        age_bands=codes("age", {band.code for band in known.age_bands}),
        sexes=codes("sex", columns.SEXES),
        urgencies=frozenset(urgencies[code] for code in codes("urgency", urgencies)),
        basis=bases[0] if bases else Basis.RECORDED,
        causes=codes("cause", known.cause),
        findings=codes("finding", known.finding),
        absent=codes("absent", known.finding),
        not_recorded=codes("missing", known.finding),
        tests_done=codes("test", known.test),
        review_states=frozenset(map(reviews.State, codes("review", set(reviews.State)))),
    )


def packed(wanted: Selection) -> str:
    """A selection as the one value of a part of an address."""
    return urlencode(of(wanted), doseq=True) or EVERYTHING


def unpacked(text: str, known: knowledge.Knowledge, sites: Container[str]) -> Selection:
    """The selection that ``packed`` made a text of; refused as by ``read``."""
    found = {} if text == EVERYTHING else parse_qs(text)
    if set(found) - {*FILTERS, BASIS} or not (found or text == EVERYTHING):
        raise _unknown("compare")
    return read(found, known, sites)


def _coded(name: str, code: str, allowed: Container[str]) -> str:
    if code not in allowed:
        raise _unknown(name)
    return code


def _day(name: str, parts: Mapping[str, Sequence[str]]) -> date | None:
    try:
        return next((date.fromisoformat(text) for text in parts.get(name, ())), None)
    except ValueError:
        raise _unknown(name) from None


def _unknown(name: str) -> errors.DashboardError:
    return errors.DashboardError(
        f"the address of this page, part '{name}'",
        "names something that these records do not have",
        "Take the filters off and choose again.",
    )
