"""One row's answer in any kind of column, as the CSV has it."""

from circulation.knowledge_base import columns
from circulation.records import intake, ternary


def text(table: intake.Intake, column: str, row: int) -> str:
    """The answer of a row, '' where it was not asked or measured.

    Raises KeyError for a column that the table does not have.
    """
    if column == "record_id":
        return table.record_id(row)
    if column == "received_on":
        received = table.day_of(row)
        return received.isoformat() if received else ""
    if column in table.ternaries:
        answer = ternary.state(table.ternaries[column], row)
        return {True: columns.PRESENT, False: columns.ABSENT, None: ""}[answer]
    in_values = column in table.categories
    return table.value(column, row) if in_values else table.text(column, row)
