"""What holds for every record: alarms only rise, bands only narrow, one row is as good as all."""

import random
from collections.abc import Iterator, Mapping

import hypothesis
import pytest
from hypothesis import strategies as st

import facts
import makers
import prove_rows
import random_records
from circulation.judgement import assessment, variants
from circulation.judgement.rules import Reader
from circulation.knowledge_base import columns, expressions
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level
from circulation.records import intake, ternary

KNOWN = makers.knowledge()
LAYOUT = columns.by_name(KNOWN)
QUESTIONS = [finding.id for finding in KNOWN.findings if finding.kind == "red_flag_question"]
RAISED_BY_A_NO = {"RF-DVT-U"}
"""Flags that need a no as well: this one that few items of the Wells score can hold."""
MASKS = [(cause.id, mask) for cause in KNOWN.causes for mask in cause.masking]
FAST = hypothesis.settings(max_examples=60, deadline=None, derandomize=True)
SEEDS = st.integers(0, 10_000)
BLANKS = st.sampled_from([0.99, 0.97, 0.93, 0.5])


def record(seed: int, blank: float) -> Mapping[str, str]:
    return random_records.records(KNOWN, 1, seed=seed, blank=blank)[0]


def judged(ways: list[dict[str, str]], base: Mapping[str, str]) -> assessment.Assessment:
    """The engine's answer for the record itself (row 0) and for each way to change it (1, 2...)."""
    return assessment.assess(many(ways, base), KNOWN)


def many(ways: list[dict[str, str]], base: Mapping[str, str]) -> intake.Intake:
    table = makers.table(KNOWN, [base])
    return variants.of(table, makers.row(table), [{}, *ways], LAYOUT)


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_a_red_flag_question_answered_yes_never_lowers_the_urgency(seed: int, blank: float) -> None:
    base = record(seed, blank)
    ways = [{name: "present"} for name in QUESTIONS if not base.get(name)]
    found = judged(ways, base)
    for place, way in enumerate(ways, start=1):
        assert found.urgency(place) >= found.urgency(0), way


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_what_raises_a_flag_never_lowers_the_urgency(seed: int, blank: float) -> None:
    base = record(seed, blank)
    tried = [(f.id, _unsaid(way, base)) for f in KNOWN.flags for way in witnesses(f.when)]
    found = judged([way for _, way in tried], base)
    for place, (flag, way) in enumerate(tried, start=1):
        if ternary.holds(found.flags[flag].present, place):
            assert found.urgency(place) >= found.urgency(0), (flag, way)


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_a_masking_fact_never_lowers_the_urgency_nor_lets_the_masked_no_count(
    seed: int, blank: float
) -> None:
    base = record(seed, blank)
    tried = [
        (cause, mask, _unsaid(way, base))
        for cause, mask in MASKS
        for way in witnesses(mask.when)
        if not set(_stems(way)) & set(mask.masks)
    ]
    table = many([way for _, _, way in tried], base)
    found = assessment.assess(table, KNOWN)
    reader = Reader(table.window(), KNOWN)
    for place, (cause, mask, way) in enumerate(tried, start=1):
        assert found.urgency(place) >= found.urgency(0), (mask.id, way)
        for reason in KNOWN.cause[cause].against:
            if _rests_on(reason.when, mask.masks):
                answer = reader.read(reason.when).present
                newly = ternary.holds(answer, place) and not ternary.holds(answer, 0)
                assert not newly, (mask.id, way, reason.says)


@pytest.mark.parametrize("flag", KNOWN.flags, ids=lambda flag: flag.id)
def test_the_answers_tried_do_raise_every_flag(flag: model.RedFlag) -> None:
    ways = witnesses(flag.when)
    found = judged(ways, {})
    raised = [ternary.holds(found.flags[flag.id].present, n) for n in range(1, len(ways) + 1)]
    assert any(raised) or flag.id in RAISED_BY_A_NO


@pytest.mark.parametrize("mask", [mask for _, mask in MASKS], ids=lambda mask: mask.id)
def test_the_answers_tried_do_hold_every_masking_fact(mask: model.Masking) -> None:
    ways = witnesses(mask.when)
    table = many(ways, {})
    answer = Reader(table.window(), KNOWN).read(mask.when).present
    assert all(ternary.holds(answer, place) for place in range(1, len(ways) + 1))


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_the_band_holds_the_point(seed: int, blank: float) -> None:
    found = judged([], record(seed, blank))
    for suspicion in found.causes.values():
        assert suspicion.lowest(0) <= suspicion.level(0)
        assert suspicion.level(0) <= max(suspicion.highest(0), Level.OPEN)


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_the_band_only_narrows_with_one_more_answer(seed: int, blank: float) -> None:
    base = record(seed, blank)
    chance = random.Random(seed)
    fresh = record(seed + 20_000, 0.0)
    open_ones = [name for name in LAYOUT if not base.get(name) and fresh.get(name)]
    ways = [
        {name: fresh[name]}
        for name in chance.sample(open_ones, min(60, len(open_ones)))
        if LAYOUT[name].kind not in (columns.Kind.ID, columns.Kind.SITE, columns.Kind.DAY)
        and fresh[name] != columns.NOT_ASKED
    ]
    found = judged(ways, base)
    for cause, suspicion in found.causes.items():
        for place, way in enumerate(ways, start=1):
            assert suspicion.lowest(place) >= suspicion.lowest(0), (cause, way)
            assert suspicion.highest(place) <= suspicion.highest(0), (cause, way)


@FAST
@hypothesis.given(SEEDS)
def test_the_band_has_no_width_once_everything_is_answered(seed: int) -> None:
    full = {
        name: "absent" if text == columns.NOT_ASKED else text
        for name, text in record(seed, 0.0).items()
    }
    found = judged([], full)
    for cause, suspicion in found.causes.items():
        assert suspicion.lowest(0) == suspicion.highest(0), cause


@pytest.mark.parametrize("text", ["", "all no"])
def test_a_band_of_nothing_asked_is_wide_and_of_everything_denied_is_not(text: str) -> None:
    found = judged([], facts.record(text))
    widths = {s.highest(0) - s.lowest(0) for s in found.causes.values()}
    assert (widths == {0}) == (text == "all no")


def test_one_record_alone_is_judged_as_its_row_among_all() -> None:
    assert list(prove_rows.differences(KNOWN, 300, seed=5)) == []


def witnesses(when: str) -> list[dict[str, str]]:
    """Answers that make a condition hold by each of its parts; not every one of them does."""
    return [dict(way) for way in _ways(expressions.parse(when))][:12]


def _ways(condition: expressions.Condition) -> Iterator[dict[str, str]]:
    match condition:
        case expressions.Asked(name):
            yield {name: "present"}
        case expressions.OneOf(name, values):
            yield {name: values[0]}
        case expressions.Compare(name, sign, limit) if name != "age":
            column = columns.measured(name)[0]
            step = 1 if ">" in sign else -1
            yield {column: str(limit + step)}
        case expressions.Unless(part, _):
            yield from _ways(part)
        case expressions.AtLeast(needed, parts):
            yield from _together(needed, parts)
        case _:
            return


def _together(needed: int, parts: tuple[expressions.Condition, ...]) -> Iterator[dict[str, str]]:
    """The first ways of ``needed`` parts in a row, beginning with each part in turn."""
    for start in range(len(parts) - needed + 1):
        made: dict[str, str] = {}
        for part in parts[start : start + needed]:
            made |= next(_ways(part), {})
        if made:
            yield made


def _unsaid(way: Mapping[str, str], base: Mapping[str, str]) -> dict[str, str]:
    """What a way adds to a record without taking anything back that was said."""
    open_ones = ("", columns.NOT_ASKED)
    return {name: text for name, text in way.items() if base.get(name, "") in open_ones}


def _stems(names: Mapping[str, str]) -> Iterator[str]:
    for name in names:
        yield (
            name.removesuffix("_left")
            .removesuffix("_right")
            .removeprefix("test_")
            .removesuffix("_result")
        )


def _rests_on(when: str, masked: tuple[str, ...]) -> bool:
    """Whether a reason against rests on something the mask makes untrustworthy."""
    names = {
        atom.name
        for atom in expressions.atoms(expressions.parse(when))
        if isinstance(atom, expressions.Asked | expressions.OneOf | expressions.Compare)
    }
    ends = ("_left", "_right", "_lowest", "_highest", "_difference")
    stems = {next((n.removesuffix(e) for e in ends if n.endswith(e)), n) for n in names}
    return bool(stems & set(masked))
