"""Words as the pages write them: dates, counts, escaped text, coloured tags."""

import re
from datetime import date, datetime

from circulation import periods
from circulation.knowledge_base.levels import Level, Urgency

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
URGENCY_TAGS = {
    Urgency.SAME_DAY: ("red", ":material/priority_high:"),
    Urgency.WITHIN_2_WEEKS: ("orange", ":material/schedule:"),
    Urgency.ROUTINE: ("gray", ""),
}
LEVEL_TAGS = {
    Level.URGENT: "red",
    Level.STRONG: "blue",
    Level.SUPPORTED: "blue",
    Level.POSSIBLE: "gray",
    Level.OPEN: "gray",
    Level.NOT_SUPPORTED: "gray",
}

HIDDEN = " hidden"
"""How the words for a small number end."""


def escape(text: str) -> str:
    """Text that Markdown shows as it stands: no link, image, colour or formula comes of it."""
    return MARKDOWN.sub(r"\\\1", text)


def day(moment: date | None) -> str:
    """A day as 01-Nov-2026; 'Not recorded' where there is none (NHS CUI D+Ta-0002, D+Ta-0022)."""
    return periods.day(moment) if moment else "Not recorded"


def clock(moment: datetime) -> str:
    """A time of day as 14:32."""
    return f"{moment:%H:%M}"


def number(count: int) -> str:
    """A count with a comma above 999."""
    return f"{count:,}"


def records(count: str) -> str:
    """A number of records as it may be told: '1 record', '1-7 records (number hidden)'."""
    if count.endswith(HIDDEN):
        return f"{count.removesuffix(HIDDEN)} records (number hidden)"
    return f"{count} {'record' if count == '1' else 'records'}"


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun: '1 record', '1,200 records'."""
    return f"{number(count)} {one if count == 1 else many}"


def waiting(days: int | None) -> str:
    """How long a record has waited."""
    if days is None:
        return "Wait not known"
    return "Today" if days <= 0 else counted(days, "day", "days")


def badge(colour: str, text: str, icon: str = "") -> str:
    """A coloured tag; its text always says what the colour says."""
    return f":{colour}-badge[{icon + ' ' if icon else ''}{escape(text)}]"


def urgency_tag(urgency: Urgency, label: str) -> str:
    """The tag of an urgency: word, icon and colour."""
    colour, icon = URGENCY_TAGS[urgency]
    return badge(colour, label, icon)


def level_tag(level: Level, label: str) -> str:
    """The tag of a level of suspicion."""
    return badge(LEVEL_TAGS[level], label)
