"""Open the pages as a reader does, and tell what a reader of them can read."""

from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

import plain_html

NAVIGATION = Path(__file__).parents[1] / "dashboard" / "navigation.py"
DRAWING = 60.0
"""How many seconds a page may take to be drawn, at most."""


def new() -> AppTest:
    """A reader who has just come: nothing is drawn yet."""
    return AppTest.from_file(str(NAVIGATION), default_timeout=DRAWING)


def on(view: str) -> AppTest:
    """A reader on one of the pages."""
    return new().run().switch_page(f"views/{view}.py").run()


def on_record(record_id: str) -> AppTest:
    """A reader who has opened a record."""
    page = new()
    page.session_state["desk_record"] = record_id
    return page.run().switch_page("views/record.py").run()


def choose(page: AppTest, label: str, value: str) -> AppTest:
    """A choice in a list of values."""
    return next(one for one in page.selectbox if one.label == label).set_value(value).run()


def press(page: AppTest, label: str) -> AppTest:
    """A press on the first button that begins so."""
    return next(one for one in page.button if _read(one.label).startswith(label)).click().run()


def titles(page: AppTest) -> list[str]:
    """The titles of the page, as elements or in plain HTML; one, where all is well."""
    return [*(_read(one.value) for one in page.title), *plain_html.titles(page)]


def everything(page: AppTest) -> str:
    """Every text of the page."""
    return _read("\n".join(_texts(page)))


def said(page: AppTest) -> str:
    """Every text of a page that was drawn without a fault."""
    assert not page.exception
    return everything(page)


def _read(markdown: str) -> str:
    """Escaped Markdown as it reads."""
    return markdown.replace("\\", "")


def _texts(page: AppTest) -> Iterator[str]:
    yield from (one.value for one in (*page.title, *page.header, *page.subheader))
    yield from (one.value for one in (*page.markdown, *page.caption, *page.code))
    for alert in (*page.info, *page.warning, *page.error, *page.success):
        yield from (alert.proto.title, alert.value)
    yield plain_html.read(plain_html.sent(page))
    yield from (one.label for one in [*page.button, *page.expander])
    yield from (one.proto.popover.label for one in page.get("popover"))
