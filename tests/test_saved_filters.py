"""Saved filters come back as they were kept, per role, and never name a person."""

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

import review_makers as makers
from circulation import access, errors
from circulation.reviewing import review_store, saved_filters
from circulation.reviewing.kept_filters import Filter

ROLE = access.Role.CLINICIAN
URGENT = Filter("Urgent in North", {"urgency": ["same_day"], "site": ["North"]})
TODAY = date(2026, 11, 22)
OPEN = Filter("begun", {"tab": ["in_progress"]})


def test_filters_come_back_by_name_and_stay_in_the_file(store: review_store.ReviewStore) -> None:
    assert saved_filters.of(store, ROLE) == ()
    saved_filters.save(store, ROLE, URGENT, today=TODAY)
    saved_filters.save(store, ROLE, OPEN, today=TODAY)
    assert saved_filters.of(store, ROLE) == (OPEN, URGENT)


def test_the_same_name_is_replaced_whatever_its_case(store: review_store.ReviewStore) -> None:
    saved_filters.save(store, ROLE, URGENT, today=TODAY)
    saved_filters.save(store, ROLE, Filter(" urgent in north ", OPEN.parts), today=TODAY)
    assert saved_filters.of(store, ROLE) == (Filter("urgent in north", OPEN.parts),)


def test_a_filter_is_renamed_and_deleted(store: review_store.ReviewStore) -> None:
    saved_filters.save(store, ROLE, URGENT, today=TODAY)
    saved_filters.save(store, ROLE, OPEN, today=TODAY)
    saved_filters.rename(store, ROLE, "begun", "Begun", today=TODAY)
    with pytest.raises(errors.DashboardError, match="another one has this name"):
        saved_filters.rename(store, ROLE, "Begun", "URGENT in North", today=TODAY)
    saved_filters.delete(store, ROLE, URGENT.name)
    assert saved_filters.of(store, ROLE) == (Filter("Begun", OPEN.parts),)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "the name is blank"),
        ("  ", "the name is blank"),
        ("for jane.doe@example.org", "an e-mail address"),
        ("call 020 7946 0958", "a phone number"),
        ("Mr Brown's leg", "a person's name"),
        ("x" * 41, "41 characters long"),
        ("two\nlines", "cannot be seen"),
    ],
)
def test_a_name_that_could_name_a_person_is_refused(
    store: review_store.ReviewStore, name: str, fault: str
) -> None:
    with pytest.raises(errors.DashboardError, match=fault) as told:
        saved_filters.save(store, ROLE, Filter(name, {}), today=TODAY)
    assert not name.strip() or name not in str(told.value)
    assert saved_filters.of(store, ROLE) == ()


def test_their_number_is_limited(store: review_store.ReviewStore) -> None:
    for number in range(saved_filters.MOST):
        saved_filters.save(store, ROLE, Filter(f"no {number}", {}), today=TODAY)
    with pytest.raises(errors.DashboardError, match="20 are kept already"):
        saved_filters.save(store, ROLE, URGENT, today=TODAY)
    saved_filters.save(store, ROLE, Filter("no 7", URGENT.parts), today=TODAY)
    assert len(saved_filters.of(store, ROLE)) == saved_filters.MOST


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_only_who_sees_records_has_filters_of_them(
    store: review_store.ReviewStore, role: access.Role
) -> None:
    for act in (
        lambda: saved_filters.of(store, role),
        lambda: saved_filters.save(store, role, URGENT, today=TODAY),
        lambda: saved_filters.delete(store, role, "x"),
    ):
        with pytest.raises(errors.DashboardError, match="may not see records"):
            act()


def test_they_stay_and_every_server_of_the_database_shows_them(
    address: str, store: review_store.ReviewStore
) -> None:
    other = review_store.ReviewStore(address)
    saved_filters.save(store, ROLE, URGENT, today=TODAY)
    assert saved_filters.of(other, ROLE) == (URGENT,)
    saved_filters.delete(other, ROLE, URGENT.name)
    assert saved_filters.of(store, ROLE) == ()
    other.close()


def test_eight_who_keep_one_at_once_lose_none(store: review_store.ReviewStore) -> None:
    makers.at_once(
        8, lambda one: saved_filters.save(store, ROLE, Filter(f"no {one}", {}), today=TODAY)
    )
    assert [one.name for one in saved_filters.of(store, ROLE)] == [f"no {one}" for one in range(8)]


def test_one_that_was_changed_outside_is_told_and_found_by_the_check(
    address: str, store: review_store.ReviewStore
) -> None:
    saved_filters.save(store, ROLE, URGENT, today=TODAY)
    assert store.verify().problems == ()
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE review_filters SET name = 'Urgent in South'")
    engine.dispose()
    assert store.verify().problems == ("a saved filter: was changed or damaged",)
    with pytest.raises(errors.DashboardError, match="was changed or damaged"):
        saved_filters.of(store, ROLE)


OLDER = {
    "clinician": [
        {"name": "urgent IN north", "parts": {"site": ["South"]}},
        {"name": "begun", "parts": {"tab": ["in_progress"]}},
    ]
}


def test_those_of_a_file_of_form_2_are_taken_over_once_and_the_file_stays_beside(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    file = tmp_path / saved_filters.OLDER_FILE
    file.write_text(json.dumps(OLDER), "utf-8")
    saved_filters.save(store, ROLE, URGENT, today=TODAY)
    for _ in range(2):
        saved_filters.take_over(store, tmp_path)
        assert saved_filters.of(store, ROLE) == (OPEN, URGENT), "the name in the store stays"
    assert not file.exists()
    assert json.loads((tmp_path / f"{file.name}.form-2").read_text("utf-8")) == OLDER
    assert store.verify().problems == ()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"clinician": 3}', '{"king": []}', '{"clinician": [{}]}']
)
def test_a_damaged_file_of_form_2_holds_nobody_up_and_stays(
    tmp_path: Path, store: review_store.ReviewStore, text: str
) -> None:
    (tmp_path / saved_filters.OLDER_FILE).write_text(text, "utf-8")
    saved_filters.take_over(store, tmp_path)
    assert saved_filters.of(store, ROLE) == ()
    assert (tmp_path / f"{saved_filters.OLDER_FILE}.form-2").read_text("utf-8") == text
