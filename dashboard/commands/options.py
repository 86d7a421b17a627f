"""What the commands with many options can be told; `manage.py` says what they do.

Each function adds the options of one command to its parser.
"""

import argparse
import datetime

from circulation.choosing import selection


def of_import(parser: argparse.ArgumentParser, *, by: str) -> None:
    """The file, and how it is read."""
    parser.add_argument("file", help="a CSV file")
    parser.add_argument(
        "--mapping", help="how a foreign file becomes ours: a name in data/mappings"
    )
    parser.add_argument("--separator", default=",", help="between columns, default ','")
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
    for option, name, help_text in (
        ("--test-done", "test_done", "only with this test done"),
        ("--site", "site", "only of this site"),
        ("--from", "first", "received from this day"),
        ("--to", "last", "received up to this day"),
    ):
        parser.add_argument(option, dest=name, action="append", default=[], help=help_text)


def of_demo(parser: argparse.ArgumentParser) -> None:
    """How many records, from which seed, up to which day."""
    parser.add_argument("--records", type=int, help="how many")
    parser.add_argument("--seed", type=int, help="the same seed gives the same records")
    parser.add_argument(
        "--last-day", type=datetime.date.fromisoformat, help="day of the latest record"
    )
