"""A name after a title or a role is found in a note; what clinicians write with capitals is not."""

from datetime import date

import pytest

import makers
from circulation import errors
from circulation.way_in import identifiers, note_names

SCANNER = note_names.scanner(makers.knowledge())
TODAY = date(2026, 11, 22)
CLINICAL = """
Patient Reports pain on walking
Patient reports Raynaud since 20
Patient ABI 0.8 left
Patient DVT 2019, anticoagulated
Patient Denies rest pain
Patient Walks 200 m
Patient Raynaud since adolescence
Patient Doppler biphasic both feet
Patient Wells score 2
Patient Wells 3, scan today
Patient Buerger test positive at 30 degrees
Patient Homans sign not asked
Patient Homan's sign not used
Patient Baker's cyst behind the knee
Patient Has known PAD
Patient Is a smoker
Patient Lives alone
Patient Unable to lie flat
Patient Apixaban 5 mg twice daily
Patient Warfarin stopped in May
Patient On Clopidogrel
Patient Metformin 1 g
Patient Ramipril and Bisoprolol
Patient Cellulitis treated last week
Patient Claudication at 100 m
Patient Neuropathy in a stocking pattern
Patient Hypertension, high cholesterol
Patient Fontaine IIb
Patient Fontaine stage IV
Patient Rutherford class 4
Patient Villalta score 12
Patient CEAP C4a
Patient VCSS 9
Patient HbA1c 62
Patient eGFR 45
Patient NYHA II
Patient May Need angiography
Patient Since Monday swollen
Patient Tuesday clinic
Patient October review
Patient Asian, BMI 24
Patient Aged 70
Patient Female, 64
Patient Information leaflet given
Patient Transport booked
Patient Leaflet given
Patient: Reports cramps at night
Patient: Known Raynaud, no ulcers
Patient, Diabetic for 20 years
Patient (Smoker) advised to stop
Patients With CLTI go to the clinic
Pt Denies chest pain
Pt Reviewed in clinic
Pt Mobile with frame
Pt c/o Pain in calf
Nurse Specialist to see
Nurse Led clinic follow up
Nurse Practitioner Reviewed wound
Tissue Viability Nurse Review requested
District Nurse Visits twice a week
Nurse Applied compression
GP Letter sent
GP Practice informed
GP Started Edoxaban
GP Referral received
GP Requests ABPI
GP To check lipids
GP Please repeat HbA1c
Consultant Vascular Surgeon to decide
Consultant Review on Friday
Surgeon On call informed
Vascular Surgeon Asked for CT angiography
Physician Associate Examined both legs
Podiatrist Found absent pulses
Radiologist Reports occlusion of SFA
Registrar Bleeped
Physiotherapist Assessment done
Mother Had varicose veins
Mother Diabetic, Father MI at 50
Father Died of stroke
Sister Raynaud, brother Well
Sister DVT at 30
Brother Amputated below knee
Wife Reports snoring
Husband Cares for her
Son Drives him
Daughter Present at visit
Partner Attends with him
Carer Applies stockings
Mother Factor V Leiden
Family: Mother Psoriasis, Sister Lupus
Name of the drug: see letter
Name: Not given
named Vessel is the left SFA
Drug name: Rivaroxaban
MR Angiography of both legs
MR venography if Duplex unclear
MR ANGIOGRAPHY requested
Ms and DM known
Miss doses often
Seen by GP. Doppler normal. Plan: compression
Discussed with nurse. Wound clean
Doctor Asked for Duplex
Doctor On call told
Duplex: SFA occlusion
Raynaud phenomenon, Allen test normal
Wells score, Geneva score, PERC
Trendelenburg test positive; Perthes test negative
May-Thurner suspected; Klippel-Trenaunay excluded
Semmes-Weinstein monofilament 10 g
Ehlers-Danlos in the family
Buerger disease, Takayasu excluded
Sjögren antibodies asked for
Charcot foot left
Monckeberg calcification: index not usable
Baker cyst on Ultrasound
Virchow triad: stasis
Marfan features absent
Achilles tendon tender
Valsalva reflux over 0.5 s
Both Legs Swollen, Left More Than Right
Pain Worse at Night, Better Hanging Down
Ankle-Brachial Index 0.71 Left, 0.98 Right
D-Dimer 820 FEU. Compression Ultrasound Today
Type 2 Diabetes, Retinopathy
Atrial Fibrillation on Apixaban
Class 2 Compression Stockings
Foot Ulcer over Left First Metatarsal
Patient Complaining of heaviness by evening
Patient Snores, waiting for sleep study
Patient Dizzy on standing
Patient Quite breathless today
Patient Wearing class 2 stockings
Patient Allergic to latex
Patient Palpable pulses both sides
Patient Hyperlipidaemia untreated
Patient Telangiectasia ankles
Patient Post thrombotic left leg
Patient Sciatica right
Patient Nifedipine helps
Patient Dabigatran since 2021
Patient Ex-smoker 40 pack years
Patient Wheelchair user
Patient Bed-bound since fracture
Patient Brachial 142 mmHg
Patient Toe pressure 45
Patient Wagner grade 2
Patient Texas IIIB wound
Patient WIfI 221
Patient TASC C lesion
Patient Stemmer sign negative
Patient Lipodermatosclerosis
Patient Statins refused
Patient Tamoxifen
Patient Contraceptive pill
Patient Postpartum 3 weeks
Patient Flight from far
Patient Immobilised in plaster
Nurse Dressed the ulcer
GP Bloods normal
GP Queried DVT
Surgeon Recommends bypass
Sister Scleroderma
Daughter Interprets
Podiatrist Debrided callus
Patient Rates pain 7 of 10
Patient Amiodarone 200 mg
Patient Sodium 131
Patient Hb 98
Patient Gangrenous toe
Patient Livedo both legs
Patient Dacron graft
Patient Fem-pop bypass
Patient Thready pulse
Nurse Swabbed wound
GP Faxed letter
Wife Translates
Consultant Round on Tuesday
""".strip().splitlines()
NAMES = """
Smith Jones O'Neill McDonald Meyer Müller Patel Singh Khan Nguyen Kowalski García Rossi Yilmaz
Okafor Andersson Fernandes Ivanova Haddad Chowdhury Hughes Taylor Wilson Fleming Manning Harding
Donnelly Fitzgerald MacLeod Ahmed Kim Chen Tanaka Dubois Lefèvre Novak Popescu Jansen Schmidt
Bakker Eriksen Silva Mensah Cohen Walsh Kelly Murphy Davies Roberts Evans Thompson Robinson Clarke
Mary Peter Fatima Elżbieta Siobhan Hans-Peter Baxter Greene Holloway Stone Woods Rivers Banks Marsh
Hart Young Price Bishop Turner Carter Mason Hunter Wang Zhang Papadopoulos Petrov Nowak Lindqvist
Moreau Weber Fischer Wagner Hoffmann Costa Santos Reyes Gupta Sharma Iqbal Begum Hussain Ali Abdi
Adeyemi Onyango Tesfaye Lim Tan Sato Larsen Virtanen Park Cook Walker
"""
PLACES = (
    "Mr {name} walks 200 m",
    "Mrs. {name} was seen",
    "ask Ms {name}",
    "Miss {name}, 34",
    "Dr {name} agrees",
    "Discussed with Prof. {name}",
    "dr {name} asked for it",
    "Mr J {name}",
    "Mrs A. B. {name} rang",
    "Dr van {name}",
    "Patient {name} reports pain",
    "patient {name} came late",
    "Patient: {name}",
    "Pt {name} swollen",
    "seen by nurse {name}",
    "GP {name} informed",
    "her son {name} drives her",
    "wife {name} present",
    "surgeon {name} to decide",
    "Patient name: {name}",
    "named {name}",
    "Patient J. {name}",
)


def refused(note: str) -> bool:
    try:
        identifiers.check_text(note, TODAY, place="Note", names=SCANNER)
    except errors.DashboardError:
        return True
    return False


def test_what_clinicians_write_with_capitals_is_taken() -> None:
    assert len(CLINICAL) > 100
    assert [note for note in CLINICAL if refused(note)] == []


def test_words_of_the_knowledge_after_a_role_are_no_names() -> None:
    known = makers.knowledge()
    labels = [one.label for one in (*known.findings, *known.tests, *known.causes, *known.flags)]
    shown = [label.title().replace("Mr ", "MR ") for label in labels]
    notes = [f"{role} {label}" for role in ("Patient", "Mother") for label in shown]
    assert [note for note in notes if SCANNER.found(note)] == []


def test_names_are_found_after_every_title_and_role() -> None:
    notes = [place.format(name=name) for place in PLACES for name in NAMES.split()]
    assert [note for note in notes if not refused(note)] == []


def test_a_surname_that_is_a_word_of_medicine_is_found_after_a_title_but_not_after_a_role() -> None:
    for name in ("White", "Long", "Foot"):
        assert refused(f"Mrs {name} was seen")
        assert not refused(f"Patient {name} reports pain"), "the doubt of the knowledge says so"


def test_a_surname_in_the_words_of_medicine_is_a_name_where_no_such_word_follows() -> None:
    for note in ("Patient Wells reports pain", "nurse Baker dressed it", "Mr Wells", "GP Allen"):
        assert refused(note), note


def test_a_colleague_is_refused_too_and_the_way_out_says_what_to_write() -> None:
    with pytest.raises(errors.DashboardError) as found:
        identifiers.check_text("Seen with Dr Meyer", TODAY, place="Note", names=SCANNER)
    assert str(found.value) == (
        "Note: holds what looks like a person's name. "
        "Take it out: notes must not name a person. For a colleague write the role; "
        "a word that is no name is taken in small letters"
    )
