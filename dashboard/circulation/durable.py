"""Write files so that they are whole in their place or not there at all, even after a power cut."""

import hashlib
import os
from pathlib import Path

PART = ".part"
"""How the name of a file ends while it is being written."""


def write(path: Path, text: str) -> None:
    """Writes a text file whole or not at all."""
    part = path.with_name(path.name + PART)
    part.write_text(text, "utf-8")
    settle(part, path)


def settle(part: Path, path: Path) -> None:
    """Puts a finished file in its place, on the disk before this returns."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync(path.parent)


def put_in_place(made: Path, path: Path) -> None:
    """Gives a finished file its name; raises FileExistsError rather than overwrite another."""
    os.link(made, path)
    made.unlink()
    sync(path.parent)


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Returns once a file, or what was made, renamed or removed in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
