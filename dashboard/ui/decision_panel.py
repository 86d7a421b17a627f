"""The decision on one record: agreed cause, what happens next, note, sign-off and what holds it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reviewing import event_words, sign_off
from circulation.reviewing.reviews import Field
from ui import (
    closing_panel,
    conflict_panel,
    desk,
    desk_acts,
    drafts,
    focus,
    held_keys,
    session,
    spots,
    undoing,
    words,
)

SEVERAL = {
    sign_off.Missing.FLAG_NOT_SEEN: "Red flags that nobody has acknowledged",
    sign_off.Missing.RESULT_NOT_SEEN: "Results not marked as reviewed",
    sign_off.Missing.TEST_OPEN: "Tests neither done nor marked as not needed",
    sign_off.Missing.RESULT_OWED: "Tests done without a result",
    sign_off.Missing.REASON_OWED: "Tests not needed without a reason",
}
"""What is missing where it is missing of several at once."""
TYPED = (Field.NOTE, Field.TEST_REASON)
"""The fields that are typed in sight, so that a refusal can lead back to them."""


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The bar at the foot of the page."""
    if shown.closed:
        _decided(shown, known)
        return
    cause, after, note, act = st.columns([1, 0.9, 1.35, 1.95], vertical_alignment="bottom")
    with cause:
        labels = event_words.causes(known)
        waits = "After your view" if shown.view_first else "Choose"
        _choice("Agreed cause", labels, shown, Field.AGREED_CAUSE, waits)
    with after:
        _choice("What happens next", known.reviewing.disposition, shown, Field.DISPOSITION)
    with note, st.container(gap=None):
        _note(shown)
        focus.draw(spots.missing(shown))
        held_keys.watch()  # neither of the two shows anything: without a gap they take no room
    with act, st.container(gap="xsmall"):
        _sign(shown)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _state_line(shown, known)
            _next_missing(shown)


def _decided(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """A signed decision, to be read; it is changed only with a reason."""
    review = shown.review
    decided = [
        ("Agreed cause", event_words.causes(known).get(review.agreed_cause, "None")),
        ("What happens next", known.reviewing.disposition.get(review.disposition or "", "None")),
        ("Note", review.note or "None"),
    ]
    with st.container(gap=None):
        st.markdown("&emsp; ".join(f"{name} **{words.escape(value)}**" for name, value in decided))
        signed = review.find(Field.STATE)
        st.caption(words.escape(f"Signed off {closing_panel.by(signed)}.") if signed else "")
        focus.draw(())
        held_keys.watch()


def _choice(
    label: str,
    labels: Mapping[str, str],
    shown: desk.Open,
    field: Field,
    placeholder: str = "Choose",
) -> None:
    key = spots.widget(field, shown.record_id)
    session.put(key, shown.review.value(field) or None)
    st.selectbox(
        label,
        list(labels),
        index=None,
        key=key,
        format_func=lambda code: labels[code],
        placeholder=placeholder,
        disabled=(shown.view_first and field is Field.AGREED_CAUSE),
        on_change=desk_acts.enter,
        args=(shown, field, "", key),
    )


def _note(shown: desk.Open) -> None:
    key = spots.widget(Field.NOTE, shown.record_id)
    value = drafts.begin(key, shown.review.note)
    entered = st.text_area(
        "Note (no names or identifiers)",
        value,
        key=key,
        height=68,
        disabled=shown.closed,
        on_change=desk_acts.enter,
        args=(shown, Field.NOTE, "", key),
    )
    drafts.end(shown, key, entered)


def _sign(shown: desk.Open) -> None:
    two = sign_off.needs_second(shown.review, shown.basis)
    first = two and not shown.review.first_signature
    st.button(
        "Sign first and next" if first else "Mark reviewed and next",
        type="secondary" if shown.view_first else "primary",
        icon=":material/done_all:",
        shortcut=None if shown.view_first else "Ctrl+Enter",
        key=spots.SIGN,
        on_click=desk_acts.sign,
        args=(shown,),
        width="stretch",
    )


def _next_missing(shown: desk.Open) -> None:
    """The way to what is still missing, one place after the other; the browser itself takes it."""
    left = len(sign_off.blockers(shown.review, shown.basis))
    if left:
        st.button(
            f"Next missing ({left})",
            icon=":material/arrow_downward:",
            type="tertiary",
            shortcut="Ctrl+ArrowDown",
            key="next_missing",
        )


def _state_line(shown: desk.Open, known: knowledge.Knowledge) -> None:
    found = desk.fault()
    if found:
        refused = isinstance(found.error, sign_off.SignOffRefused)
        said = "Not signed off" if refused else "Not saved"
        st.caption(f":red[**{said}**] {focus.link('See why', spots.FAULT)}", width="content")
    elif not undoing.line(known):
        st.caption(event_words.STATES[shown.review.state].capitalize(), width="content")


def fault(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """What was not saved and why; each thing that is missing leads to its place."""
    found = desk.fault()
    if not found:
        return
    if isinstance(found.error, sign_off.SignOffRefused):
        reasons = _blockers(found.error.blockers, shown, known)
        text = "**Not signed off yet.** Settle these first:\n- " + "\n- ".join(reasons)
    else:
        text = f"**There is a problem.** {words.escape(str(found.error))}{_way_back(found)}"
    with st.container(key=spots.FAULT):
        st.error(text)
        conflict_panel.show(found, known)


def _way_back(found: desk.Fault) -> str:
    """The way to the words that could not be saved; they stand as they were typed."""
    typed = [change for change in found.tried if change.field in TYPED]
    if not typed:
        return ""
    last = typed[-1]
    return f" {focus.link('Go to it', spots.widget(last.field, found.record_id, last.about))}"


def _blockers(
    found: Sequence[sign_off.Blocker], shown: desk.Open, known: knowledge.Knowledge
) -> list[str]:
    """One line for each kind of missing thing; every one of them leads to its place."""
    lines = []
    for missing in dict.fromkeys(item.missing for item in found):
        same = [item for item in found if item.missing is missing]
        if len(same) == 1:
            lines.append(_blocker(same[0], shown, known))
        else:
            named = [_link(_about(item, known), item, shown) for item in same]
            lines.append(f"{SEVERAL[missing]} ({len(same)}): {'; '.join(named)}")
    return lines


def _blocker(item: sign_off.Blocker, shown: desk.Open, known: knowledge.Knowledge) -> str:
    said = sign_off.MISSING_WORDS[item.missing].format(about=_about(item, known))
    linked = _link(f"{said[0].upper()}{said[1:]}", item, shown)
    if item.missing is sign_off.Missing.SECOND_REVIEWER and session.shared_name():
        return f"{linked} {words.escape(closing_panel.WHO_ACTS)}"
    return linked


def _link(told: str, item: sign_off.Blocker, shown: desk.Open) -> str:
    return focus.link(words.escape(told), spots.of(item, shown))


def _about(item: sign_off.Blocker, known: knowledge.Knowledge) -> str:
    if item.about in known.test:
        return known.test[item.about].label
    return known.flag[item.about].label if item.about in known.flag else item.about
