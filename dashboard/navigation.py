"""Who sees which pages, and the one place that shows a refusal."""

from pathlib import Path

import streamlit as st

from circulation import access, errors
from ui import filters, frame, parts, session

VIEWS = Path(__file__).parent / "views"
ICONS = {
    access.Page.DISTRIBUTION: ":material/grid_on:",
    access.Page.SYMPTOMS: ":material/checklist:",
    access.Page.REVIEW: ":material/fact_check:",
    access.Page.SECOND_LOOK: ":material/visibility:",
    access.Page.TRENDS: ":material/monitoring:",
    access.Page.OUTCOMES: ":material/task_alt:",
    access.Page.DATA: ":material/database:",
    access.Page.REFERENCE: ":material/menu_book:",
}


def page_of(page: access.Page) -> st.Page:
    """The page as Streamlit registers it; its script is named like the page."""
    return st.Page(
        VIEWS / f"{page.value}.py",
        title=page.value.replace("_", " ").capitalize(),
        icon=ICONS[page],
        default=page is access.Page.DISTRIBUTION,
    )


def pages_of(role: access.Role) -> list[st.Page]:
    """What this role may open. One record has a page of its own, reached from the list."""
    pages = [page_of(page) for page in access.pages(role)]
    if access.Page.REVIEW in access.pages(role):
        pages.append(st.Page(VIEWS / "record.py", title="Record", visibility="hidden"))
    return pages


frame.head()
page = st.navigation(pages_of(session.role()), position="top")
frame.title(page.title)
session.turn_to(page.title)
if session.kept("turned", False):
    parts.leave()
body = st.container(key="body")
frame.foot()  # drawn first, so that it also stands below a page that stops early
with body:
    try:
        page.run()
    except errors.DashboardError as error:
        frame.show_error(error)
    finally:
        filters.write_down()
