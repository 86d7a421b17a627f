"""The one way in: a file is read, recoded, checked and stored, and an account of it is given.

Either every row of a file is stored or nothing is, unless the caller asks to set faulty rows
aside; the account always says what became of each row.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.records import accounts, batches, intake
from circulation.way_in import (
    consistency,
    csv_chunks,
    csv_guards,
    mappings,
    reading,
    recoding,
    screening,
)
from circulation.way_in.gathering import Gathering

SYNTHETIC = "S-"
"""How the record ids of generated records begin, so that the mark travels with every file."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, when and by whom. ``name`` is the file's name as it came."""

    path: Path
    name: str
    at: datetime
    by: str
    today: date
    mapping: mappings.ForeignMapping | None = None
    separator: str = ","
    set_aside: bool = False


def import_file(
    store: Path, request: Request, knowledge: knowledge_base.Knowledge
) -> accounts.Account:
    """Imports a file; the account says whether it was stored (``account.stored``).

    Raises DashboardError when the file as a whole cannot be taken; then nothing is stored.
    """
    with batches.locked(store):
        run = _Run(store, request, knowledge)
        try:
            run.read()
            return run.settled()
        finally:
            run.draft.drop()


class _Run:
    """One import, from the first byte to the account."""

    def __init__(self, store: Path, request: Request, knowledge: knowledge_base.Knowledge) -> None:
        self._request = request
        self._knowledge_version = knowledge.version
        layout = columns.of(knowledge)
        mapping = request.mapping
        self._store = store
        self._synthetic: bool | None = None
        self._gathering = Gathering()
        shown = {t.to: t.from_ or t.to for t in mapping.targets} if mapping else {}
        self._screen = screening.Screen(accounts.shown_name(request.name), self._gathering, shown)
        self._expected = mapping.expected if mapping else tuple(c.name for c in layout)
        self._wanted = mapping.used if mapping else self._expected
        self._reader = reading.Reader(layout, today=request.today, screen=self._screen)
        self._recoder = (
            recoding.Recoder(mapping, knowledge.age_bands, self._screen) if mapping else None
        )
        self._checks = consistency.Checks(layout)
        self._stored = batches.stored_ids(store)
        self._seen: set[str] = set()
        self._digest = hashlib.sha256()
        self._received = self._accepted = self._rejected = self._without_day = 0
        self.draft = batches.Draft(store, layout)

    def read(self) -> None:
        """Reads the whole file. Raises DashboardError."""
        request = self._request
        separator = request.mapping.about.separator if request.mapping else request.separator
        opening = csv_guards.opened(
            request.path, self._screen.name, separator=separator, expected=self._expected
        )
        if request.mapping:
            about = request.mapping.about
            self._gathering.remarks += filter(None, (about.named, about.note))
        self._gathering.remarks += opening.remarks
        for chunk in csv_chunks.chunks(
            request.path, self._screen.name, opening, self._wanted, self._digest
        ):
            self._take(chunk)
        if not self._received:
            fault = "has a header but no records"
            csv_guards.refuse(self._screen.name, fault, "Choose a file with at least one record")
        self._gathering.remarks += self._reader.finish() + self._checks.remarks()

    def settled(self) -> accounts.Account:
        """Stores the accepted rows where that is asked for, and gives the account."""
        account = self._account()
        if account.accepted and (account.clean or self._request.set_aside):
            return self.draft.keep(account, self._gathering.listed)
        return account

    def _take(self, chunk: csv_chunks.Chunk) -> None:
        for misfit in chunk.misfits:
            self._gathering.refuse("", misfit.fault, np.array([misfit.line]))
        if self._recoder:
            chunk, faulty = self._recoder.recode(chunk)
        else:
            faulty = np.zeros(len(chunk.lines), dtype=np.bool_)
        checked = self._reader.check(chunk, faulty)
        self._check_kind(checked)
        self._gathering.sort_in()
        repeated = self._repeated(checked)
        good = ~checked.faulty & ~repeated
        self._received += len(checked.lines) + len(chunk.misfits)
        self._rejected += int(checked.faulty.sum()) + len(chunk.misfits)
        self._accepted += int(good.sum())
        self._keep(checked, good)

    def _check_kind(self, checked: reading.Checked) -> None:
        """Refuses to mix synthetic and real records, in the file or with what is stored."""
        mapping = self._request.mapping
        rows = np.flatnonzero(~checked.faulty)
        kinds = {
            mapping.about.synthetic if mapping else checked.record_ids[row].startswith(SYNTHETIC)
            for row in rows
        }
        if self._synthetic is not None:
            kinds.add(self._synthetic)
        if len(kinds) > 1:
            fault = "holds synthetic and real records together"
            csv_guards.refuse(
                self._screen.name, fault, f"Ids of synthetic ones begin '{SYNTHETIC}'"
            )
        if kinds and self._synthetic is None:
            self._synthetic = kinds.pop()
            batches.check_kind(self._store, is_synthetic=self._synthetic)

    def _keep(self, checked: reading.Checked, good: npt.NDArray[np.bool_]) -> None:
        everything = bool(good.all())
        codes = dict(checked.codes)
        ids: Sequence[str] = checked.record_ids
        lines = checked.lines
        if not everything:
            codes = {name: column[good] for name, column in codes.items()}
            ids = [record_id for record_id, kept in zip(ids, good, strict=True) if kept]
            lines = lines[good]
        days = codes.get("received_on")
        self._without_day += (
            len(ids) if days is None else int(np.count_nonzero(days == intake.NO_DAY))
        )
        for oddity in self._checks.find(codes, self._reader.values):
            named = [ids[row] for row in oddity.rows[: accounts.KEPT]]
            self._gathering.note(oddity.text, lines[oddity.rows], named)
        if everything or self._request.set_aside:
            self.draft.add(ids, codes, {name: self._reader.values(name) for name in codes})
        else:
            self.draft.drop()

    def _repeated(self, checked: reading.Checked) -> npt.NDArray[np.bool_]:
        """The rows, not faulty, whose record id was taken before."""
        repeated = np.zeros(len(checked.lines), dtype=np.bool_)
        ids = checked.record_ids
        fresh = set(ids)
        if (
            len(fresh) == len(ids)
            and not checked.faulty.any()
            and fresh.isdisjoint(self._seen)
            and fresh.isdisjoint(self._stored)
        ):
            self._seen |= fresh
            return repeated
        for row in np.flatnonzero(~checked.faulty):
            line, record_id = int(checked.lines[row]), ids[row]
            if record_id in self._stored:
                self._gathering.repeat(line, "is in the store already")
            elif record_id in self._seen:
                self._gathering.repeat(line, "stands in an earlier row")
            else:
                self._seen.add(record_id)
                continue
            repeated[row] = True
        return repeated

    def _account(self) -> accounts.Account:
        request, gathered = self._request, self._gathering
        mapping = request.mapping
        left_out = mapping.left_out if mapping else ()
        return accounts.Account(
            file_name=self._screen.name,
            source_sha256=self._digest.hexdigest(),
            mapping=mapping.label if mapping else "",
            knowledge_version=self._knowledge_version,
            synthetic=bool(self._synthetic),
            imported_at=request.at.isoformat(timespec="seconds"),
            imported_by=request.by,
            received=self._received,
            accepted=self._accepted,
            rejected=self._rejected,
            duplicate=self._received - self._accepted - self._rejected,
            without_day=self._without_day,
            refusal_count=gathered.refusal_count,
            refusals=tuple(gathered.listed[: accounts.KEPT]),
            tallies=gathered.tallies,
            duplicates=tuple(gathered.duplicates),
            note_count=gathered.note_count,
            notes=tuple(gathered.notes),
            remarks=tuple(gathered.remarks),
            left_out=tuple(f"{', '.join(part.columns)}: {part.reason}" for part in left_out),
        )
