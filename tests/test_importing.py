"""The one way in: everything of a file or nothing, and an account that adds up."""

from pathlib import Path

import pytest

import intake_files
import makers
from circulation import errors
from circulation.records import accounts, batches

BAD = intake_files.bad_files()


def stored(store: Path) -> int:
    return batches.load(store, makers.knowledge()).count


def test_a_good_file_is_stored_as_it_is(tmp_path: Path) -> None:
    account = intake_files.bring_in(tmp_path / "store", intake_files.text(intake_files.GOOD))
    assert account.stored
    assert (account.received, account.accepted, account.rejected, account.duplicate) == (3, 3, 0, 0)
    assert account.without_day == 1
    table = batches.load(tmp_path / "store", makers.knowledge())
    rows = [table.row_of(name) for name in ("A1", "A2", "A3")]
    assert None not in rows
    first, second, third = (row or 0 for row in rows)
    assert table.value("site", first) == "North"
    assert table.text("ankle_brachial_index_left", first) == "0.85"
    assert table.text("bmi", second) == "31.25"
    assert table.day_of(third) is None
    assert str(table.day_of(second)) == "2026-01-06"
    assert table.value("test_ankle_brachial_index_result", first) == "abnormal"


def refusals(store: Path, bad: intake_files.BadFile) -> list[str]:
    """What is said when a file is refused, whole or by its rows."""
    try:
        account = intake_files.bring_in(store, bad.content, name=bad.name)
    except errors.DashboardError as refused:
        return [str(refused)]
    assert not account.stored
    return [str(one) for one in (*account.refusals, *account.duplicates)]


@pytest.mark.parametrize("bad", BAD, ids=[bad.what for bad in BAD])
def test_each_bad_file_gets_its_own_clear_message_and_nothing_is_stored(
    bad: intake_files.BadFile, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    assert refusals(store, bad) == [bad.message]
    assert batches.names(store) == ()
    assert stored(store) == 0
    assert batches.verify(store) == ()


def test_the_messages_of_the_bad_files_all_differ() -> None:
    assert len({bad.message.split(":", 1)[1] for bad in BAD}) == len(BAD) == 10


def test_good_rows_are_stored_when_the_rest_is_set_aside(tmp_path: Path) -> None:
    content = intake_files.changed(1, bmi="abc", sex="unknown")
    refused = intake_files.bring_in(tmp_path / "store", content)
    assert not refused.stored
    assert (refused.accepted, refused.rejected, refused.refusal_count) == (2, 1, 2)
    account = intake_files.bring_in(tmp_path / "store", content, set_aside=True)
    assert account.stored
    assert (account.received, account.accepted, account.rejected) == (3, 2, 1)
    assert stored(tmp_path / "store") == 2
    listed = (batches.folder(tmp_path / "store") / f"{account.batch}.refusals.csv").read_text()
    assert listed.splitlines()[1:] == [
        '3,sex,"must be one of female, male, other, or blank",Use one of these values',
        '3,bmi,must be a number,"Write digits and a decimal point, as 0.85"',
    ]


def test_the_first_of_two_rows_with_one_id_is_kept(tmp_path: Path) -> None:
    records = [
        {"record_id": "A1", "sex": "not a sex"},
        {"record_id": "A1", "sex": "male"},
        {"record_id": "A1", "sex": "female"},
    ]
    account = intake_files.bring_in(tmp_path / "store", intake_files.text(records), set_aside=True)
    assert (account.accepted, account.rejected, account.duplicate) == (1, 1, 1)
    table = batches.load(tmp_path / "store", makers.knowledge())
    assert table.value("sex", table.row_of("A1") or 0) == "male"


def test_the_same_file_twice_is_recognised(tmp_path: Path) -> None:
    content = intake_files.text(intake_files.GOOD)
    intake_files.bring_in(tmp_path / "store", content)
    again = intake_files.bring_in(tmp_path / "store", content, set_aside=True)
    assert again.known_already
    assert not again.stored
    assert again.duplicate == 3
    assert str(again.duplicates[0]).startswith(
        "line 2, column 'record_id': repeats a record id that is in the store already"
    )
    assert len(batches.names(tmp_path / "store")) == 1


def test_new_rows_beside_known_ones_are_stored_when_asked_for(tmp_path: Path) -> None:
    intake_files.bring_in(tmp_path / "store", intake_files.text(intake_files.GOOD))
    more = intake_files.text([*intake_files.GOOD, {"record_id": "A4"}])
    assert not intake_files.bring_in(tmp_path / "store", more).stored
    account = intake_files.bring_in(tmp_path / "store", more, set_aside=True)
    assert (account.accepted, account.duplicate) == (1, 3)
    assert stored(tmp_path / "store") == 4


def test_synthetic_and_real_records_never_mix(tmp_path: Path) -> None:
    synthetic = intake_files.text([{"record_id": "S-A1"}, {"record_id": "S-A2"}])
    account = intake_files.bring_in(tmp_path / "store", synthetic)
    assert account.synthetic
    assert batches.load(tmp_path / "store", makers.knowledge()).synthetic
    with pytest.raises(errors.DashboardError, match="holds synthetic records; real records are"):
        intake_files.bring_in(tmp_path / "store", intake_files.text(intake_files.GOOD))
    mixed = intake_files.text([{"record_id": "S-A3"}, {"record_id": "A4"}])
    with pytest.raises(errors.DashboardError, match="synthetic and real records together"):
        intake_files.bring_in(tmp_path / "other", mixed)
    assert stored(tmp_path / "store") == 2
    assert stored(tmp_path / "other") == 0


def test_what_does_not_fit_together_is_noted_and_kept(tmp_path: Path) -> None:
    record = {
        "record_id": "A1",
        "ankle_brachial_index_left": "0.92",
        "ankle_brachial_index_right": "0.97",
        "ankle_pressure_dp_left": "110",
        "ankle_pressure_pt_left": "118.5",
        "ankle_pressure_pt_right": "125",
        "arm_pressure_systolic_left": "124",
        "arm_pressure_systolic_right": "130",
        "leg_pain_walking": "absent",
        "leg_pain_walking_side": "left",
        "test_d_dimer_result": "normal",
    }
    account = intake_files.bring_in(tmp_path / "store", intake_files.text([record]))
    assert account.stored
    # 118.5 / 130 = 0.9115 -> 0.91, within 0.01 of 0.92; 125 / 130 = 0.9615 -> 0.96, of 0.97
    assert [note.text for note in account.notes] == [
        "'leg_pain_walking_side' is given although 'leg_pain_walking' is not 'present'",
        "'test_d_dimer_result' is given although 'test_d_dimer' is not 'done'",
    ]
    wrong = dict(record, record_id="A2", ankle_brachial_index_right="0.98")
    account = intake_files.bring_in(tmp_path / "store", intake_files.text([wrong]))
    assert str(account.notes[0]) == (
        "line 2, record A2: the index recorded for the right leg does not follow from its pressures"
    )
    assert account.remarks == (
        "The index worked out from the pressures agrees with the recorded one in 1 of 2 legs",
    )


def test_an_account_survives_being_written_and_tells_when_it_was_changed(tmp_path: Path) -> None:
    account = intake_files.bring_in(
        tmp_path / "store", intake_files.changed(0, sex="x"), set_aside=True
    )
    written = accounts.to_json(account)
    assert accounts.from_json(written, "account") == account
    with pytest.raises(errors.DashboardError, match="is damaged or was changed"):
        accounts.from_json(written.replace('"received": 3', '"received": 4'), "account")


def test_an_account_that_does_not_add_up_cannot_be_made(tmp_path: Path) -> None:
    account = intake_files.bring_in(tmp_path / "store", intake_files.text(intake_files.GOOD))
    content = accounts.to_json(account).replace('"received": 3', '"received": 4')
    with pytest.raises(errors.DashboardError):
        accounts.from_json(content, "account")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\march.csv", "march.csv"),
        ("a\r\nSet-Cookie: x\x00.csv", "a__Set-Cookie: x_.csv"),
        ("\u202egnp.csv", "_gnp.csv"),
        ("x" * 300, "x" * 80),
        ("", "file"),
    ],
)
def test_a_file_name_is_shown_short_and_harmless(name: str, shown: str) -> None:
    assert accounts.shown_name(name) == shown


def test_no_value_of_a_record_stands_in_any_message(tmp_path: Path) -> None:
    spoken = "Zacharias"
    content = intake_files.changed(0, sex=spoken, bmi=spoken, received_on=spoken, site="x" * 41)
    account = intake_files.bring_in(tmp_path / "store", content, set_aside=True)
    assert account.refusal_count == 4
    assert spoken not in accounts.to_json(account)
