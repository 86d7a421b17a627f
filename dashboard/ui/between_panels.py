"""Two selections side by side: A is kept in the address, B is what the filters say."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import pandas as pd
import streamlit as st

from circulation.choosing import addresses, selection
from circulation.counting import between, between_words, distribution
from circulation.counting.between import Between, Line
from circulation.knowledge_base import knowledge
from ui import address, filters, forms, frame, session, shared_data, take_along, taken_along, words

ALL_RECORDS = "All records"


class Order(StrEnum):
    """How the lines of the table are ordered."""

    SIZE = "Size of difference"
    GROUP = "Clinical group"
    NAME = "Name"


def offer(wanted: selection.Selection) -> None:
    """The button that keeps the records shown as A."""
    st.button(
        "Compare with ...",
        key="compare",
        icon=":material/compare:",
        on_click=_compare,
        args=(wanted, selection.Selection(basis=wanted.basis)),
        help="Keeps these records as A. Then choose others with the filters: they are B.",
    )


def show(a: selection.Selection, filtered: selection.Selection, known: knowledge.Knowledge) -> None:
    """Everything about A beside B."""
    head = st.container()
    basis, cause, order = _controls(known)
    a, b = _based(a, basis), replace(filtered, basis=basis)
    loaded = shared_data.loaded()
    found = between.of(
        loaded.table,
        loaded.assessment,
        shared_data.counts(a),
        shared_data.counts(b),
        session.role(),
        cause=cause,
    )
    lines = ordered(found, order, known)
    with head:
        st.title(words.escape(between_words.title(found, known)), anchor=False)
        _sides(found, known)
        with st.container(horizontal=True):
            _ways(a, b)
            taken = taken_along.between(found, lines, known)
            take_along.offer(taken)
        frame.read(take_along.on_paper(taken))
    if not lines:
        st.info("No finding was asked in A or in B. Choose others under Among or Causes.")
        return
    st.table(table(lines, known).map(words.escape).set_index(between_words.HEADS[0]))
    for note in between_words.notes(found):
        st.caption(words.escape(note))


def _based(a: selection.Selection, basis: selection.Basis) -> selection.Selection:
    """A on the basis picked, unless that would change which records A has."""
    return a if a.causes else replace(a, basis=basis)


def table(lines: Sequence[Line], known: knowledge.Knowledge) -> pd.DataFrame:
    """The lines as the page prints them."""
    cells = [between_words.cells(line, known) for line in lines]
    return pd.DataFrame(cells, columns=list(between_words.HEADS))


def ordered(found: Between, order: Order, known: knowledge.Knowledge) -> tuple[Line, ...]:
    """The findings that anyone was asked about, in the order that the reader picked."""
    lines = tuple(line for line in found.lines if line.a.asked or line.b.asked)
    match order:
        case Order.SIZE:
            return between.by_size(lines)
        case Order.GROUP:
            return lines
        case Order.NAME:
            return between.by_name(lines, known)


def _controls(known: knowledge.Knowledge) -> tuple[selection.Basis, str, Order]:
    labels = {ALL_RECORDS: distribution.ALL, **{one.label: one.id for one in known.causes}}
    with st.container(horizontal=True, vertical_alignment="top", key="between"):
        among = st.selectbox(
            "Among", list(labels), key="between_cause", bind="query-params", width=280
        )
        basis = st.segmented_control(
            "Causes",
            list(forms.BASES),
            default=selection.Basis.RECORDED,
            required=True,
            format_func=forms.BASES.__getitem__,
            key="causes",
            bind="query-params",
            help="What counts a record for a cause. Where A is filtered by a cause, A keeps what "
            "it was kept with.",
        )
        order = st.segmented_control(
            "Order",
            list(Order),
            default=Order.SIZE,
            required=True,
            key="between_order",
            bind="query-params",
        )
    cause = labels[among or ALL_RECORDS]
    return basis or selection.Basis.RECORDED, cause, order or Order.SIZE


def _sides(found: Between, known: knowledge.Knowledge) -> None:
    """What A and B are, and how many records they share."""
    sides = (("A", found.a), ("B", found.b))
    said = {name: between_words.side(side, found.cause, known) for name, side in sides}
    st.markdown("  \n".join(f"**{name}** {words.escape(text)}" for name, text in said.items()))
    shared = words.escape(between_words.shared(found))
    if found.both:
        st.warning(shared)
    else:
        st.caption(shared)


def _ways(a: selection.Selection, b: selection.Selection) -> None:
    """On from here: the other way round, or back to one selection."""
    swap, end = ":material/swap_horiz:", ":material/close:"
    st.button("Swap A and B", key="swap", icon=swap, on_click=_compare, args=(b, a))
    st.button("End the comparison", key="end_comparison", icon=end, on_click=_end)


def _compare(a: selection.Selection, b: selection.Selection) -> None:
    """Keep A in the address and let the filters say B."""
    session.put("causes", b.basis)
    said = {name: addresses.of(b).get(name, []) for name in addresses.FILTERS}
    address.set_parts({**said, filters.COMPARE: [addresses.packed(a)]})


def _end() -> None:
    address.set_parts({filters.COMPARE: []})
