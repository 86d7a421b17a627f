"""A backup holds all reviews and batches, refuses what is not whole, and comes back byte-equal."""

import base64
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import intake_files
import manage
import review_makers as makers
from circulation import access, errors
from circulation.records import batches
from circulation.reviewing import (
    backups,
    kept_filters,
    kept_views,
    review_lines,
    review_store,
    saved_filters,
)
from faults import drills

AT = "2026-11-22T14:32:05+00:00"
ROLE = access.Role.CLINICIAN
URGENT = kept_filters.Filter("Urgent, naïve", {"urgency": ["same_day"], "site": ["North"]})


def run(*arguments: str | Path) -> int:
    return manage.main([str(argument) for argument in arguments])


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A store of one batch and a few reviews."""
    file = tmp_path / "good.csv"
    file.write_text(intake_files.text(intake_files.GOOD))
    store = tmp_path / "clinic"
    assert run("import", file, "--store", store) == 0
    reviews = review_store.ReviewStore(makers.address(store))
    makers.add(reviews, *makers.EVERYTHING_OWED, makers.SIGN_OFF, basis=makers.SEEN)
    makers.add(reviews, makers.note("cold foot, naïve"), record="A-2")
    saved_filters.save(reviews, ROLE, URGENT, today=makers.NOW.date())
    reviews.close()
    return store


def members(path: Path) -> dict[str, bytes]:
    """Every file of a backup but the manifest, which says when it was made."""
    with tarfile.open(path) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}
    del files["manifest.json"]
    return files


def test_what_is_restored_is_the_same_byte_for_byte(
    tmp_path: Path, clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, other = tmp_path / "1.tar", tmp_path / "2.tar", tmp_path / "other"
    assert run("backup", first, "--store", clinic) == 0
    assert run("restore", first, "--store", other) == 0
    assert "Restored and checked 1 batch and 13 review events" in capsys.readouterr().out
    assert run("backup", second, "--store", other) == 0
    assert members(first) == members(second)
    assert run("verify", "--store", other, "--against", first) == 0
    here, there = (review_store.ReviewStore(makers.address(place)) for place in (clinic, other))
    assert dict(here.all_current()) == dict(there.all_current())
    assert saved_filters.of(there, ROLE) == (URGENT,)
    after = makers.add(there, makers.note("goes on"), record="A-2")
    assert after.version == 14
    here.close()
    there.close()


def test_a_backup_made_while_four_write_is_one_whole_moment(tmp_path: Path, clinic: Path) -> None:
    store = review_store.ReviewStore(makers.address(clinic))
    with drills.writing(store, writers=4):
        made = [
            (path, backups.make(clinic, store, path, at=AT, knowledge="2026.1"))
            for path in (tmp_path / "0.tar", tmp_path / "1.tar", tmp_path / "2.tar")
        ]
    final = tmp_path / "final.tar"
    backups.make(clinic, store, final, at=AT, knowledge="2026.1")
    for path, manifest in made:
        assert store.verify(manifest.anchor).whole
        assert members(final)["reviews.jsonl"].startswith(members(path)["reviews.jsonl"])
        folder = tmp_path / f"{path.stem}-restored"
        folder.mkdir()
        restored = review_store.ReviewStore(makers.address(folder))
        assert backups.restore(path, folder, restored) == manifest
        again = tmp_path / f"{path.stem}-again.tar"
        assert backups.make(folder, restored, again, at=AT, knowledge="2026.1") == manifest
        assert again.read_bytes() == path.read_bytes()
        restored.close()
    store.close()


def test_a_store_in_use_is_never_overwritten(tmp_path: Path, clinic: Path) -> None:
    made = tmp_path / "1.tar"
    assert run("backup", made, "--store", clinic) == 0
    before = {path: path.read_bytes() for path in (clinic / "batches").iterdir()}
    assert run("restore", made, "--store", clinic) == 2
    assert {path: path.read_bytes() for path in (clinic / "batches").iterdir()} == before
    only_reviews = tmp_path / "only-reviews"
    only_reviews.mkdir()
    store = review_store.ReviewStore(makers.address(only_reviews))
    makers.add(store, makers.START)
    store.close()
    assert run("restore", made, "--store", only_reviews) == 2
    assert batches.names(only_reviews) == ()


def test_a_name_that_is_taken_is_refused(tmp_path: Path, clinic: Path) -> None:
    taken = tmp_path / "taken.tar"
    taken.write_text("mine")
    assert run("backup", taken, "--store", clinic) == 2
    assert taken.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.glob("taken*")) == ["taken.tar"]
    assert run("backup", ".", "--store", clinic) == 2


def test_a_damaged_batch_is_not_backed_up_as_if_it_were_whole(
    tmp_path: Path, clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (records,) = (clinic / "batches").glob("*.parquet")
    records.write_bytes(b"other")
    assert run("backup", tmp_path / "1.tar", "--store", clinic) == 2
    assert "were changed or damaged" in capsys.readouterr().err
    assert not list(tmp_path.glob("1.tar*"))


def test_a_tail_cut_off_the_ledger_is_found_against_a_backup(
    tmp_path: Path, clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "1.tar"
    assert run("backup", made, "--store", clinic) == 0
    for file in clinic.glob("reviews.sqlite*"):
        file.unlink()
    store = review_store.ReviewStore(makers.address(clinic))
    makers.add(store, makers.START)
    store.close()
    assert run("verify", "--store", clinic) == 0
    assert run("verify", "--store", clinic, "--against", made) == 2
    assert "13 events were noted outside, 1 are here" in capsys.readouterr().err


Files = dict[str, bytes]


def changed_review(files: Files) -> None:
    files["reviews.jsonl"] = files["reviews.jsonl"].replace(b"refer", b"treat")


def changed_and_sealed_again(files: Files) -> None:
    changed_review(files)
    seal_again(files)


def seal_again(files: Files) -> None:
    """Let the manifest say that the files are as they are now."""
    manifest = json.loads(files["manifest.json"])
    for one in manifest["files"]:
        one["size"] = len(files[one["name"]])
        one["sha256"] = backups.hashlib.sha256(files[one["name"]]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()


def one_more(files: Files) -> None:
    files["../outside.json"] = b"{}"


def one_less(files: Files) -> None:
    del files[next(name for name in files if name.endswith(".parquet"))]


def no_manifest(files: Files) -> None:
    del files["manifest.json"]


def another_form(files: Files) -> None:
    files["manifest.json"] = files["manifest.json"].replace(b'"form": 2', b'"form": 3')


def other_filter(files: Files) -> None:
    files["filters.jsonl"] = files["filters.jsonl"].replace(b"North", b"South")
    seal_again(files)


def no_view(files: Files) -> None:
    lines = files["reviews.jsonl"].splitlines(keepends=True)
    files["reviews.jsonl"] = b"".join(line for line in lines if b'"view"' not in line)
    seal_again(files)


def other_view(files: Files) -> None:
    other = base64.b64encode(kept_views.pack("something else"))
    shown = base64.b64encode(makers.VIEW)
    files["reviews.jsonl"] = files["reviews.jsonl"].replace(shown, other)
    seal_again(files)


def one_view_more(files: Files) -> None:
    view = kept_views.View(kept_views.seal(b"more"), b"more")
    files["reviews.jsonl"] += review_lines.view_line(view).encode()
    seal_again(files)


FAULTS = [
    other_filter,
    no_view,
    other_view,
    one_view_more,
    changed_review,
    changed_and_sealed_again,
    one_more,
    one_less,
    no_manifest,
    another_form,
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_that_is_not_as_it_was_written_is_not_restored(
    tmp_path: Path, clinic: Path, fault: Callable[[Files], None]
) -> None:
    made, other = tmp_path / "1.tar", tmp_path / "other"
    assert run("backup", made, "--store", clinic) == 0
    with tarfile.open(made) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}
    fault(files)
    with tarfile.open(made, "w:") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    assert run("restore", made, "--store", other) == 2
    assert batches.names(other) == ()
    other.mkdir(exist_ok=True)  # what is no whole file is refused before anything is made
    store = review_store.ReviewStore(makers.address(other))
    assert store.version() == 0, "none of it was taken in"
    store.close()


def with_manifest(content: bytes) -> bytes:
    """A tar file whose manifest holds this."""
    tar_file = io.BytesIO()
    with tarfile.open(fileobj=tar_file, mode="w:") as tar:
        member = tarfile.TarInfo("manifest.json")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return tar_file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"record_id,site\n" * 99, b"\0" * 2048, *map(with_manifest, (b"1", b'"2"', b"[]"))],
)
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "1.tar"
    path.write_bytes(content)
    with pytest.raises(errors.DashboardError, match="cannot be read as a backup"):
        backups.check(path)
