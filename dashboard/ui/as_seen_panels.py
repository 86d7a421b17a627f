"""A past decision as it was seen then: read only, drawn from the view that was kept with it."""

from collections.abc import Iterable

import streamlit as st

from circulation import errors
from circulation.auditing import decisions, seen, seen_differences, seen_text
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level, Urgency
from circulation.reviewing import reviews
from ui import desk, shared_data, words

HELD = "Results typed since would have lowered it; it stood until the sign-off."
BEFORE_RESULTS = (
    "Made before results typed in a review counted: levels, red flags and scores are those of the "
    "intake alone, as they were shown."
)
MOST = 40
"""Differences that are listed before the rest is counted."""


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The record's decisions so far, each with the way to what was seen then."""
    made = decisions.of(shared_data.reviews().history(shown.record_id))
    if not made:
        return
    st.subheader("Decisions so far", anchor=False)
    for one in made:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"Signed off {_when(one)} by {words.escape(one.actor)}", width="content")
            st.space("stretch")
            key = f"as_seen_{one.sequence}"
            if not one.view:
                st.caption("No view was kept with it", width="content")
            elif st.button("As seen then", key=key, type="tertiary", icon=":material/history:"):
                _window(one, shown, known)


def _when(one: decisions.Decision) -> str:
    return f"{words.day(one.at.date())} {words.clock(one.at)} UTC"


@st.dialog("As seen then", width="large")
def _window(one: decisions.Decision, shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Everything in it comes from the kept view; only the differences look at today."""
    st.markdown(f"**As seen on {_when(one)}** by {words.escape(one.actor)}. Read only.")
    try:
        then = seen_text.read(shared_data.reviews().view(one.view))
    except errors.DashboardError as error:
        st.error(words.escape(str(error)))
        return
    st.caption(
        words.escape(
            f"Knowledge version {then.knowledge}, records {then.data_set[:12]}. "
            f"{then.unreviewed} Event {one.sequence} of the ledger, seal {one.view[:12]}."
        )
    )
    if then.form == seen.BEFORE_RESULTS:
        st.caption(BEFORE_RESULTS)
    now = seen.of(shared_data.loaded().table, shown.row, known, shown.review)
    _decision(one.review, then, known)
    _differences(seen_differences.between(then, now))
    for flag in then.raised:
        tag = words.urgency_tag(Urgency[flag.urgency.upper()], flag.label)
        stayed = f" {HELD}" if flag.held else ""
        st.markdown(f"{tag} {words.escape(f'{flag.action} Time: {flag.time}.{stayed}')}")
        st.caption(words.escape(f"Rule {_rule(flag.ground)}"))
    st.markdown(f"**Urgency** {words.escape(then.urgency_label)}")
    if then.unanswered:
        named = "; ".join(one.label for one in then.unanswered)
        st.caption(f"Red flags that could not be judged: {words.escape(named)}")
    _results(then)
    _causes(then)
    _record(then)
    _checklist(then)
    _rest(then)


def _decision(review: reviews.RecordReview, then: seen.Seen, known: knowledge.Knowledge) -> None:
    """What was decided; the causes by their names of then."""
    labels = {cause.id: cause.label for cause in then.causes} | {reviews.UNDECIDED: "Undecided"}
    parts = [f"Agreed cause **{words.escape(labels.get(review.agreed_cause, 'None'))}**"]
    if review.disposition:
        after = known.reviewing.disposition.get(review.disposition, review.disposition)
        parts.append(f"What happens next **{words.escape(after)}**")
    if review.first_view:
        first = labels.get(review.first_view.cause, review.first_view.cause)
        sure = review.first_view.certainty.replace("_", " ")
        parts.append(f"First view **{words.escape(first)}**, {sure}")
    with st.container(border=True):
        st.markdown("&emsp; ".join(parts))
        if review.note:
            st.markdown(f"Note: {words.escape(review.note)}")


def _differences(found: tuple[seen_differences.Difference, ...]) -> None:
    if not found:
        st.success("Today's view of this record is the same.", icon=":material/check:")
        return
    title = words.counted(len(found), "thing differs today", "things differ today")
    with st.expander(title, expanded=True, icon=":material/difference:"):
        rows = [
            f"| {_cell(one.part)} | {_cell(one.what)} | {_cell(one.then)} | {_cell(one.now)} |"
            for one in found[:MOST]
        ]
        head = ["| | | Then | Today |", "|---|---|---|---|"]
        st.markdown("\n".join([*head, *rows]))
        if len(found) > MOST:
            st.caption(f"And {len(found) - MOST} more.")


def _cell(text: str) -> str:
    return words.escape(text).replace("\n", " ")


def _causes(then: seen.Seen) -> None:
    st.subheader("Suspected causes", anchor=False)
    for cause in then.causes:
        tag = words.level_tag(Level[cause.level.upper()], cause.level_label)
        lines = [
            f"**{name}** {words.escape('; '.join(said))}"
            for name, said in (
                ("For", _said(cause.supports)),
                ("Against", _said(cause.against)),
                ("Masking", _said(cause.masking)),
                ("Not asked", cause.not_asked),
                ("Rules", [_rule(item) for item in (*cause.granted, *cause.held_down)]),
            )
            if said
        ]
        with st.container(gap=None):
            st.markdown(f"**{words.escape(cause.label)}** {tag}{_before(cause)}")
            st.caption("  \n".join(lines) or "Nothing recorded for or against.")


def _results(then: seen.Seen) -> None:
    """The results of the review that counted then, each with when it was typed."""
    told = [f"{one.label}: {_in_words(one)} ({_typed(one)})" for one in then.results]
    if told:
        st.markdown(f"**Counted with the intake** {words.escape('; '.join(told))}")


def _in_words(one: seen.Answer) -> str:
    return one.value.replace("_", " ")


def _typed(one: seen.Answer) -> str:
    at = reviews.moment(one.origin)
    return f"review, {words.day(at.date())} {words.clock(at)} UTC"


def _before(cause: seen.Cause) -> str:
    """The level of the intake alone, where the results had changed it."""
    if cause.by_intake in ("", cause.level):
        return ""
    return f" :small[at intake: {words.escape(cause.by_intake_label.lower())}]"


def _said(grounds: Iterable[seen.Ground]) -> list[str]:
    return [ground.says for ground in grounds]


def _rule(ground: seen.Ground) -> str:
    sources = ", ".join(ground.sources)
    return f"{ground.id} version {ground.version}: {ground.says} (Source: {sources})"


def _record(then: seen.Seen) -> None:
    st.subheader("The record", anchor=False)
    for title, value in (("Present", "present"), ("Absent", "absent")):
        named = ", ".join(one.label for one in then.answers if one.value == value)
        st.markdown(f"**{title}** {words.escape(named) or 'Nothing recorded.'}")
    st.markdown(f"**Not asked** {words.escape(', '.join(then.not_asked)) or 'Nothing.'}")
    others = [one for one in then.answers if one.value not in ("present", "absent")]
    told = "; ".join(f"{one.label}: {one.value.replace('_', ' ')}" for one in others)
    st.caption(words.escape(told))


def _checklist(then: seen.Seen) -> None:
    st.subheader("Diagnostic test checklist", anchor=False)
    lines = [f"- {_test(one)}" for one in then.tests if one.owed]
    st.markdown("\n".join(lines) or "No test was called for.")
    others = [one.label for one in then.tests if one.called_for is False]
    st.caption(f"Not called for: {words.escape(', '.join(others))}")


def _test(one: seen.Test) -> str:
    state = one.status.replace("_", " ").capitalize()
    told = [state, one.result, one.value, one.date, one.reason]
    because = "; ".join(_rule(ground) for ground in one.because)
    return f"**{words.escape(one.label)}** " + words.escape(
        f"{', '.join(part for part in told if part)}. {because}"
    )


def _rest(then: seen.Seen) -> None:
    with st.expander("Scores, measures and treatments as shown then"):
        scores = [f"{one.label} {one.leg}".strip() + f": {one.says}" for one in then.scores]
        measures = [f"{one.label}: {one.says}" for one in then.advice]
        st.markdown("\n".join(f"- {words.escape(line)}" for line in (*scores, *measures)))
