"""Read data/indicators: what each trend measures and why, and the measured false alarms."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from circulation import errors, toml_files
from circulation.trending import false_alarms, process_limits

FALSE_ALARMS = "false_alarms.toml"


@dataclass(frozen=True)
class Indicator:
    """One trend. Without a denominator it is a number of records, with one a share of them."""

    id: str
    label: str
    why_it_matters: str
    numerator: str
    denominator: str
    better: process_limits.Better
    owner: str
    reviewed_by: str
    review_due: datetime.date
    sources: tuple[str, ...]
    version: str

    def overdue(self, today: datetime.date) -> bool:
        """Whether the review was due before today."""
        return self.review_due < today


@dataclass(frozen=True)
class Indicators:
    """All indicators, in the order of their file names, and the table of false alarms."""

    entries: tuple[Indicator, ...]
    chance: false_alarms.Table

    def of(self, identifier: str) -> Indicator:
        """The indicator with this id."""
        for entry in self.entries:
            if entry.id == identifier:
                return entry
        raise errors.DashboardError(
            "data/indicators", f"there is no indicator '{identifier}'", "Choose one that is listed"
        )


def load(folder: Path) -> Indicators:
    """The indicators of a folder. Raises DashboardError with the file and the line at fault."""
    names = sorted(path.name for path in folder.glob("*.toml"))
    if FALSE_ALARMS not in names:
        raise errors.DashboardError(
            f"data/indicators/{FALSE_ALARMS}", "the file is missing", "Put it back and start again"
        )
    files = {name: toml_files.TomlFile(folder / name, f"data/indicators/{name}") for name in names}
    chance = files.pop(FALSE_ALARMS).whole(false_alarms.Table)
    return Indicators(tuple(_indicator(file, name) for name, file in files.items()), chance)


def _indicator(file: toml_files.TomlFile, name: str) -> Indicator:
    entry = file.whole(Indicator)
    if f"{entry.id}.toml" != name:
        fault = f"its id is '{entry.id}'; the file must be called after it"
        raise file.refusal(file.line("id"), fault)
    if not entry.sources:
        raise file.refusal(file.line("sources"), "key 'sources' is empty")
    return entry
