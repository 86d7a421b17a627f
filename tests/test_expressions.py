"""The language of the rules: what each condition means, and every text that it refuses."""

from decimal import Decimal

import pytest

from circulation.knowledge_base import expressions
from circulation.knowledge_base.expressions import (
    Always,
    Answered,
    Asked,
    AtLeast,
    Compare,
    Condition,
    Flagged,
    LevelReached,
    Not,
    OneOf,
    Unless,
)

A, B, C, D = Asked("a"), Asked("b"), Asked("c"), Asked("d")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("a", A),
        ("  a\n", A),
        ("always", Always()),
        ("asked a", Answered("a")),
        ("not asked a and b", AtLeast(2, (Not(Answered("a")), B))),
        ("not a", Not(A)),
        ("not not a", Not(Not(A))),
        ("a and b", AtLeast(2, (A, B))),
        ("a and b and c", AtLeast(3, (A, B, C))),
        ("a or b", AtLeast(1, (A, B))),
        ("a or b or c", AtLeast(1, (A, B, C))),
        ("any_of(a, b)", AtLeast(1, (A, B))),
        ("all_of(a, b, c)", AtLeast(3, (A, B, C))),
        ("any_of(a)", AtLeast(1, (A,))),
        ("at_least 2 of (a, b, c)", AtLeast(2, (A, B, C))),
        ("at_least 1 of (a)", AtLeast(1, (A,))),
        ("a unless b", Unless(A, B)),
        ("(a)", A),
        ("((a))", A),
        ("smoking is never", OneOf("smoking", ("never",))),
        ("age_band is 85+", OneOf("age_band", ("85+",))),
        ("age_band in (18-29, 30-39)", OneOf("age_band", ("18-29", "30-39"))),
        ("pain_duration is 1_to_14_days", OneOf("pain_duration", ("1_to_14_days",))),
        ("bmi >= 30", Compare("bmi", ">=", Decimal("30"))),
        ("bmi<30", Compare("bmi", "<", Decimal("30"))),
        ("index <= 0.90", Compare("index", "<=", Decimal("0.90"))),
        ("index > 1.40", Compare("index", ">", Decimal("1.40"))),
        ("age == 50", Compare("age", "==", Decimal("50"))),
        ("x > -2", Compare("x", ">", Decimal("-2"))),
        ("level blood_clots >= possible", LevelReached("blood_clots", "possible")),
        ("flag RF-PE-SEV", Flagged("RF-PE-SEV")),
    ],
)
def test_a_condition_is_read_as_its_tree(text: str, condition: Condition) -> None:
    assert expressions.parse(text) == condition


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("not a and b", "(not a) and b"),
        ("not a or b", "(not a) or b"),
        ("not bmi >= 30 and a", "(not (bmi >= 30)) and a"),
        ("a and b or c and d", "(a and b) or (c and d)"),
        ("a or b and c or d", "a or (b and c) or d"),
        ("a or b unless c or d", "(a or b) unless (c or d)"),
        ("a and b unless not c", "(a and b) unless (not c)"),
        ("any_of(a unless b, c)", "any_of((a unless b), c)"),
        ("any_of(a or b, c and d)", "any_of((a or b), (c and d))"),
        ("at_least 2 of (a, not b, c or d)", "at_least 2 of (a, (not b), (c or d))"),
    ],
)
def test_not_binds_before_and_and_before_or_and_or_before_unless(text: str, same: str) -> None:
    assert expressions.parse(text) == expressions.parse(same)


def test_brackets_change_what_belongs_together() -> None:
    assert expressions.parse("not (a and b)") == Not(AtLeast(2, (A, B)))
    assert expressions.parse("(a or b) and c") == AtLeast(2, (AtLeast(1, (A, B)), C))
    assert expressions.parse("a or (b unless c)") == AtLeast(1, (A, Unless(B, C)))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "expected more at ''"),
        ("   ", "expected more at ''"),
        ("a and", "expected more at ''"),
        ("not", "expected more at ''"),
        ("a b", "unexpected 'b'"),
        ("a not b", "unexpected 'not'"),
        ("a)", "unexpected ')'"),
        ("(a", "expected ) at ''"),
        ("(a,b)", "expected ) at ','"),
        ("and a", "expected a name at 'and'"),
        ("a or or b", "expected a name at 'or'"),
        ("a unless b unless c", "unexpected 'unless'"),
        ("5", "expected a name at '5'"),
        ("RF-PE", "expected a name at 'RF-PE'"),
        ("any_of()", "expected a name at ')'"),
        ("any_of(a,)", "expected a name at ')'"),
        ("any_of a", "expected ( at 'a'"),
        ("any_of(a b)", "expected ) at 'b'"),
        ("at_least of (a)", "expected a number at 'of'"),
        ("at_least two of (a, b)", "expected a number at 'two'"),
        ("at_least 2 (a, b)", "expected of at '('"),
        ("at_least 0 of (a, b)", "0 of 2"),
        ("at_least 3 of (a, b)", "3 of 2"),
        ("at_least -1 of (a, b)", "-1 of 2"),
        ("at_least 1.5 of (a, b)", "1.5 of 2"),
        ("smoking is", "expected more at ''"),
        ("smoking is )", "expected a name at ')'"),
        ("smoking is not never", "expected a name at 'not'"),
        ("smoking in never", "expected ( at 'never'"),
        ("smoking in ()", "expected a name at ')'"),
        ("smoking in (never", "expected ) at ''"),
        ("bmi >=", "expected more at ''"),
        ("bmi >= high", "expected a number at 'high'"),
        ("bmi >= 30 40", "unexpected '40'"),
        ("18 <= age < 50", "expected a name at '18'"),
        ("bmi => 30", "cannot read '=> 30'"),
        ("bmi >= 30%", "cannot read '%'"),
        ("bmi != 30", "cannot read '!= 30'"),
        ("index <= 0,90", "unexpected ','"),
        ("a && b", "cannot read '&& b'"),
        ("level blood_clots", "expected >= at ''"),
        ("level blood_clots > possible", "expected >= at '>'"),
        ("level >= possible", "expected a name at '>='"),
        ("flag", "expected more at ''"),
        ("flag )", "expected a name at ')'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place_and_the_whole_text(
    text: str, fault: str
) -> None:
    with pytest.raises(expressions.ExpressionError) as refused:
        expressions.parse(text)
    assert fault in str(refused.value)
    assert repr(text) in str(refused.value)


def test_all_atoms_are_found_in_reading_order() -> None:
    text = "not a and at_least 1 of (bmi > 30, flag RF-X) or smoking is never unless always or a"
    assert list(expressions.atoms(expressions.parse(text))) == [
        A,
        Compare("bmi", ">", Decimal("30")),
        Flagged("RF-X"),
        OneOf("smoking", ("never",)),
        Always(),
        A,
    ]


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("a and not b", "a and not b"),
        ("a unless b", "a and not b"),
        ("c or (a unless b or d)", "c or (a and not (b or d))"),
        ("at_least 2 of (a unless b, c, not d)", "at_least 2 of (a and not b, c, not d)"),
    ],
)
def test_settled_leaves_an_exception_not_asked_open(text: str, settled: str) -> None:
    assert expressions.settled(expressions.parse(text)) == expressions.parse(settled)
