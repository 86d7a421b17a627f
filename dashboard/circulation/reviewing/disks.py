"""Which kind of disk a folder lies on: SQLite's file has to be on a disk of this computer.

Its write-ahead log is shared through memory and its locks do not hold over a network
(https://www.sqlite.org/wal.html: all processes must be on the same host).
"""

import pathlib

from circulation import errors

MOUNTS = pathlib.Path("/proc/self/mounts")  # Linux; elsewhere nothing is known and nothing refused
FAR = frozenset(
    {
        *("afs", "ceph", "cifs", "coda", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "smb3", "smbfs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"),
        *("fuse.s3fs", "fuse.sshfs"),
    }
)


def check_near(folder: pathlib.Path, *, place: str) -> None:
    """Raises DashboardError for a folder on a disk of another computer."""
    if MOUNTS.exists() and kind(folder, MOUNTS.read_text("utf-8", "replace")) in FAR:
        raise errors.DashboardError(
            place,
            "its folder is on a disk of another computer, where SQLite may lose or mix up saves",
            "Use a disk of this computer, or PostgreSQL for several servers (REVIEW_DATABASE).",
        )


def kind(folder: pathlib.Path, mounts: str) -> str:
    """The kind of disk that holds a folder: the last of the longest mounts that lead to it."""
    path, longest, found = folder.resolve(), -1, ""
    for line in mounts.splitlines():
        _, place, name, *_ = line.split(" ")
        mount = pathlib.Path(place.encode().decode("unicode_escape").encode("latin-1").decode())
        if path.is_relative_to(mount) and len(mount.parts) >= longest:
            longest, found = len(mount.parts), name
    return found
