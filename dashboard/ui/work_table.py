"""The worklist as an accessible table: arrow keys move, a click previews, Enter opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from circulation.judgement import waits, worklist
from circulation.knowledge_base import knowledge
from circulation.reviewing import reviews
from ui import session, walking, words

_KEY = "worklist_table"
_HERE = Path(__file__).parent
_HEADS = ("Urgency", "Record", "Leading suspicion", "Why it stands here", "Waiting", "Due", "Tests")
_NUMBERS = ("Waiting", "Tests")
_TABLE = st.components.v2.component(
    "worklist",
    html='<div id="list"><table role="grid"><caption></caption>'
    "\n<thead><tr>"
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
    items: Iterable[worklist.Item], known: knowledge.Knowledge, *, first: int, selected: str
) -> Picked:
    """Draw the list from its place ``first`` on and tell what was picked.

    The reader who comes back from a record finds the keyboard on it.
    """
    lines = [_line(item, known) for item in items]
    result = _TABLE(
        key=_KEY,
        data={
            "items": lines,
            "caption": f"Records {words.number(first + 1)} to {words.number(first + len(lines))}",
            "selected": selected,
            "visits": walking.visits(),
        },
        on_selected_change=_moved,
        on_opened_change=_nothing,
    )
    return Picked(selected, result.opened or "")


def _moved() -> None:
    """The component sends the record with a running number: a second click is a change too."""
    moved = (session.entered(_KEY) or {}).get("selected")
    if moved:
        walking.move_to(moved["record"])


def _nothing() -> None:
    """A rerun is all that a change asks for."""


def _line(item: worklist.Item, known: knowledge.Knowledge) -> dict[str, str]:
    wait = item.wait
    return {
        "record": item.record_id,
        "urgency": item.urgency.code,
        "urgency_label": known.urgency(item.urgency).label,
        "who": ", ".join(part for part in (item.age_band, item.site) if part) or "Not recorded",
        "leading": item.leading,
        "level": "" if item.level is None else known.level(item.level).label,
        "why": item.why,
        "state": _state(item, known),
        "waiting": words.waiting(wait.days),
        "since": _since(wait),
        "band": wait.band.value,
        "band_label": known.words[wait.band.wording],
        "due": words.day(wait.signed or wait.due) if wait.since else "",
        "past": f", {words.counted(wait.past, 'day', 'days')} ago" if wait.past else "",
        "tests": f"{item.settled} of {item.owed}",
    }


def _state(item: worklist.Item, known: knowledge.Knowledge) -> str:
    if item.handed_to:
        whom = known.reviewing.hand_over.get(item.handed_to, item.handed_to)
        return f"Handed over to {whom}"
    return "In progress" if item.state is reviews.State.IN_PROGRESS else ""


def _since(wait: waits.Wait) -> str:
    if wait.since is None:
        return "No day recorded"
    return f"{'again since ' if wait.again else ''}{words.day(wait.since)}"
