"""The parts of the worklist page: headline, what is shown, news, the preview of one record."""

import streamlit as st

from circulation.choosing import selection
from circulation.judgement import waits, worklist
from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base.levels import Level
from circulation.records import intake
from ui import desk, session, shared_data, walking, words


def headline(summary: waits.Summary, table: intake.Intake, known: knowledge.Knowledge) -> None:
    """The oldest and the worst wait: an average would hide both."""
    each = [
        f"{known.urgency(late.urgency).label}: {words.number(late.count)}, "
        f"the worst by {words.counted(late.past, 'day', 'days')}"
        for late in summary.late
    ]
    late = f" Past their time: {'; '.join(each)}." if each else ""
    if summary.unknown and summary.oldest is not None:
        records = words.counted(summary.unknown, "record waits", "records wait")
        late += f" {records} with no received day: since when is not known."
    with st.container(gap=None, key="waits"):
        st.title(words.escape(title(summary, table, known)), anchor=False)
        st.caption(words.escape(f"A wait runs until sign-off.{late}"))


def title(summary: waits.Summary, table: intake.Intake, known: knowledge.Knowledge) -> str:
    """The headline in one line."""
    if summary.oldest is None:
        if not summary.unknown:
            return "No assessment is waiting"
        waiting = words.counted(summary.unknown, "assessment waits", "assessments wait")
        return f"{waiting}; since when is not recorded"
    oldest = f"{words.counted(summary.days, 'day', 'days')} ({table.record_id(summary.oldest)})"
    if not summary.late:
        return f"Longest wait: {oldest}; none is past its time"
    first, more = summary.late[0], sum(late.count for late in summary.late[1:])
    label = known.urgency(first.urgency).label.lower().replace(" ", "-")
    late = words.counted(first.count, f"{label} record is", f"{label} records are")
    others = f", and {words.counted(more, 'other', 'others')}" if more else ""
    return (
        f"Longest wait: {oldest}; {late} past {'its' if first.count == 1 else 'their'} time{others}"
    )


def shown_line(drawn: walking.Drawn, known: knowledge.Knowledge) -> str:
    """What the list shows, why, in which order and as of when."""
    why = [*selection.why(drawn.walk.chosen, known)]
    why += [f"record id holds {drawn.walk.find}"] if drawn.walk.find else []
    because = f" because of: {'; '.join(why)}" if why else ""
    of = words.counted(drawn.of, "record", "records")
    return words.escape(
        f"{words.number(len(drawn))} of {of} shown{because}. "
        "Most urgent first, then earliest due, longest wait, record id. "
        f"As of {words.day(drawn.at.date())} {words.clock(drawn.at)}."
    )


@st.fragment(run_every=walking.CHECK_EVERY)
def news() -> None:
    """Says when something is newer than the list, and leaves the list as it is until asked."""
    found = walking.news()
    if found is None:
        return
    since = words.clock(found.since)
    told = (
        f"Other records were loaded since {since}."
        if found.other_data
        else f"{words.counted(found.changed, 'record', 'records')} changed since {since}."
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="news"):
        st.markdown(f":material/update: **{told}** The list stays as it was until you take it.")
        if st.button(
            "Show the new list", key="take_new"
        ):  # taken before, this part would end early
            walking.take_new()
            st.rerun()


def gone(count: int) -> None:
    """Says how many records of this page of the list were removed since it was drawn."""
    if count:
        st.caption(
            f"{words.counted(count, 'record', 'records')} of this page: not loaded any more."
        )


def pages(drawn: walking.Drawn, place: int) -> None:
    """Turn the pages of the list; none where one page holds it."""
    if len(drawn) > worklist.PAGE:
        key, last = f"worklist_page_{walking.number()}", -(-len(drawn) // worklist.PAGE)
        page = place // worklist.PAGE + 1
        st.pagination(last, default=page, key=key, on_change=_turned, args=(key,))


def _turned(widget: str) -> None:
    walking.turn_to((session.entered(widget) - 1) * worklist.PAGE)


def preview(item: worklist.Item, known: knowledge.Knowledge) -> None:
    """The record under the cursor, in short; the button (or O) opens it."""
    with st.container(border=True):
        st.header(f"Record {words.escape(item.record_id)}", anchor=False)
        tag = words.urgency_tag(item.urgency, known.urgency(item.urgency).label)
        st.markdown(f"{tag} {words.escape(wait_words(item.wait, known))}")
        st.markdown(f"{words.escape(item.why)}.{_time(item, known)}")
        st.markdown(f"**Present** {_present(item.row, known)}")
        held_back = item.level is None
        told = worklist.AFTER_YOUR_VIEW if held_back else _suspicions(item.row, known)
        st.markdown(f"**Suspicion** {told}")
        if st.button(
            f"Open {words.escape(item.record_id)}",
            type="primary",
            shortcut="O",
            icon=":material/open_in_full:",
            width="stretch",
        ):
            open_record(item.record_id)


def wait_words(wait: waits.Wait, known: knowledge.Knowledge) -> str:
    """A wait in one line: how long, its band and by when it is due."""
    band = known.words[wait.band.wording].lower()
    if wait.signed:
        return f"Signed off {words.day(wait.signed)}."
    if wait.due is None:
        return "Wait not known: no day recorded."
    past = f" by {words.counted(wait.past, 'day', 'days')}" if wait.past else ""
    return f"Waiting {words.waiting(wait.days).lower()}: {band}{past}, due {words.day(wait.due)}."


def open_record(record_id: str) -> None:
    """Lay a record open and go to its page."""
    desk.open_page(record_id)


def _time(item: worklist.Item, known: knowledge.Knowledge) -> str:
    """The time that guidance gives for the red flag that the row names first."""
    flag = known.flag.get(item.flag)
    return f" **Time** {words.escape(flag.time)}." if flag else ""


def _present(row: int, known: knowledge.Knowledge) -> str:
    names = [f.id for f in known.findings if f.kind in ("symptom", "sign")]
    found = desk.present_findings(row, names)
    if not found:
        return "No symptom or sign recorded as present."
    tags = [words.badge("blue", columns.label(known, name)) for name in found[:8]]
    more = f" and {len(found) - 8} more" if len(found) > 8 else ""
    return " ".join(tags) + more


def _suspicions(row: int, known: knowledge.Knowledge) -> str:
    assessed = shared_data.standing()
    levels = [(assessed.causes[cause.id].level(row), cause.label) for cause in known.causes]
    held = sorted((pair for pair in levels if pair[0] >= Level.POSSIBLE), key=lambda pair: -pair[0])
    if not held:
        return "None supported so far."
    return ", ".join(f"{words.escape(n)}: {known.level(level).label.lower()}" for level, n in held)
