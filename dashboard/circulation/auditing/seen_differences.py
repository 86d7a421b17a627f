"""What of a record's page would be shown otherwise today than it was shown at a decision."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from circulation.auditing import seen

NOTHING = "not there"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on the page, as it was and as it is; NOTHING on the side where it is missing."""

    part: str
    what: str
    then: str
    now: str


def between(then: seen.Seen, now: seen.Seen) -> tuple[Difference, ...]:
    """Every difference, in the order of the page; none where the page is the same."""
    return tuple(
        Difference(part, what, before, after)
        for part, old, new in _parts(then, now)
        for what, before, after in _changed(old, new)
    )


def _parts(
    then: seen.Seen, now: seen.Seen
) -> Iterator[tuple[str, Mapping[str, str], Mapping[str, str]]]:
    yield "Knowledge", {"Version": then.knowledge}, {"Version": now.knowledge}
    yield "Urgency", {"Urgency": then.urgency_label}, {"Urgency": now.urgency_label}
    yield "Red flag", _flags(then), _flags(now)
    yield "Red flag: reason", _rules(_raised(then)), _rules(_raised(now))
    yield "Cause", _levels(then), _levels(now)
    for cause in now.causes:
        old = next((one for one in then.causes if one.id == cause.id), None)
        if old:
            yield f"{cause.label}: reason", _reasons(old), _reasons(cause)
    yield "Test", _tests(then), _tests(now)
    for test in now.tests:
        asked = next((one.because for one in then.tests if one.id == test.id), ())
        yield f"{test.label}: reason", _rules(asked), _rules(test.because)
    yield "Record", _answers(then.answers), _answers(now.answers)
    if then.form == now.form:
        yield "Result of the review", _answers(then.results), _answers(now.results)
    yield "Score", _scores(then), _scores(now)
    yield "Measure", _advice(then), _advice(now)


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for what in dict.fromkeys([*old, *new]):
        before, after = old.get(what, NOTHING), new.get(what, NOTHING)
        if before != after:
            yield what, before, after


def _flags(view: seen.Seen) -> dict[str, str]:
    raised = {one.label: f"raised{_held(one)} ({one.action})" for one in view.raised}
    return {**{one.label: "cannot be judged" for one in view.unanswered}, **raised}


def _held(flag: seen.Flag) -> str:
    return " until sign-off, though results would lower it" if flag.held else ""


def _levels(view: seen.Seen) -> dict[str, str]:
    return {one.label: f"{one.level_label} ({one.lowest} to {one.highest})" for one in view.causes}


def _reasons(cause: seen.Cause) -> dict[str, str]:
    parts = {
        "speaks for": cause.supports,
        "speaks against": cause.against,
        "does not reassure": cause.masking,
    }
    said = {ground.says: told for told, grounds in parts.items() for ground in grounds}
    rules = _rules((*cause.granted, *cause.held_down))
    return {**said, **rules, **dict.fromkeys(cause.not_asked, "not asked")}


def _rules(grounds: Iterable[seen.Ground]) -> dict[str, str]:
    return {f"Rule {one.id}": f"version {one.version}: {one.condition}" for one in grounds}


def _raised(view: seen.Seen) -> Iterable[seen.Ground]:
    return (flag.ground for flag in view.raised)


def _tests(view: seen.Seen) -> dict[str, str]:
    called = {True: "called for", False: "not called for", None: "could be called for"}
    return {
        one.label: ", ".join(
            part.replace("_", " ")
            for part in (called[one.called_for], one.status, one.result, one.value)
            if part
        )
        for one in view.tests
    }


def _answers(answers: Iterable[seen.Answer]) -> dict[str, str]:
    return {one.label: one.value.replace("_", " ") for one in answers}


def _scores(view: seen.Seen) -> dict[str, str]:
    return {f"{one.label} {one.leg}".strip(): one.says for one in view.scores}


def _advice(view: seen.Seen) -> dict[str, str]:
    return {one.label: one.says for one in view.advice}
