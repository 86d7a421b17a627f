"""The life of a review as a diagram, drawn from the table of transitions that is enforced."""

from circulation.reviewing import review_rules
from circulation.reviewing.reviews import State

REASON, SETTLED = "with a reason", "when nothing is owed"


def mermaid() -> str:
    """The states and transitions as a Mermaid state diagram, one line each."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.WAITING}"]
    for row in review_rules.TRANSITIONS:
        needs = [REASON] if row.needs_reason else [SETTLED] if row.needs_sign_off else []
        lines.append(f"    {row.before} --> {row.after}: {' '.join([row.name, *needs])}")
    return "\n".join(lines) + "\n"
