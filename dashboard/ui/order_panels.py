"""Orders of tests that were caught, counted for managers."""

import pandas as pd
import streamlit as st

from circulation.counting import order_counts


def table(found: tuple[order_counts.Released, ...]) -> None:
    """How many records of the closed months each order was caught in."""
    if not found:
        return
    st.header("Order of tests", anchor=False)
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
