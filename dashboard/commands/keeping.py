"""Commands about keeping what was reviewed: backup, restore, proof, and the states of a review."""

import argparse
import sys
from datetime import UTC

from circulation.records import batches
from circulation.reviewing import backups, ledger, review_diagram, store_place
from commands import base, plain


def backup(chosen: argparse.Namespace) -> int:
    """Writes all reviews and records into one new file."""
    at = chosen.now.astimezone(UTC).isoformat(timespec="seconds")
    known = base.knowledge().version
    store_place.check_there(chosen.store, chosen.database)
    store_place.check_outside(chosen.file, chosen.store)
    with store_place.opened(chosen.store, chosen.database) as store:
        made = backups.make(chosen.store, store, chosen.file, at=at, knowledge=known)
    print(plain.to_json(made) if chosen.json else f"Backed up {backups.told(made)}")
    return base.DONE


def restore(chosen: argparse.Namespace) -> int:
    """Puts a backup into an empty store and checks it there."""
    backups.check(chosen.file)  # before anything is made
    with store_place.opened(chosen.store, chosen.database) as store:
        found = backups.restore(chosen.file, chosen.store, store)
    print(plain.to_json(found) if chosen.json else f"Restored and checked {backups.told(found)}")
    return base.DONE


def verify(chosen: argparse.Namespace) -> int:
    """Proves batches and reviews; refused when something was changed or is missing."""
    store_place.check_there(chosen.store, chosen.database)
    noted = backups.check(chosen.against).anchor if chosen.against else None
    anchor, problems = ledger.NOTHING, [*batches.verify(chosen.store)]
    if store_place.has_reviews(chosen.store, chosen.database):
        with store_place.opened(chosen.store, chosen.database) as store:
            found = store.verify(noted)
        anchor = found.anchor
        problems += [f"reviews: {problem}" for problem in found.problems]
    elif noted and noted.count:
        problems.append("reviews: there are none, but the backup has some")
    names = batches.names(chosen.store)
    if chosen.json:
        print(plain.to_json({"batches": names, "anchor": anchor, "problems": problems}))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems and not chosen.json:
        print(f"Whole: {backups.counted(len(names), anchor)}")
    return base.REFUSED if problems else base.DONE


def states(_chosen: argparse.Namespace) -> int:
    """Prints the diagram of a review's states."""
    print(review_diagram.mermaid(), end="")
    return base.DONE
