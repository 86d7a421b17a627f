"""Everything the product knows, loaded once from data/knowledge and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from circulation.knowledge_base import (
    gate_model,
    name_model,
    outcome_model,
    review_model,
    score_model,
    settings_model,
)
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base import levels as scales


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The whole of data/knowledge; tuples keep the order of the files."""

    version: str
    files: tuple[tuple[str, model.FileNote], ...]
    levels: tuple[model.Label, ...]
    urgencies: tuple[model.Label, ...]
    wording: tuple[tuple[str, str], ...]
    age_bands: tuple[model.AgeBand, ...]
    disclosure: settings_model.Disclosure
    trends: settings_model.Trends
    sources: tuple[model.Source, ...]
    findings: tuple[model.Finding, ...]
    choices: tuple[model.Choice, ...]
    measurements: tuple[model.Measurement, ...]
    tests: tuple[model.DiagnosticTest, ...]
    causes: tuple[model.Cause, ...]
    flags: tuple[model.RedFlag, ...]
    advice: tuple[model.Advice, ...]
    escalations: tuple[model.Escalation, ...]
    differences: tuple[model.Difference, ...]
    scores: tuple[score_model.Score, ...]
    gates: tuple[gate_model.Gate, ...]
    guards: tuple[gate_model.Guard, ...]
    outcomes: tuple[outcome_model.Outcome, ...]
    reviewing: review_model.Reviewing
    pooling: settings_model.Pooling
    names: name_model.NameWords

    @cached_property
    def finding(self) -> Mapping[str, model.Finding]:
        """Findings by id."""
        return {entry.id: entry for entry in self.findings}

    @cached_property
    def choice(self) -> Mapping[str, model.Choice]:
        """Choices by id."""
        return {entry.id: entry for entry in self.choices}

    @cached_property
    def measurement(self) -> Mapping[str, model.Measurement]:
        """Measurements by id."""
        return {entry.id: entry for entry in self.measurements}

    @cached_property
    def test(self) -> Mapping[str, model.DiagnosticTest]:
        """Tests by id."""
        return {entry.id: entry for entry in self.tests}

    @cached_property
    def cause(self) -> Mapping[str, model.Cause]:
        """Causes by id, in their fixed order."""
        return {entry.id: entry for entry in self.causes}

    @cached_property
    def flag(self) -> Mapping[str, model.RedFlag]:
        """Red flags by id."""
        return {entry.id: entry for entry in self.flags}

    @cached_property
    def score(self) -> Mapping[str, score_model.Score]:
        """Scores by id."""
        return {entry.id: entry for entry in self.scores}

    @cached_property
    def source(self) -> Mapping[str, model.Source]:
        """Sources by id."""
        return {entry.id: entry for entry in self.sources}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Wording by its key in knowledge.toml."""
        return dict(self.wording)

    def level(self, level: scales.Level) -> model.Label:
        """The words for a level."""
        return self.levels[level]

    def urgency(self, urgency: scales.Urgency) -> model.Label:
        """The words for an urgency."""
        return self.urgencies[urgency]
