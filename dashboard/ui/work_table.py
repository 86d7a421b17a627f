"""The worklist as an accessible table: arrow keys move, a click previews, Enter opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from circulation.judgement import worklist
from circulation.knowledge_base import knowledge
from ui import session, words

_KEY = "worklist_table"
_HERE = Path(__file__).parent
_HEADS = ("Urgency", "Record", "Leading suspicion", "Why it stands here", "Waiting", "Tests")
_NUMBERS = ("Waiting", "Tests")
_TABLE = st.components.v2.component(
    "worklist",
    html='<div id="list"><table role="grid"><caption style="text-align:left;padding:.4rem .6rem">'
    "</caption>\n<thead><tr>"
    + "".join(
        f'<th scope="col"{" class=number" if head in _NUMBERS else ""}>{head}</th>'
        for head in _HEADS
    )
    + "</tr></thead>\n<tbody></tbody></table></div>",
    css=(_HERE / "work_table.css").read_text(encoding="utf-8"),
    js=(_HERE / "work_table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Picked:
    """What the reader did: the record in the preview, and the record to open ('' for none)."""

    selected: str
    opened: str


def show(
    items: Iterable[worklist.Item], known: knowledge.Knowledge, *, caption: str, selected: str
) -> Picked:
    """Draw the list and tell what was picked."""
    lines = [_line(item, known) for item in items]
    moved_to = (session.entered(_KEY) or {}).get("selected")
    marked = moved_to if moved_to in {line["record"] for line in lines} else selected
    result = _TABLE(
        key=_KEY,
        data={"items": lines, "caption": caption, "selected": marked},
        on_selected_change=_nothing,
        on_opened_change=_nothing,
    )
    return Picked(marked, result.opened or "")


def _nothing() -> None:
    """A rerun is all that a change asks for."""


def _line(item: worklist.Item, known: knowledge.Knowledge) -> dict[str, str]:
    return {
        "record": item.record_id,
        "urgency": item.urgency.code,
        "urgency_label": known.urgency(item.urgency).label,
        "who": ", ".join(part for part in (item.age_band, item.site) if part) or "Not recorded",
        "leading": item.leading,
        "level": known.level(item.level).label,
        "why": item.why,
        "waiting": words.waiting(item.days_waiting),
        "received": words.day(item.received_on) if item.received_on else "No day recorded",
        "tests": f"{item.settled} of {item.owed}",
    }
