"""What several tests share: databases for reviews, and which of them run beside each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import postgres_server
import review_makers
from circulation.reviewing import review_store


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


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without reviews: the same promises hold on both kinds."""
    if request.param == "SQLite":
        return review_makers.address(tmp_path)
    return postgres_server.fresh(request.getfixturevalue("postgres"))


@pytest.fixture
def store(address: str) -> Iterator[review_store.ReviewStore]:
    opened = review_store.ReviewStore(address)
    yield opened
    opened.close()
