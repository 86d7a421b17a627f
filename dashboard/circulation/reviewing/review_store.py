"""The review store: the ledger of all reviews in a database, and what stands for each record."""

import dataclasses
import datetime
import functools
import pathlib
import threading
import types
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import sqlalchemy as sa

from circulation import access, errors
from circulation.reviewing import (
    fair_lock,
    kept_filters,
    kept_views,
    ledger,
    review_audit,
    review_database,
    review_fields,
    review_lines,
    review_rows,
    review_rules,
    review_schema,
    review_sqlite,
    reviews,
)

Found = TypeVar("Found")


class Conflict(errors.DashboardError):
    """Someone else saved first; carries what stands now, so that a page can show both."""

    def __init__(self, current: reviews.RecordReview) -> None:
        super().__init__(
            "review",
            "someone else saved this record since it was opened; yours is not saved",
            "See both versions and save again what should stand.",
        )
        self.current = current


class NotSaved(errors.DashboardError):
    """The database refused the write. Nothing of it was saved; what was there before stands."""


class ReviewStore:
    """One store for all threads of this process; other processes may use the same file."""

    def __init__(self, url: str) -> None:
        """Open the database at an SQLAlchemy URL: sqlite:////path/file or postgresql://host/name.

        Raises DashboardError for a file or database of others; such a one is not changed.
        """
        self._database = review_database.at(url)
        self._engine = self._database.reading
        self._writer = fair_lock.FairLock()
        self._refreshing = threading.Lock()
        self._known: Mapping[str, reviews.RecordReview] = types.MappingProxyType({})
        self._known_to = 0

    def close(self) -> None:
        """Gives the connections to the database back."""
        self._database.close()

    def add(
        self,
        record_id: str,
        changes: Sequence[reviews.Change],
        *,
        actor: str,
        role: access.Role,
        expected_version: int,
        now: datetime.datetime,
        basis: reviews.Basis,
    ) -> reviews.RecordReview:
        """Save the changes, all or none, and return what stands after them.

        Once this returns they are on the disk. Raises Conflict when the record's version is not
        the expected one, sign_off.SignOffRefused with every reason, NotSaved when the database
        refuses, DashboardError when the role may not or a change is not possible.
        """
        review_rules.check_reasons(changes)
        save = _Save(record_id, actor, role, expected_version, ledger.utc_text(now), basis)
        return self._saved(save, lambda _: changes)

    def undo(
        self,
        record_id: str,
        *,
        actor: str,
        role: access.Role,
        expected_version: int,
        now: datetime.datetime,
        basis: reviews.Basis,
    ) -> reviews.RecordReview:
        """Take back the actor's own last save about a record, by new events. Raises as `add`."""
        save = _Save(record_id, actor, role, expected_version, ledger.utc_text(now), basis)
        return self._saved(
            save, lambda found: review_rules.undoing(_history(found, record_id), actor=actor)
        )

    def current(self, record_id: str) -> reviews.RecordReview:
        """What stands for one record; version 0 where nothing was said yet."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            return _current(connection, record_id)

    def all_current(self) -> Mapping[str, reviews.RecordReview]:
        """What stands for every record that has events, by record id.

        A snapshot that later saves leave as it is; only what changed since the last call is read.
        """
        with self._refreshing, review_sqlite.reading_errors(), self._engine.begin() as connection:
            changed = connection.execute(review_schema.states_after(self._known_to)).all()
            if changed:
                news = {row.record_id: review_schema.review(row) for row in changed}
                self._known = types.MappingProxyType({**self._known, **news})
                self._known_to = max(row.version for row in changed)
            return self._known

    def current_of(self, record_ids: Sequence[str]) -> Mapping[str, reviews.RecordReview]:
        """What stands for those of some records that have events, by record id."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            rows = connection.execute(review_schema.states_of(record_ids))
            return {row.record_id: review_schema.review(row) for row in rows}

    def read(self, query: Callable[[sa.Connection], Found]) -> Found:
        """What a query finds in the store as it is at one moment."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            return query(connection)

    def change(self, act: Callable[[sa.Connection], Found]) -> Found:
        """Carry out an act, whole or not at all, while nothing else is saved.

        Once this returns it is on the disk. Raises NotSaved when the database refuses.
        """
        return self._changed(lambda connection, _: act(connection))

    def history(self, record_id: str) -> tuple[ledger.Event, ...]:
        """Every event about one record, oldest first."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            return _history(connection, record_id)

    def said(self, *fields: reviews.Field) -> tuple[ledger.Event, ...]:
        """Every event about some fields, over all records, oldest first."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            rows = connection.execute(review_schema.events_about(fields))
            return tuple(review_schema.event(row) for row in rows)

    def view(self, seal: str) -> str:
        """The text of the view that an event names. Raises DashboardError unless it is whole."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            row = connection.execute(review_schema.view_of(seal)).one_or_none()
        if row is None:
            raise errors.DashboardError(
                kept_views.PLACE, "is not in the store", "Verify the store."
            )
        return kept_views.text(review_schema.view(row))

    def version(self) -> int:
        """The number of events: it changes with every event, and asking is cheap."""
        return self.anchor().count

    def anchor(self) -> ledger.Anchor:
        """Count and seal of the ledger now, to be noted outside the store."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            head = _head(connection)
        return ledger.Anchor(head.sequence, head.hash)

    def verify(self, anchor: ledger.Anchor | None = None) -> ledger.Verification:
        """Prove the whole store as it is at this moment; others may write meanwhile."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            return review_audit.verify(connection, anchor, self._database.damage)

    def export(self, path: pathlib.Path) -> ledger.Anchor:
        """Write the whole ledger as it is at this moment into a new file, one event a line."""
        with review_sqlite.reading_errors(), self._engine.begin() as connection:
            return review_lines.write(connection, path)

    def take_in(self, path: pathlib.Path, filters: str) -> None:
        """Put an exported ledger and the saved filters beside it into an empty store, all or none.

        Raises DashboardError otherwise.
        """
        writing = self._database.writing
        with review_sqlite.reading_errors(), self._writer.turn(), writing.begin() as connection:
            review_lines.put(connection, path)
            kept_filters.put_text(connection, filters)

    def _saved(self, save: "_Save", choose: "_Choose") -> reviews.RecordReview:
        save.check()
        return self._changed(lambda connection, head: _written(connection, head, save, choose))

    def _changed(self, act: Callable[[sa.Connection, ledger.Head], Found]) -> Found:
        self._database.check_in_place()
        writing = self._database.writing
        try:
            with self._writer.turn(), writing.begin() as connection:
                return act(connection, _head(connection, lock=True))
        except review_sqlite.FAULTS as fault:
            told = f"not saved: {review_sqlite.words(fault)}"
            raise NotSaved("review", told, "Keep this page open and save again.") from fault


@dataclasses.dataclass(frozen=True)
class _Save:
    """One wish to save: about which record, by whom, on which version, when and on what basis."""

    record_id: str
    actor: str
    role: access.Role
    expected_version: int
    at: str
    basis: reviews.Basis

    def check(self) -> None:
        access.check(self.role, access.Act.REVIEW_RECORDS)
        review_fields.check_name(self.record_id, place="record id")
        review_fields.check_name(self.actor, place="name of the reviewer")

    def entry(self, step: review_rules.Step) -> ledger.Entry:
        return ledger.Entry(
            at=self.at,
            actor=self.actor,
            role=self.role,
            record_id=self.record_id,
            data_set=self.basis.data_set,
            knowledge=self.basis.knowledge,
            **dataclasses.asdict(step),
        )


_Choose = Callable[[sa.Connection], Sequence[reviews.Change]]


def _written(
    connection: sa.Connection, head: ledger.Head, save: _Save, choose: _Choose
) -> reviews.RecordReview:
    """The whole save inside one transaction; an error on the way undoes all of it."""
    before = _current(connection, save.record_id)
    if before.version != save.expected_version:
        raise Conflict(before)
    steps = review_rules.plan(
        before, choose(connection), at=save.at, actor=save.actor, basis=save.basis
    )
    if not steps:
        return before
    events = ledger.seal(head, [save.entry(step) for step in steps])
    after = functools.reduce(reviews.follow, events, before)
    review_rows.put(connection, events, view=save.basis.view)
    review_rows.replace(connection, before, after)
    review_rows.move_head(connection, head, ledger.head_after(events[-1]))
    return after


def _head(connection: sa.Connection, *, lock: bool = False) -> ledger.Head:
    query = sa.select(review_schema.HEAD)
    row = connection.execute(query.with_for_update() if lock else query).one()
    return ledger.Head(*row)


def _current(connection: sa.Connection, record_id: str) -> reviews.RecordReview:
    row = connection.execute(review_schema.state_of(record_id)).one_or_none()
    return review_schema.review(row) if row else reviews.RecordReview(record_id)


def _history(connection: sa.Connection, record_id: str) -> tuple[ledger.Event, ...]:
    rows = connection.execute(review_schema.events_of(record_id))
    return tuple(review_schema.event(row) for row in rows)
