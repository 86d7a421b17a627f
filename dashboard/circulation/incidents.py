"""Faults of the program itself: a reference code for the reader, the place in the log, no values.

The message of an exception may hold a patient's answers, so neither a page nor the log shows it.
"""

import hashlib
import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1]  # the dashboard's own code, named relative to it


@dataclass(frozen=True)
class Incident:
    """What may be said of an exception: its kind and where in the code it came from."""

    kind: str
    places: tuple[str, ...]

    @property
    def reference(self) -> str:
        """The same fault at the same place has the same code, on the page and in the log."""
        told = "\n".join((self.kind, *self.places))
        return "E-" + hashlib.sha256(told.encode()).hexdigest()[:8].upper()

    def __str__(self) -> str:
        return f"{self.reference} {self.kind} at {' < '.join(self.places)}"


def of(error: BaseException) -> Incident:
    """The incident of an exception; its places from the innermost outwards."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(HOUSE)]
    places = [f"{_name(frame.filename)}:{frame.lineno} {frame.name}" for frame in ours or frames]
    return Incident(type(error).__qualname__, tuple(reversed(places)))


def keep_values_out_of_logs() -> None:
    """From now on every record of every logger names an exception by its incident only.

    Requests are not logged at all: their addresses hold filters and the ids of sessions.
    """
    logging.setLogRecordFactory(QuietRecord)
    logging.getLogger("uvicorn.access").disabled = True


class QuietRecord(logging.LogRecord):
    """A log record that holds no exception, neither in its text nor beside it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # the factory's own signature
        if isinstance(self.args, Mapping):
            self.args = {name: _quiet(value) for name, value in self.args.items()}
        elif self.args:
            self.args = tuple(_quiet(value) for value in self.args)
        text = str(_quiet(self.msg))
        if self.exc_info and self.exc_info[1]:
            incident = str(of(self.exc_info[1]))
            text += f" [{incident.replace('%', '%%') if self.args else incident}]"
        self.msg = text
        self.exc_info = self.exc_text = None


def _quiet(value: object) -> object:
    return str(of(value)) if isinstance(value, BaseException) else value


def _name(path: str) -> str:
    file = Path(path)
    return str(file.relative_to(HOUSE)) if file.is_relative_to(HOUSE) else file.name
