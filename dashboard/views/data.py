"""What is loaded, the account of each file, what was set aside, and the way to add a file."""

import streamlit as st

from circulation import access
from circulation.records import batches
from ui import data_panels, imports, session, shared_data, words

role = session.role()
access.check_page(role, access.Page.DATA)
may_load = access.allowed(role, access.Act.LOAD_DATA)
sees_all = access.allowed(role, access.Act.SEE_EXACT_COUNTS)
exact = sees_all or may_load
table, known = shared_data.loaded().table, shared_data.knowledge()
accounts = batches.all_accounts(shared_data.store())

counted = [account for account in accounts if account.batch in shared_data.settled()]
records = data_panels.told(table.count, known, exact=exact)
st.title(data_panels.headline(records, counted), anchor=False)
if table.count:
    data_panels.summary(table, known, exact=exact)

if may_load:
    imports.add_a_file(known)
elif not accounts:
    st.info("No records are loaded yet. A data steward adds a file on this page.")

if accounts:
    st.header("Files", anchor=False)
if len(counted) < len(accounts):
    st.caption(data_panels.WAITING)
for account in accounts:
    data_panels.batch(account, exact=exact, rows=may_load)
    if may_load:
        imports.remove_button(account)

if table.count and sees_all:
    st.header("What was asked", anchor=False)
    st.caption(
        f"Of {words.counted(table.count, 'record', 'records')}. Not asked is never counted as no."
    )
    data_panels.completeness(table, known)
