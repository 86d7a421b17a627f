"""A store of SQLite is kept on a disk of this computer; a share of another one is refused."""

from pathlib import Path

import pytest

import review_makers as makers
from circulation import errors
from circulation.reviewing import disks, review_store

MOUNTS = r"""proc /proc proc rw 0 0
/dev/vda / ext4 rw,relatime 0 0
server:/export /srv nfs4 rw,vers=4.2 0 0
//server/share /srv/clinic\040files/k\303\251 cifs rw 0 0
/dev/vdb /srv/near ext4 rw 0 0
tmpfs /srv/near/over tmpfs rw 0 0
server:/over /srv/near/over nfs rw 0 0
"""
KINDS = {
    "/": "ext4",
    "/home/clinic": "ext4",
    "/srv": "nfs4",
    "/srv/store/deep": "nfs4",
    "/srvother": "ext4",
    "/srv/clinic files/ké/store": "cifs",
    "/srv/near/store": "ext4",
    "/srv/near/over/store": "nfs",
}


@pytest.mark.parametrize("folder", KINDS)
def test_the_disk_of_a_folder_is_that_of_the_nearest_mount(folder: str) -> None:
    assert disks.kind(Path(folder), MOUNTS) == KINDS[folder]


@pytest.mark.parametrize("far", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_store_on_another_computers_disk_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, far: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path} {far} rw 0 0\n")
    monkeypatch.setattr(disks, "MOUNTS", mounts)
    with pytest.raises(errors.DashboardError, match="REVIEW_DATABASE"):
        review_store.ReviewStore(makers.address(tmp_path))
    assert not (tmp_path / "reviews.sqlite").exists()


def test_where_no_mounts_are_told_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks, "MOUNTS", tmp_path / "none")
    review_store.ReviewStore(makers.address(tmp_path)).close()
