"""The numbers of data/intake/generator.toml as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from circulation.demonstration_data import synthetic_model as model
from circulation.demonstration_data import synthetic_test_model
from circulation.knowledge_base import knowledge_model

CONDITIONS = ("woman", "older")
"""States besides the profiles and the stories."""


@dataclass(frozen=True)
class Section:
    """Entries that share one basis."""

    basis: str
    note: str = ""
    findings: Mapping[str, model.FindingNumbers] = field(default_factory=dict)
    choices: Mapping[str, model.ChoiceNumbers] = field(default_factory=dict)
    tests: Mapping[str, synthetic_test_model.DiagnosticNumbers] = field(default_factory=dict)
    bells: Mapping[str, synthetic_test_model.BellNumbers] = field(default_factory=dict)
    spreads: Mapping[str, synthetic_test_model.SpreadNumbers] = field(default_factory=dict)
    chances: Mapping[str, model.Likelihood] = field(default_factory=dict)
    picks: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    constants: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Numbers:
    """The whole of data/intake/generator.toml."""

    file: knowledge_model.FileNote
    demo: model.Demo
    period: model.Period
    people: model.People
    form: model.Form
    site: tuple[model.Site, ...]
    season: tuple[model.Season, ...]
    profile: tuple[model.Profile, ...]
    together: tuple[model.Together, ...]
    story: tuple[model.Story, ...]
    course: tuple[model.Course, ...]
    kind: tuple[model.KindDefault, ...]
    suspicion: tuple[model.Suspicion, ...]
    progress: tuple[synthetic_test_model.Progress, ...]
    stage: tuple[synthetic_test_model.Stage, ...]
    recorded: tuple[synthetic_test_model.Recorded, ...]
    d_dimer: synthetic_test_model.DDimer
    section: tuple[Section, ...]

    @cached_property
    def findings(self) -> Mapping[str, model.FindingNumbers]:
        """The findings that say something of their own."""
        return {name: entry for part in self.section for name, entry in part.findings.items()}

    @cached_property
    def choices(self) -> Mapping[str, model.ChoiceNumbers]:
        """The questions with a closed list."""
        return {name: entry for part in self.section for name, entry in part.choices.items()}

    @cached_property
    def tests(self) -> Mapping[str, synthetic_test_model.DiagnosticNumbers]:
        """The specific tests."""
        return {name: entry for part in self.section for name, entry in part.tests.items()}

    @cached_property
    def bells(self) -> Mapping[str, synthetic_test_model.BellNumbers]:
        """The numbers with a bell-shaped distribution."""
        return {name: entry for part in self.section for name, entry in part.bells.items()}

    @cached_property
    def spreads(self) -> Mapping[str, synthetic_test_model.SpreadNumbers]:
        """The skewed numbers."""
        return {name: entry for part in self.section for name, entry in part.spreads.items()}

    @cached_property
    def chances(self) -> Mapping[str, model.Likelihood]:
        """Single likelihoods."""
        return {name: entry for part in self.section for name, entry in part.chances.items()}

    @cached_property
    def picks(self) -> Mapping[str, tuple[float, ...]]:
        """Values that are equally likely."""
        return {name: entry for part in self.section for name, entry in part.picks.items()}

    @cached_property
    def constants(self) -> Mapping[str, float]:
        """Numbers of the sums that tie one measurement to another."""
        return {name: entry for part in self.section for name, entry in part.constants.items()}

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every state a record can be in: profiles, conditions, stories."""
        profiles, stories = (entry.id for entry in self.profile), (entry.id for entry in self.story)
        return (*profiles, *CONDITIONS, *stories)

    def default(self, kind: str) -> model.KindDefault:
        """What holds for the findings of a kind."""
        return next(entry for entry in self.kind if entry.kind == kind)
