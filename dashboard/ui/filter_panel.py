"""The reader's saved filters of the worklist: use one, keep what is shown, rename or delete one."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from circulation import errors
from circulation.choosing import selection
from circulation.judgement import worklist
from circulation.knowledge_base import knowledge
from circulation.reviewing import kept_filters, saved_filters
from ui import address, session, shared_data, walking, words, worklist_filters

GONE = "It works again once they are loaded; else rename or delete it below."
NAME, PICKED, NEW_NAME = "filter_name", "filter_picked", "filter_new_name"


def show(wanted: walking.Walk, known: knowledge.Knowledge) -> None:
    """Draw the list of saved filters behind one button."""
    with st.popover("Saved filters", icon=":material/bookmark:"):
        try:
            kept = saved_filters.of(shared_data.reviews(), session.role())
        except errors.DashboardError as error:
            st.error(words.escape(str(error)))
            return
        _fault()
        if kept:
            _each(kept)
        _keep(wanted, known)
        if kept:
            _change([one.name for one in kept])
        st.caption("Everyone who works as clinician shares them. The search by id is not kept.")


def _each(kept: Sequence[kept_filters.Filter]) -> None:
    for one in kept:
        st.button(
            words.escape(one.name),
            key=f"filter_use_{one.name}",
            icon=":material/filter_alt:",
            type="tertiary",
            on_click=_use,
            args=(one.parts,),
        )
    st.divider()


def _keep(wanted: walking.Walk, known: knowledge.Knowledge) -> None:
    st.markdown(f"**Shown now** {words.escape(worklist_filters.words_of(wanted, known))}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Name (no names or identifiers of people)",
            key=NAME,
            max_chars=saved_filters.LONGEST_NAME,
        )
        st.button("Keep this filter", on_click=_save, args=(wanted,))


def _change(names: Sequence[str]) -> None:
    with st.expander("Rename or delete"):
        picked = st.selectbox("Filter", names, index=None, key=PICKED, placeholder="Choose one")
        st.text_input("New name", key=NEW_NAME, max_chars=saved_filters.LONGEST_NAME)
        with st.container(horizontal=True):
            st.button("Rename", disabled=not picked, on_click=_rename)
            st.button("Delete", disabled=not picked, on_click=_delete)


def _use(parts: Mapping[str, Sequence[str]]) -> None:
    def ask() -> None:
        tab = next(iter(parts.get(worklist_filters.TAB, ())), worklist.Tab.WAITING.value)
        worklist_filters.show(walking.Walk(worklist.Tab(tab), _selection(parts)))

    _try(ask)


def _selection(parts: Mapping[str, Sequence[str]]) -> selection.Selection:
    try:
        return address.selection_of(parts)
    except errors.DashboardError as fault:
        raise errors.DashboardError("this saved filter", fault.fault, GONE) from fault


def _save(wanted: walking.Walk) -> None:
    store, role, today = shared_data.reviews(), session.role(), session.today()
    new = kept_filters.Filter(str(session.entered(NAME) or ""), walking.address(wanted))
    if _try(lambda: saved_filters.save(store, role, new, today=today)):
        session.put(NAME, "")


def _rename() -> None:
    old, new = str(session.entered(PICKED)), str(session.entered(NEW_NAME) or "")
    store, role, today = shared_data.reviews(), session.role(), session.today()
    if _try(lambda: saved_filters.rename(store, role, old, new, today=today)):
        session.put(NEW_NAME, "")
        session.put(PICKED, None)


def _delete() -> None:
    name = str(session.entered(PICKED))
    if _try(lambda: saved_filters.delete(shared_data.reviews(), session.role(), name)):
        session.put(PICKED, None)


def _try(act: Callable[[], None]) -> bool:
    """Whether it could be done; if not, why is kept and shown."""
    try:
        act()
    except errors.DashboardError as error:
        session.keep("filter_fault", str(error))
        return False
    session.keep("filter_fault", "")
    return True


def _fault() -> None:
    if told := session.kept("filter_fault", ""):
        st.error(words.escape(told))
