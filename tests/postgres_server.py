"""A PostgreSQL server of the tests' own: a free port here, data that are thrown away."""

import contextlib
import itertools
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

INSTALLED = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"))
WAIT = 30  # seconds for the server to answer
_NUMBERS = itertools.count(1)  # of the databases made


class Server:
    """One server with its data in a folder, which must be its own. It refuses to run as root."""

    def __init__(self, folder: pathlib.Path, *options: str) -> None:
        """``options`` are those of initdb."""
        self._other: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._other = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(folder, self._other["user"], self._other["group"])
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self._settings: tuple[str, ...] = ()
        port = free_port()
        self.url = sa.URL.create("postgresql+psycopg", "clinic", host="127.0.0.1", port=port)
        made = ("-D", folder / "data", "-A", "trust", "-U", "clinic", "-E", "UTF8", "--locale=C")
        self._run(INSTALLED[-1].parent / "initdb", *made, *options)

    def start(self, *settings: str) -> None:
        """Start it, and wait until it answers."""
        self._settings = settings
        own = ("listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={self.url.port}")
        said = [f"--{one}" for one in (*own, *settings)]
        command = [str(INSTALLED[-1]), "-D", str(self._folder / "data"), *said]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self._other)
        _await(self.url.set(database="postgres"))

    def start_again(self) -> None:
        """Start it as before if it has stopped by itself, and wait until it answers."""
        if self._server and self._server.poll() is not None:
            self.start(*self._settings)
        _await(self.url.set(database="postgres"))

    def crash(self) -> None:
        """Stop it at once, without writing anything out."""
        if self._server:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait()

    def _run(self, *command: str | pathlib.Path) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self._other)


@contextlib.contextmanager
def crashable() -> Iterator[Server]:
    """A server that runs inside the block."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postgres-"))
    server = None
    try:
        server = Server(folder)
        server.start()
        yield server
    finally:
        if server:
            server.crash()
        shutil.rmtree(folder)


@contextlib.contextmanager
def running() -> Iterator[sa.URL]:
    """The address of a server that runs inside the block."""
    with crashable() as server:
        yield server.url


def fresh(server: sa.URL) -> str:
    """The address of a new, empty database."""
    name = f"fresh_{next(_NUMBERS)}"
    engine = sa.create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: sa.URL) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    until = time.monotonic() + WAIT
    while True:
        try:
            engine.connect().close()
            return
        except sa.exc.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
