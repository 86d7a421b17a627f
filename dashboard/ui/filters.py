"""The bar of filters above the figures: which records. Each one in use is a crumb below it.

The address holds the filters as codes, the widgets only show what it says: so a bookmark, the
browser's back button and a colleague's link mean the same records. A reader who comes back from
another page finds the filters as they were.
"""

from collections.abc import Callable

import streamlit as st

from circulation import errors
from circulation.choosing import addresses, selection
from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake
from circulation.reviewing import reviews
from ui import address, filter_period, frame, session, shared_data, words

COMPARE = "compare"
"""The part of the address that holds the other selection, while two are compared."""
_KEPT = (*addresses.FILTERS, COMPARE)
_WIDGETS = {
    "site": "sites",
    "age": "ages",
    "sex": "sexes",
    "cause": "with_causes",
    "finding": "with_findings",
    "urgency": "urgencies",
    "review": "review_states",
    "test": "tests",
}
_SITE, _AGE, _WIDE = 150, 130, 260
_LONGEST = 44  # characters of a crumb; the whole text is its help
_BASIS_WIDGET = "causes"


def bar(table: intake.Intake, known: knowledge.Knowledge) -> selection.Selection:
    """Which records a reader of single records wants to see."""
    _take_up()
    wanted = _asked()
    if wanted.basis is not selection.Basis.RECORDED:  # a link from the worklist
        session.put(_BASIS_WIDGET, wanted.basis)
        address.set_parts({addresses.BASIS: []})
    with st.container(horizontal=True, vertical_alignment="top", key="filters"):
        filter_period.choose(wanted, table)
        _any_of("Site", "site", sorted(table.categories["site"]), width=_SITE)
        _any_of("Age band", "age", [band.code for band in known.age_bands], width=_AGE)
        _more(table, known)
        st.button("Reset", key="reset", on_click=reset, disabled=wanted.everything)
    crumbs(wanted, known)
    session.keep("filters", {name: said(name) for name in _KEPT})
    return wanted


def _asked() -> selection.Selection:
    """What the address asks for; where it names what is not there, that and the way out."""
    try:
        compared()
        return address.selection_of({name: said(name) for name in address.names() | set(_KEPT)})
    except errors.DashboardError as fault:
        frame.show_error(fault)
        st.button("Take the filters off", key="start_again", type="primary", on_click=_start_again)
        st.stop()


def compared() -> selection.Selection | None:
    """The selection that the one shown is compared with; None while nothing is compared."""
    packed = said(COMPARE)
    if not packed:
        return None
    sites = shared_data.loaded().table.categories["site"]
    return addresses.unpacked(packed[0], shared_data.knowledge(), sites)


def _start_again() -> None:
    """Take out of the address all that chooses records, also what cannot be read."""
    parts = (*_KEPT, *addresses.FORMER, addresses.BASIS)
    address.set_parts({name: [] for name in parts})


def _take_up() -> None:
    """Take up the filters of the last visit where the address has none."""
    bare = not any(address.parts(name) for name in _KEPT)
    if session.turned() and bare:
        session.keep("filters_due", session.kept("filters", {}))


def asked_for() -> list[list[str]]:
    """Everything that the address says of which records."""
    return [said(name) for name in _KEPT]


def said(part: str) -> list[str]:
    """Every value of a part of the address, also of one that is still to be written."""
    due: dict[str, list[str]] = session.kept("filters_due", {})
    return due.get(part, []) if due else address.parts(part)


def write_down() -> None:
    """Write filters taken up into the address, when all else is drawn.

    At once the browser would give the new address to the page before, and its back button would
    lead to a list that nobody has seen.
    """
    due: dict[str, list[str]] = session.kept("filters_due", {})
    if due:
        session.keep("filters_due", {})
        address.set_parts(due)


def crumbs(wanted: selection.Selection, known: knowledge.Knowledge) -> None:
    """Every filter in use, each with a way to take off exactly this one."""
    used = selection.parts(wanted, known)
    if not used:
        return
    with st.container(horizontal=True, gap="xsmall", key="crumbs"):
        for part in used:
            text = part.words[:1].upper() + part.words[1:]
            short = (
                text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
            )
            st.button(
                words.escape(short),
                key=f"crumb {part.words}",
                icon=":material/close:",
                icon_position="right",
                help=words.escape(f"Take this filter off: {part.words}"),
                on_click=go,
                args=(part.without,),
            )


def crumbs_of_list(wanted: selection.Selection, known: knowledge.Knowledge) -> None:
    """The filters of a list of records, and the way back to the figures that it came from."""
    if not wanted.everything:
        crumbs(wanted, known)
        st.page_link(
            "views/distribution.py",
            label="Back to the distribution",
            icon=":material/arrow_back:",
        )


def go(wanted: selection.Selection) -> None:
    """Show other records; how the figures are shown stays."""
    said = addresses.of(wanted)
    filter_period.forget()
    address.set_parts({name: said.get(name, []) for name in addresses.FILTERS})


def reset() -> None:
    """Take every filter off: the page is as a fresh one."""
    go(selection.Selection())


def _more(table: intake.Intake, known: knowledge.Knowledge) -> None:
    """What is asked for less often, behind one button.

    Drawn when it is opened: six lists take longer to send and to draw than the figures to count.
    What is chosen in it stands below as crumbs; a name that counted it would be another window to
    Streamlit, and close this one at the first choice.
    """
    with st.popover("More filters", key="more", on_change="rerun") as window:
        if window.open:
            with st.container(horizontal=True, width=2 * _WIDE + 16):
                _seldom(table, known)


def _seldom(table: intake.Intake, known: knowledge.Knowledge) -> None:
    causes = {cause.id: cause.label for cause in known.causes}
    findings = {finding.id: finding.label for finding in known.findings}
    by_label = sorted(findings, key=lambda name: findings[name].casefold())
    urgencies = {one.code: known.urgency(one).label for one in reversed(Urgency)}
    tests = {test.id: test.label for test in known.tests}
    states = {state.value: selection.REVIEW_WORDS[state] for state in reviews.State}
    done = [name for name in tests if table.categories[f"test_{name}"][selection.DONE].any()]
    asked = said("test")
    _any_of("Sex", "sex", list(columns.SEXES), width=_WIDE)
    _any_of("Urgency", "urgency", list(urgencies), urgencies.__getitem__, width=_WIDE)
    _any_of("Cause, as counted below", "cause", list(causes), causes.__getitem__, width=_WIDE)
    _any_of("Finding present", "finding", by_label, findings.__getitem__, width=_WIDE)
    _any_of("Review", "review", list(states), states.__getitem__, width=_WIDE)
    offered = [*done, *(name for name in asked if name not in done)]
    _any_of("Test done", "test", offered, tests.__getitem__, width=_WIDE)


def _any_of(
    label: str,
    part: str,
    options: list[str],
    says: Callable[[str], str] = str,
    *,
    width: int,
) -> None:
    widget = _WIDGETS[part]
    _show(widget, said(part))
    st.multiselect(
        label,
        options,
        format_func=says,
        key=widget,
        placeholder="All",
        width=width,
        on_change=_picked,
        args=(part, widget),
    )


def _show(widget: str, value: object) -> None:
    if session.entered(widget) != value:
        session.put(widget, value)


def _picked(part: str, widget: str) -> None:
    address.set_parts({part: sorted(session.entered(widget))})
