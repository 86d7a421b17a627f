"""Reads an uploaded file in a process of its own, within limits of memory and time.

A hostile or broken file can then neither fill the server's memory nor hold its pages up. The
process is the command line's own import, so the page and the command line cannot differ.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from circulation import errors
from circulation.records import accounts
from ui import session, shared_data

MEMORY = 3 * 1024**3
"""Bytes of address space; 1,000,000 records need less than half of it."""
SECONDS = 600


def import_file(name: str, content: bytes, mapping: str, *, set_aside: bool) -> accounts.Account:
    """The account of the file. Raises DashboardError when the file as a whole is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.csv"
        path.write_bytes(content)
        command = [
            *(sys.executable, "-B", str(shared_data.ROOT / "dashboard" / "manage.py")),
            *("import", str(path)),
            *(
                "--json",
                f"--name={accounts.shown_name(name)}",
                "--by",
                session.actor(),
                "--store",
                str(shared_data.store()),
            ),
            *(("--mapping", mapping) if mapping else ()),
            *(("--set-aside",) if set_aside else ()),
        ]
        return _account(_run(command, name), name)


def _run(command: list[str], name: str) -> str:
    with subprocess.Popen(  # noqa: S603  # our own command line; the name is one argument
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise _refusal(name, f"was not read within {SECONDS // 60} minutes") from None
    return output


def _account(output: str, name: str) -> accounts.Account:
    try:
        told = json.loads(output)
    except ValueError:
        raise _refusal(name, "could not be read within the memory allowed") from None
    if "fault" in told:
        raise errors.DashboardError(told["place"], told["fault"], told["way_out"])
    return accounts.restored(told)


def _refusal(name: str, fault: str) -> errors.DashboardError:
    way_out = "Nothing was stored. Split the file and add its parts"
    return errors.DashboardError(accounts.shown_name(name), fault, way_out)
