"""The store of imported batches: one immutable Parquet file each, named by its SHA-256.

A batch counts from the moment its account stands beside it (``<id>.json``, written last). A file
without an account is what an interrupted import left; it is never loaded. Real and synthetic
records are never in one store together.
"""

import csv
import fcntl
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from circulation import durable, errors
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.records import accounts, batch_files, intake, table_files

FOLDER = "batches"
REMOVED = "removed"
PLACE = "the store"
NAMED_BY = "See --store or INTAKE_STORE."
OTHER_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")
"""How an address such as s3://bucket begins, read as a path."""
Code = TypeVar("Code", np.int16, np.int64)


def folder(store: Path) -> Path:
    """Where the batches of a store lie."""
    return store / FOLDER


def names(store: Path) -> tuple[str, ...]:
    """The ids of the batches in a store, in a fixed order."""
    return tuple(sorted(path.stem for path in folder(store).glob("*.json")))


def named(store: Path, start: str) -> str:
    """The one batch whose id begins so. Raises DashboardError when none or several do."""
    found = [name for name in names(store) if start and name.startswith(start)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(name[:12] for name in names(store)) or "none"
    raise errors.DashboardError(f"batch {start[:12]}", "is not one batch here", f"Batches: {known}")


def account(store: Path, batch: str) -> accounts.Account:
    """The account of a batch. Raises DashboardError when it is not there or was changed."""
    path = folder(store) / f"{named(store, batch)}.json"
    return accounts.from_json(path.read_bytes(), f"account of batch {batch[:12]}")


def all_accounts(store: Path) -> tuple[accounts.Account, ...]:
    """The account of every batch, the latest import first."""
    found = [account(store, name) for name in names(store)]
    return tuple(sorted(found, key=lambda one: (one.imported_at, one.batch), reverse=True))


def synthetic(store: Path) -> bool | None:
    """Whether the records of a store are synthetic; None when there are none."""
    kinds = {one.synthetic for one in all_accounts(store)}
    if len(kinds) > 1:
        raise errors.DashboardError(
            "the store", "holds real and synthetic records together", "Remove one kind"
        )
    return kinds.pop() if kinds else None


def check_kind(store: Path, *, is_synthetic: bool) -> None:
    """Raises when records of this kind would be mixed with the other kind."""
    present = synthetic(store)
    if present is not None and present != is_synthetic:
        words = {True: "synthetic records", False: "real records"}
        raise errors.DashboardError(
            "the store",
            f"holds {words[present]}; {words[is_synthetic]} are never mixed with them",
            "Use another store (--store), or remove the batches that are there",
        )


def make(path: Path) -> None:
    """Makes a folder of a store. Raises DashboardError where there can be none."""
    if OTHER_PLACE.match(str(path)):
        fault = "is named by an address, and only a folder of this computer can hold it"
        raise errors.DashboardError(PLACE, fault, NAMED_BY)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        fault = "its folder cannot be made: there is a file in its place"
        raise errors.DashboardError(PLACE, fault, NAMED_BY) from None
    except OSError as refused:
        fault = f"its folder cannot be made: {refused.strerror}"
        raise errors.DashboardError(PLACE, fault, NAMED_BY) from None


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Holds the store for one writer; another one waits."""
    make(folder(store))
    with (store / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Draft:
    """A batch being written; it is in the store only once it is kept."""

    def __init__(self, store: Path, layout: Sequence[columns.Column]) -> None:
        self._folder = folder(store)
        self._path = self._folder / f"draft{durable.PART}"
        self._writer: batch_files.Writer | None = batch_files.Writer(self._path, layout)

    @property
    def open(self) -> bool:
        """Whether records can still be added."""
        return self._writer is not None

    def add(
        self,
        record_ids: Sequence[str],
        codes: dict[str, intake.Codes],
        values: dict[str, Sequence[str]],
    ) -> None:
        """Adds records; see batch_files.Writer."""
        if self._writer:
            self._writer.add(record_ids, codes, values)

    def keep(
        self, account_of_it: accounts.Account, listed: Sequence[accounts.Refusal]
    ) -> accounts.Account:
        """Puts the batch into the store, whole or not at all; returns the account with its id."""
        assert self._writer, "a draft is kept or dropped once"
        self._writer.close()
        self._writer = None
        batch = durable.sha256(self._path)
        kept = replace(account_of_it, batch=batch)
        durable.settle(self._path, self._folder / f"{batch}.parquet")
        if listed:
            durable.write(self._folder / f"{batch}.refusals.csv", _as_csv(listed))
        durable.write(self._folder / f"{batch}.json", accounts.to_json(kept))
        return kept

    def drop(self) -> None:
        """Forgets the draft."""
        if self._writer:
            self._writer.abandon()
            self._writer = None
        self._path.unlink(missing_ok=True)


def stored_ids(store: Path) -> set[str]:
    """Every record id in the store."""
    return {
        record_id
        for name in names(store)
        for part in _stored(store, name).record_ids().chunks
        for record_id in part.to_pylist()
    }


def remove(store: Path, batch: str, *, at: str, by: str) -> accounts.Account:
    """Deletes a batch's records; its account stays in removed/, with when and by whom.

    Raises DashboardError when there is no such batch.
    """
    with locked(store):
        batch = named(store, batch)
        gone = account(store, batch)
        remark = f"Removed {at} by {by}"
        kept = replace(gone, remarks=(*gone.remarks, remark))
        (folder(store) / REMOVED).mkdir(exist_ok=True)
        durable.write(folder(store) / REMOVED / f"{batch}.json", accounts.to_json(kept))
        for end in ("json", "parquet", "refusals.csv"):
            (folder(store) / f"{batch}.{end}").unlink(missing_ok=True)
        table_files.forget(store)
        durable.sync(folder(store))
    return kept


def verify(store: Path) -> tuple[str, ...]:
    """What is wrong with the store, in words; nothing when every file is as it was written."""
    problems = []
    for name in names(store):
        path = folder(store) / f"{name}.parquet"
        try:
            if account(store, name).batch != name:
                problems.append(f"account of batch {name[:12]}: belongs to another batch")
        except errors.DashboardError as fault:
            problems.append(str(fault))
        if not path.exists():
            problems.append(f"batch {name[:12]}: its records are missing")
        elif durable.sha256(path) != name:
            problems.append(f"batch {name[:12]}: its records were changed or damaged")
    for path in sorted(folder(store).glob("*")):
        if path.suffix in (".parquet", durable.PART) and path.stem not in names(store):
            problems.append(f"{path.name[:20]}: left by an interrupted import; it is not loaded")
    return tuple(problems)


def version(
    store: Path, knowledge: knowledge_base.Knowledge, only: tuple[str, ...] | None = None
) -> str:
    """The version of the table that load would give: of the batches and of the columns."""
    found = names(store) if only is None else only
    if not found:
        return "nothing"
    content = "\n".join([*found, _layout_text(knowledge)])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@lru_cache(maxsize=2)
def _layout_text(knowledge: knowledge_base.Knowledge) -> str:
    """The columns in words that differ when a column does; pages ask for the version often."""
    parts = [f"{c.name} {c.kind} {c.values} {c.decimals}" for c in columns.of(knowledge)]
    return "\n".join(parts)


def load(store: Path, knowledge: knowledge_base.Knowledge) -> intake.Intake:
    """All stored records as one table, mapped from the file that the first load writes."""
    every = names(store)
    if not every:
        return built(store, knowledge, every)
    found = table_files.opened(store, version(store, knowledge))
    return found or table_files.kept(store, built(store, knowledge, every))


def built(store: Path, knowledge: knowledge_base.Knowledge, only: tuple[str, ...]) -> intake.Intake:
    """The table read from these batches, one column at a time to keep memory low."""
    layout = columns.by_name(knowledge)
    files = [_stored(store, name) for name in only]
    for file in files:
        file.check_layout(layout.values())
    sites = sorted(frozenset[str]().union(*(file.sites("site") for file in files)))
    values = {name: column.values or sites for name, column in layout.items()}

    def coded(name: str) -> intake.Coded:
        known = values[name]
        codes = _together(files, name, intake.BLANK, lambda f: f.codes(name, known), np.int16)
        return intake.Coded(codes, tuple(values[name]))

    def numbers(name: str) -> npt.NDArray[np.int64]:
        decimals = layout[name].decimals
        blank = intake.NOT_MEASURED
        return _together(files, name, blank, lambda f: f.numbers(name, decimals), np.int64)

    return intake.build(
        columns.of(knowledge),
        version=version(store, knowledge, only),
        synthetic=synthetic(store) or False,
        ids=np.concatenate([np.zeros(0, "S1"), *(file.ids() for file in files)]),
        days=np.concatenate([np.zeros(0, np.int32), *(file.days("received_on") for file in files)]),
        coded=coded,
        numbers=numbers,
    )


def _together(
    files: Sequence[batch_files.Stored],
    name: str,
    blank: int,
    read: Callable[[batch_files.Stored], npt.NDArray[Code]],
    kind: type[Code],
) -> npt.NDArray[Code]:
    """One column of all files; a file from before the column was there is blank in it."""
    parts: list[npt.NDArray[Code]] = [
        read(f) if name in f.columns else np.full(f.count, blank, kind) for f in files
    ]
    return np.concatenate([np.zeros(0, kind), *parts])


def _stored(store: Path, name: str) -> batch_files.Stored:
    return batch_files.Stored(folder(store) / f"{name}.parquet")


def _as_csv(listed: Sequence[accounts.Refusal]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("line", "column", "reason", "way out"))
    writer.writerows((one.line, one.column, one.reason, one.way_out) for one in listed)
    return text.getvalue()
