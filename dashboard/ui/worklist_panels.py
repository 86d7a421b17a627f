"""The parts of the worklist page: its headline, its filters, the preview of one record."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from circulation.judgement import worklist
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import columns, selection, ternary
from circulation.records.ternary import Bits
from ui import desk, session, words

TAB_WORDS = {
    worklist.Tab.WAITING: "Waiting",
    worklist.Tab.IN_PROGRESS: "In progress",
    worklist.Tab.REVIEWED: "Reviewed",
    worklist.Tab.ALL: "All",
}


TAB = "tab"
TAB_WIDGET, URGENCY_WIDGET = "worklist_tab", "worklist_urgency"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks the list for."""

    walk: desk.Walk
    record: str


def headline(waiting: int, today: int, sooner: int) -> str:
    """What the list says in one line."""
    if not waiting:
        return "No assessment is waiting"
    verb = "assessment is waiting" if waiting == 1 else "assessments are waiting"
    urgent = f", {words.number(today)} for review today" if today else ""
    soon = f", {words.number(sooner)} within 2 weeks" if sooner else ""
    return f"{words.number(waiting)} {verb}{urgent}{soon}"


def filters(parts: Mapping[worklist.Tab, Bits], known: knowledge.Knowledge) -> Asked:
    """The tabs, the urgencies and the search; all but the search are in the address, as codes."""
    counts = {tab: words.number(ternary.count(rows)) for tab, rows in parts.items()}
    chosen = session.address_selection()
    tab = session.address_part(TAB) or worklist.Tab.WAITING.value
    session.put(TAB_WIDGET, tab if tab in list(worklist.Tab) else worklist.Tab.WAITING.value)
    session.put(URGENCY_WIDGET, [urgency.code for urgency in sorted(chosen.urgencies)])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.segmented_control(
            "Show",
            [tab.value for tab in worklist.Tab],
            required=True,
            format_func=lambda tab: f"{TAB_WORDS[worklist.Tab(tab)]} {counts[worklist.Tab(tab)]}",
            key=TAB_WIDGET,
            on_change=_into_address,
            args=(TAB_WIDGET, TAB),
        )
        st.pills(
            "Urgency",
            [urgency.code for urgency in reversed(Urgency)],
            selection_mode="multi",
            format_func=lambda code: known.urgency(Urgency[code.upper()]).label,
            key=URGENCY_WIDGET,
            on_change=_into_address,
            args=(URGENCY_WIDGET, "urgency"),
        )
        record = st.text_input(
            "Find a record", type="search", key="find", placeholder="Record id", width=190
        )
    return Asked(desk.Walk(worklist.Tab(picked or tab), chosen), (record or "").strip())


def _into_address(widget: str, part: str) -> None:
    """What was picked goes into the address, so that it can be sent and found again."""
    session.set_address_part(part, session.entered(widget))


def shown_line(asked: Asked, count: int, of: int, known: knowledge.Knowledge) -> str:
    """What the list shows, why, in which order and as of when."""
    why = selection.why(asked.walk.chosen, known)
    because = f" because of: {'; '.join(why)}" if why else ""
    moment = session.local_now()
    return words.escape(
        f"{words.number(count)} of {words.counted(of, 'record', 'records')} shown{because}. "
        "Most urgent first, then longest wait, then record id. "
        f"As of {words.day(moment.date())} {words.clock(moment)}."
    )


def first_of_page(count: int) -> int:
    """Where the page that the reader has turned to begins."""
    last = max(-(-count // worklist.PAGE), 1)
    return (min(session.kept("page", 1), last) - 1) * worklist.PAGE


def pages(count: int) -> None:
    """Turn the pages of the list; none where one page holds it."""
    if count > worklist.PAGE:
        st.pagination(-(-count // worklist.PAGE), key="page")


def preview(record_id: str, known: knowledge.Knowledge) -> None:
    """The record under the cursor, in short; the button (or O) opens it."""
    loaded = session.loaded()
    row = loaded.table.row_of(record_id)
    if row is None:
        return
    item = worklist.items(
        [row], loaded.table, loaded.assessment, known, desk.stood(), today=session.today()
    )[0]
    with st.container(border=True):
        st.subheader(f"Record {words.escape(record_id)}", anchor=False)
        tag = words.urgency_tag(item.urgency, known.urgency(item.urgency).label)
        st.markdown(f"{tag} {words.waiting(item.days_waiting)}. {words.escape(item.why)}.")
        st.markdown(f"**Present** {_present(row, known)}")
        st.markdown(f"**Suspicion** {_suspicions(row, known)}")
        if st.button(
            f"Open {record_id}",
            type="primary",
            shortcut="O",
            icon=":material/open_in_full:",
            width="stretch",
        ):
            open_record(record_id)


def open_record(record_id: str) -> None:
    """Lay a record open and go to its page."""
    desk.take(record_id)
    st.switch_page("views/record.py")


def _present(row: int, known: knowledge.Knowledge) -> str:
    names = [f.id for f in known.findings if f.kind in ("symptom", "sign")]
    found = desk.present_findings(row, names)
    if not found:
        return "No symptom or sign recorded as present."
    tags = [words.badge("blue", columns.label(known, name)) for name in found[:8]]
    more = f" and {len(found) - 8} more" if len(found) > 8 else ""
    return " ".join(tags) + more


def _suspicions(row: int, known: knowledge.Knowledge) -> str:
    assessed = session.loaded().assessment
    levels = [(assessed.causes[cause.id].level(row), cause.label) for cause in known.causes]
    held = sorted((pair for pair in levels if pair[0] > 1), key=lambda pair: -pair[0])
    if not held:
        return "None supported so far."
    return ", ".join(f"{words.escape(n)}: {known.level(level).label.lower()}" for level, n in held)
