"""The reviews that changed after a version of the store, of those that may hold a result."""

import dataclasses
from collections.abc import Mapping

import sqlalchemy as sa

from circulation.reviewing import review_schema, reviews
from circulation.reviewing.reviews import Field

RESULTS = (Field.MEASURED, Field.TEST_STATUS)
"""A result typed in a review has one of these."""


@dataclasses.dataclass(frozen=True, slots=True)
class News:
    """The version that these reviews, by record id, bring a reader to."""

    version: int
    reviews: Mapping[str, reviews.RecordReview]


def changed(connection: sa.Connection, after: int) -> News:
    """Every review changed after a version; after 0, only those that hold a result."""
    version = connection.execute(sa.select(review_schema.HEAD.c.sequence)).scalar_one()
    query = review_schema.states_after(after)
    if not after:
        standing = review_schema.STATES.c.standing
        query = query.where(sa.or_(*(standing.contains(f'"{field}"') for field in RESULTS)))
    rows = connection.execute(query)
    return News(version, {row.record_id: review_schema.review(row) for row in rows})
