"""What the Data page shows: what is loaded, the account of each file, what was set aside."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from circulation import periods
from circulation.counting import disclosure, distribution
from circulation.knowledge_base import knowledge
from circulation.records import accounts, intake, ternary
from circulation.way_in import account_words
from ui import words

COUNTS = ("Asked", "Not asked", "Rows")
WAITING = (
    "Files added this month are counted from the first day of the next month on, for managers: a "
    "figure from before a file and one from after it would say what is in it."
)


def told(count: int, known: knowledge.Knowledge, *, exact: bool) -> str:
    """A number of records in words: exact, or by the rule for small numbers."""
    if exact:
        return words.number(count)
    return disclosure.protected_count(count, known.disclosure).words


def headline(records: str, made: Sequence[accounts.Account]) -> str:
    """What is loaded, in one line."""
    if records == "0":
        return "No records are loaded"
    return f"{words.records(records)} from {words.counted(len(made), 'file', 'files')}"


def summary(table: intake.Intake, known: knowledge.Knowledge, *, exact: bool) -> None:
    """From when the records are, and how many have no day."""
    undated = ternary.count(table.real[table.dated_words :])
    if table.first_day and exact:
        st.markdown(f"Received {words.day(table.first_day)} to {words.day(table.last_day)}.")
    elif table.first_day:
        months = (periods.month(day) for day in (table.first_day, table.last_day) if day)
        st.markdown(f"Received {' to '.join(months)}.")
    if undated:
        st.markdown(
            f"Records without a received day: {told(undated, known, exact=exact)}. They are "
            "counted in the distribution, shown in the worklist without a wait, kept out of trends."
        )


def outcome(account: accounts.Account) -> None:
    """What became of the file that was just read."""
    line = words.escape(f"{account.file_name}: {account_words.counts(account)}.")
    verdict = words.escape(account_words.verdict(account))
    if account.stored:
        st.success(f"{line} {verdict}")
    elif account.known_already:
        st.info(f"{line} {verdict}")
    else:
        way_on = words.escape(account_words.way_on(account))
        st.error(f"{line} {verdict} {way_on}", title="There is a problem")


def batch(account: accounts.Account, *, exact: bool, rows: bool) -> None:
    """The account of one file: its counts for those who may see them, its rows for the steward."""
    with st.container(border=True):
        moment = account.imported_at[:16].replace("T", " ")
        st.markdown(f"**{words.escape(account.file_name)}**")
        mapping = account.mapping or "our own format"
        who = account.imported_by.replace("_", " ")
        added = f"Read as {mapping}. Added {moment} UTC by {who}."
        hashes = f" Batch {account.batch[:12]}, file hash {account.source_sha256[:12]}."
        st.caption(words.escape(f"{added}{hashes if exact else ''}"))
        if exact:
            st.markdown(words.escape(account_words.counts(account)))
            undated = words.number(account.without_day)
            for remark in (f"Without a received day: {undated}.", *account.remarks):
                st.caption(words.escape(remark))
        if rows:
            details(account)


def details(account: accounts.Account) -> None:
    """Every refusal, duplicate and note that the account keeps."""
    if account.tallies:
        st.markdown(f"**{_problems(account)}**")
        _table(
            [
                {"Column": tally.column, "Reason": tally.reason, "Rows": tally.rows}
                for tally in account.tallies
            ]
        )
    _refusals("Rows set aside", account.refusals, account.refusal_count)
    _refusals("Duplicates", account.duplicates, account.duplicate)
    if account.notes:
        with st.expander(f"Taken, but worth a look: {words.number(account.note_count)}"):
            _table([{"Line": n.line, "Record": n.record_id, "What": n.text} for n in account.notes])
    if account.left_out:
        with st.expander(f"Columns of the file that are not taken: {len(account.left_out)}"):
            st.markdown("\n".join(f"- {words.escape(column)}" for column in account.left_out))


def _problems(account: accounts.Account) -> str:
    return f"There is a problem in {words.counted(account.rejected, 'row', 'rows')}"


def _refusals(title: str, refusals: Sequence[accounts.Refusal], count: int) -> None:
    if not refusals:
        return
    shown = f" (the first {words.number(len(refusals))} shown)" if count > len(refusals) else ""
    with st.expander(f"{title}: {words.number(count)}{shown}"):
        _table(
            [
                {"Line": r.line, "Column": r.column, "Reason": r.reason, "Way out": r.way_out}
                for r in refusals
            ]
        )


def _table(rows: Sequence[dict[str, object]]) -> None:
    frame = pd.DataFrame(rows)
    counts = {name: st.column_config.NumberColumn(format="localized") for name in COUNTS}
    st.dataframe(frame, hide_index=True, width="stretch", column_config=counts)


def completeness(table: intake.Intake, known: knowledge.Knowledge) -> None:
    """How many records have an answer to each finding of the distribution page."""
    rows = []
    for finding in distribution.findings(known):
        asked = ternary.count(table.ternaries[finding.id].asked)
        rows.append({"Finding": finding.label, "Asked": asked, "Not asked": table.count - asked})
    _table(rows)
