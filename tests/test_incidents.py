"""A fault may be named by its kind and place only: its message could hold a patient's answers."""

import logging
import re
import sys

import pytest

from circulation import incidents

ANSWER = "patient 943: cold feet at 100%"


def fault() -> ValueError:
    try:
        raise ValueError(ANSWER)
    except ValueError as error:
        return error


def logged(message: object, *args: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = incidents.QuietRecord("a", logging.ERROR, "file.py", 1, message, args, exc_info)
    return logging.Formatter().format(record)


def test_an_incident_names_the_kind_and_the_places_innermost_first() -> None:
    incident = incidents.of(fault())
    assert incident.kind == "ValueError"
    assert [re.sub(r"\d+", "N", place) for place in incident.places] == [
        "test_incidents.py:N fault"
    ]
    assert str(incident).startswith(incident.reference)


def test_the_same_fault_has_the_same_code_and_another_place_another() -> None:
    def elsewhere() -> ValueError:
        try:
            raise ValueError("something else")
        except ValueError as error:
            return error

    assert incidents.of(fault()).reference == incidents.of(fault()).reference
    assert incidents.of(fault()).reference != incidents.of(elsewhere()).reference
    assert re.fullmatch(r"E-[0-9A-F]{8}", incidents.of(fault()).reference)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("saving failed", ()),
        ("saving %s failed: 50%%", ("a review",)),
        ("saving failed: %s", (fault(),)),
        ("saving failed: %(why)s", ({"why": fault()},)),
        (fault(), ()),
    ],
    ids=["plain", "arguments", "exception as argument", "by name", "exception as message"],
)
@pytest.mark.parametrize("error", [None, fault()], ids=["alone", "with exc_info"])
def test_no_way_of_logging_shows_the_message_of_an_exception(
    message: object, args: tuple[object, ...], error: BaseException | None
) -> None:
    line = logged(message, *args, error=error)
    assert "943" not in line
    assert "Traceback" not in line
    if error or "ValueError" in repr((message, args)):
        assert incidents.of(fault()).reference in line


def test_ordinary_messages_are_untouched() -> None:
    assert logged("%d records, %s", 7, "100%") == "7 records, 100%"
    assert logged("100% done") == "100% done"


def test_no_exception_at_hand_is_no_fault() -> None:
    record = incidents.QuietRecord("a", logging.ERROR, "f", 1, "message", (), sys.exc_info())
    assert logging.Formatter().format(record) == "message"
