"""The scores of one record: each with its result or what is missing, its version and its basis."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from circulation.judgement import explanation, standing
from circulation.knowledge_base import knowledge
from circulation.scoring import score_words, scores
from circulation.scoring.score_result import Missing, Result, Used
from ui import reference_panels, reference_text, session, typed_panels, words


def show(record: standing.Record, known: knowledge.Knowledge) -> None:
    """The scores that something is recorded for; the others by name, with what they need."""
    results = scores.for_record(record.table, record.row, known)
    st.subheader("Scores and indices", anchor=False)
    st.caption(
        "Worked out by published rules, each pinned to its version. "
        "They support a decision and make none."
    )
    listed = [tuple(group) for _, group in groupby(results, lambda result: result.score)]
    begun = [legs for legs in listed if any(result.own for result in legs)]
    for legs in sorted(begun, key=_open):
        _score(legs, record, known)
    others = [legs for legs in listed if legs not in begun]
    if not begun:
        st.markdown("Nothing is recorded that a score could use.")
    if others:
        counted = words.counted(len(others), "score", "scores")
        with st.expander(f"{counted} that nothing is recorded for"):
            st.markdown("\n".join(f"- {_wanting(legs[0])}" for legs in others))


def _open(legs: Sequence[Result]) -> bool:
    """Whether a score has no result yet: those stand behind the others."""
    return not any(result.band or result.closed_because for result in legs)


def _score(legs: Sequence[Result], record: standing.Record, known: knowledge.Knowledge) -> None:
    first = legs[0]
    with st.container(gap=None, key=f"score_{first.score}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{words.escape(first.label)}**", width="content")
            st.caption(words.escape(_worst(first)), width="content")
            st.space("stretch")
            _why(legs, record, known)
        for result in legs:
            st.markdown(_line(result, known))
        st.caption("  \n".join(_small(legs, known)))


def _worst(result: Result) -> str:
    """Which leg is the worse one, where each has its own result."""
    told = {"left": "Worse leg: left", "right": "Worse leg: right", "both": "Both legs alike"}
    return told.get(result.worst_leg, "")


def _line(result: Result, known: knowledge.Knowledge) -> str:
    leg = f"{result.leg.capitalize()} leg: " if result.leg else ""
    notes = [words.escape(note.says) for note in result.notes]
    said = words.escape(f"{leg}{score_words.headline(result, known)}")
    return "  \n".join([said, *(f":small[{note}]" for note in notes)])


def _small(legs: Sequence[Result], known: knowledge.Knowledge) -> list[str]:
    """Inputs used, what is missing, version and source in small print."""
    first = legs[0]
    counts = dict.fromkeys(_count(result, named=len(legs) > 1) for result in legs)
    if len({count.partition(":")[2] for count in counts}) == 1:
        counts = {_count(first, named=False): None}
    missing = dict.fromkeys(_named(item) for result in legs for item in result.missing)
    told = [
        f"Inputs used {', '.join(counts)}."
        + (f" Missing: {'; '.join(missing)}." if missing else ""),
        score_words.unchecked(first),
        f"Version: {first.version}. Source: {score_words.sources(first, known)[0]}.",
    ]
    return [words.escape(line) for line in told if line]


def _count(result: Result, *, named: bool) -> str:
    leg = f"{result.leg} leg: " if named else ""
    return f"{leg}{len(result.own)} of {len(result.own) + len(result.missing)}"


def _named(item: Missing) -> str:
    return f"{item.label} (known: {item.known})" if item.known else item.label


def _wanting(result: Result) -> str:
    """A score nobody has begun, with how much it asks."""
    why = result.closed_because or f"{words.counted(len(result.missing), 'item', 'items')} missing"
    return f"**{words.escape(result.label)}** {words.escape(why)}"


def _why(legs: Sequence[Result], record: standing.Record, known: knowledge.Knowledge) -> None:
    """Everything behind a result, and the way to its entry in the reference."""
    first = legs[0]
    key = f"why_score_{first.score}"
    with st.popover("Why?", type="tertiary", key=key, on_change="rerun") as window:
        if not window.open:
            return
        for result in legs:
            leg = f"{result.leg.capitalize()} leg. " if result.leg else ""
            st.markdown(words.escape(f"{leg}{score_words.basis(result, known)}"))
            _listed("Answers used", [_used(item, result, record, known) for item in result.used])
        doubts = dict.fromkeys(doubt for result in legs for doubt in result.doubts)
        _listed("Doubts", [words.escape(doubt) for doubt in doubts])
        titles = dict.fromkeys(t for result in legs for t in score_words.sources(result, known))
        _listed("Sources", [words.escape(title) for title in titles])
        note = dict(known.files)[f"scores/{first.score}.toml"]
        st.caption(
            f"{reference_text.signed(note, session.today())} Knowledge version "
            f"{words.escape(known.version)}. [In the reference]"
            f"({reference_panels.link(first.score)})"
        )


def _used(item: Used, result: Result, record: standing.Record, known: knowledge.Knowledge) -> str:
    """An answer with its origin, where the record has more than one."""
    read = scores.columns_of(known.score[result.score], item.name, result.leg)
    typed = [record.typed[name].at for name in read if name in record.typed]
    at = max(typed) if typed else explanation.INTAKE
    origin = typed_panels.origin(at) if record.typed else ""
    return words.escape(f"{item.label}: {item.value}{origin}")


def _listed(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown(f"**{title}**\n- " + "\n- ".join(lines))
