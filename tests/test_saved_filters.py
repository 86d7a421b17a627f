"""Saved filters come back as they were kept, per role, and never name a person."""

from datetime import date
from pathlib import Path

import pytest

from circulation import access, errors
from circulation.reviewing import saved_filters
from circulation.reviewing.saved_filters import Filter

ROLE = access.Role.CLINICIAN
URGENT = Filter("Urgent in North", {"urgency": ["same_day"], "site": ["North"]})
TODAY = date(2026, 11, 22)
OPEN = Filter("begun", {"tab": ["in_progress"]})


def test_filters_come_back_by_name_and_stay_in_the_file(tmp_path: Path) -> None:
    assert saved_filters.of(tmp_path, ROLE) == ()
    saved_filters.save(tmp_path, ROLE, URGENT, today=TODAY)
    saved_filters.save(tmp_path, ROLE, OPEN, today=TODAY)
    assert saved_filters.of(tmp_path, ROLE) == (OPEN, URGENT)


def test_the_same_name_is_replaced_whatever_its_case(tmp_path: Path) -> None:
    saved_filters.save(tmp_path, ROLE, URGENT, today=TODAY)
    saved_filters.save(tmp_path, ROLE, Filter(" urgent in north ", OPEN.parts), today=TODAY)
    assert saved_filters.of(tmp_path, ROLE) == (Filter("urgent in north", OPEN.parts),)


def test_a_filter_is_renamed_and_deleted(tmp_path: Path) -> None:
    saved_filters.save(tmp_path, ROLE, URGENT, today=TODAY)
    saved_filters.save(tmp_path, ROLE, OPEN, today=TODAY)
    saved_filters.rename(tmp_path, ROLE, "begun", "Begun", today=TODAY)
    with pytest.raises(errors.DashboardError, match="another one has this name"):
        saved_filters.rename(tmp_path, ROLE, "Begun", "URGENT in North", today=TODAY)
    saved_filters.delete(tmp_path, ROLE, URGENT.name)
    assert saved_filters.of(tmp_path, ROLE) == (Filter("Begun", OPEN.parts),)


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
def test_a_name_that_could_name_a_person_is_refused(tmp_path: Path, name: str, fault: str) -> None:
    with pytest.raises(errors.DashboardError, match=fault) as told:
        saved_filters.save(tmp_path, ROLE, Filter(name, {}), today=TODAY)
    assert not name.strip() or name not in str(told.value)
    assert saved_filters.of(tmp_path, ROLE) == ()


def test_their_number_is_limited(tmp_path: Path) -> None:
    for number in range(saved_filters.MOST):
        saved_filters.save(tmp_path, ROLE, Filter(f"no {number}", {}), today=TODAY)
    with pytest.raises(errors.DashboardError, match="20 are kept already"):
        saved_filters.save(tmp_path, ROLE, URGENT, today=TODAY)
    saved_filters.save(tmp_path, ROLE, Filter("no 7", URGENT.parts), today=TODAY)
    assert len(saved_filters.of(tmp_path, ROLE)) == saved_filters.MOST


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_only_who_sees_records_has_filters_of_them(tmp_path: Path, role: access.Role) -> None:
    for act in (
        lambda: saved_filters.of(tmp_path, role),
        lambda: saved_filters.save(tmp_path, role, URGENT, today=TODAY),
        lambda: saved_filters.delete(tmp_path, role, "x"),
    ):
        with pytest.raises(errors.DashboardError, match="may not see records"):
            act()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"clinician": 3}', '{"king": []}', '{"clinician": [{}]}']
)
def test_a_damaged_file_is_told_and_not_overwritten(tmp_path: Path, text: str) -> None:
    path = tmp_path / saved_filters.FILE
    path.write_text(text, "utf-8")
    with pytest.raises(errors.DashboardError, match="is damaged"):
        saved_filters.save(tmp_path, ROLE, URGENT, today=TODAY)
    assert path.read_text("utf-8") == text
