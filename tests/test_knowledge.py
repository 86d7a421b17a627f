"""The shipped knowledge is whole: the article covered, every statement cited, nothing orphaned."""

import re
from datetime import date, timedelta

import pytest

import makers
from circulation.knowledge_base import columns, expressions
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_loading import knowledge_check, score_check

KNOWN = makers.knowledge()
CHECKED_ON = date(2026, 12, 1)
ARTICLE_CAUSES = [cause for cause in KNOWN.causes if "ARTICLE" in cause.sources]

ARTICLE = [  # each thing that the clinic's article names, and the entry that holds it
    ("muscle cramps", "muscle_cramps"),
    ("stinging or throbbing pain", "stinging_or_throbbing_pain"),
    ("pain", "leg_pain"),
    ("numbness", "numbness"),
    ("tingling", "tingling"),
    ("erectile dysfunction", "erectile_dysfunction"),
    ("varicose veins", "varicose_veins"),
    ("spider veins", "spider_veins"),
    ("swelling", "leg_swelling"),
    ("itching", "itching"),
    ("fatigue of the legs", "heavy_tired_legs"),
    ("pain of the calves, worse when active", "calf_pain_walking"),
    ("pain of the thighs, worse when active", "thigh_pain_walking"),
    ("pain of the buttocks, worse when active", "buttock_pain_walking"),
    ("reduced sensation", "reduced_sensation"),
    ("cold feet or hands", "cold_feet_or_hands"),
    ("worse with cold or stress", "worse_cold_or_stress"),
    ("fingers", "fingers_affected"),
    ("toes", "toes_affected"),
    ("ears, nipples, nose, lips", "raynaud_other_sites"),
    ("worse on standing or sitting", "worse_standing_or_sitting"),
    ("long standing or sitting", "long_standing_or_sitting"),
    ("venous ulcers, open wounds", "gaiter_ulcer"),
    ("wounds that do not heal", "wound_over_2_weeks"),
    ("smoking", "smoking"),
    ("inactivity", "long_inactivity"),
    ("injury", "injury_4_weeks"),
    ("family history of varicose veins", "family_varicose_veins"),
    ("cold climate", "cold_climate"),
    ("known diabetes", "known_diabetes"),
    ("peripheral artery disease", "peripheral_artery_disease"),
    ("blood clots", "blood_clots"),
    ("vein disease", "vein_disease"),
    ("diabetes", "diabetes"),
    ("obesity", "obesity"),
    ("Raynaud's disease and syndrome", "raynauds"),
    ("heart conditions", "heart_conditions"),
    ("family history", "family_history"),
    ("physical examination", "physical_examination"),
    ("blood sugar test", "blood_sugar"),
    ("antibodies blood test", "antibodies"),
    ("CT scan or ultrasound", "ct_or_ultrasound"),
    ("D dimer", "d_dimer"),
    ("blood pressure tests", "blood_pressure_tests"),
    ("compression stockings", "compression_stockings"),
    ("regular exercise", "regular_exercise"),
    ("cholesterol and blood pressure", "cholesterol_and_blood_pressure"),
    ("elevated legs", "elevate_legs"),
    ("stop smoking", "stop_smoking"),
    ("healthy diet", "healthy_diet"),
    ("caffeine and alcohol", "limit_caffeine_and_alcohol"),
    ("one position for long", "change_position"),
    ("insulin", "glucose_lowering"),
    ("blood thinners", "blood_thinners"),
    ("medicine for Raynaud's disease", "raynaud_medicine"),
    ("vein treatment", "vein_treatment"),
    ("pulmonary embolism", "pulmonary_embolism"),
    ("stroke", "stroke"),
    ("heart attack", "heart_attack"),
    ("venous ulcers", "ulcer"),
    ("nerve damage", "nerve_damage"),
    ("tissue damage", "tissue_damage"),
    ("clots from vein disease", "clot_from_vein_disease"),
]
ARTICLE_REASONS = [  # what the article says raises or shapes a cause: an answer its reasons read
    ("peripheral_artery_disease", "age >= 50"),
    ("peripheral_artery_disease", "smoking in (current, former)"),
    ("peripheral_artery_disease", "erectile_dysfunction"),
    ("blood_clots", "long_inactivity"),
    ("blood_clots", "injury_4_weeks"),
    ("blood_clots", "active_cancer"),
    ("vein_disease", "family_varicose_veins"),
    ("vein_disease", "sex is female"),
    ("vein_disease", "bmi >= 30"),
    ("vein_disease", "leg_swelling"),
    ("vein_disease", "muscle_cramps"),
    ("vein_disease", "itching"),
    ("vein_disease", "heavy_tired_legs"),
    ("diabetes", "reduced_sensation"),
    ("obesity", "worse_standing_or_sitting"),
    ("obesity", "long_standing_or_sitting"),
    ("raynauds", "cold_feet_or_hands"),
    ("raynauds", "worse_cold_or_stress"),
    ("raynauds", "raynaud_other_sites"),
    ("raynauds", "sex is female"),
    ("raynauds", "cold_climate"),
]
DIFFERENCES = [  # where the article and present guidance differ, and a word of each side
    ("anticoagulants_do_not_dissolve", "dissolve", "growing"),
    ("antibodies_do_not_find_primary_raynaud", "Raynaud", "secondary"),
    ("d_dimer_is_not_a_clot", "high D-dimer", "Wells"),
    ("compression_needs_the_index", "stockings", "index first"),
    ("elevation_is_for_veins", "Raise", "vein causes only"),
    ("exercise_follows_the_cause", "strenuous", "by cause"),
    ("insulin_is_not_first_in_type_2", "Insulin", "Glucose-lowering"),
    ("raynaud_needs_colour_change", "cold feet", "colour change"),
]
NEVER_SAID = (
    r"diagnos(?!tic_)",
    r"safe to discharge",
    r"\bno DVT\b",
    r"% chance",
    r"probabilit",
    r"\bnormal\b",
    r"\bthe patient has\b",
    r"\byou have\b",
)


def _entries() -> dict[str, object]:
    parts = (KNOWN.findings, KNOWN.choices, KNOWN.tests, KNOWN.causes, KNOWN.advice)
    return {entry.id: entry for part in (*parts, KNOWN.escalations) for entry in part}


def _reasons(cause: model.Cause) -> list[model.Reason]:
    return [*cause.for_, *cause.against]


def _conditions_of(cause: model.Cause) -> set[str]:
    """Every single question that the reasons for a cause read and the article stands behind."""
    return {
        _text(atom)
        for reason in cause.for_
        if "ARTICLE" in reason.sources
        for atom in expressions.atoms(expressions.parse(reason.when))
    }


def _text(atom: expressions.Atom) -> str:
    match atom:
        case expressions.Asked(name):
            return name
        case expressions.OneOf(name, (value,)):
            return f"{name} is {value}"
        case expressions.OneOf(name, values):
            return f"{name} in ({', '.join(values)})"
        case expressions.Compare(name, sign, limit):
            return f"{name} {sign} {limit}"
        case _:
            return ""


@pytest.mark.parametrize(("item", "entry"), ARTICLE)
def test_everything_the_article_names_is_present_and_cites_it(item: str, entry: str) -> None:
    found = _entries()[entry]
    assert "ARTICLE" in found.sources, item


@pytest.mark.parametrize(("cause", "answer"), ARTICLE_REASONS)
def test_what_the_article_ties_to_a_cause_speaks_for_it(cause: str, answer: str) -> None:
    assert answer in _conditions_of(KNOWN.cause[cause])


def test_every_cause_of_the_article_has_its_points_and_is_marked() -> None:
    assert len(ARTICLE_CAUSES) == 7
    for cause in ARTICLE_CAUSES:
        assert cause.article_points, cause.id
        assert "ARTICLE" in cause.sources, cause.id
    assert "ARTICLE" not in KNOWN.cause["other"].sources


@pytest.mark.parametrize("cause", KNOWN.causes, ids=lambda cause: cause.id)
def test_every_cause_has_reasons_for_and_against_rules_and_a_short_name(cause: model.Cause) -> None:
    assert len(cause.for_) >= 3
    assert len(cause.against) >= 3
    assert {"possible", "supported"} <= {rule.level for rule in cause.rules}
    assert 0 < len(cause.short) <= 16
    assert cause.confirmed_meaning
    assert [rule.version for rule in (*cause.rules, *cause.caps)] == [1] * (
        len(cause.rules) + len(cause.caps)
    )


def test_the_knowledge_holds_together_and_every_statement_has_a_listed_source() -> None:
    assert list(knowledge_check.faults(KNOWN)) == []
    for name, sources in knowledge_check.statements(KNOWN):
        assert sources, name
        assert set(sources) <= set(KNOWN.source), name
    for source in KNOWN.sources:
        assert source.title, source.id
        assert source.where, source.id


def test_a_statement_read_in_a_copy_only_keeps_its_source_marked_as_secondary() -> None:
    for name in ("S6c", "S22b", "S27b", "S42c"):
        assert KNOWN.source[name].kind == "secondary"
        assert "machine" in KNOWN.source[name].note.lower()


def test_every_question_and_value_serves_a_rule_a_page_or_a_stated_purpose() -> None:
    used = set()
    for condition in knowledge_check.conditions(KNOWN):
        for atom in expressions.atoms(expressions.parse(condition.when)):
            name = getattr(atom, "name", "")
            used |= {name, *columns.measured(name)}
    kept_for_stop_signs_and_scores = {"history", "medicine"}
    for finding in KNOWN.findings:
        stated = finding.on_distribution or finding.kind in kept_for_stop_signs_and_scores
        assert finding.id in used or stated, finding.id
    for choice in KNOWN.choices:
        assert choice.id in used, choice.id
    for measure in KNOWN.measurements:
        assert used & set(measure.columns) or measure.test, measure.id


def test_no_review_date_has_passed_and_an_overdue_file_is_noticed_the_day_after() -> None:
    for name, note in KNOWN.files:
        assert not note.overdue(CHECKED_ON), name
        assert not note.overdue(note.review_due), name
        assert note.overdue(note.review_due + timedelta(days=1)), name
        assert not note.reviewed, name
        assert note.owner, name


@pytest.mark.parametrize(("name", "article", "guidance"), DIFFERENCES)
def test_where_article_and_guidance_differ_both_are_shown(
    name: str, article: str, guidance: str
) -> None:
    difference = next(entry for entry in KNOWN.differences if entry.id == name)
    assert article in difference.article_says
    assert guidance in difference.shown_instead
    assert difference.problem
    assert "ARTICLE" in difference.sources
    assert set(difference.sources) - {"ARTICLE"}


def test_what_the_tool_never_says_stands_nowhere() -> None:
    for where, text in _sentences():
        for words in NEVER_SAID:
            assert not re.search(words, text, re.IGNORECASE), f"{where}: {text}"


def _sentences() -> list[tuple[str, str]]:
    said = []
    for cause in KNOWN.causes:
        texts = (cause.label, cause.summary, *cause.article_points, cause.confirmed_meaning)
        said += [(cause.id, text) for text in (*texts, cause.doubt)]
        for entry in (*_reasons(cause), *cause.rules, *cause.caps, *cause.masking):
            said += [(cause.id, entry.says), (cause.id, entry.doubt)]
    for flag in KNOWN.flags:
        said += [(flag.id, text) for text in (flag.label, flag.time, flag.action, flag.doubt)]
    for test in KNOWN.tests:
        said += [(test.id, text) for text in (test.label, test.purpose, test.not_alone, test.doubt)]
        said += [(called.id, called.because) for called in test.called_for]
    return said


def test_statements_of_a_cause_are_short_and_said_once() -> None:
    for cause in KNOWN.causes:
        said = [reason.says for reason in _reasons(cause)]
        assert len(said) == len(set(said)), cause.id
        assert all(len(text) <= score_check.CARD for text in said)
    for flag in KNOWN.flags:
        assert len(flag.label) <= 60, flag.id


def test_an_exception_only_keeps_up_an_alarm_or_takes_back_a_reassurance() -> None:
    for cause in KNOWN.causes:
        quiet = [*cause.for_, *cause.caps, *cause.masking]
        quiet += [rule for rule in cause.rules if rule.level != "urgent"]
        assert not any(" unless " in entry.when.replace("\n", " ") for entry in quiet), cause.id


def test_rules_of_a_cause_never_read_what_was_suspected_at_intake() -> None:
    for cause in KNOWN.causes:
        for rule in (*cause.rules, *cause.caps):
            assert f"suspected_{cause.id}" not in rule.when, rule.id
