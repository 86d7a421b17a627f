"""The period of the filters: those offered, counted back from the latest record, or one's own.

The address holds the two days; which period is marked follows from them.
"""

from calendar import isleap
from datetime import date, timedelta
from enum import StrEnum

import streamlit as st

from circulation.choosing import selection
from circulation.records import intake
from ui import address, session


class Received(StrEnum):
    """Periods, counted back from the latest record, or of the reader's own."""

    ALL = "All"
    DAYS_30 = "30 days"
    DAYS_90 = "90 days"
    MONTHS_12 = "12 months"
    CUSTOM = "Custom"


_SHORT = {Received.DAYS_30: "30 d", Received.DAYS_90: "90 d"}
_ENDS = {"from": "received_from", "to": "received_to"}
_DAY = 140
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


def forget() -> None:
    """Mark a period of those offered again where the days are those of one."""
    session.keep("custom_period", False)


def choose(wanted: selection.Selection, table: intake.Intake) -> None:
    """A period of those offered first, or two days of the reader's own."""
    received = _received(wanted, table)
    session.put("received", received)
    st.segmented_control(
        "Received",
        list(Received),
        required=True,
        format_func=lambda one: _SHORT.get(one, one),
        key="received",
        disabled=table.last_day is None,
        on_change=_period_picked,
        args=(table.first_day, table.last_day),
        help="Counted back from the day of the latest record."
        if table.last_day
        else "No record has a received date.",
    )
    if received is not Received.CUSTOM:
        return
    for label, (part, widget), day in zip(
        ("From", "To, included"), _ENDS.items(), (wanted.first, wanted.last), strict=True
    ):
        session.put(widget, day)  # always: an empty box would begin with the present day
        st.date_input(
            label,
            min_value=_EARLIEST,
            max_value=_LATEST,
            format="DD-MM-YYYY",
            key=widget,
            width=_DAY,
            on_change=_day_picked,
            args=(part, widget),
        )


def _received(wanted: selection.Selection, table: intake.Intake) -> Received:
    """Which period of those offered a selection has."""
    if not wanted.dated:
        return Received.ALL
    fitting = [one for one in Received if _days(one, table.last_day) == (wanted.first, wanted.last)]
    own = session.kept("custom_period", False)
    return fitting[0] if fitting and not own else Received.CUSTOM


def _period_picked(first: date | None, last: date | None) -> None:
    """The days of the period picked; a reader's own begins with what was shown."""
    received = Received(session.entered("received"))
    now = address.selected()
    days = _days(received, last)
    if received is Received.CUSTOM:
        days = (now.first or first, now.last or last)
    go_to = {part: [day.isoformat()] if day else [] for part, day in zip(_ENDS, days, strict=True)}
    session.keep("custom_period", received is Received.CUSTOM)
    address.set_parts(go_to)


def _day_picked(part: str, widget: str) -> None:
    day = session.entered(widget)
    session.keep("custom_period", True)
    address.set_parts({part: [day.isoformat()] if day else []})


def _days(received: Received, last: date | None) -> tuple[date | None, date | None]:
    """First and last day; none for all, or when no record has a day."""
    match received:
        case Received.DAYS_30 if last:
            return last - timedelta(days=29), last
        case Received.DAYS_90 if last:
            return last - timedelta(days=89), last
        case Received.MONTHS_12 if last:
            return _year_before(last) + timedelta(days=1), last
    return None, None


def _year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29) and not isleap(day.year - 1)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
