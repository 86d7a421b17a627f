"""What all readers share: records, knowledge, reviews and what is counted of them, each made once.

What `st.cache_resource` keeps here is frozen; `st.cache_data` would copy it on every read.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from circulation import access, memory
from circulation.auditing import audits
from circulation.choosing import addresses, selection
from circulation.counting import clearance, distribution
from circulation.judgement import assessment, standing_rows
from circulation.judgement import board as boards
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_loading import knowledge_files
from circulation.protecting import ambiguity
from circulation.records import batches, intake, settled_batches
from circulation.reviewing import chain_watch as chain_watches
from circulation.reviewing import review_store, saved_filters, store_place
from circulation.trending import indicators as indicator_files
from ui import session

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, eq=False)
class Loaded:
    """The records and what the rules make of them, shared by every reader."""

    table: intake.Intake
    assessment: assessment.Assessment


BY_VERSION: dict[str | type, Callable[[Any], Any]] = {
    Loaded: lambda one: (one.table.version, one.assessment.knowledge_version),
    knowledge_base.Knowledge: lambda one: one.version,
    selection.Selection: addresses.of,
}


def store() -> Path:
    """Where imported batches lie."""
    return Path(os.environ.get("INTAKE_STORE") or ROOT / "data" / "store")


def knowledge() -> knowledge_base.Knowledge:
    """Everything in data/knowledge."""
    return _knowledge(str(ROOT / "data" / "knowledge"))


@st.cache_resource(show_spinner=False, max_entries=2)
def _knowledge(folder: str) -> knowledge_base.Knowledge:
    return knowledge_files.load(Path(folder))


def indicators() -> indicator_files.Indicators:
    """What each trend measures, from data/indicators."""
    return _indicators(str(ROOT / "data" / "indicators"))


@st.cache_resource(show_spinner=False, max_entries=2)
def _indicators(folder: str) -> indicator_files.Indicators:
    return indicator_files.load(Path(folder))


def everything() -> Loaded:
    """The records as they are now: a new import is another version and is picked up at once."""
    return _loaded(str(store()), data_version(), knowledge())


def loaded() -> Loaded:
    """What this reader's pages are about: everything, or what their figures count."""
    only, known = settled(), knowledge()
    if only == batches.names(store()):
        return everything()
    return _settled(str(store()), batches.version(store(), known, only), known, only)


def settled() -> tuple[str, ...]:
    """The batches that this reader's figures count: all, for managers those of earlier months."""
    if access.ALLOWED[session.role()] & {access.Act.SEE_EXACT_COUNTS, access.Act.LOAD_DATA}:
        return batches.names(store())
    return settled_batches.names(store(), session.today().replace(day=1), session.local_day)


@st.cache_resource(show_spinner=False, max_entries=1, hash_funcs=BY_VERSION)
def _settled(
    folder: str, version: str, known: knowledge_base.Knowledge, only: tuple[str, ...]
) -> Loaded:
    table = batches.built(Path(folder), known, only)
    return Loaded(table, assessment.assess(table, known))


def data_version() -> str:
    """The version of the records as they are now; asking is cheap and loads nothing."""
    return batches.version(store(), knowledge())


@st.cache_resource(show_spinner=False, max_entries=1, hash_funcs=BY_VERSION)
def _loaded(folder: str, version: str, known: knowledge_base.Knowledge) -> Loaded:
    table = batches.load(Path(folder), known)
    found = Loaded(table, assessment.assess(table, known))
    memory.give_back(found.table)
    return found


def reviews() -> review_store.ReviewStore:
    """What clinicians said about records; one store for all readers."""
    return _reviews(_review_database())


def _review_database() -> str:
    return store_place.address(store(), os.environ.get("REVIEW_DATABASE", ""))


@st.cache_resource(show_spinner=False, max_entries=4)
def _reviews(url: str) -> review_store.ReviewStore:
    opened = review_store.ReviewStore(url)
    saved_filters.take_over(opened, store())
    return opened


def chain_watch() -> chain_watches.ChainWatch:
    """The background check of all reviews."""
    return _watch(_review_database())


@st.cache_resource(show_spinner=False, max_entries=4)
def _watch(database: str) -> chain_watches.ChainWatch:
    return chain_watches.ChainWatch(_reviews(database), session.now)


def board() -> boards.Board:
    """The state and the wait clock of every record as the reviews stand now."""
    return _keeper(everything(), _review_database()).board()


@st.cache_resource(show_spinner=False, max_entries=1, hash_funcs=BY_VERSION)
def _keeper(records: Loaded, database: str) -> boards.Keeper:
    return boards.Keeper(records.table, _reviews(database), session.local_day)


def standing() -> assessment.Assessment:
    """What the rules make of every record with the results typed in its review; of no figure."""
    return _standing(everything(), knowledge(), _review_database()).standing().assessment


@st.cache_resource(show_spinner=False, max_entries=1, hash_funcs=BY_VERSION)
def _standing(
    records: Loaded, known: knowledge_base.Knowledge, database: str
) -> standing_rows.Keeper:
    return standing_rows.Keeper(records.table, records.assessment, known, _reviews(database))


def chosen(wanted: selection.Selection) -> selection.Chosen:
    """The rows that a selection means, with the reviews as they are now where it asks for them."""
    return _chosen(loaded(), wanted)


def _chosen(records: Loaded, wanted: selection.Selection) -> selection.Chosen:
    states = board().states if wanted.review_states else None
    return selection.apply(records.table, records.assessment, wanted, states)


def counts(wanted: selection.Selection) -> distribution.Counts:
    """The exact counts of a selection, kept by the versions of all that they are made of."""
    events = reviews().version() if wanted.review_states else 0
    return _counts(loaded(), knowledge(), wanted, _review_database(), events)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=BY_VERSION)
def _counts(
    records: Loaded,
    known: knowledge_base.Knowledge,
    wanted: selection.Selection,
    database: str,
    events: int,
) -> distribution.Counts:
    """``database`` and ``events`` tell apart which reviews it was counted by."""
    return distribution.by_cause(records.table, records.assessment, _chosen(records, wanted), known)


def cleared(months: selection.Selection) -> clearance.Clearance:
    """What may be shown of closed months to roles without exact counts."""
    return _cleared(loaded(), knowledge(), months)


@st.cache_resource(show_spinner="Checking the figures", max_entries=2, hash_funcs=BY_VERSION)
def _cleared(
    records: Loaded, known: knowledge_base.Knowledge, months: selection.Selection
) -> clearance.Clearance:
    return ambiguity.cleared(records.table, records.assessment, known, months)


def audit() -> audits.Audit:
    """What comes after sign-off; worked out anew when something was saved."""
    return _audit(everything(), knowledge(), _review_database(), reviews().version())


@st.cache_resource(show_spinner=False, max_entries=1, hash_funcs=BY_VERSION)
def _audit(
    records: Loaded, known: knowledge_base.Knowledge, database: str, events: int
) -> audits.Audit:
    return audits.of(_reviews(database), records.table, records.assessment, known)
