"""A real Chromium before a real server; every page is watched for errors and foreign requests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright import sync_api

import serving
import visiting


@pytest.fixture(scope="session")
def chromium() -> Iterator[sync_api.Browser]:
    with visiting.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Server]:
    """One server for the tests of a module, with the demonstration records of a first start."""
    with serving.running(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def visit(chromium: sync_api.Browser, server: serving.Server) -> Iterator[visiting.Visit]:
    """A fresh reader of `server`, light, 1440 by 900."""
    with visiting.reader(chromium, server) as fresh:
        yield fresh


@pytest.fixture
def new_visit(chromium: sync_api.Browser) -> Iterator[Callable[..., visiting.Visit]]:
    """Makes readers: new_visit(server, color_scheme="dark", viewport={...})."""
    with ExitStack() as readers:
        yield lambda server, **options: readers.enter_context(
            visiting.reader(chromium, server, **options)
        )
