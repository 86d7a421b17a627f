"""A PostgreSQL server of the tests' own: a free port here, data that are thrown away."""

import contextlib
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


@contextlib.contextmanager
def running() -> Iterator[sa.URL]:
    """The address of a server that runs inside the block. It refuses to run as root."""
    other: dict[str, Any] = {}
    if os.geteuid() == 0:
        other = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    programs = INSTALLED[-1].parent
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postgres-"))
    server = None
    try:
        if other:
            shutil.chown(folder, other["user"], other["group"])
        data, port = folder / "data", free_port()
        made = [programs / "initdb", "-D", data, "-A", "trust", "-U", "clinic", "-E", "UTF8"]
        subprocess.run([*made, "--locale=C"], check=True, capture_output=True, cwd="/", **other)
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={port}")
        command = [programs / "postgres", "-D", data, *(f"--{one}" for one in settings)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **other)
        url = sa.URL.create("postgresql+psycopg", "clinic", host="127.0.0.1", port=port)
        _await(url.set(database="postgres"))
        yield url
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)
            server.wait()
        shutil.rmtree(folder)


def fresh(server: sa.URL, name: str) -> str:
    """The address of a new, empty database."""
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
