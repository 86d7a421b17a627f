"""What a reader takes along of a page: the table as CSV or Excel, a chart as a picture, a print."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from circulation.counting import takeaways, taken_tables
from circulation.counting.takeaways import Takeaway
from ui import markup, pictures, session, shared_data

PRINT = (
    "To print this page, or to save it as PDF, use your browser's print command (Ctrl+P). "
    "Menus and filters stay off the paper."
)
CSV, EXCEL = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"png": "PNG", "svg": "SVG"}
_ON_PAPER = {
    "Among",
    "Causes",
    "Records up to",
    "As of",
    "Kind of records",
    "Data set",
    "Knowledge",
}
_NOT_SAID = {"Title", "Use"}
Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that can be taken along, drawn for white paper."""

    label: str
    title: str
    draw: Callable[[], go.Figure]


@dataclass(frozen=True, slots=True)
class Taken:
    """What can be taken along: ``name`` begins the files' names, tables go by their labels.

    The tables are made when they are asked for: most who look at a page take nothing along.
    """

    name: str
    notes: Notes
    tables: Callable[[], Mapping[str, Takeaway]]
    pictures: Sequence[Picture]


def source() -> taken_tables.DataSet:
    """What the figures of a page are counted from, at this moment."""
    table, known = shared_data.loaded().table, shared_data.knowledge()
    return taken_tables.DataSet(
        version=table.version,
        latest=table.last_day,
        knowledge=known.version,
        synthetic=table.synthetic,
        taken_at=session.local_now(),
    )


def offer(taken: Taken) -> None:
    """One button that holds every way to take the page along."""
    if st.button("Take along", icon=":material/download:", key="take_along"):
        _ways(taken)


def said(taken: Taken) -> tuple[str, ...]:
    """The notes of a table as one paragraph, for the head of a picture."""
    return (_joined(pair for pair in taken.notes if pair[0] not in _NOT_SAID),)


def on_paper(taken: Taken) -> markup.Html:
    """What a print says besides the words of the page; not on the screen (see style.css)."""
    notes = _joined(pair for pair in taken.notes if pair[0] in _ON_PAPER)
    return markup.block("small on-paper", markup.text(notes), tag="p")


def _joined(notes: Iterable[tuple[str, str]]) -> str:
    return ". ".join(f"{what}: {text.rstrip('.')}" for what, text in notes) + "."


@st.dialog("Take along", width="large")
def _ways(taken: Taken) -> None:
    tables = taken.tables()
    day = next(iter(tables.values())).taken_at.date().isoformat()
    with st.container(horizontal=True):
        for label, table in tables.items():
            file = f"{_name(taken.name, label, tables)}-{day}"
            _file(f"{label} as CSV", partial(takeaways.as_csv, table), f"{file}.csv", CSV)
            _file(f"{label} as Excel", partial(takeaways.as_xlsx, table), f"{file}.xlsx", EXCEL)
    st.caption(PRINT)
    if taken.pictures:
        _picture(taken.pictures, said(taken), taken.name, day)


def _name(begun: str, label: str, of: Sized) -> str:
    """How a file's name begins: where a page has several of a kind, the label tells them apart."""
    return begun if len(of) == 1 else f"{begun}-{label.lower().replace(' ', '-')}"


def _file(label: str, made: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(label, made, name, kind, key=label, on_click="ignore")


def _picture(charts: Sequence[Picture], lines: Sequence[str], begun: str, day: str) -> None:
    labels = {chart.label: chart for chart in charts}
    with st.container(horizontal=True):
        shown = st.segmented_control(
            "Chart", list(labels), default=charts[0].label, required=True, key="picture_of"
        )
        kind = st.segmented_control(
            "Picture as",
            list(KINDS),
            default="png",
            required=True,
            format_func=KINDS.__getitem__,
            key="picture_kind",
        )
    chart = labels[shown or charts[0].label]
    name = f"{_name(begun, chart.label, charts)}-chart-{day}"
    st.caption("The camera at the upper right of the chart saves it. Nothing leaves this computer.")
    figure = pictures.framed(chart.draw(), chart.title, lines)
    st.plotly_chart(
        figure,
        key="picture",
        config=pictures.config(kind or "png", name, figure),
        alt=chart.title,
        theme=None,
    )
