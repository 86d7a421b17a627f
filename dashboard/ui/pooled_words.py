"""When pooled figures are shown, in words that say nothing of what there is to be shown."""

from circulation.counting import pooling
from circulation.knowledge_base import knowledge

NOT_YET = (
    "No figure is shown yet. Figures appear here by themselves, cause by cause, once they can be "
    "shown without giving away anybody's own work."
)
SHARED = (
    "Clinicians sign in by name. As long as nobody signs in they share one name and cannot be told "
    "apart, so nothing of their work is counted here."
)
NO_MORE = (
    "This page does not say what is missing: that, too, would tell something about few people. "
    "Nothing here can be filtered, and all managers see the same."
)
OTHERS = "Causes that are not listed stay withheld until they, too, can be shown."


def rules(known: knowledge.Knowledge) -> tuple[str, ...]:
    """What must hold before a figure is shown, and that it stays as it is from then on."""
    asked, floor = known.pooling, known.disclosure.floor
    waited = {0: "", 1: ", and one more for outcomes to come in"}.get(
        asked.wait_quarters, f", and {asked.wait_quarters} more for outcomes to come in"
    )
    return (
        (
            f"At least {asked.clinicians} different clinicians stand behind each count, and the "
            f"smallest count shown is {pooling.least(asked, known.disclosure)}. A cause is shown "
            "with all its counts, confirmed and refuted, named and not, or not at all."
        ),
        (
            f"Nobody has more than {asked.largest_share}% of a count. Without any one of them at "
            f"least {floor} records are left, and without any two at least {asked.remainder}% of "
            "the most that one may have: who takes off their own numbers learns nobody else's."
        ),
        (
            f"Only whole quarters that are over are counted{waited}. What was published "
            "never changes: later results, corrections and reopened records do not alter it, and "
            "what was withheld is counted with the next quarter."
        ),
        (
            f"One record in {asked.never_one_in} is never counted, by its id alone, so "
            "that these figures and the Distribution page together give no small number away."
        ),
        (
            f"Counts are rounded to the nearest {known.disclosure.base}; shares, intervals and "
            "kappa are worked out from the rounded counts. There are no totals."
        ),
    )
