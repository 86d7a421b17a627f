"""Read data/intake/generator.toml: TOML into frozen entries, anything unknown refused."""

from pathlib import Path

from circulation import errors, toml_files
from circulation.demonstration_data import synthetic_check
from circulation.demonstration_data import synthetic_numbers as numbers_of
from circulation.knowledge_base import knowledge


def load(path: Path, known: knowledge.Knowledge) -> numbers_of.Numbers:
    """The numbers of one file. Raises DashboardError for an unknown key, name or basis."""
    file = toml_files.TomlFile(path, path.name)
    numbers = file.whole(numbers_of.Numbers)
    for fault in synthetic_check.faults(numbers, known):
        raise errors.DashboardError(path.name, fault, "Correct the file and start again")
    return numbers
