"""Files that are whole or not there: their seal, their way to the disk, their name."""

import hashlib
import os
import pathlib


def sha256(path: pathlib.Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync(path: pathlib.Path) -> None:
    """Returns once a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(made: pathlib.Path, path: pathlib.Path) -> None:
    """Give a finished file its name; raises FileExistsError rather than overwrite another."""
    os.link(made, path)
    made.unlink()
    sync(path.parent)
