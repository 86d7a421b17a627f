"""A backup: reviews, saved filters and imported batches in one tar file, with a manifest of seals.

The manifest comes first: when and with which knowledge the backup was made, count and seal of the
ledger (an anchor outside the store), and size and SHA-256 of every file.
"""

import dataclasses
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import tarfile
from collections.abc import Iterator
from typing import IO

from circulation import durable, errors
from circulation.records import batches
from circulation.reviewing import kept_filters, ledger, review_store

FORM = 2  # form 1 had no saved filters
MANIFEST, REVIEWS, FILTERS = "manifest.json", "reviews.jsonl", "filters.jsonl"
_BATCH_FILE = re.compile(r"batches/(removed/)?[0-9a-f]{64}\.(json|parquet|refusals\.csv)")


@dataclasses.dataclass(frozen=True)
class Kept:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class Manifest:
    """What a backup holds: when it was made, with which knowledge, and the seal of each part."""

    made_at: str
    knowledge: str
    anchor: ledger.Anchor
    files: tuple[Kept, ...]

    @property
    def batches(self) -> int:
        """How many imported batches it holds."""
        return sum(one.name.endswith(".parquet") for one in self.files)


def make(
    store: pathlib.Path,
    reviews: review_store.ReviewStore,
    target: pathlib.Path,
    *,
    at: str,
    knowledge: str,
) -> Manifest:
    """A verified backup under a new name; reviews may be saved meanwhile, imports wait.

    Raises DashboardError when the name is taken or something is not as it was written.
    """
    if target.exists():
        raise errors.DashboardError("backup", "the file exists already", "Choose a new name.")
    if not target.parent.is_dir():
        fault = "the folder that it should be in does not exist"
        raise errors.DashboardError("backup", fault, "Make it, or name another.")
    part = target.with_name(f"{target.name}.part")
    lines, filters = (target.with_name(f"{target.name}.{name}") for name in (REVIEWS, FILTERS))
    try:
        for left_over in (part, lines, filters):
            left_over.unlink(missing_ok=True)
        with batches.locked(store):
            _check_batches(store)
            anchor = reviews.export(lines)
            filters.write_text(reviews.read(kept_filters.text), "ascii")
            sources = {REVIEWS: lines, FILTERS: filters, **_batch_files(store)}
            files = tuple(_kept(name, path) for name, path in sources.items())
            manifest = Manifest(at, knowledge, anchor, files)
            _write(part, manifest, sources)
        check(part)
        durable.put_in_place(part, target)
    except OSError as fault:
        told = f"not made: {fault.strerror}"
        raise errors.DashboardError("backup", told, errors.FREE) from fault
    finally:
        for left_over in (part, lines, filters):
            left_over.unlink(missing_ok=True)
    return manifest


def restore(
    source: pathlib.Path, store: pathlib.Path, reviews: review_store.ReviewStore
) -> Manifest:
    """Put a backup into an empty store and prove it there.

    Raises DashboardError for a store in use or a backup that is not whole; nothing is overwritten.
    """
    manifest = check(source)
    with batches.locked(store):
        folder = batches.folder(store)
        if reviews.version() or reviews.read(kept_filters.text) or any(folder.iterdir()):
            raise errors.DashboardError(
                "the store", "is in use; nothing was restored", "Restore into an empty store."
            )
        lines = store / REVIEWS
        try:
            with tarfile.open(source, "r:") as tar:
                _extract(tar, REVIEWS, lines)
                filters = _filters(tar, manifest)
                reviews.take_in(lines, filters)
                for name in _accounts_last(manifest):
                    (store / name).parent.mkdir(exist_ok=True)
                    _extract(tar, name, store / name)
        except OSError as fault:
            told = f"not finished: {fault.strerror}"
            way_out = "Make room, and restore into another empty folder or database."
            raise errors.DashboardError("restore", told, way_out) from fault
        finally:
            lines.unlink(missing_ok=True)
    problems = (*batches.verify(store), *reviews.verify(manifest.anchor).problems)
    if problems:
        raise errors.DashboardError("restored store", problems[0], "Use another backup.")
    if reviews.read(kept_filters.text) != filters:
        raise errors.DashboardError("restored store", "has other saved filters than the backup")
    return manifest


def check(source: pathlib.Path) -> Manifest:
    """The manifest of a backup whose every file is as it was written; DashboardError otherwise."""
    if not source.is_file():
        raise errors.DashboardError("backup", "there is no such file", "Check the path.")
    try:
        with tarfile.open(source, "r:") as tar:
            members = tar.getmembers()
            manifest = _manifest(_content(tar, MANIFEST).read())
            found = [
                Kept(
                    one.name,
                    one.size,
                    hashlib.file_digest(_content(tar, one.name), "sha256").hexdigest(),
                )
                for one in members[1:]
            ]
    except (OSError, tarfile.TarError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise _not_whole("cannot be read as a backup") from fault
    names = [one.name for one in found]
    known = all(name in (REVIEWS, FILTERS) or _BATCH_FILE.fullmatch(name) for name in names)
    if members[0].name != MANIFEST or tuple(found) != manifest.files or not known:
        raise _not_whole("holds other files than its manifest says, or changed ones")
    if names.count(REVIEWS) != 1 or len(set(names)) != len(names):
        raise _not_whole("holds a file twice or lacks the reviews")
    return manifest


def told(manifest: Manifest) -> str:
    """What a backup holds, in words, with the seal to note elsewhere."""
    return f"{counted(manifest.batches, manifest.anchor)}; made {manifest.made_at}"


def counted(batches_held: int, anchor: ledger.Anchor) -> str:
    """What a store or a backup holds, in words, with the seal to note elsewhere."""
    files = "1 batch" if batches_held == 1 else f"{batches_held:,} batches"
    events = "1 review event" if anchor.count == 1 else f"{anchor.count:,} review events"
    return f"{files} and {events}, last seal {anchor.head_hash[:16]}"


def _not_whole(fault: str) -> errors.DashboardError:
    return errors.DashboardError("backup", fault, "Use another backup; nothing was changed.")


def _check_batches(store: pathlib.Path) -> None:
    problems = [one for one in batches.verify(store) if "interrupted import" not in one]
    if problems:
        raise errors.DashboardError("backup", f"not made: {problems[0]}", "Verify the store.")


def _batch_files(store: pathlib.Path) -> dict[str, pathlib.Path]:
    """The files of the batches that count, and the accounts of removed ones, by their name."""
    folder = batches.folder(store)
    kept = set(batches.names(store))
    files = [path for path in folder.glob("*") if path.name.partition(".")[0] in kept]
    removed = [*(folder / batches.REMOVED).glob("*.json")]
    return {str(path.relative_to(store)): path for path in sorted((*files, *removed))}


def _kept(name: str, path: pathlib.Path) -> Kept:
    return Kept(name, path.stat().st_size, durable.sha256(path))


def _write(part: pathlib.Path, manifest: Manifest, sources: dict[str, pathlib.Path]) -> None:
    """The tar file; only its owner may read it."""
    text = json.dumps({"form": FORM, **dataclasses.asdict(manifest)}, indent=1).encode("ascii")
    with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w:") as tar:
            _add(tar, MANIFEST, len(text), io.BytesIO(text))
            for one in manifest.files:
                with sources[one.name].open("rb") as content:
                    _add(tar, one.name, one.size, content)
        out.flush()
        os.fsync(out.fileno())


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = size
    tar.addfile(member, content)


def _manifest(content: bytes) -> Manifest:
    told = json.loads(content)
    form = told.pop("form")
    if form not in range(1, FORM + 1):
        raise errors.DashboardError(
            "backup",
            f"has form {form}, and this program knows forms 1 to {FORM}",
            "Restore it with the version that made it, or a newer one.",
        )
    files = tuple(Kept(**one) for one in told.pop("files"))
    return Manifest(anchor=ledger.Anchor(**told.pop("anchor")), files=files, **told)


def _content(tar: tarfile.TarFile, name: str) -> io.BufferedReader:
    content = tar.extractfile(name)
    if not isinstance(content, io.BufferedReader):  # a folder
        raise ValueError("not a file")
    return content


def _filters(tar: tarfile.TarFile, manifest: Manifest) -> str:
    """The saved filters of a backup; there are none in one of form 1."""
    held = any(one.name == FILTERS for one in manifest.files)
    return _content(tar, FILTERS).read().decode("ascii") if held else ""


def _extract(tar: tarfile.TarFile, name: str, path: pathlib.Path) -> None:
    with path.open("xb") as out:
        shutil.copyfileobj(_content(tar, name), out)
        out.flush()
        os.fsync(out.fileno())
    durable.sync(path.parent)


def _accounts_last(manifest: Manifest) -> Iterator[str]:
    """A batch counts from the moment its account stands beside it."""
    names = [one.name for one in manifest.files if one.name not in (REVIEWS, FILTERS)]
    yield from sorted(names, key=lambda name: (name.endswith(".json"), name))
