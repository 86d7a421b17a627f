"""The decision on one record: agreed cause, what happens next, note, sign-off and what holds it."""

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reviewing import reviews, sign_off
from ui import desk, session, words

NEXT_WORDS = {
    reviews.Disposition.TREAT: "Treat",
    reviews.Disposition.REFER: "Refer",
    reviews.Disposition.MORE_TESTS: "More tests",
    reviews.Disposition.DISCHARGE_TO_OWN_DOCTOR: "Back to own doctor",
}


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The bar at the foot of the page."""
    closed = shown.closed
    cause, after, note, act = st.columns([1.05, 0.95, 1.6, 1.6], vertical_alignment="bottom")
    with cause:
        options = [*known.cause, reviews.UNDECIDED]
        labels = {c.id: c.label for c in known.causes} | {reviews.UNDECIDED: "Undecided"}
        _choice("Agreed cause", options, labels, shown, reviews.Field.AGREED_CAUSE, closed)
    with after:
        next_labels = {code.value: text for code, text in NEXT_WORDS.items()}
        _choice(
            "What happens next",
            list(next_labels),
            next_labels,
            shown,
            reviews.Field.DISPOSITION,
            closed,
        )
    with note:
        _note(shown, closed)
    with act:
        if closed:
            st.button("Open again", on_click=desk.reopen, args=(shown,), width="stretch")
        else:
            st.button(
                "Mark reviewed and next",
                type="primary",
                icon=":material/done_all:",
                shortcut="Ctrl+Enter",
                on_click=desk.sign_off,
                args=(shown,),
                width="stretch",
            )
        _state_line(shown)


def _choice(
    label: str,
    options: list[str],
    labels: dict[str, str],
    shown: desk.Open,
    field: reviews.Field,
    closed: bool,
) -> None:
    key = f"{field}_{shown.record_id}"
    session.put(key, shown.review.value(field) or None)
    st.selectbox(
        label,
        options,
        index=None,
        key=key,
        format_func=lambda code: labels[code],
        placeholder="Choose",
        disabled=closed,
        on_change=desk.save_entered,
        args=(shown, field, "", key),
    )


def _note(shown: desk.Open, closed: bool) -> None:
    key = desk.note_widget(shown.record_id)
    if not desk.typed(key):
        session.put(key, shown.review.note)
    st.text_area(
        "Note (no names or identifiers)",
        key=key,
        height=68,
        max_chars=2000,
        disabled=closed,
        on_change=desk.save_entered,
        args=(shown, reviews.Field.NOTE, "", key),
    )


def _state_line(shown: desk.Open) -> None:
    if desk.fault():
        st.caption(":red[**Not saved**]")
    elif desk.saved():
        st.caption(f":material/check: {desk.saved()}")
    else:
        st.caption(shown.review.state.replace("_", " ").capitalize())


def fault(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """What was not saved and why, with what to do."""
    found = desk.fault()
    if not found:
        return
    if isinstance(found.error, sign_off.SignOffRefused):
        reasons = [_blocker(item, known) for item in found.error.blockers]
        text = "**Not signed off yet.** Settle these first:\n- " + "\n- ".join(reasons)
    else:
        error = found.error
        text = f"**There is a problem.** {words.escape(str(error))}"
    if theirs := desk.conflict():
        mine = ", ".join(words.escape(_plain(change)) for change in found.tried)
        now = ", ".join(words.escape(_standing(item)) for item in theirs.standing)
        text += f"\n\n**Yours, not saved:** {mine}\n\n**What stands now:** {now}"
    st.error(text)


def _plain(change: reviews.Change) -> str:
    about = f" {change.about}" if change.about else ""
    return f"{change.field}{about}: {change.new or 'blank'}".replace("_", " ")


def _standing(item: reviews.Standing) -> str:
    about = f" {item.about}" if item.about else ""
    return f"{item.field}{about}: {item.value}".replace("_", " ")


def _blocker(item: sign_off.Blocker, known: knowledge.Knowledge) -> str:
    about = item.about
    if about in known.test:
        about = known.test[about].label
    elif about in known.flag:
        about = known.flag[about].label
    return words.escape(sign_off.MISSING_WORDS[item.missing].format(about=about).capitalize())
