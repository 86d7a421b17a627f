"""Headings stand in order on every page: one title, and no level left out below it."""

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import serving
from visiting import Visit

PAGES = {
    "Clinician": ("/second_look", "/data", "/review"),
    "Manager": ("/trends", "/outcomes"),
}
LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""


@pytest.mark.parametrize("role", list(PAGES))
def test_headings_stand_in_order(
    new_visit: Callable[..., Visit], server: serving.Server, role: str
) -> None:
    visit = new_visit(server)
    for path in PAGES[role]:
        page = visit.open(f"{path}?role={role}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        in_order(page.evaluate(LEVELS))
    if role == "Clinician":
        page.get_by_role("button", name=re.compile("^Open S-")).click()
        expect(page.get_by_role("heading", name="Findings")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        in_order(page.evaluate(LEVELS))


def in_order(levels: list[int]) -> None:
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
