"""A small knowledge of a few entries of each kind, for tests that write out what a page shows."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from circulation.knowledge_base import knowledge, levels, name_model, review_model, settings_model
from circulation.knowledge_base import knowledge_model as model

SIGNED = model.FileNote(
    "Vascular team", "Vascular board", "2026-11-01", date(2027, 5, 22), "2026.1"
)
UNSIGNED = model.FileNote("Vascular team", model.UNREVIEWED, "", date(2027, 5, 22), "2026.1")
FILES = (
    ("causes/blood_clots.toml", SIGNED),
    ("causes/diabetes.toml", UNSIGNED),
    *(
        (f"{name}.toml", UNSIGNED)
        for name in (
            "diagnostic_tests",
            "differences",
            "escalations",
            "findings",
            "knowledge",
            "measurements",
            "measures/lifestyle",
            "measures/treatments",
            "red_flags",
            "review",
            "sources",
        )
    ),
)
BOOK, STUDY = ("BOOK",), ("STUDY",)


@lru_cache(maxsize=1)
def load() -> knowledge.Knowledge:
    """The small knowledge, made once."""
    return knowledge.Knowledge(
        version="2026.1-test",
        files=FILES,
        levels=tuple(_label(level.code) for level in levels.Level),
        urgencies=tuple(_label(urgency.code) for urgency in levels.Urgency),
        wording=(("not_reviewed", "No clinician has signed this content off yet."),),
        age_bands=(
            model.AgeBand("18-49", 18, 49),
            model.AgeBand("50-79", 50, 79),
            model.AgeBand("80-84", 80, 84),
            model.AgeBand("85+", 85, None),
        ),
        disclosure=settings_model.Disclosure(8, 5, 30, BOOK),
        trends=settings_model.Trends(Decimal("2.66"), Decimal("3.267"), 7, 7, 2, 3, 12, BOOK),
        sources=(
            model.Source("ARTICLE", "The clinic's article", "article", "Given by the clinic"),
            model.Source("BOOK", "A textbook", "textbook", "Chapter 1", "Second edition."),
            model.Source("STUDY", "A study of clots", "study", "example.org/clots"),
            model.Source("COPY", "A digest", "secondary", "example.org/digest"),
        ),
        findings=_findings(),
        choices=(model.Choice("smoking", "Smoking", "general", _smoking(), BOOK),),
        measurements=_measurements(),
        tests=_tests(),
        causes=(_clots(), _diabetes()),
        flags=(_flag(),),
        advice=(
            _advice("elevate_legs", "Legs raised", "lifestyle", "blood_clots"),
            _advice("insulin", "Insulin", "treatment", "diabetes"),
        ),
        escalations=(
            model.Escalation(
                "lung_clot", "Lung clot", "A clot may travel.", ("blood_clots",), BOOK, ("RF-PE",)
            ),
        ),
        differences=(
            model.Difference(
                "no_dissolving",
                "Thinners dissolve clots.",
                "They do not.",
                "Thinners keep clots from growing.",
                ("blood_clots",),
                BOOK,
            ),
        ),
        scores=(),
        gates=(),
        guards=(),
        outcomes=(),
        reviewing=review_model.Reviewing(
            review_model.ReviewSettings(False, (), (), 20, BOOK),
            review_model.ReviewResults((), "A result counts.", BOOK),
            review_model.ReviewBulk((), "One answer for all.", BOOK),
            (),
            (),
            (),
            (),
        ),
        pooling=settings_model.Pooling(5, 50, 20, 1, 3, BOOK),
        names=name_model.NameWords(("Dr",), ("patient",), (), (), (), (), (), (), (), BOOK),
    )


def _label(code: str) -> model.Label:
    return model.Label(code.replace("_", " ").capitalize(), f"The meaning of {code}.")


def _findings() -> tuple[model.Finding, ...]:
    return (
        model.Finding("leg_pain", "Pain in the leg", "symptom", "general", ("ARTICLE", "BOOK")),
        model.Finding("numbness", "Numbness", "symptom", "nerve", BOOK),
        model.Finding("tingling", "Tingling", "symptom", "nerve", BOOK),
        model.Finding(
            "leg_swelling", "Swelling of the leg", "symptom", "clot", STUDY, sided=True, timed=True
        ),
        model.Finding("known_diabetes", "Known diabetes", "history", "nerve", BOOK),
        model.Finding("known_hypertension", "Known high blood pressure", "history", "heart", BOOK),
    )


def _smoking() -> tuple[model.Value, ...]:
    return (
        model.Value("never", "Never smoked"),
        model.Value("former", "Smoked in the past"),
        model.Value("current", "Smokes now"),
    )


def _measurements() -> tuple[model.Measurement, ...]:
    none, leg, arm = model.Sides.NONE, model.Sides.LEG, model.Sides.ARM
    low, high = Decimal(0), Decimal(400)
    return (
        model.Measurement("bmi", "Body mass index", "kg/m²", 1, low, high, none, BOOK),
        model.Measurement(
            "ankle_brachial_index",
            "Ankle-brachial index",
            "ratio",
            2,
            low,
            Decimal(3),
            leg,
            BOOK,
            test="examination",
            reference="Adults: 0.90 or less abnormal.",
            doubt="Bands differ.",
        ),
        model.Measurement(
            "arm_pressure_systolic", "Arm pressure, systolic", "mmHg", 0, low, high, arm, BOOK
        ),
        model.Measurement(
            "calf_circumference", "Calf circumference", "cm", 1, low, high, leg, BOOK
        ),
    )


def _tests() -> tuple[model.DiagnosticTest, ...]:
    called = model.CalledFor("T-DD-1", 1, "leg_swelling", "A clot is to be ruled out.", STUDY)
    return (
        model.DiagnosticTest("examination", "Examination", "Looks at the legs.", BOOK),
        model.DiagnosticTest(
            "d_dimer",
            "D-dimer",
            "Rules a clot out.",
            STUDY,
            parent="examination",
            not_alone="A high value is not a clot.",
            called_for=(called,),
        ),
    )


def _clots() -> model.Cause:
    rule = model.Rule(
        "CLOT-1", 2, "supported", "leg_swelling and leg_pain", "A swollen, painful leg", STUDY
    )
    cap = model.Rule("CLOT-C1", 1, "possible", "numbness", "Numbness points elsewhere", BOOK)
    return model.Cause(
        "blood_clots",
        "Blood clots",
        "Clots",
        "A clot closes a deep vein.",
        STUDY,
        article_points=("A clot may travel to the lungs.",),
        confirmed_when="test_d_dimer_result is abnormal",
        confirmed_meaning="A scan shows it.",
        for_=(model.Reason("leg_swelling", "Swelling of one leg", STUDY, "Weak alone."),),
        against=(model.Reason("not leg_swelling", "No swelling", BOOK),),
        rules=(rule,),
        caps=(cap,),
        masking=(
            model.Masking("MASK-1", 1, "numbness", "Numbness hides pain", ("leg_pain",), ("COPY",)),
        ),
    )


def _diabetes() -> model.Cause:
    rule = model.Rule("DM-1", 1, "possible", "known_diabetes", "Diabetes is known", BOOK, "Unsure.")
    return model.Cause("diabetes", "Diabetes", "Diabetes", "High sugar.", BOOK, rules=(rule,))


def _flag() -> model.RedFlag:
    return model.RedFlag(
        "RF-PE",
        1,
        "Signs of a lung clot",
        "leg_swelling and leg_pain",
        "same_day",
        "Now",
        "Emergency care.",
        ("STUDY",),
        "Times differ.",
    )


def _advice(name: str, label: str, kind: str, cause: str) -> model.Advice:
    return model.Advice(name, label, kind, "It helps.", "Not with pain at rest.", (cause,), BOOK)
