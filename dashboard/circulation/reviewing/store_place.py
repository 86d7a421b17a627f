"""Where a store lies, for those who look after it: its folder, and the address of its reviews."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from circulation import errors
from circulation.records import batches
from circulation.reviewing import review_store, saved_filters

FILE = "reviews.sqlite"
PLACE = "the store"


def has_reviews(folder: Path, url: str) -> bool:
    """Whether reviews are kept for this folder: in a database of their own, or in its file."""
    return bool(url) or (folder / FILE).exists()


def address(folder: Path, url: str) -> str:
    """Where the reviews of a folder are kept: at this address, or where it is blank in a file."""
    return url or f"sqlite:///{folder.absolute() / FILE}"


@contextmanager
def opened(folder: Path, url: str) -> Iterator[review_store.ReviewStore]:
    """The reviews of a folder; made where there are none.

    What an earlier version kept in a file beside them is taken over.
    """
    batches.make(folder)
    store = review_store.ReviewStore(address(folder, url))
    try:
        saved_filters.take_over(store, folder)
        yield store
    finally:
        store.close()


def check_there(folder: Path, url: str) -> None:
    """Raises DashboardError where no store is: a wrong name is not an empty store."""
    if not batches.folder(folder).is_dir() and not (folder.is_dir() and has_reviews(folder, url)):
        raise errors.DashboardError(PLACE, "there is none in this folder", batches.NAMED_BY)


def check_outside(file: Path, folder: Path) -> None:
    """Raises DashboardError for a backup inside the store that it is to outlive."""
    if file.absolute().resolve().is_relative_to(folder.absolute().resolve()):
        raise errors.DashboardError(
            "backup", "would lie in the store itself", "Write it elsewhere, best on another disk."
        )
