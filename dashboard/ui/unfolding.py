"""What the reader has laid open on a record: the one test being changed, what is worked out.

Both belong to the record that they were opened on; the next record starts with everything closed.
"""

from ui import session


def editing(record_id: str) -> str:
    """The test whose answers are being entered, '' for none."""
    record, test = session.kept("line_open", ("", ""))
    return test if record == record_id else ""


def edit(record_id: str, test: str) -> None:
    """Open a test to enter its answers, or close it."""
    session.keep("line_open", (record_id, "" if editing(record_id) == test else test))


def worked_out(record_id: str) -> frozenset[str]:
    """What is worked out only because the reader asked for it, by name."""
    record, names = session.kept("worked_out", ("", frozenset[str]()))
    return names if record == record_id else frozenset()


def work_out(record_id: str, name: str) -> None:
    """Work something out and show it, or close it."""
    session.keep("worked_out", (record_id, worked_out(record_id) ^ {name}))
