"""The shipped knowledge with one place changed, and what is said about it."""

import shutil
from pathlib import Path

import pytest

import makers
from circulation import errors
from circulation.knowledge_loading import knowledge_files


def refusal(folder: Path, file: str, old: str, new: str) -> errors.DashboardError:
    """What is said when one place of one file is changed."""
    shutil.copytree(makers.KNOWLEDGE, folder / "knowledge")
    path = folder / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(errors.DashboardError) as refused:
        knowledge_files.load(folder / "knowledge")
    return refused.value


def line(file: str, text: str) -> int:
    whole = (makers.KNOWLEDGE / file).read_text(encoding="utf-8")
    return whole[: whole.index(text)].count("\n") + 1
