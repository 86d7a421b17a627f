"""The command line: what people schedule and check. It calls the core and prints what it says.

Exit status: 0 done; 2 refused, with the reason on standard error.
"""

import argparse
import functools
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from circulation import errors, incidents
from commands import base, files, judging, keeping, options, plain

Command: TypeAlias = Callable[[argparse.Namespace], int]
Adding: TypeAlias = Callable[[str, Command, str], argparse.ArgumentParser]
STOPPED = "Begin again; `manage.py verify` says whether the store is whole"
REPORT = "Report this line: it holds no answer of a record"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    chosen.now = datetime.now().astimezone()
    chosen.database = os.environ.get("REVIEW_DATABASE", "")
    command: Command = chosen.command
    try:
        return command(chosen)
    except errors.DashboardError as refused:
        fault = refused
    except OSError as refused:
        fault = errors.of_disk(refused)
    except KeyboardInterrupt:
        fault = errors.DashboardError("", "was stopped before it was done", STOPPED)
    except Exception as unknown:  # its message may hold a patient's answers
        incident = f"has a fault: {incidents.of(unknown)}"
        fault = errors.DashboardError("the program", incident, REPORT)
    if chosen.json:
        told = {"place": fault.place, "fault": fault.fault, "way_out": fault.way_out}
        print(plain.to_json(told))
    print(f"refused: {fault}", file=sys.stderr)
    return base.REFUSED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    store = os.environ.get("INTAKE_STORE") or str(base.DATA / "store")
    told = "folder of imported records"
    common.add_argument("--store", type=options.folder, default=store, help=told)
    common.add_argument("--json", action="store_true", help="say it as JSON, for programs")
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        parents: Sequence[argparse.ArgumentParser], name: str, run: Command, help_text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=parents, help=help_text, description=help_text)
        made.set_defaults(command=run)
        return made

    parser.set_defaults(json=False)
    of_a_store = functools.partial(command, [common])
    _about_files(of_a_store)
    _about_judging(of_a_store)
    _about_keeping(of_a_store)
    _printed_as_it_is(functools.partial(command, []))
    return parser


def _about_files(command: Adding) -> None:
    taking = command("import", files.take_in, "Take in a file; all its rows or nothing")
    options.of_import(taking, by=base.BY)
    told = "Print exact counts: for people on the server, not for managers"
    options.of_export(command("export", files.export, told))
    options.of_demo(command("demo", files.demonstrate, "Fill the store with synthetic records"))
    command("batches", files.list_batches, "List the imported files with their accounts")
    gone = command("remove", files.remove, "Delete the records of one import; its account stays")
    gone.add_argument("batch", help="id of the batch, or how it begins")


def _about_judging(command: Adding) -> None:
    one = command("assess", judging.assess, "Say what the rules make of one record, with reasons")
    one.add_argument("record", help="record id")
    options.of_score(command("score", judging.score, "Work one score out of entered answers"))
    rehearse = command("rehearse", judging.rehearse, "Say what another knowledge would change")
    rehearse.add_argument("folder", type=Path, help="folder of the knowledge to be tried")


def _about_keeping(command: Adding) -> None:
    told = "Check that batches and reviews are as they were written"
    proof = command("verify", keeping.verify, told)
    proof.add_argument("--against", type=Path, help="a backup: no review it holds may be missing")
    copied = command("backup", keeping.backup, "Write all reviews and records into one new file")
    copied.add_argument("file", type=Path, help="its name, such as clinic-2026-11-22.tar")
    told = "Put a backup into an empty store and check it there"
    back = command("restore", keeping.restore, told)
    back.add_argument("file", type=Path, help="a file that `backup` wrote")


def _printed_as_it_is(command: Adding) -> None:
    command("template", files.template, "Print an empty file with the exact header")
    command("dictionary", files.dictionary, "Print the data dictionary as data/README.md holds it")
    told = "Print the diagram of a review's states as docs/reviews.md holds it"
    command("states", keeping.states, told)


if __name__ == "__main__":
    sys.exit(main())
