"""Saves notes for one record until it is killed, and prints each save once it is acknowledged."""

import itertools
import sys

import review_makers as makers
from circulation import review_store

if __name__ == "__main__":
    store = review_store.ReviewStore(sys.argv[1])
    for number in itertools.count():
        saved = makers.add(store, makers.note(f"note {number}"), record="A-KEPT")
        print(saved.version, saved.note, sep="\t", flush=True)
