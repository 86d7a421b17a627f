"""The parts of the trends page: what to follow, the newest period, the table, notes, definition.

Every choice is bound to the address; a default leaves the address clean.
"""

import pandas as pd
import streamlit as st

from circulation import periods
from circulation.knowledge_base import knowledge
from circulation.records import intake
from circulation.trending import indicators, trend_release, trend_report, trend_words, trends
from circulation.trending.process_limits import Better, Side, Variation
from circulation.trending.trend_counts import Measure, Question
from ui import panels, session, words

EVERY = {"Weekly": periods.Step.WEEK, "Monthly": periods.Step.MONTH}
GOOD = {
    Better.NEUTRAL: "Neither more nor less is good or bad.",
    Better.HIGHER: "More is better.",
    Better.LOWER: "Less is better.",
}
ALL_SITES = "All sites"
ABOUT = "This page follows records by the day they were received."
TAGS = {
    Variation.COMMON: "gray",
    Variation.NEUTRAL: "violet",
    Variation.IMPROVEMENT: "blue",
    Variation.CONCERN: "orange",
}
ICONS = {
    Side.HIGH: ":material/arrow_upward:",
    Side.LOW: ":material/arrow_downward:",
    None: ":material/horizontal_rule:",
}


def bar(
    table: intake.Intake, known: knowledge.Knowledge, measured: indicators.Indicators
) -> Question:
    """What the reader wants to follow, of what the role may ask for."""
    weeks = periods.Step.WEEK in trend_release.steps(session.role())
    with st.container(horizontal=True, vertical_alignment="top", key="filters"):
        every = _every() if weeks else periods.Step.MONTH
        measure = _measure(measured)
        cause = _cause(known) if measure is Measure.CAUSE else ""
        site = _site(table) if weeks else ""
    return Question(measure, every, cause, site)


def _every() -> periods.Step:
    picked = st.segmented_control(
        "Period", list(EVERY), default="Weekly", required=True, key="every", bind="query-params"
    )
    return EVERY[picked or "Weekly"]


def _measure(measured: indicators.Indicators) -> Measure:
    labels = {measured.of(measure).label: measure for measure in Measure}
    picked = st.segmented_control(
        "Measure",
        list(labels),
        default=next(iter(labels)),
        required=True,
        key="measure",
        bind="query-params",
    )
    return labels[picked or next(iter(labels))]


def _cause(known: knowledge.Knowledge) -> str:
    labels = {cause.label: cause.id for cause in known.causes}
    picked = st.selectbox(
        "Suspected at intake", list(labels), key="suspected", bind="query-params", width=280
    )
    return labels[picked or next(iter(labels))]


def _site(table: intake.Intake) -> str:
    sites = [ALL_SITES, *sorted(table.categories["site"])]
    picked = st.selectbox("Site", sites, key="trend_site", bind="query-params", width=180)
    return "" if picked in (None, ALL_SITES) else str(picked)


def subtitle(report: trend_report.Report) -> None:
    """Measure, population, period and how the limits are made."""
    points = [point.observation.period for point in report.chart.points]
    span = f", {points[0].label} to {points[-1].label}" if points else ""
    every = "weekly" if report.chart.step is periods.Step.WEEK else "monthly"
    site = report.question.site or ALL_SITES.lower()
    st.caption(
        words.escape(
            f"{report.subject}, {every}, {site}{span}. Mean and natural process limits from the "
            f"moving range (NHS Making Data Count). {GOOD[report.indicator.better]}"
        )
    )


def newest(report: trend_report.Report) -> None:
    """The newest whole period with its number and what it shows, by icon and word."""
    if not report.chart.points:
        return
    point = report.chart.points[-1]
    number = trend_words.number(point.observation.value, report.chart.kind) or "no number"
    text = trend_words.variation(report.chart, point)
    tag = words.badge(TAGS[point.variation], text, ICONS[point.side])
    what = "week of " if report.chart.step is periods.Step.WEEK else ""
    label = words.escape(point.observation.period.label)
    st.markdown(f"Newest, {what}{label}: **{words.escape(number)}** {tag}")


def figures(report: trend_report.Report) -> None:
    """The numbers of the chart as a table, the newest first."""
    weekly = report.chart.step is periods.Step.WEEK
    st.dataframe(
        _frame(report),
        hide_index=True,
        height=430,
        column_config={
            "Period": st.column_config.DateColumn(
                "Week of" if weekly else "Month",
                format="DD-MMM-YYYY" if weekly else "MMM-YYYY",
            ),
            "Share": st.column_config.NumberColumn(format="%.1f%%"),
        },
        placeholder="no value",
        alt=f"The numbers of the chart: {report.subject}",
    )


def _frame(report: trend_report.Report) -> pd.DataFrame:
    """Columns Period, Records (a share: Same day, Records, Share) and What it shows."""
    rows = [(seen, "Incomplete, not judged") for seen in report.chart.incomplete]
    rows += [
        (point.observation, trend_words.variation(report.chart, point))
        for point in report.chart.points
    ]
    rows.sort(key=lambda row: row[0].period.first, reverse=True)
    return pd.DataFrame([_row(seen, text, report.chart.kind) for seen, text in rows])


def _row(seen: trends.Observation, text: str, kind: trends.Kind) -> dict[str, object]:
    numbers: dict[str, object] = {"Records": seen.count}
    if kind is trends.Kind.SHARE:
        share = None if seen.value is None else 100 * float(seen.value)
        numbers = {"Same day": seen.count, "Records": seen.of, "Share": share}
    return {"Period": seen.period.first, **numbers, "What it shows": text}


def notes(report: trend_report.Report) -> None:
    """How far the chart can be trusted, what is not in it, and every signal as a sentence."""
    st.caption(words.escape(" ".join(report.notes)))
    if report.signals:
        with st.expander(f"All special causes ({len(report.signals)})"):
            st.markdown("\n".join(f"- {words.escape(text)}" for text in report.signals))


def definition(report: trend_report.Report, known: knowledge.Knowledge) -> None:
    """How to read the chart; why the measure matters, what is counted, who answers for it."""
    indicator = report.indicator
    with st.expander("How to read this chart, and what is counted"):
        st.markdown(words.escape(trend_words.reading(known.trends)))
        st.markdown(words.escape(indicator.why_it_matters))
        st.markdown(f"**Counted:** {words.escape(indicator.numerator)}")
        if indicator.denominator:
            st.markdown(f"**As a share of:** {words.escape(indicator.denominator)}")
        due = "overdue since" if indicator.overdue(session.today()) else "next review"
        st.caption(
            words.escape(
                f"Owner: {indicator.owner}. Reviewed by: {indicator.reviewed_by}; {due} "
                f"{periods.day(indicator.review_due)}. Version {indicator.version}. "
                f"Sources: {', '.join(indicator.sources)}."
            )
        )


def nothing_yet(table: intake.Intake) -> None:
    """The page before there is a day to count."""
    dated = table.first_day is not None
    title = "No day is over yet" if dated else "No record has a received day"
    st.title(title, anchor=False)
    st.write(f"{ABOUT} It begins with the first received date that lies before today.")
    panels.way_to_add()
