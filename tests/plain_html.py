"""What a reader of a page sees and does where the page is plain HTML."""

import json
import re
from html import unescape

from streamlit.testing.v1 import AppTest


def sent(page: AppTest) -> str:
    """The HTML of a page as it was sent, without its style."""
    bodies = [one.proto.body for one in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def read(html: str) -> str:
    """HTML as it reads: every element's text, a line for each."""
    lines = re.sub(r"</(p|li|h\d|summary|div|td|th|button|option)>|<br>", "\n", html)
    return unescape(re.sub(r"<[^>]+>", "", lines))


def titles(page: AppTest) -> list[str]:
    """The titles of the page."""
    return [unescape(title) for title in re.findall(r"<h1>(.*?)</h1>", sent(page))]


def alert(page: AppTest) -> str:
    """The box of the red flags, '' where none is raised."""
    return next(iter(re.findall(r'<div role="alert">.*', sent(page))), "")


def spots(page: AppTest) -> set[str]:
    """The places of the HTML that links lead to."""
    return set(re.findall(r'data-spot="([^"]+)"', sent(page)))


def act(
    page: AppTest,
    do: str,
    about: str,
    value: str = "",
    *,
    record_id: str = "",
    again: bool = False,
) -> AppTest:
    """What a click or a choice in the HTML sends, as the browser sends it; or sends again."""
    component = next(
        one.proto for one in page.get("bidi_component") if one.proto.component_name.endswith("acts")
    )
    record = record_id or re.findall(r'data-record="([^"]+)"', sent(page))[0]
    number = page.session_state.get("acts_heard", 0) + (not again)
    one = {"number": number, "record": record, "do": do, "about": about, "value": value}
    states = page._tree.get_widget_states()
    state = states.widgets.add()
    state.id = f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events"
    state.json_trigger_value = json.dumps([{"event": "act", "value": [one]}])
    return page._run(states)
