"""What could name a person is found, by kind; the words of the clinic never are."""

import random
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intake_files
import makers
from circulation import errors
from circulation.knowledge_base import columns
from circulation.way_in import identifiers
from circulation.way_in.identifiers import Kind

PLANTED = {
    Kind.EMAIL: ["jane.doe@example.org", "write to a@b.co.uk today", "jane (at) example.org"],
    Kind.URL: ["https://example.org/p?id=7", "see www.example.org", "ftp://host/file"],
    Kind.IP: ["192.168.0.17", "from 10.0.0.1 at noon", "2001:db8:0:0:0:0:2:1"],
    Kind.SOCIAL_SECURITY: ["078-05-1120", "ssn 219 09 9999"],
    Kind.NHS_NUMBER: ["943 476 5919", "943-476-5919", "9434765919", "no. 401 023 2137 seen"],
    Kind.NATIONAL_INSURANCE: ["AB123456C", "ab 12 34 56 c"],
    Kind.POSTCODE: ["SW1A 1AA", "m1 1ae", "lives in EC1A1BB now", "GIR 0AA"],
    Kind.RECORD_NUMBER: ["MRN 0012345", "mrn:99887", "Hospital number 4711", "patient id 123456"],
    Kind.BIRTH: ["dob 3.4.1950", "born 1961", "date of birth: 7 May 1950"],
    Kind.DAY: ["2026-01-31", "seen 31/01/2026", "on 1.2.1999"],
    Kind.PHONE: ["020 7946 0958", "+44 20 7946 0958", "(555) 123-4567", "call 07700 900123"],
    Kind.NAME: ["Dr Smith", "Mrs. Jones came"],
    Kind.ADDRESS: ["12 High Street", "lives at 221b Baker Street"],
    Kind.LONG_NUMBER: ["123456789", "number 12345678901234"],
}
BY_CHANCE = (Kind.DAY, Kind.LONG_NUMBER, Kind.NATIONAL_INSURANCE, Kind.SOCIAL_SECURITY)
"""What one record id may look like by chance: decided over the whole column."""
PLACES = [
    *((column, kind) for column in ("site", "sex", "leg_pain", "bmi") for kind in PLANTED),
    *(("record_id", kind) for kind in PLANTED if kind not in BY_CHANCE),
]
HARMLESS = [
    "Raynaud",
    "Raynaud's disease",
    "Buerger disease, thromboangiitis",
    "Baker's cyst behind the knee",
    "Homans' sign is not asked",
    "Doppler signal at the ankle, Fontaine IIb, Rutherford 4",
    "Wells score 2, Villalta 10, CEAP C4a, NYHA class II",
    "ABI 0.85 left, 1.05 right; 118/72 mmHg; toe 45 mmHg",
    "D-dimer 1250 µg/L FEU; HbA1c 48 mmol/mol (6.5 %)",
    "ANA 1:1280, pain since 12 weeks, 3-12 months, 60-64 years",
    "left leg 38.5 cm, right 35.0 cm; walks 200 m; 10 g monofilament at 8 sites",
    "B12 low, T4 low, L4/L5, S1 root, C5",
    "patient walks 200 m",
    "0.90 0.91-0.99 1.00-1.40",
]


def test_every_planted_identifier_is_found_with_its_kind() -> None:
    texts = [text for planted in PLANTED.values() for text in planted]
    found = {texts[hit.text]: hit.kind for hit in identifiers.hits(texts)}
    assert found == {text: kind for kind, planted in PLANTED.items() for text in planted}


def test_the_words_of_the_clinic_name_nobody() -> None:
    assert list(identifiers.hits(HARMLESS)) == []


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            yield from words_of(getattr(value, part.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from words_of(item)


def test_the_whole_knowledge_names_nobody() -> None:
    known = makers.knowledge()
    kinds = (known.findings, known.choices, known.measurements, known.tests, known.causes)
    texts = sorted({*words_of((*kinds, known.flags, known.advice, known.escalations))})
    assert [(texts[hit.text], hit.kind) for hit in identifiers.hits(texts)] == []


def test_no_column_of_ours_is_taken_for_one_about_a_person() -> None:
    layout = columns.of(makers.knowledge())
    assert [c.name for c in layout if identifiers.header(c.name)] == []
    assert (
        list(identifiers.hits([c.name for c in layout] + [v for c in layout for v in c.values]))
        == []
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Name", Kind.NAME),
        ("patient_name", Kind.NAME),
        ("PatientName", Kind.NAME),
        ("surname", Kind.NAME),
        ("First Name", Kind.NAME),
        ("DOB", Kind.BIRTH),
        ("date of birth", Kind.BIRTH),
        ("birthDate", Kind.BIRTH),
        ("E-mail", Kind.EMAIL),
        ("email_address", Kind.EMAIL),
        ("Mobile phone", Kind.PHONE),
        ("NHS number", Kind.NHS_NUMBER),
        ("MRN", Kind.RECORD_NUMBER),
        ("postcode", Kind.POSTCODE),
        ("home_address", Kind.ADDRESS),
        ("IP", Kind.IP),
        ("ward", None),
        ("bmi", None),
    ],
)
def test_a_header_tells_what_its_column_holds(name: str, kind: Kind | None) -> None:
    assert identifiers.header(name) == kind


def nhs_number(chance: random.Random) -> str:
    """A valid number, its check digit worked out as the standard says, in plain loops."""
    while True:
        digits = [chance.randrange(10) for _ in range(9)]
        total = 0
        for place, digit in enumerate(digits):
            total += digit * (10 - place)
        check = 11 - total % 11
        if check != 10:
            return "".join(map(str, [*digits, 0 if check == 11 else check]))


def test_ten_thousand_nhs_numbers_are_all_recognised_and_a_changed_digit_never_is() -> None:
    chance = random.Random(1)
    numbers = [nhs_number(chance) for _ in range(10_000)]
    assert identifiers.nhs_valid(numbers).all()
    assert all(identifiers.nhs_valid([f"{n[:3]} {n[3:6]} {n[6:]}" for n in numbers[:50]]))
    altered = []
    for number in numbers:
        place = chance.randrange(10)
        other = (int(number[place]) + chance.randrange(1, 10)) % 10
        altered.append(number[:place] + str(other) + number[place + 1 :])
    assert not identifiers.nhs_valid(altered).any()


def codes(chance: random.Random, alphabet: str, length: int) -> list[str]:
    return ["".join(chance.choices(alphabet, k=length)) for _ in range(5000)]


@pytest.mark.parametrize(
    ("alphabet", "length"),
    [
        (string.digits, 10),
        (string.digits, 11),
        (string.digits, 9),
        (string.ascii_uppercase + string.digits, 6),
        (string.ascii_uppercase + string.digits, 7),
        (string.ascii_uppercase + string.digits, 9),
        ("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 6),
        (string.digits + "-", 10),
        (string.digits + "-", 11),
        (string.ascii_letters + "-_", 12),
    ],
)
def test_random_codes_are_taken_as_record_ids(alphabet: str, length: int) -> None:
    share = identifiers.CodeShare()
    share.add(codes(random.Random(2), alphabet, length))
    assert share.verdict() is None


def test_record_ids_counted_up_are_taken() -> None:
    share = identifiers.CodeShare()
    share.add([str(1_000_000_000 + n) for n in range(5000)])
    share.add([f"R{n:07d}" for n in range(5000)])
    assert share.verdict() is None


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (nhs_number, Kind.NHS_NUMBER),
        (lambda chance: f"AB{chance.randrange(10**6):06d}C", Kind.NATIONAL_INSURANCE),
        (lambda chance: f"SW{chance.randrange(10)}A{chance.randrange(10)}AA", Kind.POSTCODE),
        (lambda chance: f"07{chance.randrange(10**9):09d}", Kind.PHONE),
        (lambda chance: f"19{chance.randrange(10, 99)}-01-{chance.randrange(10, 29)}", Kind.DAY),
        (
            lambda chance: f"{chance.randrange(100, 900)}-05-{chance.randrange(1000, 9999)}",
            Kind.SOCIAL_SECURITY,
        ),
        (lambda chance: f"MRN-{chance.randrange(10**7):07d}", Kind.RECORD_NUMBER),
        (lambda chance: chance.choice(["Jane", "Omar"]) + "_Example", Kind.NAME),
    ],
)
def test_a_column_of_personal_numbers_is_recognised_by_its_share(make: Any, kind: Kind) -> None:
    chance = random.Random(3)
    share = identifiers.CodeShare()
    share.add([make(chance) for _ in range(700)])
    share.add([f"R{n}" for n in range(300)])
    assert share.verdict() is kind


def test_record_ids_that_are_nhs_numbers_refuse_the_file(tmp_path: Path) -> None:
    chance = random.Random(4)
    content = intake_files.text([{"record_id": nhs_number(chance)} for _ in range(40)])
    with pytest.raises(errors.DashboardError) as refused:
        intake_files.bring_in(tmp_path / "store", content, set_aside=True)
    assert str(refused.value) == (
        "intake.csv, column 'record_id': holds what looks like an NHS number in most rows. "
        "Take out what could name a person; nothing of the file was stored"
    )


@pytest.mark.parametrize(("column", "kind"), PLACES)
def test_an_identifier_in_any_cell_refuses_the_file_without_repeating_it(
    kind: Kind, column: str, tmp_path: Path
) -> None:
    planted = PLANTED[kind][0]
    content = intake_files.changed(1, **{column: planted})
    with pytest.raises(errors.DashboardError) as refused:
        intake_files.bring_in(tmp_path / "store", content, set_aside=True)
    assert refused.value.place == f"intake.csv line 3, column '{column}'"
    assert refused.value.fault == f"holds what looks like {kind.value}"
    assert planted not in str(refused.value)


def test_how_many_more_cells_name_persons_is_said(tmp_path: Path) -> None:
    records = [{"record_id": f"A{n}", "sex": f"p{n}@example.org"} for n in range(30)]
    with pytest.raises(errors.DashboardError, match="as 29 more cells of the column do"):
        intake_files.bring_in(tmp_path / "store", intake_files.text(records))


TODAY = date(2026, 11, 22)


def test_a_note_is_checked_by_the_same_rules() -> None:
    identifiers.check_text("Pain worse at night; index 0.85", TODAY, place="the note")
    with pytest.raises(errors.DashboardError) as refused:
        identifiers.check_text("Call her on 020 7946 0958", TODAY, place="the note")
    assert str(refused.value) == (
        "the note: holds what looks like a phone number. Take it out: notes must not name a person"
    )


@pytest.mark.parametrize(
    "note",
    [
        "Scan on 2026-11-24, seen again 1/12/2026.",
        "Swollen since 3 Nov 2026; operated 14.02.2019.",
        "D-dimer 2026-11-20 812 ug/L; calf 38.5 cm",
        "First clot in 1999.",
        "To be scanned 05-Jan-2027",
    ],
)
def test_a_note_may_name_the_day_of_an_event(note: str) -> None:
    identifiers.check_text(note, TODAY, place="the note")


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("born 2019-01-05", Kind.BIRTH),
        ("DOB 3/4/2015", Kind.BIRTH),
        ("12/03/1948, swollen calf", Kind.BIRTH),
        ("1948-03-12", Kind.BIRTH),
        ("12th March 1948", Kind.BIRTH),
        ("12-Mar-2008", Kind.BIRTH),
        ("Scan 2026-11-24, call 020 7946 0958", Kind.PHONE),
        ("Scan 2026-11-24, ask Mrs Jones", Kind.NAME),
        ("2026-11-24 jane@example.org", Kind.EMAIL),
    ],
)
def test_a_day_of_birth_in_a_note_is_refused_and_a_day_hides_nothing_else(
    note: str, kind: Kind
) -> None:
    with pytest.raises(errors.DashboardError, match=f"looks like {kind.value}"):
        identifiers.check_text(note, TODAY, place="the note")


@pytest.mark.parametrize("digit", ["\u0660", "\u0967", "\uff10"])
def test_digits_of_other_scripts_are_no_reason_to_stop(digit: str) -> None:
    assert list(identifiers.hits([f"123456789{digit}", "plain"])) == [
        identifiers.Hit(0, Kind.LONG_NUMBER)
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(hit.text == 0 for hit in identifiers.hits([text]))
    identifiers.header(text)
