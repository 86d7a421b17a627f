"""A quarter is published once, in the ledger, whoever comes first, and stays as it is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import makers
import pooled_makers
import review_makers
from circulation import access, errors
from circulation.auditing import audits, pooled_figures
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import batches
from circulation.reviewing import backups, publications, review_store
from circulation.reviewing.publications import Line, Publication
from circulation.reviewing.reviews import Change, Field

AUTUMN = datetime(2026, 11, 23, 9, tzinfo=UTC)
WINTER = datetime(2027, 1, 2, 9, tzinfo=UTC)
QUARTER = 2026 * 4 + 2
LINE = Line("cause", "diabetes", QUARTER - 1, {"first_named_confirmed": 15})


def put(
    store: review_store.ReviewStore,
    *lines: Line,
    quarter: int = QUARTER,
    role: access.Role = access.Role.MANAGER,
) -> None:
    publications.put(store, quarter, lines, role=role, now=AUTUMN, data_set="d", knowledge="2026.1")


def test_a_publication_is_one_sealed_event_about_no_record(store: review_store.ReviewStore) -> None:
    put(store, LINE)
    assert publications.of(store) == (Publication(QUARTER, (LINE,)),)
    (event,) = store.said(Field.PUBLISHED)
    assert (event.actor, event.role, event.record_id) == (
        "dashboard",
        "manager",
        "pooled figures 2026-Q3",
    )
    assert json.loads(event.new)["quarter"] == QUARTER
    review_makers.add(store, review_makers.START)
    assert store.verify().problems == ()


def test_the_first_publication_of_a_quarter_stands(store: review_store.ReviewStore) -> None:
    put(store)
    put(store, LINE)
    review_makers.at_once(4, lambda number: put(store, LINE, quarter=QUARTER + 1 + number % 2))
    assert publications.of(store)[0] == Publication(QUARTER, ())
    assert sorted(one.quarter for one in publications.of(store)) == [
        QUARTER,
        QUARTER + 1,
        QUARTER + 2,
    ]
    assert store.verify().problems == ()


@pytest.mark.parametrize("role", [access.Role.CLINICIAN, access.Role.DATA_STEWARD])
def test_only_a_manager_publishes(store: review_store.ReviewStore, role: access.Role) -> None:
    with pytest.raises(errors.DashboardError, match="may not see pooled figures"):
        put(store, LINE, role=role)
    assert store.version() == 0


def test_no_reviewer_can_write_one(store: review_store.ReviewStore) -> None:
    with pytest.raises(
        errors.DashboardError, match="Pooled figures: is written by the store itself"
    ):
        review_makers.add(store, Change(Field.PUBLISHED, '{"quarter":8106,"lines":[]}'))


def test_a_backup_holds_what_was_published(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    store = review_store.ReviewStore(review_makers.address(tmp_path / "store"))
    put(store, LINE)
    backups.make(tmp_path / "store", store, tmp_path / "b.tar", at="2026", knowledge="2026.1")
    (tmp_path / "new").mkdir()
    again = review_store.ReviewStore(review_makers.address(tmp_path / "new"))
    backups.restore(tmp_path / "b.tar", tmp_path / "new", again)
    assert publications.of(again) == publications.of(store)
    store.close()
    again.close()


def published(
    store: review_store.ReviewStore, folder: Path, known: knowledge.Knowledge, now: datetime
) -> tuple[Publication, ...]:
    table = batches.load(folder, known)
    audit = audits.of(store, table, assessment.assess(table, known), known)
    return pooled_figures.publish(
        store, audit, known, role=access.Role.MANAGER, now=now, data_set=table.version
    )


def test_what_clinicians_signed_is_published_after_the_quarter_of_waiting_and_stays(
    tmp_path: Path,
) -> None:
    """From the ledger to the figures; then a record is opened again and signed otherwise."""
    folder, known = tmp_path / "store", makers.knowledge()
    store = pooled_makers.fill(folder)
    early = published(store, folder, known, datetime(2026, 9, 30, 23, tzinfo=UTC))
    assert [(one.quarter, [line.kind for line in one.lines]) for one in early] == [
        (QUARTER - 1, ["look"])
    ]
    first = published(store, folder, known, AUTUMN)
    (cause,) = (line for line in first[-1].lines if line.kind == "cause")
    assert (cause.name, cause.through) == ("vein_disease", QUARTER - 1)
    assert cause.counts == {
        "first_named_confirmed": 40,
        "first_named_refuted": 30,
        "first_other_confirmed": 25,
        "first_other_refuted": 40,
        "tool_named_confirmed": 50,
        "tool_named_refuted": 25,
        "tool_other_confirmed": 15,
        "tool_other_refuted": 50,
    }
    (sure,) = (line for line in first[-1].lines if line.kind == "sure")
    assert sure.counts == {
        "sure_confirmed": 25,
        "sure_refuted": 15,
        "less_sure_confirmed": 15,
        "less_sure_refuted": 15,
    }
    assert first[:1] == early
    assert not pooled_makers.named(first)
    review_makers.add(store, review_makers.REOPEN, record=pooled_makers.name_of(0))
    assert published(store, folder, known, AUTUMN) == first
    later = published(store, folder, known, WINTER)
    assert later == (*first, Publication(QUARTER + 1, ()))
    store.close()


def test_under_a_shared_name_nothing_is_counted(tmp_path: Path) -> None:
    folder, known = tmp_path / "store", makers.knowledge()
    shared = tuple(f"clinician {n} (no sign-in)" for n in range(8))
    store = pooled_makers.fill(folder, clinicians=shared)
    assert published(store, folder, known, AUTUMN) == (Publication(QUARTER, ()),)
    store.close()


def test_before_anybody_has_signed_nothing_is_written(tmp_path: Path) -> None:
    folder, known = tmp_path / "store", makers.knowledge()
    pooled_makers.bring_in(folder)
    store = review_store.ReviewStore(review_makers.address(folder))
    assert published(store, folder, known, AUTUMN) == ()
    assert store.version() == 0
    store.close()
