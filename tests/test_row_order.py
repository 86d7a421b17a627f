"""Findings stand by the size of their differences, by clinical group or by name."""

import pytest

import makers
import test_distribution as drawn
from circulation import access
from circulation.choosing.selection import Basis, Selection
from circulation.counting import disclosure, distribution, published, row_order
from circulation.counting.row_order import Order

KNOWN = makers.knowledge()
FINDINGS = [finding.id for finding in distribution.findings(KNOWN)]


def release(basis: Basis = Basis.RECORDED) -> published.Release:
    return disclosure.exact(drawn.counts(Selection(basis=basis)), access.Role.CLINICIAN)


def names(found: published.Release) -> list[str]:
    return [row[0].finding for row in found.rows]


def largest(found: published.Release, finding: str) -> float:
    """The largest difference of a finding by walking over its cells; -1 where all are of few."""
    best = -1.0
    *cells, whole = next(row for row in found.rows if row[0].finding == finding)
    for cell in cells:
        own, own_asked = cell.present.value or 0, cell.asked.value or 0
        rest, rest_asked = (whole.present.value or 0) - own, (whole.asked.value or 0) - own_asked
        if own_asked >= 30 and rest_asked >= 30:
            best = max(best, abs(own / own_asked - rest / rest_asked))
    return best


@pytest.mark.parametrize("basis", list(Basis))
def test_the_finding_with_the_largest_difference_stands_first(basis: Basis) -> None:
    found = release(basis)
    ordered = names(row_order.of_release(found, Order.SIZE, KNOWN))
    sizes = [largest(found, name) for name in ordered]
    assert sizes == pytest.approx(sorted(sizes, reverse=True))
    assert sorted(ordered) == sorted(FINDINGS)


def test_groups_and_names_order_too_and_change_no_figure() -> None:
    found = release()
    assert names(row_order.of_release(found, Order.GROUP, KNOWN)) == FINDINGS
    by_name = row_order.of_release(found, Order.NAME, KNOWN)
    labels = [KNOWN.finding[name].label for name in names(by_name)]
    assert labels == sorted(labels, key=str.casefold)
    assert set(by_name.rows) == set(found.rows)


def test_without_large_groups_the_clinical_order_stays() -> None:
    few = disclosure.exact(
        drawn.counts(Selection(sites=frozenset({"Nowhere"}))), access.Role.CLINICIAN
    )
    assert names(row_order.of_release(few, Order.SIZE, KNOWN)) == FINDINGS


def test_findings_without_a_size_stand_last() -> None:
    sizes = dict.fromkeys(FINDINGS[:4], 0.1) | {FINDINGS[1]: None, FINDINGS[3]: 0.4}
    ordered = row_order.arranged(sizes, Order.SIZE, KNOWN)
    assert ordered == (FINDINGS[3], FINDINGS[0], FINDINGS[2], FINDINGS[1])
