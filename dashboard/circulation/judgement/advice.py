"""The clinic's measures and treatments for one record, each behind the strictest gate that holds.

A gate that unasked answers leave open does not hold, but it is named with what is missing: "nothing
recorded" is never said without what was not recorded.
"""

from dataclasses import dataclass

from circulation.judgement import explanation, standing
from circulation.knowledge_base import gate_model, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level


@dataclass(frozen=True, slots=True)
class AdviceView:
    """One advice in one record. ``others`` hold as well; ``could_hold`` are stricter and open."""

    advice: model.Advice
    shows: gate_model.Shows
    strictest: explanation.Grounds | None
    others: tuple[explanation.Grounds, ...]
    could_hold: tuple[explanation.Grounds, ...]
    causes: tuple[str, ...]

    @property
    def says(self) -> str:
        """The words of the strictest gate; the advice's own stop-sign where no gate holds."""
        return self.strictest.says if self.strictest else self.advice.stop_sign

    @property
    def not_measured(self) -> tuple[explanation.Input, ...]:
        """What was not asked or measured and could hold the advice back, each once."""
        unknown = self.shows is gate_model.Shows.UNKNOWN
        shown = (self.strictest,) if self.strictest and unknown else ()
        missing = (item for grounds in (*shown, *self.could_hold) for item in grounds.missing)
        return tuple({item.name: item for item in missing}.values())


def for_record(record: standing.Record, known: knowledge.Knowledge) -> tuple[AdviceView, ...]:
    """Every advice: those for a cause that is at least possible first, the strictest first."""
    return of(explanation.one(record, known))


def of(one: explanation.OneRecord) -> tuple[AdviceView, ...]:
    """The same for a record that the engine has read already."""
    levels = {name: found.level(one.bit) for name, found in one.result.causes.items()}
    likely = {name for name, level in levels.items() if level >= Level.POSSIBLE}
    order = list(gate_model.Shows)
    views = [_view(entry, one, likely) for entry in one.known.advice]
    return tuple(sorted(views, key=lambda view: (not view.causes, order.index(view.shows))))


def _view(entry: model.Advice, one: explanation.OneRecord, likely: set[str]) -> AdviceView:
    gates = sorted(
        (gate for gate in one.known.gates if entry.id in gate.advice), key=lambda gate: gate.rank
    )
    read = [(gate, _grounds(gate, one)) for gate in gates]
    held = [(gate, grounds) for gate, grounds in read if grounds.state]
    first = held[0][0] if held else None
    return AdviceView(
        advice=entry,
        shows=first.shows if first else gate_model.Shows.HELPS,
        strictest=held[0][1] if held else None,
        others=tuple(grounds for _, grounds in held[1:]),
        could_hold=tuple(
            grounds
            for gate, grounds in read
            if grounds.state is None and (first is None or gate.rank < first.rank)
        ),
        causes=tuple(cause for cause in entry.causes if cause in likely),
    )


def _grounds(gate: gate_model.Gate, one: explanation.OneRecord) -> explanation.Grounds:
    return one.grounds(gate.id, gate.version, gate.says, gate.when, gate.sources, gate.doubt)
