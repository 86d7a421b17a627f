"""One line on a record's page when something newer is there, with the way to load it."""

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reviewing import event_words, reviews
from circulation.reviewing.reviews import Field
from ui import desk, record_hold, session, walking, words

STAYS = "Nothing changes here until you load it."
ANSWERS = {
    True: "The answers of this record are the same.",
    False: "The answers of this record are others now: read it again.",
    None: "This record is no longer among them.",
}


@st.fragment(run_every=walking.CHECK_EVERY)
def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Says what is newer than the page, and leaves the page as it is until asked."""
    found = record_hold.news(shown.record_id)
    if found is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="news"):
        st.markdown(f":material/update: {words.escape(told(found, known))}", width="content")
        if st.button("Load it", key="load_newer"):  # loaded before, this part would end early
            _load()
            st.rerun()


def told(found: record_hold.News, known: knowledge.Knowledge) -> str:
    """What is newer, in a line."""
    said = []
    if found.events:
        last = found.events[-1]
        at = words.clock(session.local(reviews.moment(last.at)))
        by = "" if session.shared_name() else f" by {last.actor}"
        said.append(f"Saved elsewhere at {at}{by}: {_what(found, known)}. {STAYS}")
    if found.other_data:
        since = words.clock(found.since)
        said.append(f"Other records were loaded since {since}. {ANSWERS[found.same_answers]}")
    return " ".join(said)


def _what(found: record_hold.News, known: knowledge.Knowledge) -> str:
    """What was changed, each thing once."""
    fields = [event for event in found.events if event.field != Field.AS_SEEN]
    return "; ".join(
        dict.fromkeys(event_words.named(event.field, event.about, known) for event in fields)
    )


def _load() -> None:
    record_hold.take_new()
    walking.take_new()
