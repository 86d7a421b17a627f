"""A title states what the figures show, is computed from them, and claims nothing on few."""

import re

import pytest

import makers
import oracles
import test_distribution as drawn
from circulation.access import Role
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import disclosure, distribution, headlines, published
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge_model as model

KNOWN = makers.knowledge()
FORBIDDEN = re.compile(r"\b(has|have|having|diagnos\w*|normal|chance|safe)\b", re.IGNORECASE)


def release(
    finding: str, cause: str, *, with_it: tuple[int, int], others: tuple[int, int]
) -> published.Release:
    """Records of two groups: (present, absent) with the cause, and without it."""
    rows = []
    for suspected, (present, absent) in (("present", with_it), ("absent", others)):
        rows += [{f"suspected_{cause}": suspected, finding: "present"}] * present
        rows += [{f"suspected_{cause}": suspected, finding: "absent"}] * absent
    table = makers.table(KNOWN, rows)
    assessed = assessment.assess(table, KNOWN)
    chosen = selection.apply(table, assessed, Selection())
    counts = distribution.by_cause(table, assessed, chosen, KNOWN)
    return disclosure.exact(counts, Role.CLINICIAN)


def test_the_title_names_the_finding_that_sets_a_cause_apart() -> None:
    found = release("leg_swelling", "blood_clots", with_it=(66, 14), others=(20, 80))
    assert headlines.distribution_title(found, KNOWN) == (
        "Swelling of the leg: 82% with suspected blood clots, 20% without"
    )


def test_a_long_name_gives_way_to_the_short_one() -> None:
    found = release("colour_change_cold", "raynauds", with_it=(30, 10), others=(5, 95))
    assert headlines.distribution_title(found, KNOWN) == (
        "Colour change with cold or stress: 75% with suspected Raynaud's, 5% without"
    )


@pytest.mark.parametrize(
    ("with_it", "others"),
    [
        ((29, 0), (0, 100)),  # too few with the cause
        ((100, 0), (0, 29)),  # too few without it
        ((20, 80), (5, 95)),  # a small difference
        ((0, 100), (90, 10)),  # rarer than in the others
    ],
)
def test_the_title_is_neutral_where_little_can_be_said(
    with_it: tuple[int, int], others: tuple[int, int]
) -> None:
    found = release("leg_swelling", "blood_clots", with_it=with_it, others=others)
    assert headlines.distribution_title(found, KNOWN) == "Findings across suspected causes"
    assert headlines.leading(found) == ()


def test_what_is_left_over_is_not_a_group_to_speak_of() -> None:
    found = release("leg_swelling", "other", with_it=(100, 0), others=(0, 100))
    assert headlines.standing_out(found) is None


def test_a_finding_that_a_rule_asks_for_does_not_stand_out() -> None:
    found = disclosure.exact(drawn.counts(Selection(basis=Basis.SUPPORTED)), Role.CLINICIAN)
    assert headlines.distribution_title(found, KNOWN) == (
        "Findings across causes supported by findings"
    )


def test_the_title_is_recomputed_by_plain_loops_on_exact_and_on_protected_figures() -> None:
    found = release("leg_swelling", "blood_clots", with_it=(66, 14), others=(20, 80))
    stands_out = headlines.standing_out(found)
    assert stands_out
    assert (stands_out.finding, stands_out.cause) == oracles.largest_difference(found, 30, 20)
    everything = disclosure.exact(drawn.counts(Selection()), Role.CLINICIAN)
    stands_out = headlines.standing_out(everything)
    assert (stands_out and (stands_out.finding, stands_out.cause)) == oracles.largest_difference(
        everything, 30, 20
    )


@pytest.mark.parametrize("cause", KNOWN.causes, ids=lambda cause: cause.id)
def test_every_possible_title_is_short_and_says_what_nobody_has(cause: model.Cause) -> None:
    for finding in distribution.findings(KNOWN):
        found = release(finding.id, cause.id, with_it=(40, 0), others=(0, 40))
        title = headlines.distribution_title(found, KNOWN)
        assert len(title.split()) <= headlines.MOST_WORDS
        assert not FORBIDDEN.search(title)
        if cause.id != "other":
            assert title.startswith(f"{finding.label}: 100% with suspected ")


@pytest.mark.parametrize(
    ("basis", "says"),
    [
        (Basis.RECORDED, "Swelling of the leg with suspected blood clots"),
        (Basis.SUPPORTED, "Swelling of the leg with supported blood clots"),
        (Basis.CONFIRMED, "Swelling of the leg with confirmed blood clots"),
    ],
)
def test_a_cell_says_on_what_basis_the_cause_stands(basis: Basis, says: str) -> None:
    found = disclosure.exact(drawn.counts(Selection(basis=basis)), Role.CLINICIAN)
    cell = found.cell("leg_swelling", "blood_clots")
    assert cell
    assert headlines.cell_title(found, cell, KNOWN) == says
    everyone = found.everyone("leg_swelling")
    assert everyone
    assert headlines.cell_title(found, everyone, KNOWN) == "Swelling of the leg in all records"
