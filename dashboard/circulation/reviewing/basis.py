"""What a reviewer has in front of them: the ground that every change of a review is checked on."""

import dataclasses
import decimal
from collections.abc import Mapping

from circulation.way_in import note_names


@dataclasses.dataclass(frozen=True)
class Measure:
    """A part of a test's result: a number with its limits, or one of `words` where it has any."""

    column: str
    test: str
    low: decimal.Decimal = decimal.Decimal(0)
    high: decimal.Decimal = decimal.Decimal(0)
    decimals: int = 0
    words: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Basis:
    """What the reviewer had in front of them: the data, the rules, and what follows from both.

    `called_for` are the tests called for that the intake has not settled; `returned` those whose
    result came with it; `red_flags` those raised; `view` is all that was shown, as
    `kept_views.pack` makes it: a sign-off keeps it. `shared_name` says that without sign-in many
    people act by one name. `labels` are the words of the page for tests, red flags and numbers;
    `names` finds a person's name in a note. The rest is what the clinic has chosen.
    """

    data_set: str
    knowledge: str
    causes: tuple[str, ...]
    tests: tuple[str, ...]
    called_for: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    view: bytes = b""
    returned: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    hand_overs: tuple[str, ...] = ()
    first_view: bool = False
    second_reviewer: bool = False
    second_certainties: tuple[str, ...] = ()
    shared_name: bool = False
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    names: note_names.Scanner | None = None

    def test_of(self, column: str) -> str:
        """The test that a measured column belongs to; '' for none."""
        return next((one.test for one in self.measures if one.column == column), "")

    def label(self, code: str) -> str:
        """What the page calls a test, a red flag or a number."""
        return self.labels.get(code, code.replace("_", " "))
