"""What several tests share: one PostgreSQL server for the whole run."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

import postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    if not postgres_server.INSTALLED:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres_server.running() as server:
        yield server
