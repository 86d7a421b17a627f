"""What a score says: a result, or what is missing; never more than the rule says."""

import json
import re

import pytest

import makers
import manage
import score_makers as maker
from circulation.scoring import score_words

NEVER = re.compile(
    r"\bnormal\b|\bdiagnos|safe to discharge|\bno (dvt|clot|deep vein)\b|% chance|probab",
    re.IGNORECASE,
)
NO = dict.fromkeys(
    ("paralysis", "bedridden", "tenderness", "whole_leg", "pitting", "collateral", "prev_dvt"),
    False,
)


def said(name: str, **answers: object) -> str:
    return score_words.headline(maker.result(name, **answers), makers.knowledge())


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        (
            "wells_dvt_2003",
            {"cancer": True, **NO},
            "Not calculated: 2 items missing (possible range -1 to 2)",
        ),
        ("wells_dvt_2003", {}, "Not calculated: 10 items missing"),
        (
            "wells_dvt_2003",
            {"cancer": False, "calf_3cm": False, **NO},
            (
                "Deep vein clot unlikely by this score (1 point or less), "
                "whatever the missing answer is"
            ),
        ),
        (
            "wells_dvt_2003",
            {"cancer": True, "calf_3cm": False, "alternative": False, **NO},
            "1 point: Deep vein clot unlikely by this score (1 point or less)",
        ),
        (
            "wells_dvt_2003",
            {"pregnant": True},
            (
                "Not valid here. The rule does not hold in pregnancy or within 6 weeks after "
                "birth: refer by the local obstetric pathway."
            ),
        ),
        (
            "ankle_brachial_index",
            {"recorded_index": "0.90"},
            "Index 0.90: Abnormal, 0.90 or less: supports arterial disease",
        ),
        (
            "ankle_brachial_index",
            {"recorded_index": "1.41"},
            "Index 1.41: Non-compressible, above 1.40: cannot be used",
        ),
        (
            "ankle_brachial_index",
            {"dp": "no_signal", "pt": "no_signal", "arm_left": 120, "arm_right": 120},
            "No Doppler signal at the ankle",
        ),
        (
            "edinburgh_claudication",
            dict.fromkeys(("walking_pain", "uphill", "gone_in_10", "calf", "on_level"), True)
            | {"at_rest": False},
            "Definite claudication. Grade 2: at ordinary pace on the level",
        ),
        (
            "blood_pressure_acc_aha",
            {"systolic": 150},
            (
                "Not calculated: 1 item missing (still possible: Severe: above 180 or above 120; "
                "Stage 2: 140 or more, or 90 or more)"
            ),
        ),
        (
            "d_dimer_age_adjusted",
            {"d_dimer": 700, "type": "feu", "age": 72},
            "Cut-off 720 µg/L: Below the cut-off",
        ),
        (
            "glycaemia",
            {"hba1c_percent": "6.5"},
            "Meets the threshold, needs confirmation",
        ),
    ],
)
def test_a_result_in_one_sentence(name: str, answers: dict[str, object], words: str) -> None:
    assert said(name, **answers) == words


def test_the_basis_counts_inputs_and_names_version_and_exceptions() -> None:
    found = maker.result("wells_pe", heart_rate=88, cancer=True)
    basis = score_words.basis(found, makers.knowledge())
    assert basis.startswith("Wells score for a lung clot, two levels, version Two levels")
    assert "Inputs used: 2 of 7." in basis
    assert "Missing: Signs of a deep vein clot" in basis
    assert basis.endswith("Not valid in: pregnancy and 6 weeks after birth.")


def test_no_score_file_says_more_than_a_score_may() -> None:
    for score in makers.knowledge().scores:
        texts = [score.label, *(b.label + b.meaning for b in (*score.bands, *score.grades))]
        texts += [note.says for note in score.notes] + [c.reason for c in score.closings]
        texts += [entry.label for entry in score.inputs]
        assert [text for text in texts if NEVER.search(text)] == [], score.id


def test_every_limit_of_a_band_stands_in_a_file_with_a_source() -> None:
    known = makers.knowledge()
    for score in known.scores:
        assert set(score.sources) <= set(known.source)
        assert score.version
        assert dict(known.files)[f"scores/{score.id}.toml"].review_due


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = manage.main(["score", *arguments])
    said_there = capsys.readouterr()
    return status, said_there.out, said_there.err


def test_the_command_line_gives_programs_the_whole_result(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(capsys, "wells_dvt_2003", "cancer=yes", "whole_leg=yes", "--json")
    told = json.loads(out)
    assert status == 0
    assert (told["points"], told["band"], told["range"]) == (None, None, [0, 9])
    assert [item["name"] for item in told["missing"]] == [
        "paralysis",
        "bedridden",
        "tenderness",
        "calf_3cm",
        "pitting",
        "collateral",
        "prev_dvt",
        "alternative",
    ]
    assert told["version"] == "2003 (NEJM 349:1227), as in NICE NG158"
    assert told["source"][0] == "S13 Wells 2003: D-dimer in suspected deep vein thrombosis"
    assert told["reason"] == ""


def test_the_command_line_prints_numbers_as_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys,
        "ankle_brachial_index",
        *("dp=119", "pt=110", "arm_left=132", "arm_right=130", "--leg", "left", "--json"),
    )
    told = json.loads(out)
    assert (told["points"], told["band"], told["range"], told["leg"]) == (
        0.9,
        "abnormal",
        [0.9, 0.9],
        "left",
    )


def test_the_command_line_says_why_a_score_is_closed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "wells_pe", "pregnant=yes", "heart_rate=120", "--json")
    told = json.loads(out)
    assert (told["points"], told["band"], told["range"]) == (None, None, None)
    assert "obstetric pathway" in told["reason"]


def test_the_command_line_speaks_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "toe_brachial_index", "toe=84", "arm_left=120", "arm_right=118")
    assert status == 0
    assert out.splitlines() == [
        "Index 0.70: Abnormal, 0.70 or less: supports arterial disease",
        (
            "  Toe-brachial index, version AHA/ACC 2016 limit. Inputs used: 3 of 3. "
            "Missing: nothing. Not valid in: nothing stated."
        ),
        (
            "  Worked out from the pressures of toe and arm. Rules read this number where no index "
            "is recorded."
        ),
        (
            "  Sources differ: 0.70 or less abnormal, or 0.75 and more needed in a diabetic foot. "
            "0.70 is used."
        ),
        (
            "  Source: S6b AHA/ACC 2016 guideline: lower extremity peripheral artery disease; "
            "S6 ACC/AHA 2024 guideline: lower extremity peripheral artery disease"
        ),
    ]


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["wells"], "refused: score: is not in the knowledge. There are ankle_brachial_index,"),
        (["perc", "age"], "refused: score: takes answers as input=answer. As cancer=no"),
        (["perc", "weight=80"], "refused: score perc: has no input 'weight'. It takes age,"),
        (["perc", "age=old"], "refused: score perc, age: must be a number from 18 to 120 years."),
    ],
)
def test_the_command_line_refuses_what_it_cannot_use(
    arguments: list[str], refusal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(refusal)
