"""Everything that was said about one record, newest first: who, when, from what to what, why."""

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reviewing import event_words, ledger, reviews
from ui import desk, shared_data, words


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The history, read only when it is opened."""
    with st.expander("History of this record", key="history", on_change="rerun") as part:
        if not part.open:
            return
        events = shared_data.reviews().history(shown.record_id)
        if not events:
            st.markdown("Nothing was recorded for this record yet.")
        for act in event_words.newest_first(events):
            st.markdown(_act(act, known))
        st.caption("Nothing here is ever changed or removed; a correction is a new line.")


def _act(act: tuple[ledger.Event, ...], known: knowledge.Knowledge) -> str:
    first = act[0]
    at = reviews.moment(first.ordered_at)
    late = " The clock had gone back." if first.clock_skew else ""
    head = f"**{words.day(at.date())} {words.clock(at)} UTC**, {words.escape(first.actor)}.{late}"
    return "\n".join([head, "", *(f"- {_line(event, known)}" for event in act)])


def _line(event: ledger.Event, known: knowledge.Knowledge) -> str:
    told = event_words.told(event, known)
    if not told.new:
        change = f"taken back, was {told.old}"
    else:
        change = f"from {told.old} to {told.new}" if told.old else told.new
    why = f"  \nReason: {event.reason}" if event.reason else ""
    return f"**{words.escape(told.what)}** {words.escape(change)}{words.escape(why)}"
