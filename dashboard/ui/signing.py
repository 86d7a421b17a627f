"""The basis of a sign-off: what was shown goes with it, and it is still what the records say."""

import dataclasses

from circulation import errors
from circulation.auditing import seen, seen_text
from circulation.judgement import explanation, standing
from circulation.reviewing import kept_views, reviews
from ui import shared_data


def with_view(
    basis: reviews.Basis, assessed: explanation.RecordAssessment, review: reviews.RecordReview
) -> reviews.Basis:
    """The basis with the page as it was shown.

    Raises DashboardError when records or knowledge were changed since the page was drawn, so that
    nobody signs what they have not seen.
    """
    table, known = shared_data.loaded().table, shared_data.knowledge()
    row = table.row_of(assessed.record_id)
    now = None if row is None else standing.of(table, row, known, review)
    if row is None or now is None or explanation.explain_record(now, known) != assessed:
        raise errors.DashboardError(
            "sign-off",
            "the records or the rules were changed since this page was shown; nothing is signed",
            "Look at the record again, then sign off.",
        )
    view = seen_text.text(seen.of(table, row, known, review))
    return dataclasses.replace(basis, view=kept_views.pack(view))
