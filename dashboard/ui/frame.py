"""What stands around every page: style, the reader's role, what is loaded, errors, the footer."""

from pathlib import Path

import streamlit as st

from circulation import access, errors, incidents
from circulation.counting import disclosure
from ui import chain_banner, markup, session, shared_data, steps_back, words

HERE = Path(__file__).parent
ICON = HERE / "icon.svg"  # a local file: Streamlit would fetch one of its own from another host

ROLES = {
    access.Role.CLINICIAN: "Clinician",
    access.Role.MANAGER: "Manager",
    access.Role.DATA_STEWARD: "Data steward",
}


def head() -> None:
    """Names what is loaded and lets the reader pick the role; draw it before the page."""
    st.set_page_config(page_icon=ICON, layout="wide")
    st.html(HERE / "style.css")
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        with st.container(gap=None):
            _loaded()
            steps_back.watch()
        st.segmented_control(
            "Your role",
            list(ROLES),
            default=access.Role.CLINICIAN,
            required=True,
            format_func=ROLES.__getitem__,
            key=session.ROLE_KEY,
            bind="query-params",
            label_visibility="collapsed",
            width="content",
        )
    with st.container():
        chain_banner.show()


def record_style() -> None:
    """The rules of a record's page; no other page has them."""
    st.html(HERE / "sheet.css")


def unseen_title(plain: str) -> None:
    """The title of a record's page for those who hear it; its banner shows it to all others."""
    st.html(f'<h1 class="unseen">{markup.text(plain)}</h1>')


def sheet(record_id: str, body: markup.Html) -> None:
    """A part of a record's page that is only read, as one element."""
    st.html(f'<div class="sheet" data-record="{markup.text(record_id)}">{body}</div>')


def read(*parts: markup.Html) -> None:
    """A part of a page that is only read, as one element."""
    st.html(markup.block("read", *parts))


def _loaded() -> None:
    """What the page is about, and on what terms it is shown."""
    table = shared_data.loaded().table
    if table.synthetic:
        told = words.escape(shared_data.knowledge().words["synthetic"])
        st.markdown(f":orange-background[:material/science: {told}]")
    loaded = disclosure.total(table.count, session.role(), shared_data.knowledge().disclosure)
    st.caption(
        f"{words.records(loaded.words)} loaded. "
        "No sign-in yet: pick your role. This server answers this computer only."
    )


def title(page: str) -> None:
    """The name of the browser's tab."""
    st.set_page_config(page_title=f"{page}, Leg circulation intake")


def foot() -> None:
    """The statement of what the dashboard is, and the version of its knowledge."""
    st.divider()
    known = shared_data.knowledge()
    st.caption(f"{known.words['banner']} Knowledge {known.version}.")


def show_error(error: Exception) -> None:
    """A refusal with its place, fault and way out; anything else only as a reference code."""
    if isinstance(error, errors.DashboardError):
        st.error(words.escape(str(error)), title="There is a problem")
        return
    reference = incidents.of(error).reference
    st.error(
        "Nothing that was saved is lost. Reload the page. "
        f"If it happens again, pass on the reference code {reference}.",
        title="This page could not be shown",
    )
