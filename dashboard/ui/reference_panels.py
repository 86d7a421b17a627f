"""What the Reference page is made of: its search, one entry laid open, and entries as cards.

Other pages lead here by an entry's id: ``[Why?](...)`` with ``link("PAD-8")``, which opens a tab,
or ``st.page_link("views/reference.py", query_params=parts("PAD-8"))`` in the same one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reference import (
    reference_index,
    reference_list,
    search_reference,
)
from circulation.reference.reference_entries import Entry, Kind
from ui import address, reference_text, session, words

ENTRY = "entry"
"""The part of the address that names the entry laid open."""
KINDS = tuple(Kind)
SCORES = (Kind.SCORE_NOTE, Kind.SCORE_CLOSED)
FEW = 20
"""Search results shown before the reader asks for all of them."""


def link(entry_id: str) -> str:
    """The address of an entry, for a link in Markdown on any page."""
    return f"reference?{ENTRY}={quote(entry_id)}"


def parts(entry_id: str) -> dict[str, str]:
    """The parts of the address that lay an entry open, for a link inside the dashboard."""
    return {ENTRY: entry_id}


def opened() -> str:
    """The id in the address, '' for none."""
    return address.part(ENTRY)


def lay_open(entry_id: str) -> None:
    """Lay an entry open; the address of the page then names it."""
    address.set_part(ENTRY, entry_id)


def close() -> None:
    """Back to where the reader was."""
    address.set_part(ENTRY, "")


def head(known: knowledge.Knowledge) -> str:
    """What the page is and whose word it stands on; returns what the reader looks for."""
    name, field = st.columns([1, 1.2], gap="large", vertical_alignment="bottom")
    with name:
        st.title("Reference", anchor=False)
        entries = words.number(len(reference_list.every(known)))
        st.caption(
            words.escape(
                f"What every suggestion rests on: {entries} entries, {len(known.sources)} sources. "
                f"Knowledge {known.version}."
            )
        )
    with field:
        wanted = _search_field()
    _review(known)
    return wanted


def _search_field() -> str:
    """The field is never part of the address."""
    wanted = st.text_input(
        "Search the reference",
        key="reference_search",
        type="search",
        live=True,
        max_chars=80,
        placeholder="A symptom, a test, a word or an id, such as swelling, index or PAD-8",
        on_change=close,
    )
    return (wanted or "").strip()


def _review(known: knowledge.Knowledge) -> None:
    """Whether clinicians have signed the knowledge, and whether its dates have passed."""
    unsigned = [name for name, note in known.files if not note.reviewed]
    overdue = [name for name, note in known.files if note.overdue(session.today())]
    if unsigned:
        tag = words.badge("orange", reference_text.NOT_REVIEWED, ":material/pending:")
        of = f"{len(unsigned)} of {len(known.files)} files. Each entry says so, and its doubts."
        st.markdown(f"{tag} {words.escape(of)}")
    if overdue:
        tag = words.badge("orange", "The review date has passed", ":material/event_busy:")
        st.markdown(f"{tag} {words.escape(', '.join(overdue))}")


def results(known: knowledge.Knowledge, wanted: str) -> None:
    """The entries that hold every word, the closest first."""
    found = search_reference.search(known, wanted)
    counted = words.counted(len(found), "entry holds", "entries hold")
    st.header(words.escape(f"{counted} “{wanted}”"), anchor=False)
    if not found:
        st.write("Try fewer or other words. A rule is found by its id, such as PAD-8.")
        return
    everything = len(found) > FEW and st.toggle(f"Show all {len(found)}", key="every_result")
    openers(known, found if everything else found[:FEW], "found")


def openers(known: knowledge.Knowledge, entries: Iterable[Entry], key: str) -> None:
    """Entries as a list of lines that open."""
    with st.container(gap=None, key=f"openers_{key}"):
        for place, entry in enumerate(entries):
            st.button(
                reference_text.line(known, entry),
                key=f"{key}_{place}_{entry.id}",
                type="tertiary",
                icon=":material/chevron_right:",
                wrap=True,
                on_click=lay_open,
                args=(entry.id,),
            )


def cards(known: knowledge.Knowledge, entries: Iterable[Entry]) -> None:
    """Entries in full, two beside each other where there is room."""
    with st.grid(2, min_column_width=400, border=True):
        for entry in entries:
            st.markdown(reference_text.card(known, entry, session.today()), anchors=False)


def entry(known: knowledge.Knowledge, name: str) -> None:
    """Everything about one id: what it says, what it speaks of, what uses it."""
    found = reference_index.find(known, name)
    with st.container(horizontal=True):
        st.button("Back to the reference", icon=":material/arrow_back:", on_click=close)
        for way in dict.fromkeys(_way(known, each) for each in found):
            if way:
                label = f"All about {words.escape(way.shown)}"
                st.button(label, icon=":material/menu_book:", on_click=_show, args=(way,))
    if not found:
        st.header("There is no such entry", anchor=False)
        st.write(words.escape(f"“{name}” is no id in this version of the knowledge. Search above."))
        return
    for each in found:
        _laid_open(known, each)
    _relations(known, found)


@dataclass(frozen=True)
class _Way:
    """A part of the page: its section, and what is picked in it by which widget."""

    section: str
    widget: str
    shown: str


def _way(known: knowledge.Knowledge, found: Entry) -> _Way | None:
    """The way to all about the cause, the test or the score that an entry belongs to."""
    owner = found.part_of or found.id
    if found.kind in SCORES:
        score = next(e for e in reference_index.find(known, owner) if e.kind is Kind.SCORE)
        return _Way("Scores", "score_shown", reference_text.named(score))
    if owner in known.cause:
        return _Way("Causes", "cause_shown", known.cause[owner].label)
    if owner in known.test:
        head = known.test[owner].parent or owner
        return _Way("Tests", "test_shown", known.test[head].label)
    return None


def _show(way: _Way) -> None:
    close()
    session.put("reference_search", "")
    session.put("section", way.section)
    session.put(way.widget, way.shown)


def _laid_open(known: knowledge.Knowledge, found: Entry) -> None:
    parts = (known.cause, known.test, known.score)
    owner = next((part[found.part_of].label for part in parts if found.part_of in part), "")
    of = f" ({words.escape(owner)})" if owner not in ("", found.title) else ""
    st.header(
        f"{words.escape(found.kind.value)}: {reference_text.heading(known, found)}{of}",
        anchor=False,
    )
    with st.container(border=True):
        st.markdown(reference_text.body(known, found, session.today()))
    note = reference_index.note(known, found)
    st.caption(
        words.escape(
            f"Id {found.id}. In {found.file}, kept by: {note.owner}. "
            f"Address of this entry: {link(found.id)}"
        )
    )


def _relations(known: knowledge.Knowledge, found: tuple[Entry, ...]) -> None:
    spoken = [other for each in found for other in reference_index.mentions(known, each)]
    parts = {
        "What it speaks of": [e for n in spoken for e in reference_index.find(known, n)],
        "What uses it": [e for each in found for e in reference_index.uses(known, each.id)],
        "Where it comes from": [_source_entry(known, s) for each in found for s in each.sources],
    }
    others = {
        title: sorted(dict.fromkeys(set(related) - set(found)), key=_order)
        for title, related in parts.items()
    }
    shown = {title: related for title, related in others.items() if related}
    for place, (title, related) in zip(st.columns(len(shown) or 1), shown.items(), strict=False):
        with place:
            st.subheader(title, anchor=False)
            openers(known, related, title.lower().replace(" ", "_"))


def _order(entry: Entry) -> tuple[int, str]:
    return KINDS.index(entry.kind), entry.id


def _source_entry(known: knowledge.Knowledge, name: str) -> Entry:
    """A source as an entry."""
    return next(e for e in reference_index.find(known, name) if e.kind is Kind.SOURCE)
