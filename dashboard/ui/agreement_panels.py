"""Agreement in tables and words: two readers of one record, and views beside what came out."""

from collections.abc import Callable, Sequence

import streamlit as st

from circulation.auditing import agreement, second_look
from circulation.counting import intervals
from circulation.demonstration_data import demonstration_reviews
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level
from circulation.reviewing import event_words
from ui import desk, session, shared_data, words


def two_readers(known: knowledge.Knowledge) -> None:
    """How far first and second readers agree, and the records to talk about."""
    stood = shared_data.reviews().all_current()
    looked = second_look.looked_at(shared_data.audit().drawn, stood)
    if not looked:
        st.info("No record has had its second look yet.")
        return
    for why, title in why_words(known).items():
        found = second_look.agreement(looked, why)
        if found.alike.asked:
            st.markdown(f"**{title}**  \n{_agreed(found)}")
    st.caption(
        "Kappa: 0 is what chance alone would give, 1 full agreement. It is about records; "
        "people are not compared."
    )
    labels = event_words.causes(known)
    rows = [
        f"| {desk.link(one.drawn.first.record_id)} "
        f"| {words.escape(labels.get(one.drawn.first.agreed, 'No cause'))} "
        f"| {words.escape(labels.get(one.second, one.second))} |"
        for one in looked
        if one.second != one.drawn.first.agreed
    ]
    if rows:
        st.markdown("**To talk about**")
        head = ["| Record | First decision | Second look |", "|---|---|---|"]
        st.markdown("\n".join([*head, *rows]))


def why_words(known: knowledge.Knowledge) -> dict[second_look.Why, str]:
    """Why a record was looked at again, in words."""
    return {
        second_look.Why.SAMPLE: f"The random one in {known.reviewing.settings.second_look_one_in}",
        second_look.Why.NEAR_MISS: "Near misses: picked, so they say nothing about all records",
    }


def _agreed(found: second_look.Agreement) -> str:
    told = f"Both named the same cause in {in_words(found.alike)}."
    if found.alike.asked < agreement.FEWEST:
        return f"{told} Too few for more: {agreement.FEWEST} are needed."
    if found.kappa is None:
        return f"{told} Kappa is not defined: both readers named one cause throughout."
    ends = found.kappa.interval
    numbers = f"{found.kappa.value:.2f} (95% interval {ends.low:.2f} to {ends.high:.2f})"
    return f"{told} Kappa {numbers}."


def in_words(part: intervals.Part) -> str:
    """As `14 of 18 (78%, 95% interval 55% to 91%)`; a share only where enough is known."""
    told = f"{part.present} of {part.asked}"
    ends = intervals.share(part)
    if part.asked < agreement.FEWEST or part.share is None or ends is None:
        return told
    return f"{told} ({part.share:.0%}, 95% interval {ends.low:.0%} to {ends.high:.0%})"


def outcomes_so_far(known: knowledge.Knowledge) -> None:
    """The reader's own first views, and the tool's levels, beside what was confirmed since."""
    cases, causes = shared_data.audit().cases, list(known.cause)
    own = [case for case in cases if case.first_by in _own()]
    st.caption(
        "Counted are causes that the intake or a result typed in a review confirmed or refuted, so "
        "mostly those that were tested for. More causes than one can be confirmed. A result may "
        "have been typed before the first view; the tool is scored by its levels of the intake "
        "alone. "
        "Your first views are shown to you alone; managers see those of all clinicians together, "
        "and only where nobody's own can be worked out."
    )
    if session.shared_name():
        st.caption("Without sign-in all who pick the role Clinician are one: these are all theirs.")
    st.header("Your first views", anchor=False)
    _score(
        agreement.first_views(own, causes),
        known,
        ("named first", "Named"),
        event_words.CERTAINTIES.__getitem__,
    )
    st.header("The tool at sign-off, by the intake", anchor=False)
    _score(
        agreement.tool(cases, causes),
        known,
        ("supported by findings", "Supported"),
        lambda code: known.level(Level[code.upper()]).label,
    )
    unknown = sum(case.levels is None for case in cases)
    if unknown:
        signed = words.counted(unknown, "signed record", "signed records")
        st.caption(f"Left out: {signed} whose view was not kept at sign-off.")


def _own() -> set[str]:
    """The names that the reader goes by; the demonstration's reviews count as everybody's."""
    made_up = {demonstration_reviews.ACTOR} if shared_data.loaded().table.synthetic else set()
    return {session.actor()} | made_up


def _score(
    score: agreement.Score,
    known: knowledge.Knowledge,
    named: tuple[str, str],
    step_words: Callable[[str], str],
) -> None:
    if not score.records:
        st.markdown("Nothing is known yet about what came out.")
        return
    said, short = named
    st.markdown(words.escape(agreement.calibration(score.steps, step_words)))
    steps = [
        f"{words.escape(step_words(step.code))} **{words.escape(in_words(step.part))}** confirmed"
        for step in score.steps
        if step.part.asked
    ]
    st.markdown("  \n".join(steps))
    st.markdown(_table(score.causes, known, short))
    st.caption(
        f"{words.counted(score.records, 'record', 'records')} with a known outcome. "
        f"First column: confirmed, of those {said}. Second: {said}, of those confirmed. "
        "Third: how many outcomes are known by the intake, and by a result typed in a review."
    )


def _known_by(typed: intervals.Part) -> str:
    return f"intake {typed.asked - typed.present}, review {typed.present}"


def _table(causes: Sequence[agreement.ByCause], known: knowledge.Knowledge, short: str) -> str:
    named = f"| Cause | {short}, and confirmed | Confirmed, and {short.lower()} | Known by |"
    head = [named, "|---|---|---|---|"]
    rows = [
        f"| {words.escape(known.cause[one.cause].label)} | {words.escape(in_words(one.borne_out))} "
        f"| {words.escape(in_words(one.caught))} | {_known_by(one.typed)} |"
        for one in causes
        if one.borne_out.asked or one.caught.asked
    ]
    return "\n".join([*head, *rows])
