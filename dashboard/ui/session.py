"""What a page does not get as an argument: the reader's state, role and name, and the clock.

What all readers share is in `shared_data.py`.
"""

from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

import streamlit as st

from circulation import access
from circulation.reviewing import shared_names

ROLE_KEY = "role"
"""The key of the widget that picks the role; navigation.py draws it on every page."""

Value = TypeVar("Value")


def role() -> access.Role:
    """The reader's role, picked at the top of the page until there is a sign-in."""
    return access.Role(st.session_state.get(ROLE_KEY, access.Role.CLINICIAN))


def actor() -> str:
    """Who acts, for the ledger of reviews. Without sign-in only the role is known."""
    return shared_names.of(role())


def shared_name() -> bool:
    """Whether many people act by one name, because nobody has signed in."""
    return True


def turn_to(page: str) -> None:
    """Note which page is drawn now."""
    keep("turned", kept("page_drawn", page) != page)
    keep("page_drawn", page)


def turned() -> bool:
    """Whether the reader has just come from another page; True once, a part may be drawn again."""
    came = kept("turned", False)
    keep("turned", False)
    return came


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day where the server stands."""
    return local_now().date()


def local_day(moment: datetime) -> date:
    """The day of a moment where the server stands."""
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """A moment as the clocks where the server stands show it."""
    return moment.astimezone()


def dark() -> bool:
    """Whether the reader sees the dark theme."""
    return st.context.theme.type == "dark"


def local_now() -> datetime:
    """The present moment where the server stands, for words such as 'Saved 14:32'."""
    return datetime.now().astimezone()


def keep(name: str, value: object) -> None:
    """Keep a value for this reader until the page is closed."""
    st.session_state[name] = value


def kept(name: str, default: Value) -> Value:
    """What this reader's session keeps under a name; the default when nothing is kept."""
    return cast(Value, st.session_state.get(name, default))


def put(widget: str, value: object) -> None:
    """What a widget shows, set before it is drawn."""
    st.session_state[widget] = value
    st.session_state[f"{widget} as put"] = value


def touched(widget: str) -> bool:
    """Whether the reader changed what was put; a page left while it is drawn reports more."""
    return bool(st.session_state.get(widget) != st.session_state.get(f"{widget} as put"))


def entered(widget: str) -> Any:
    """What the reader has entered in a widget, None when it is not drawn yet."""
    return st.session_state.get(widget)
