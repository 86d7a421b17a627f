"""What the reader does in the parts of a page that are plain HTML, heard once and in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from ui import session

KEY = "acts"
_ACTS = st.components.v2.component(
    "acts",
    html='<span id="acts"></span>\n',
    js=(Path(__file__).parent / "acts.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Act:
    """What was asked for: of which record, what, about what, and with what value."""

    record_id: str
    do: str
    about: str
    value: str


def heard() -> int:
    """The number of the last act that was heard, 0 for none."""
    return session.kept("acts_heard", 0)


def draw(hear: Callable[[Act], None]) -> None:
    """The ear of a page with such parts; ``hear`` hears each act before the page is drawn."""
    _ACTS(
        key=KEY,
        data={"heard": heard()},
        on_act_change=partial(_new, hear),
    )


def _new(hear: Callable[[Act], None]) -> None:
    sent: list[Mapping[str, object]] = (session.entered(KEY) or {}).get("act") or []
    for one in sent:
        number = int(str(one.get("number", 0)))
        if number > heard():
            session.keep("acts_heard", number)
            hear(Act(*(str(one.get(name, "")) for name in ("record", "do", "about", "value"))))
