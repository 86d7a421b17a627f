"""Starts the product's own server on a free port of this computer, with a store of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 60


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


@contextmanager
def running(
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    application: str = "app",
    start_in: Path = ROOT,
) -> Iterator[Server]:
    """The server as `make run` starts it; `folder` holds its store, its reviews and its log.

    Starting it again with the same folder finds what was saved before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
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
