"""Adding and removing files on the Data page; each file is read by a process of its own."""

import streamlit as st

from circulation import errors
from circulation.knowledge_base import knowledge
from circulation.records import accounts, batches
from circulation.way_in import data_dictionary, mappings
from ui import data_panels, import_process, session, shared_data, words

OWN = ""


def add_a_file(known: knowledge.Knowledge) -> None:
    """Choose a file and how to read it; nothing is stored unless every row can be taken."""
    st.header("Add a file", anchor=False)
    with st.container(border=True):
        uploaded = st.file_uploader(
            "Intake file (CSV, UTF-8). It must not hold anything that names a person.",
            type=["csv"],
            key="intake_file",
        )
        mapping = st.selectbox(
            "Read it as",
            [OWN, *mappings.names(shared_data.ROOT / "data" / "mappings")],
            format_func=lambda name: name.replace("_", " ") if name else "Our own format",
            key="mapping",
        )
        with st.container(horizontal=True):
            add = st.button("Check and add", type="primary", disabled=uploaded is None)
            st.download_button(
                "Empty template",
                data=data_dictionary.template(known),
                file_name="intake_template.csv",
                mime="text/csv",
                on_click="ignore",
            )
        if add and uploaded is not None:
            _take(uploaded.name, uploaded.getvalue(), mapping or OWN, set_aside=False)
        _outcome(uploaded.name if uploaded else "", mapping or OWN)


def _take(name: str, content: bytes, mapping: str, *, set_aside: bool) -> None:
    with st.spinner(f"Checking {len(content) / 1e6:,.1f} MB", show_time=True):
        try:
            account = import_process.import_file(name, content, mapping, set_aside=set_aside)
        except errors.DashboardError as error:
            session.keep("import_outcome", error)
        else:
            session.keep("import_outcome", account)
            if account.stored:
                st.rerun()


def _outcome(name: str, mapping: str) -> None:
    """What became of the last file; a refusal offers to take the good rows alone."""
    found = session.kept("import_outcome", None)
    if isinstance(found, errors.DashboardError):
        st.error(words.escape(str(found)), title="There is a problem")
    if not isinstance(found, accounts.Account):
        return
    data_panels.outcome(found)
    if found.stored:
        return
    data_panels.details(found)
    good = found.accepted
    uploaded = session.entered("intake_file")
    if good and uploaded is not None and uploaded.name == name:
        label = f"Add the {words.counted(good, 'good row', 'good rows')}, set the rest aside"
        if st.button(label):
            _take(uploaded.name, uploaded.getvalue(), mapping, set_aside=True)


def remove_button(account: accounts.Account) -> None:
    """Remove one file's records, after asking."""
    if st.button("Remove this file's records", key=f"remove_{account.batch}", type="tertiary"):
        _confirm(account)


@st.dialog("Remove these records?")
def _confirm(account: accounts.Account) -> None:
    st.markdown(
        f"{words.counted(account.accepted, 'record', 'records')} of "
        f"**{words.escape(account.file_name)}** will no longer be shown. Reviews already made "
        "stay in the ledger; the account of the file is kept."
    )
    if st.button("Remove", type="primary"):
        at = session.now().isoformat(timespec="seconds")
        batches.remove(shared_data.store(), account.batch, at=at, by=session.actor())
        session.keep("import_outcome", None)
        st.rerun()
