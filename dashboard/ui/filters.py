"""The bar of filters above the distribution: which records, and how to show them.

Every choice is bound to the address; a default leaves the address clean.
"""

from calendar import isleap
from datetime import date, timedelta
from enum import StrEnum

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.records import columns, intake, selection
from ui import session


class Received(StrEnum):
    """Periods, counted back from the latest record."""

    ALL = "All"
    DAYS_30 = "30 days"
    DAYS_90 = "90 days"
    MONTHS_12 = "12 months"


_WIDTH = 150
_LABEL_HEIGHT = 26
_FILTERS = {"sites": [], "ages": [], "sexes": [], "tests": [], "received": Received.ALL}


def bar(table: intake.Intake, known: knowledge.Knowledge) -> selection.Selection:
    """Which records a reader of single records wants to see."""
    with st.container(horizontal=True, vertical_alignment="top", key="filters"):
        received = st.segmented_control(
            "Received",
            list(Received),
            default=Received.ALL,
            required=True,
            key="received",
            bind="query-params",
            help="Counted back from the day of the latest record.",
        )
        sites = _any_of("Site", "sites", sorted(table.categories["site"]))
        ages = _any_of("Age band", "ages", [band.code for band in known.age_bands])
        with st.container(gap=None, width="content"):
            st.space(_LABEL_HEIGHT)
            with st.container(horizontal=True):
                sexes, tests_done = _more(table, known)
                st.button("Reset", key="reset", on_click=reset)
    first, last = _period(received, table)
    return selection.Selection(
        first=first, last=last, sites=sites, age_bands=ages, sexes=sexes, tests_done=tests_done
    )


def _more(
    table: intake.Intake, known: knowledge.Knowledge
) -> tuple[frozenset[str], frozenset[str]]:
    """Sex and tests, asked for less often, behind one button that says how many are used."""
    hidden = ("sexes", "tests")
    used = sum(bool(session.entered(name) or session.address_part(name)) for name in hidden)
    with st.popover(f"More filters ({used})" if used else "More filters", key="more"):
        sexes = _any_of("Sex", "sexes", list(columns.SEXES))
        return sexes, _tests(table, known)


def reset() -> None:
    """Take every filter off; how the figures are shown stays."""
    for widget, value in _FILTERS.items():
        session.put(widget, value)


def _any_of(label: str, key: str, options: list[str]) -> frozenset[str]:
    picked = st.multiselect(
        label, options, key=key, bind="query-params", placeholder="All", width=_WIDTH
    )
    return frozenset(picked)


def _tests(table: intake.Intake, known: knowledge.Knowledge) -> frozenset[str]:
    """Tests that at least one record has done."""
    done = [
        test.id for test in known.tests if table.categories[f"test_{test.id}"][selection.DONE].any()
    ]
    picked = st.multiselect(
        "Test done",
        done,
        key="tests",
        bind="query-params",
        format_func=lambda name: known.test[name].label,
        placeholder="Any",
        width=_WIDTH,
    )
    return frozenset(picked)


def _period(received: Received | None, table: intake.Intake) -> tuple[date | None, date | None]:
    """First and last day; none for all, or when no record has a day."""
    last = table.last_day
    match received:
        case Received.DAYS_30 if last:
            return last - timedelta(days=29), last
        case Received.DAYS_90 if last:
            return last - timedelta(days=89), last
        case Received.MONTHS_12 if last:
            return _year_before(last) + timedelta(days=1), last
    return None, None


def _year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29) and not isleap(day.year - 1)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
