"""What a reader of a page can read on it."""

from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

import plain_html


def titles(page: AppTest) -> list[str]:
    """The titles of the page, as elements or in plain HTML; one, where all is well."""
    return [*(one.value.replace("\\", "") for one in page.title), *plain_html.titles(page)]


def everything(page: AppTest) -> str:
    """Every text of the page."""
    return "\n".join(_texts(page)).replace("\\", "")


def _texts(page: AppTest) -> Iterator[str]:
    yield from (one.value for one in (*page.title, *page.header, *page.subheader))
    yield from (one.value for one in (*page.markdown, *page.caption))
    yield from (one.value for one in (*page.info, *page.warning, *page.error))
    yield plain_html.read(plain_html.sent(page))
    yield from (one.label for one in [*page.button, *page.expander])
    yield from (one.proto.popover.label for one in page.get("popover"))
