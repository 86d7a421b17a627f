"""How the intake changes over time, with process limits."""

import streamlit as st

from circulation import access
from circulation.counting import order_counts
from circulation.trending import trend_counts, trend_report
from ui import charts, order_panels, panels, session, shared_data, trend_charts, trend_panels

role = session.role()
access.check_page(role, access.Page.TRENDS)
loaded, known, measured = shared_data.loaded(), shared_data.knowledge(), shared_data.indicators()

if not loaded.table.count:
    panels.empty_store(trend_panels.ABOUT)
    st.stop()
question = trend_panels.bar(loaded.table, known, measured)
series = trend_counts.series(loaded.table, loaded.assessment, question, today=session.today())
if series is None:
    trend_panels.nothing_yet(loaded.table)
    st.stop()
report = trend_report.report(series, question, role, known, measured)

st.title(report.title, anchor=False)
trend_panels.subtitle(report)
if report.withheld:
    st.info(report.withheld)
elif not (report.chart.points or report.chart.incomplete):
    trend_panels.notes(report)
else:
    sides = st.grid(2, min_column_width=500, gap="medium")
    with sides.cell():
        trend_panels.newest(report)
        st.plotly_chart(
            trend_charts.xmr(report.chart, unit=report.unit, dark=session.dark()),
            key="trend",
            config=charts.CONFIG,
            alt=report.alternative,
            theme=None,
        )
    with sides.cell():
        trend_panels.figures(report)
    trend_panels.notes(report)
trend_panels.definition(report, known)
orders = order_counts.released(loaded.table, loaded.assessment, known, role, today=session.today())
order_panels.table(orders)
