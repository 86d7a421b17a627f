"""Whole processes measured from outside: time, processor time, and memory as the system counts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import repeats
import serving

HERE = Path(__file__).parent
READ_CSV = "import sys, pandas; pandas.read_csv(sys.argv[1])"


@dataclass(frozen=True)
class Ended:
    """What a process takes from start to end: seconds, the processor's seconds, bytes of memory."""

    seconds: repeats.Spread
    processor: repeats.Spread
    peak: repeats.Spread


@dataclass(frozen=True)
class Memory:
    """What a running process holds, in bytes; ``anonymous`` is what of ``rss`` lies in no file."""

    rss: int
    pss: int
    anonymous: int


def imports(csv: Path, store: Path, runs: int) -> tuple[Ended, Ended]:
    """Our import into a store, and the same file read by pandas, nothing checked or kept."""
    manage = str(serving.ROOT / "dashboard" / "manage.py")
    ours, pandas = [], []
    for _ in range(runs):
        shutil.rmtree(store, ignore_errors=True)
        ours.append(_launched([manage, "import", str(csv), "--store", str(store)]))
        pandas.append(_launched(["-c", READ_CSV, str(csv)]))
    return _ended(ours), _ended(pandas)


def _launched(arguments: list[str]) -> tuple[float, float, float]:
    command = [sys.executable, str(HERE / "launch.py"), sys.executable, *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, processor, peak = json.loads(told.stdout)
    return seconds, processor, peak


def _ended(runs: list[tuple[float, float, float]]) -> Ended:
    return Ended(*(repeats.Spread(values) for values in zip(*runs, strict=True)))


def memory(pid: int) -> Memory:
    """The memory of a running process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    found = {name: int(rest.split()[0]) * 1024 for name, rest in (one.split(":") for one in lines)}
    return Memory(found["Rss"], found["Pss"], found["Anonymous"])


@contextmanager
def plain(script: str, records: Path) -> Iterator[serving.Server]:
    """A page beside ours as its author would serve it: `streamlit run`, its own settings."""
    port = serving.free_port()
    url = f"http://127.0.0.1:{port}"
    log = records.with_name(f"{records.stem}-{script}.log")
    page = f"{sys.executable} -m streamlit run {HERE / script}"
    options = f"--server.port {port} --server.address 127.0.0.1 --server.headless true"
    quiet = "--browser.gatherUsageStats false"
    with log.open("wb") as output:
        process = subprocess.Popen(
            f"{page} {options} {quiet}".split(),
            cwd=records.parent,
            env={**os.environ, "NAIVE_RECORDS": str(records)},
            stdout=output,
            stderr=output,
        )
    try:
        serving.wait_until_it_answers(f"{url}/_stcore", process, log)
        yield serving.Server(url, port, process.pid, records.parent, log)
    finally:
        process.terminate()
        process.wait(timeout=20)
