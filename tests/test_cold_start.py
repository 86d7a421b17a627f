"""Many first readers at once, right after a start, each get their page."""

import concurrent.futures
from pathlib import Path

import pytest

import live
import serving

READERS = 8


def first_sight(server: serving.Server) -> list[str]:
    with live.reader(server) as reader:
        return live.elements(reader.run())


@pytest.mark.parametrize("start", range(2))
def test_the_first_readers_of_a_cold_server_all_get_their_page(tmp_path: Path, start: int) -> None:
    with (
        serving.running(tmp_path / str(start)) as server,
        concurrent.futures.ThreadPoolExecutor(READERS) as crowd,
    ):
        pages = list(crowd.map(first_sight, [server] * READERS))
    assert [page for page in pages if not page or "exception" in page or "alert" in page] == []
