"""Orders of tests that were caught: beside the test on a record, and counted for managers."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from circulation.judgement import order_guard
from circulation.knowledge_base import knowledge
from ui import reasons, words


def beside(caught: Iterable[order_guard.Caught], known: knowledge.Knowledge) -> None:
    """One small line for each, with what to do instead and why."""
    for found in caught:
        guard = found.guard
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            text = words.escape(f"{guard.label}. Instead: {guard.instead}.")
            st.caption(f":material/low_priority: **Order of tests:** {text}", width="stretch")
            reasons.why("Why?", [found.grounds], known, key=f"why_order_{guard.id}")


def table(found: tuple[order_guard.Released, ...]) -> None:
    """How many records of the closed months each order was caught in."""
    if not found:
        return
    st.subheader("Order of tests", anchor=False)
    st.caption(
        "Records of all closed months in which an order of tests was caught that guidance warns "
        "of, as recorded with the intake. One record can be caught more than once. "
        "Not judged: answers are missing."
    )
    rows = [
        {
            "What was caught": item.guard.label,
            "Records": item.caught.words,
            "Not judged": item.undecided.words,
            "Instead": item.guard.instead,
        }
        for item in found
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Orders of tests caught, in records")
