"""What is loaded, the account of each file, what was set aside, and the way to add a file."""

import streamlit as st

from circulation import access
from circulation.records import batches
from ui import data_panels, imports, session, words

role = session.role()
access.check_page(role, access.Page.DATA)
may_load = access.allowed(role, access.Act.LOAD_DATA)
table, known = session.loaded().table, session.knowledge()
accounts = batches.all_accounts(session.store())

st.header(data_panels.headline(table, accounts), anchor=False)
if table.count:
    data_panels.summary(table)

if may_load:
    imports.add_a_file(known)
elif not accounts:
    st.info("No records are loaded yet. A data steward adds a file on this page.")

if accounts:
    st.subheader("Files", anchor=False)
for account in accounts:
    data_panels.batch(account, rows=may_load)
    if may_load:
        imports.remove_button(account)

if table.count:
    st.subheader("What was asked", anchor=False)
    st.caption(
        f"Of {words.counted(table.count, 'record', 'records')}. Not asked is never counted as no."
    )
    data_panels.completeness(table, known, role)
