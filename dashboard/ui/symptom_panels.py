"""What stands on the page of symptoms: the cause picked, title, silent cases, chart and table."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from circulation.counting import discrimination_words
from circulation.counting.discrimination_release import Release
from circulation.knowledge_base import knowledge
from ui import charts, session, symptom_charts, words


def heading() -> None:
    """The question that the page answers."""
    st.title(discrimination_words.HEADING, anchor=False)


def cause(options: Sequence[str], known: knowledge.Knowledge) -> str:
    """The confirmed cause that the findings are held against."""
    labels = {known.cause[name].label: name for name in options}
    picked = st.selectbox(
        "Confirmed cause",
        list(labels),
        key="confirmed_cause",
        bind="query-params",
        width=280,
        help="Causes with confirmed cases and with records recorded or measured as without it.",
    )
    return labels.get(picked or "", options[0])


def figures(release: Release, known: knowledge.Knowledge) -> None:
    """The title with its population, the silent cases, the chart and the same numbers."""
    st.header(words.escape(discrimination_words.title(release, known)), anchor=False)
    st.caption(words.escape(discrimination_words.population(release, known)))
    st.caption(words.escape(discrimination_words.confirmed(release, known)))
    silent = discrimination_words.silent(release, known)
    if silent:
        st.warning(f"**{words.escape(silent)}**", icon=":material/info:")
    if release.rows:
        _chart(release, known)
        undrawn = symptom_charts.not_drawn(release, known)
        st.caption(words.escape(f"{discrimination_words.CAUTION} {undrawn}".strip()))
        _table(release, known)
    else:
        st.info("No finding was asked in both groups often enough to be shown.")


def method(release: Release, known: knowledge.Knowledge) -> None:
    """What is in doubt, how it is counted, and what is left out."""
    lines = [
        discrimination_words.limits(release, known),
        *discrimination_words.follow_ups(release, known),
        discrimination_words.MEANING,
        *discrimination_words.left_out(release, known),
    ]
    st.subheader("How to read this", anchor=False)
    for line in filter(None, lines):
        st.markdown(words.escape(line))


def nothing_confirmed() -> None:
    """No cause has both sides among the records shown."""
    st.info(
        "No cause is confirmed in some of the records shown and confirmed absent in others, so "
        "there is nothing to compare. Results of confirming tests bring causes here."
    )


def _chart(release: Release, known: knowledge.Knowledge) -> None:
    st.plotly_chart(
        symptom_charts.ratios(release, known, dark=session.dark()),
        key="ratios",
        config=charts.CONFIG,
        alt=symptom_charts.alt(release, known),
        theme=None,
    )


def _table(release: Release, known: knowledge.Knowledge) -> None:
    """A table of text, which wraps on a narrow screen and is read out cell by cell."""
    rows = [
        {
            "Finding": known.finding[row.finding].label,
            "Asked": f"{row.n:,}",
            "Confirmed with it": f"{row.cases.present:,} of {row.cases.asked:,}",
            "Others with it": f"{row.others.present:,} of {row.others.asked:,}",
            "Sensitivity": discrimination_words.share(row.sensitivity, row.sensitivity_interval),
            "Specificity": discrimination_words.share(row.specificity, row.specificity_interval),
            "Ratio when present": discrimination_words.ratio(row.when_present),
            "Ratio when absent": discrimination_words.ratio(row.when_absent),
        }
        for row in discrimination_words.by_ratio(release)
    ]
    st.table(pd.DataFrame(rows).map(_cell).set_index("Finding"))


def _cell(text: str) -> str:
    """A cell's text; an interval stays on one line."""
    return words.escape(text).replace(" to ", "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}")
