"""What must wait for the clinician's own view: the tool's order, and what would give it away."""

from circulation.judgement import explanation
from circulation.knowledge_base import expressions, knowledge
from circulation.reviewing import reviews, sign_off


def waits(review: reviews.RecordReview, known: knowledge.Knowledge) -> bool:
    """Whether the tool's order is held back until the clinician's view of this record is kept.

    Red flags, findings, measurements, scores and the tests called for are never held back.
    """
    signed = review.state is reviews.State.REVIEWED
    asked = known.reviewing.settings.first_view
    return not signed and sign_off.view_comes_first(review, asked=asked)


def gives_away(ground: explanation.Grounds) -> bool:
    """Whether a reason speaks of a level of suspicion."""
    atoms = expressions.atoms(expressions.parse(ground.condition))
    return any(isinstance(atom, expressions.LevelReached) for atom in atoms)
