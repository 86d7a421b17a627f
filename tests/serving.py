"""Starts the product's own server on a free port of this computer, with a store of its own."""

import atexit
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 180  # a first start makes and reviews the demonstration records


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, where its data lie, what it wrote to its log."""

    url: str
    port: int
    pid: int
    store: Path
    log: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@functools.cache
def demonstration() -> Path:
    """What a first start makes of an empty folder; made once for all tests of a run."""
    folder = Path(tempfile.mkdtemp(prefix="intake-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with running(folder, first=True) as server:
        pass
    server.log.unlink()
    return folder


@contextmanager
def running(
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    application: str = "app",
    start_in: Path = ROOT,
    first: bool = False,
    port: int | None = None,
) -> Iterator[Server]:
    """The server as `make run` starts it; `folder` holds its store, its reviews and its log.

    A folder without a store gets a copy of the demonstration, unless this is to be a real `first`
    start. Starting again with the same folder finds what was saved before; with the same port it
    is found by the pages that are open.
    """
    if not first and not (folder / "store").exists():
        shutil.copytree(demonstration(), folder, dirs_exist_ok=True)
    port = port or free_port()
    server = f"{sys.executable} -m uvicorn {application}:application --app-dir {ROOT}/dashboard"
    options = f"--host 127.0.0.1 --port {port} --ws websockets-sansio --no-access-log"
    own = {
        "INTAKE_STORE": str(folder / "store"),
        "REVIEW_DATABASE": f"sqlite:///{folder / 'reviews.sqlite'}",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [*server.split(), *options.split()],
            cwd=start_in,
            env={**os.environ, **own, **(environment or {})},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(url, process, folder / "server.log")
        yield Server(url, port, process.pid, folder / "store", folder / "server.log")
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_it_answers(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):  # noqa: S310  # our own url
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()[-4000:]}")
