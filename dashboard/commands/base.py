"""What every command stands on: where the data lie, the knowledge, and how it ended."""

from pathlib import Path

from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_loading import knowledge_files

DATA = Path(__file__).parents[2] / "data"
BY = "command line"
DONE, REFUSED = 0, 2


def knowledge() -> knowledge_base.Knowledge:
    """Everything in data/knowledge."""
    return knowledge_files.load(DATA / "knowledge")
