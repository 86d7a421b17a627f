"""How the clinic reviews a record: its settings, and the words it chooses from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Disposition(StrEnum):
    """What happens after the review; the words are in data/knowledge/review.toml."""

    TREAT = "treat"
    REFER = "refer"
    MORE_TESTS = "more_tests"
    DISCHARGE_TO_OWN_DOCTOR = "discharge_to_own_doctor"


class Certainty(StrEnum):
    """How sure a clinician is of the first view."""

    UNSURE = "unsure"
    FAIRLY_SURE = "fairly_sure"
    SURE = "sure"


class ReasonFor(StrEnum):
    """What asks for a reason."""

    NOT_NEEDED = "not_needed"
    REOPEN = "reopen"
    CORRECT = "correct"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class ReviewSettings:
    """What the clinic has chosen; ``second_reviewer_*`` say which records need two to sign.

    One of ``second_look_one_in`` signed records of an agreed cause is read again, blind.
    """

    first_view: bool
    second_reviewer_urgencies: tuple[str, ...]
    second_reviewer_certainties: tuple[str, ...]
    second_look_one_in: int
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class ReviewWord:
    """Something to choose: a disposition, or whom a record is handed to."""

    id: str
    label: str
    sources: tuple[str, ...]
    meaning: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class ReviewReason:
    """A reason to choose; another can always be typed.

    ``for_red_flags`` says that it may answer all open tests at once, those of red flags as well.
    """

    id: str
    for_: ReasonFor
    label: str
    sources: tuple[str, ...]
    for_red_flags: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class ReviewResults:
    """How results typed in a review count; red flags of ``held_urgencies`` stay until sign-off."""

    held_urgencies: tuple[str, ...]
    says: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class ReviewBulk:
    """One answer for all open tests: a test that a red flag of ``kept_open_urgencies`` calls for is
    left out of "not needed"."""

    kept_open_urgencies: tuple[str, ...]
    says: str
    sources: tuple[str, ...]
    doubt: str = ""

    @property
    def label(self) -> str:
        """The words it is known by."""
        return "One answer for all open tests"


@dataclass(frozen=True)
class Settling:
    """What settles a cause for scoring views afterwards; the pages' own levels never read it."""

    id: str
    cause: str
    confirms: bool
    when: str
    says: str
    sources: tuple[str, ...]
    doubt: str = ""

    @property
    def label(self) -> str:
        """The words it is known by."""
        return self.says


@dataclass(frozen=True)
class Reviewing:
    """The whole of data/knowledge/review.toml."""

    settings: ReviewSettings
    results: ReviewResults
    bulk: ReviewBulk
    dispositions: tuple[ReviewWord, ...]
    hand_overs: tuple[ReviewWord, ...]
    listed_reasons: tuple[ReviewReason, ...]
    settling: tuple[Settling, ...]

    @property
    def every_word(self) -> tuple[ReviewWord | ReviewReason, ...]:
        """All that there is to choose, in the order of the file."""
        return (*self.dispositions, *self.hand_overs, *self.listed_reasons)

    @cached_property
    def disposition(self) -> Mapping[str, str]:
        """The words for each disposition."""
        return {word.id: word.label for word in self.dispositions}

    @cached_property
    def hand_over(self) -> Mapping[str, str]:
        """The words for each role a record can be handed to."""
        return {word.id: word.label for word in self.hand_overs}

    def reasons(self, wanted: ReasonFor) -> tuple[str, ...]:
        """The reasons to choose from for one kind of change."""
        return tuple(one.label for one in self.listed_reasons if one.for_ is wanted)

    def reasons_for_red_flags(self) -> tuple[str, ...]:
        """The reasons that answer all open tests at once, those of red flags as well."""
        listed = (one for one in self.listed_reasons if one.for_ is ReasonFor.NOT_NEEDED)
        return tuple(one.label for one in listed if one.for_red_flags)
