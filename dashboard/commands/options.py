"""What the commands with many options can be told; `manage.py` says what they do.

Each function adds the options of one command to its parser.
"""

import argparse
import datetime
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from circulation import errors
from circulation.choosing import selection
from circulation.knowledge_base import knowledge
from circulation.way_in import csv_guards

MOST_RECORDS = 5_000_000
LARGEST_SEED = 2**63 - 1
FIRST_DEMO_DAY = datetime.date(2000, 1, 1)  # records of the years before it are still taken


def folder(named: str) -> Path:
    """The folder of a store: a blank name, of a setting that is not there, means none."""
    if not named:
        raise argparse.ArgumentTypeError("is blank; name the folder")
    return Path(named)


def of_import(parser: argparse.ArgumentParser, *, by: str) -> None:
    """The file, and how it is read."""
    parser.add_argument("file", help="a CSV file")
    parser.add_argument(
        "--mapping", help="how a foreign file becomes ours: a name in data/mappings"
    )
    parser.add_argument(
        "--separator",
        default=",",
        type=_separator,
        help="between columns: , (if none is named) ; | or tab",
    )
    parser.add_argument("--set-aside", action="store_true", help="store the good rows all the same")
    parser.add_argument("--name", help="the file's name for the account, when it differs")
    parser.add_argument("--by", default=by, help="who imports it, for the account")


def of_score(parser: argparse.ArgumentParser) -> None:
    """The score and its answers."""
    parser.add_argument("name", help="a score of data/knowledge/scores, such as wells_dvt_2003")
    parser.add_argument("values", nargs="*", help="input=answer, such as cancer=no heart_rate=88")
    parser.add_argument("--leg", default="", choices=["left", "right"], help="which leg it is for")


def of_export(parser: argparse.ArgumentParser) -> None:
    """What is exported, and of which records."""
    bases = [basis.value for basis in selection.Basis]
    parser.add_argument("what", choices=["distribution"], help="findings by causes")
    parser.add_argument(
        "--basis", choices=bases, default="recorded", help="what makes a cause count"
    )
    for option, help_text in (
        ("--test-done", "only with this test done; more than one may be named"),
        ("--site", "only of this site; more than one may be named"),
    ):
        parser.add_argument(option, action="append", default=[], help=help_text)
    parser.add_argument("--from", dest="first", help="received from this day")
    parser.add_argument("--to", dest="last", help="received up to this day")


def selected(
    chosen: argparse.Namespace, known: knowledge.Knowledge, sites: Collection[str]
) -> selection.Selection:
    """The records that the options of an export mean; ``sites``: those that the records have.

    Raises DashboardError for a name or a day that there is not.
    """
    first, last = _day("--from", chosen.first), _day("--to", chosen.last)
    if first and last and first > last:
        raise errors.DashboardError("--from", "is a later day than --to", "Turn them round")
    return selection.Selection(
        first=first,
        last=last,
        sites=_known("--site", chosen.site, sites),
        tests_done=_known("--test-done", chosen.test_done, known.test),
        basis=selection.Basis(chosen.basis),
    )


def _separator(named: str) -> str:
    separator = "\t" if named in ("tab", "\\t") else named
    if separator not in csv_guards.SEPARATORS:
        raise argparse.ArgumentTypeError("must be one of , ; | or tab")
    return separator


def _known(option: str, named: Sequence[str], there: Collection[str]) -> frozenset[str]:
    if not set(named) <= set(there):
        listed = ", ".join(there) or "none"
        raise errors.DashboardError(option, "is not known here", f"There are: {listed}")
    return frozenset(named)


def _day(option: str, named: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(named) if named else None
    except ValueError:
        raise errors.DashboardError(option, "is not a day", "Write it as 2026-01-31") from None


def of_demo(parser: argparse.ArgumentParser) -> None:
    """How many records, from which seed, up to which day."""
    parser.add_argument("--records", type=_number(1, MOST_RECORDS), help="how many")
    told = "the same seed gives the same records"
    parser.add_argument("--seed", type=_number(0, LARGEST_SEED), help=told)
    parser.add_argument("--last-day", type=_demo_day, help="day of the latest record")


def _number(least: int, most: int) -> Callable[[str], int]:
    def of(named: str) -> int:
        if not (named.isascii() and named.isdecimal() and least <= int(named) <= most):
            raise argparse.ArgumentTypeError(f"must be a whole number from {least} to {most:,}")
        return int(named)

    return of


def _demo_day(named: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(named)
    except ValueError:
        raise argparse.ArgumentTypeError("is not a day; write it as 2026-01-31") from None
    if day < FIRST_DEMO_DAY:
        raise argparse.ArgumentTypeError(f"must be {FIRST_DEMO_DAY} or later")
    return day
