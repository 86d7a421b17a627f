"""The acts of a record page that come from its plain HTML: each is checked, then done."""

import streamlit as st

from circulation.reviewing.reviews import Change, Field, TestStatus
from ui import acts, desk, desk_acts, focus, reference_panels, session, spots, unfolding

WHAT_IF, ASK_FIRST = "what_if", "ask_first"
STATUS, SEEN, EDIT, REFERENCE = "status", "seen", "edit", "reference"


def hear(shown: desk.Open, act: acts.Act) -> None:
    """Do what was asked for; an act that was meant for another record is left undone."""
    if act.do == REFERENCE:
        session.keep("reference_asked", act.about)
    elif act.record_id != shown.record_id:
        return
    elif act.do in (WHAT_IF, ASK_FIRST):
        unfolding.work_out(shown.record_id, f"{act.do}-{act.about}")
    elif act.about in {line.test.id for line in shown.checklist.lines} and not shown.closed:
        _on_test(shown, act)


def _on_test(shown: desk.Open, act: acts.Act) -> None:
    if act.do == SEEN:
        desk_acts.mark_seen(shown, [act.about], True)
    elif act.do == EDIT:
        unfolding.edit(shown.record_id, act.about)
        if unfolding.editing(shown.record_id):
            focus.move(spots.editing(shown.record_id, act.about))
    elif act.do == STATUS and act.value in list(TestStatus):
        status = TestStatus(act.value)
        saved = desk.save(shown, Change(Field.TEST_STATUS, status, act.about))
        asks = {TestStatus.DONE: Field.TEST_RESULT, TestStatus.NOT_NEEDED: Field.TEST_REASON}
        if saved and status in asks:
            focus.move(spots.widget(asks[status], shown.record_id, act.about))


def follow() -> None:
    """Go where a link of the page leads inside the dashboard."""
    entry = session.kept("reference_asked", "")
    if entry:
        session.keep("reference_asked", "")
        st.switch_page("views/reference.py", query_params=reference_panels.parts(entry))
