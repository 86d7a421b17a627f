"""What several tests share: one PostgreSQL server, and which of them run beside each other."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

import postgres_server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On two cores a file stays together, and one browser at a time is at work."""
    for item in items:
        group = "browser" if item.path.parent.name == "browser" else item.path.name
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    if not postgres_server.INSTALLED:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres_server.running() as server:
        yield server
