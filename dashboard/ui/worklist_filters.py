"""What the worklist shows: its tabs, urgencies, sites and search; all but the search are in the
address, as codes, so that a list can be sent and found again."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from circulation import errors
from circulation.choosing import addresses, selection
from circulation.judgement import worklist
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits
from ui import address, frame, session, walking, words

TAB_WORDS = {
    worklist.Tab.WAITING: "Waiting",
    worklist.Tab.IN_PROGRESS: "In progress",
    worklist.Tab.REVIEWED_TODAY: "Reviewed today",
    worklist.Tab.ALL: "All",
}
TAB = "tab"
TAB_WIDGET, URGENCY_WIDGET, SITE_WIDGET = "worklist_tab", "worklist_urgency", "worklist_site"
FIND_WIDGET = "worklist_find"
PARTS = (TAB, *addresses.FILTERS, *addresses.FORMER, addresses.BASIS)
"""Every part of an address that asks for a list."""


def asked() -> walking.Walk:
    """The list that the address of this page and the search ask for.

    The browser's own way back from a record loses the address of the list: it is put there again.
    A list that was drawn stays, although a site that its filter names was removed meanwhile.
    """
    before = walking.walk()
    try:
        wanted = _addressed()
    except errors.DashboardError as fault:
        if walking.news() and _says(before):
            return before
        frame.show_error(fault)
        st.button("Clear filters", key="start_again", type="primary", on_click=clear)
        st.stop()
    if walking.returned() and wanted == walking.Walk(find=wanted.find) != before:
        show(before)
        return before
    return wanted


def take_up() -> None:
    """Go on with the list that the address of a record names, where the page began anew on it."""
    if walking.begun():
        return
    try:
        walking.start(_addressed())
    except errors.DashboardError:  # a list of records that are gone: the whole list instead
        walking.start(walking.Walk())


def _addressed() -> walking.Walk:
    find = str(session.entered(FIND_WIDGET) or "").strip()
    return walking.Walk(_tab(), address.selected(), find)


def _tab() -> worklist.Tab:
    named = address.part(TAB)
    return worklist.Tab(named) if named in list(worklist.Tab) else worklist.Tab.WAITING


def _says(walk: walking.Walk) -> bool:
    """Whether the address asks for this list, code by code."""
    codes = walking.address(walk)
    return all(sorted(address.parts(name)) == sorted(codes.get(name, [])) for name in PARTS)


def tabs_and_search(wanted: walking.Walk, parts: Mapping[worklist.Tab, Bits]) -> None:
    """The tabs with how many records each has, and the search by record id."""
    counts = {tab: words.number(ternary.count(rows)) for tab, rows in parts.items()}
    session.put(TAB_WIDGET, wanted.tab.value)
    st.segmented_control(
        "Show",
        [tab.value for tab in worklist.Tab],
        required=True,
        format_func=lambda tab: f"{TAB_WORDS[worklist.Tab(tab)]} {counts[worklist.Tab(tab)]}",
        key=TAB_WIDGET,
        on_change=_into_address,
        args=(TAB_WIDGET, TAB),
        label_visibility="collapsed",
    )
    st.text_input(
        "Find a record",
        type="search",
        key=FIND_WIDGET,
        persist_state="session",
        placeholder="Find a record id",
        width=200,
        label_visibility="collapsed",
    )


def narrowing(wanted: walking.Walk, table: intake.Intake, known: knowledge.Knowledge) -> None:
    """The urgencies and sites to show, and the way back to all."""
    session.put(URGENCY_WIDGET, [urgency.code for urgency in sorted(wanted.chosen.urgencies)])
    st.pills(
        "Urgency",
        [urgency.code for urgency in reversed(Urgency)],
        selection_mode="multi",
        format_func=lambda code: known.urgency(Urgency[code.upper()]).label,
        key=URGENCY_WIDGET,
        on_change=_into_address,
        args=(URGENCY_WIDGET, "urgency"),
        label_visibility="collapsed",
    )
    sites = sorted({*table.categories["site"], *wanted.chosen.sites})
    if sites:
        session.put(SITE_WIDGET, sorted(wanted.chosen.sites))
        st.multiselect(
            "Site",
            sites,
            key=SITE_WIDGET,
            on_change=_into_address,
            args=(SITE_WIDGET, "site"),
            placeholder="All sites",
            width=220,
            label_visibility="collapsed",
        )
    if wanted != replace(walking.Walk(), tab=wanted.tab):
        st.button("Clear filters", type="tertiary", on_click=clear, icon=":material/close:")


def clear() -> None:
    """Show every record of the tab again."""
    show(walking.Walk(_tab()))


def show(wanted: walking.Walk) -> None:
    """Ask for another list, in one step of the browser's history."""
    none: dict[str, list[str]] = {part: [] for part in PARTS}
    address.set_parts({**none, **walking.address(wanted)})
    session.put(FIND_WIDGET, wanted.find)


def _into_address(widget: str, part: str) -> None:
    """What was picked goes into the address."""
    address.set_part(part, session.entered(widget))


def words_of(wanted: walking.Walk, known: knowledge.Knowledge) -> str:
    """The filters in words: 'Waiting; urgency same day'."""
    return "; ".join([TAB_WORDS[wanted.tab], *selection.why(wanted.chosen, known)])
