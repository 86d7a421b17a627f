"""The clinician's desk: the list being worked, the record that lies open, and saving to its review.

Saving never loses what was typed: a refusal or a conflict is kept and shown beside the text, and
"saved" is said only after the store has committed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib import parse

import streamlit as st

from circulation import access, errors
from circulation.judgement import checklist, explanation, first_view, review_basis, standing
from circulation.records import ternary
from circulation.reviewing import review_rules, review_store, reviews, sign_off
from ui import address, record_hold, session, shared_data, signing, walking, words

ADDRESS = "record"
"""The part of the page's address that names the record."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A save that did not happen: why, what was tried, and on what the reader had before them."""

    record_id: str
    error: errors.DashboardError
    tried: tuple[reviews.Change, ...]
    before: reviews.RecordReview


@dataclass(frozen=True, slots=True)
class Last:
    """The reader's last save: of which record, to which version, what it was and when."""

    record_id: str
    version: int
    changes: tuple[reviews.Change, ...]
    at: str


@dataclass(frozen=True, eq=False)
class Open:
    """The record that lies open, with all that its page shows.

    ``row`` is its row of the intake; ``stands`` is that with the results typed in its review,
    ``judged`` the engine that has read it.
    """

    row: int
    record_id: str
    stands: standing.Record
    judged: explanation.OneRecord
    assessed: explanation.RecordAssessment
    review: reviews.RecordReview
    checklist: checklist.Checklist

    @property
    def closed(self) -> bool:
        """Whether the review is signed off: it is opened again before anything is changed."""
        return self.review.state is reviews.State.REVIEWED

    @property
    def view_first(self) -> bool:
        """Whether the tool's order waits for the clinician's own view."""
        return first_view.waits(self.review, shared_data.knowledge())

    @cached_property
    def basis(self) -> reviews.Basis:
        """What the reviewer has in front of them."""
        known = shared_data.knowledge()
        return review_basis.of(
            shared_data.loaded().table,
            self.row,
            known,
            urgency=self.assessed.urgency,
            called_for=self.checklist.open_at_intake,
            red_flags=(view.flag.id for view in self.assessed.raised),
        )


def take(record_id: str) -> None:
    """Lay a record open."""
    session.keep("desk_record", record_id)
    session.keep("desk_fault", None)
    session.keep("desk_unsaved", {})
    record_hold.take_new()
    walking.visit(record_id)


def taken() -> str:
    """The id of the record that lies open, '' for none; a new session finds it in the address."""
    return session.kept("desk_record", "") or address.part(ADDRESS)


def named_by_address() -> bool:
    """Whether this session was begun by the address of a record."""
    return not session.kept("desk_record", "")


def link(record_id: str) -> str:
    """A way to a record's page, in Markdown."""
    return f"[{words.escape(record_id)}](/record?{ADDRESS}={parse.quote(record_id)})"


def open_page(record_id: str) -> None:
    """Lay a record open and go to its page, whose address names it and the list that it is of."""
    take(record_id)
    named = {ADDRESS: record_id, **walking.address(walking.walk())}
    st.switch_page("views/record.py", query_params=named)


def go_on(record_id: str) -> None:
    """From a record to another, in the address too."""
    take(record_id)
    address.set_part(ADDRESS, record_id)


def follow_address() -> None:
    """The browser's own way back changes the address alone: lay open the record that it names."""
    named, kept = address.part(ADDRESS), session.kept("desk_record", "")
    if kept and not named:
        address.set_part(ADDRESS, kept)
    elif kept and named != kept:
        take(named)


def opened() -> Open | None:
    """The record that lies open, as its reader has it before them; None when it is not loaded."""
    return find(taken())


def find(record_id: str) -> Open | None:
    """A record as it stands now, the open one as it was drawn; None when it is not loaded."""
    loaded, known = shared_data.loaded(), shared_data.knowledge()
    row = loaded.table.row_of(record_id) if record_id else None
    if row is None:
        return None
    held = record_id == taken()
    review = record_hold.review(record_id) if held else shared_data.reviews().current(record_id)
    stands = standing.of(loaded.table, row, known, review)
    judged = explanation.one(stands, known)
    assessed = explanation.explained(judged)
    made = checklist.for_record(loaded.table, row, assessed, review, known.measurements)
    return Open(row, record_id, stands, judged, assessed, review, made)


def neighbour(step: int) -> None:
    """Lay the next (+1) or previous (-1) record of the list open; at its end nothing changes."""
    found = walking.neighbour(taken(), step)
    if found:
        go_on(found)


def save(shown: Open, *changes: reviews.Change, widget: str = "") -> bool:
    """Save changes against the version that was shown; False when refused, with the reason kept."""
    try:
        after = shared_data.reviews().add(
            shown.record_id,
            changes,
            actor=session.actor(),
            role=session.role(),
            expected_version=_expected(shown),
            now=session.now(),
            basis=_basis(shown, changes),
        )
    except errors.DashboardError as error:
        session.keep("desk_fault", Fault(shown.record_id, error, changes, shown.review))
        if isinstance(error, review_store.Conflict):
            record_hold.take_new()  # the page shows both versions now
        hold(widget)
        return False
    if after.version > _expected(shown):
        at = words.clock(session.local_now())
        session.keep("desk_last", Last(shown.record_id, after.version, changes, at))
    session.keep("desk_own", (shown.record_id, after.version))
    record_hold.note_own(after)
    walking.note_own(shown.record_id, after.version)
    _let_go(widget)
    return True


def _basis(shown: Open, changes: Sequence[reviews.Change]) -> reviews.Basis:
    """What the reviewer has in front of them; a sign-off keeps it as it was shown."""
    signs = any((change.field, change.new) == review_rules.SIGNED for change in changes)
    return signing.with_view(shown.basis, shown.assessed, shown.review) if signs else shown.basis


def _expected(shown: Open) -> int:
    """The version shown, or this reader's own later save: nobody is in conflict with themselves."""
    record_id, version = session.kept("desk_own", ("", 0))
    return (
        max(version, shown.review.version) if record_id == shown.record_id else shown.review.version
    )


def hold(widget: str) -> None:
    """Leave what is typed in a widget as it is: it could not be saved."""
    session.keep("desk_unsaved", _unsaved() | {widget: fault()})


def typed(widget: str) -> bool:
    """Whether a widget holds text that could not be saved and must stay as it was typed."""
    return widget in _unsaved()


def taken_back(widget: str) -> None:
    """The reader put a widget back to what is saved: nothing of it is unsaved any more."""
    if typed(widget):
        _let_go(widget)


def _unsaved() -> dict[str, Fault | None]:
    """The widgets that hold text which could not be saved, and why each could not."""
    return dict(session.kept("desk_unsaved", {}))


def _let_go(widget: str) -> None:
    """A save went well: only words that were typed elsewhere and refused are still unsaved."""
    left = {
        other: why
        for other, why in _unsaved().items()
        if other != widget and session.entered(other) is not None and session.touched(other)
    }
    faults = [f for f in left.values() if f and not isinstance(f.error, sign_off.SignOffRefused)]
    session.keep("desk_unsaved", left)
    session.keep("desk_fault", faults[-1] if faults else None)


def last() -> Last | None:
    """What this reader saved last and has not taken back."""
    found: Last | None = session.kept("desk_last", None)
    return found


def forget_last(after: reviews.RecordReview) -> None:
    """The last save was taken back; this is what stands after it."""
    session.keep("desk_last", None)
    session.keep("desk_own", (after.record_id, after.version))
    record_hold.note_own(after)


def fault() -> Fault | None:
    """The save that did not happen, if there was one on the record that lies open."""
    found: Fault | None = session.kept("desk_fault", None)
    return found if found and found.record_id == taken() else None


def refused() -> list[Fault]:
    """Every save that did not happen on the record that lies open, each once."""
    found = dict.fromkeys([*_unsaved().values(), fault()])
    return [one for one in found if one and one.record_id == taken()]


def refuse(shown: Open, error: errors.DashboardError) -> None:
    """Keep why something was not even tried, to be shown like a save that was refused."""
    session.keep("desk_fault", Fault(shown.record_id, error, (), shown.review))


def check_access() -> None:
    """Record pages are for those who may see records."""
    access.check(session.role(), access.Act.SEE_RECORDS)


def present_findings(row: int, names: Sequence[str]) -> tuple[str, ...]:
    """The findings present in a row."""
    table = shared_data.loaded().table
    return tuple(name for name in names if ternary.holds(table.ternaries[name].present, row))
