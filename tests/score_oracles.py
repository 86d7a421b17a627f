"""Every score again in slow plain Python, written from its publication and not from its file."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

WELLS_2003 = (
    "cancer",
    "paralysis",
    "bedridden",
    "tenderness",
    "whole_leg",
    "calf_3cm",
    "pitting",
    "collateral",
    "prev_dvt",
    "alternative",
)
WELLS_1997 = tuple(name for name in WELLS_2003 if name != "prev_dvt")
PERC = (
    "age",
    "heart_rate",
    "spo2",
    "leg_swelling",
    "haemoptysis",
    "surgery_or_trauma",
    "prev_vte",
    "hormones",
)
WELLS_PE = (
    "dvt_signs",
    "pe_most_likely",
    "heart_rate",
    "immobile_or_surgery",
    "prev_vte",
    "haemoptysis",
    "cancer",
)


def wells_points(answers: Mapping[str, bool]) -> int:
    """One point for each yes, two off for another cause as likely."""
    points = 0
    for name, yes in answers.items():
        if yes:
            points += -2 if name == "alternative" else 1
    return points


def wells_2003_band(points: int) -> str:
    return "likely" if points >= 2 else "unlikely"


def wells_1997_band(points: int) -> str:
    if points <= 0:
        return "low"
    return "moderate" if points in (1, 2) else "high"


def wells_pe_points(answers: Mapping[str, bool]) -> Fraction:
    """``heart_rate`` stands for a rate above 100."""
    points = Fraction(0)
    for name, yes in answers.items():
        if not yes:
            continue
        if name in ("dvt_signs", "pe_most_likely"):
            points += 3
        elif name in ("heart_rate", "immobile_or_surgery", "prev_vte"):
            points += Fraction(3, 2)
        else:
            points += 1
    return points


def wells_pe_band(points: Fraction) -> str:
    return "likely" if points > 4 else "unlikely"


def perc_band(met: int) -> str:
    return "negative" if met == 0 else "positive"


def completions(
    names: tuple[str, ...], answers: tuple[bool | None, ...]
) -> Iterator[dict[str, bool]]:
    """Every way in which the open answers could turn out."""
    choices = []
    for answer in answers:
        choices.append((True, False) if answer is None else (answer,))
    for chosen in product(*choices):
        yield dict(zip(names, chosen, strict=True))


def half_up_hundredths(over: int, under: int) -> int:
    """A quotient in hundredths, rounded half-up, in whole numbers only."""
    whole, rest = divmod(100 * over, under)
    return whole + 1 if 2 * rest >= under else whole


def ankle_band(hundredths: int) -> str:
    if hundredths <= 90:
        return "abnormal"
    if hundredths <= 99:
        return "borderline"
    return "within" if hundredths <= 140 else "non_compressible"


def edinburgh(
    walking_pain: bool,
    at_rest: bool,
    uphill: bool,
    on_level: bool,
    gone_in_10: bool,
    calf: bool,
    thigh: bool,
    buttock: bool,
) -> tuple[str, str | None]:
    """Class and grade."""
    if not walking_pain or at_rest or not uphill or not gone_in_10:
        return "negative", None
    if calf:
        found = "definite"
    elif thigh or buttock:
        found = "atypical"
    else:
        return "not_claudication", None
    return found, "grade_2" if on_level else "grade_1"


def iwgdf(
    lops: bool, pad: bool, deformity: bool, ulcer_history: bool, amputation: bool, esrd: bool
) -> str:
    if not lops and not pad:
        return "category_0"
    if ulcer_history or amputation or esrd:
        return "category_3"
    if (lops and pad) or (lops and deformity) or (pad and deformity):
        return "category_2"
    return "category_1"


def mnsi(answers: list[bool]) -> int:
    """Fifteen answers; a no counts at 7 and 13, 4 and 10 never count."""
    points = 0
    for number, yes in enumerate(answers, start=1):
        if number in (4, 10):
            continue
        if number in (7, 13):
            points += not yes
        else:
            points += yes
    return points


def mnsi_band(points: int) -> str:
    if points >= 7:
        return "from_7"
    return "from_4" if points >= 4 else "below_4"


def vcss(
    grades: list[int], ulcers: int, months: Fraction, centimetres: Fraction, compression: int
) -> int:
    """Six graded items, then number, duration and size of ulcers, then compression 0 to 3."""
    points = sum(grades) + compression
    if ulcers > 0:
        points += ulcers if ulcers < 3 else 3
        points += 1 if months < 3 else 2 if months < 12 else 3
        points += 1 if centimetres < 2 else 2 if centimetres <= 6 else 3
    return points


def villalta_band(points: int, ulcer: bool) -> str:
    if ulcer or points >= 15:
        return "severe"
    if points >= 10:
        return "moderate"
    return "mild" if points >= 5 else "none"


def ceap(present: set[str]) -> str:
    """The highest class present; r where it is a recurrence."""
    for name in ("c6", "c5", "c4c", "c4b", "c4a", "c3", "c2", "c1"):
        if name in present:
            return f"{name}r" if f"{name}_recurrent" in present else name
    return "c0"


def fontaine(tissue_loss: bool, rest_pain: bool, claudication: bool, metres: int) -> str:
    if tissue_loss:
        return "stage_4"
    if rest_pain:
        return "stage_3"
    if not claudication:
        return "stage_1"
    if metres == 200:
        return "stage_2_at_200"
    return "stage_2b" if metres < 200 else "stage_2a"


def rutherford_treadmill(completed: bool, after: int, fall: int) -> str:
    """The grade of walking pain."""
    if completed and after > 50:
        return "category_1" if fall >= 20 else "walking_pain_not_graded"
    if not completed and after < 50:
        return "category_3"
    return "category_2"


def rutherford_acute(sensory: str, weakness: str, arterial: str, venous: str) -> str:
    row_3 = ("profound", "profound", "inaudible", "inaudible")
    if (sensory, weakness, arterial, venous) == row_3:
        return "class_3"
    if sensory in ("more_than_toes", "profound") or weakness != "none" or venous == "inaudible":
        return "class_2b"
    if sensory == "toes" or arterial == "inaudible":
        return "class_2a"
    return "class_1"


def d_dimer_cut_off(age: int, unit_type: str) -> int:
    """In the units of the type: 500 up to 50 years, then age times 10; half of it in DDU."""
    feu = 500 if age <= 50 else age * 10
    return feu if unit_type == "feu" else feu // 2


def bmi_band(weight: Fraction, centimetres: Fraction) -> str:
    index = weight / (centimetres / 100) ** 2
    for limit, band in (
        (40, "class_3"),
        (35, "class_2"),
        (30, "class_1"),
        (25, "overweight"),
        (Fraction(37, 2), "within"),
    ):
        if index >= limit:
            return band
    return "under"


def acc_aha(systolic: int, diastolic: int) -> str:
    """The higher of the categories of the two numbers."""
    ranks = ["within", "elevated", "stage_1", "stage_2", "severe"]
    upper = 4 if systolic > 180 else 3 if systolic >= 140 else 2 if systolic >= 130 else 0
    if upper == 0 and systolic >= 120:
        upper = 1
    lower = 4 if diastolic > 120 else 3 if diastolic >= 90 else 2 if diastolic >= 80 else 0
    return ranks[upper if upper > lower else lower]


def esc(systolic: int, diastolic: int) -> str:
    ranks = ["non_elevated", "elevated", "hypertension", "severe"]
    upper = 3 if systolic > 180 else 2 if systolic >= 140 else 1 if systolic >= 120 else 0
    lower = 3 if diastolic > 120 else 2 if diastolic >= 90 else 1 if diastolic >= 70 else 0
    return ranks[upper if upper > lower else lower]
