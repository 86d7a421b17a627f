"""One record as it stands: the intake with the results typed in its review laid over it.

The one engine judges both in one run, the intake in row 0 and the record as it stands in row 1, so
that before and after cannot be told by different rules. Where nothing was typed the intake stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from circulation.judgement import assessment, typed_results, variants
from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits
from circulation.reviewing import reviews

BEFORE, AFTER = 0, 1


@dataclass(frozen=True, eq=False)
class Record:
    """A row to be judged. ``typed`` are the columns that the review has changed, by name.

    ``lowered`` are the red flags of the intake that the rules no longer raise with them; while
    ``held``, before sign-off, they stay raised. ``before`` is the row of the intake alone.
    """

    table: intake.Intake
    row: int
    typed: Mapping[str, typed_results.Typed] = field(default_factory=dict)
    lowered: frozenset[str] = frozenset()
    held: bool = True

    @property
    def before(self) -> int:
        """The row of the intake alone; the same one where nothing was typed."""
        return BEFORE if self.typed else self.row

    @property
    def kept_up(self) -> frozenset[str]:
        """The red flags that stay raised although the rules would lower them."""
        return self.lowered if self.held else frozenset()

    def urgency_by_intake(self, result: assessment.Assessment) -> Urgency:
        """The urgency that the intake alone calls for; ``result`` is the engine's on the window.

        What is held is held in every row of the window, and the intake raised it.
        """
        return result.urgency(self.before % ternary.WORD)

    def window(self) -> intake.Window:
        """The one word that the row is in."""
        word = self.row // ternary.WORD
        return self.table.window(word, word + 1)


def of(
    table: intake.Intake, row: int, known: knowledge.Knowledge, review: reviews.RecordReview
) -> Record:
    """A row of the intake as it stands with what its review says."""
    typed = typed_results.of(review, known)
    if not typed:
        return Record(table, row)
    ways: list[Mapping[str, str]] = [{}, typed_results.texts(typed)]
    small = variants.of(table, row, ways, columns.by_name(known))
    flags = assessment.assess_window(small.window(), known).flags
    lowered = (
        name
        for name in holding(known)
        if ternary.holds(flags[name].present, BEFORE)
        and not ternary.holds(flags[name].present, AFTER)
    )
    signed = review.state is reviews.State.REVIEWED
    return Record(small, AFTER, typed, frozenset(lowered), held=not signed)


def holding(known: knowledge.Knowledge) -> tuple[str, ...]:
    """The red flags that a result typed in a review does not lower before sign-off."""
    urgencies = known.reviewing.results.held_urgencies
    return tuple(flag.id for flag in known.flags if flag.urgency in urgencies)


def everywhere(flags: Iterable[str], words: int) -> dict[str, Bits]:
    """Some red flags held in every row of so many words."""
    return {flag: ternary.certain(words, value=True).present for flag in flags}
