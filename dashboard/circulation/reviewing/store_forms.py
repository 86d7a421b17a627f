"""The forms that a review store has had, and the steps that bring an older one to the present form.

How a step is carried out is each database's own: in one transaction, after a copy was made.
"""

import dataclasses
import logging

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import review_schema

PLACE = "review store"
LOG = logging.getLogger(__name__)
FORM = 3


@dataclasses.dataclass(frozen=True)
class Step:
    """What a form has that the one before it had not."""

    to: int
    tables: tuple[sa.Table, ...]


STEPS = (
    Step(2, (review_schema.VIEWS,)),  # the view that each sign-off was made on
    Step(3, (review_schema.FILTERS,)),  # saved filters of the worklist
)


def steps_from(form: int) -> tuple[Step, ...]:
    """The steps from a form to the present one, in their order."""
    return tuple(step for step in STEPS if step.to > form)


def tables_of(form: int) -> tuple[sa.Table, ...]:
    """The tables that a store of this form has."""
    later = {table.name for step in steps_from(form) for table in step.tables}
    return tuple(t for t in review_schema.METADATA.sorted_tables if t.name not in later)


def check_known(form: int) -> None:
    """Raises DashboardError for a form that this program does not know."""
    if not 1 <= form <= FORM:
        raise errors.DashboardError(
            PLACE,
            f"has form {form}, and this program knows forms 1 to {FORM}",
            "Open it with the program that wrote it; it was not changed.",
        )


def tell(form: int, kept: str) -> None:
    """Say that a store was brought to the present form, and where it lies as it was."""
    LOG.warning("%s: brought from form %d to %d; as it was: %s", PLACE, form, FORM, kept)


def check_layout(found: str, wanted: str, form: int) -> None:
    """Raises DashboardError for tables that are not those of their form: nothing is built on them.

    Raised inside the transaction of a migration, which undoes all of it.
    """
    if found != wanted:
        raise errors.DashboardError(
            PLACE,
            f"says that it has form {form}, but its tables are not laid out so; it was not changed",
            "Verify it with the program that wrote it, or restore a backup.",
        )
