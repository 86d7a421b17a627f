"""The core query four times: our bitsets, pandas twice, polars. All must count the same.

pandas once with its own three-state type, nullable booleans, and once with small integers, which
is several times faster for an author who thinks of it.

Symptoms by causes, present and asked, with the margin of all records, under five filters: a period,
two sites, three age bands, one sex, one test done.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl

from circulation.choosing import selection
from circulation.counting import distribution
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import intake, ternary

ABSENT, PRESENT = 1, 2
Answer = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Question:
    """What is asked, in terms that each way understands."""

    wanted: selection.Selection
    findings: tuple[str, ...]
    causes: tuple[str, ...]


def question(table: intake.Intake, known: knowledge.Knowledge) -> Question:
    """Five filters that keep about half of the records."""
    assert table.first_day
    assert table.last_day
    length = (table.last_day - table.first_day).days
    sites = sorted(table.categories["site"])
    bands = [band.code for band in known.age_bands]
    wanted = selection.Selection(
        first=table.first_day + timedelta(days=length // 10),
        last=table.last_day,
        sites=frozenset(sites[:-1]),
        age_bands=frozenset(bands[1:-1]),
        sexes=frozenset({"female", "male"}),
        tests_done=frozenset({"physical_examination"}),
    )
    rows = tuple(finding.id for finding in distribution.findings(known))
    return Question(wanted, rows, tuple(known.cause))


def smaller(asked: Question) -> Question:
    """The same filters over 14 findings and 6 causes: the size for which the aim was set."""
    return Question(asked.wanted, asked.findings[:14], asked.causes[:6])


def frame(table: intake.Intake, asked: Question) -> pd.DataFrame:
    """The same records as a careful analyst holds them: small integers and categories."""
    tests = (f"test_{test}" for test in asked.wanted.tests_done)
    causes = (f"suspected_{cause}" for cause in asked.causes)
    return _frame(table, ("site", "age_band", "sex", *tests), (*asked.findings, *causes))


def whole_frame(table: intake.Intake) -> pd.DataFrame:
    """Every column of the records in the same way; numbers as 32-bit floats."""
    real = ternary.unpack(table.real)
    numbers = {}
    for name in table.measures:
        measure = table.window().measure(name)
        known = measure.values != measure.missing
        numbers[name] = np.where(known, measure.values, np.nan).astype(np.float32)[real]
    answered = _frame(table, tuple(table.categories), tuple(table.ternaries))
    return pd.concat([answered, pd.DataFrame(numbers)], axis=1)


def _frame(
    table: intake.Intake, categories: tuple[str, ...], answers: tuple[str, ...]
) -> pd.DataFrame:
    real = ternary.unpack(table.real)
    columns: dict[str, object] = {"day": _days(table)[real]}
    for name in categories:
        codes = np.full(len(real), -1, dtype=np.int8)
        for code, bits in enumerate(table.categories[name].values()):
            codes[ternary.unpack(bits)] = code
        columns[name] = pd.Categorical.from_codes(codes[real], pd.Index([*table.categories[name]]))
    for name in answers:
        answer = table.ternaries[name]
        codes = np.zeros(len(real), dtype=np.int8)
        codes[ternary.unpack(answer.present)] = PRESENT
        codes[ternary.unpack(answer.absent)] = ABSENT
        columns[name] = codes[real]
    return pd.DataFrame(columns)


def _days(table: intake.Intake) -> npt.NDArray[np.int32]:
    assert table.first_day
    start = (table.first_day - intake.EPOCH).days
    per_word = np.full(table.words, intake.NO_DAY, dtype=np.int32)
    lengths = np.diff(table.day_words)
    per_word[: table.dated_words] = start + np.repeat(np.arange(len(lengths)), lengths)
    return np.repeat(per_word, ternary.WORD)


def ours(table: intake.Intake, assessed: assessment.Assessment, asked: Question) -> Answer:
    """What the Distribution page computes."""
    chosen = selection.apply(table, assessed, asked.wanted)
    window = table.window(chosen.span.start, chosen.span.stop)
    answers = [window.answer(name) for name in asked.findings]
    groups = [window.answer(f"suspected_{cause}").present for cause in asked.causes]
    present, absent, _ = distribution.cross(answers, groups, chosen.rows)
    return present, present + absent


def nullable(data: pd.DataFrame, asked: Question) -> pd.DataFrame:
    """The records of `frame` with every answer as a nullable boolean."""
    names = (*asked.findings, *(f"suspected_{cause}" for cause in asked.causes))
    codes = {name: data[name].to_numpy() for name in names}
    answers = {n: pd.arrays.BooleanArray(c == PRESENT, c == 0) for n, c in codes.items()}
    return data.assign(**answers)


def by_nullable_pandas(data: pd.DataFrame, asked: Question) -> Answer:
    """One mask, then sum and count over the rows of each cause."""
    kept = _kept(data, asked.wanted)
    answers = kept[list(asked.findings)]
    groups = [kept[f"suspected_{cause}"].fillna(value=False) for cause in asked.causes]
    parts = [*(answers[group] for group in groups), answers]
    return (
        np.stack([part.sum().to_numpy() for part in parts], axis=1),
        np.stack([part.count().to_numpy() for part in parts], axis=1),
    )


def _kept(data: pd.DataFrame, wanted: selection.Selection) -> pd.DataFrame:
    days = data["day"].to_numpy()
    keep = (days >= _day(wanted.first)) & (days <= _day(wanted.last))
    keep &= data["site"].isin(list(wanted.sites)).to_numpy()
    keep &= data["age_band"].isin(list(wanted.age_bands)).to_numpy()
    keep &= data["sex"].isin(list(wanted.sexes)).to_numpy()
    for test in wanted.tests_done:
        keep &= (data[f"test_{test}"] == "done").to_numpy()
    return data[keep]


def by_pandas(data: pd.DataFrame, asked: Question) -> Answer:
    """One mask, then sums over the rows of each cause."""
    kept = _kept(data, asked.wanted)
    answers = kept[list(asked.findings)]
    present, known = answers == PRESENT, answers != 0
    groups = [kept[f"suspected_{cause}"] == PRESENT for cause in asked.causes]
    columns = [present[group].sum().to_numpy() for group in groups]
    margins = [known[group].sum().to_numpy() for group in groups]
    return (
        np.stack([*columns, present.sum().to_numpy()], axis=1),
        np.stack([*margins, known.sum().to_numpy()], axis=1),
    )


def by_polars(data: pl.DataFrame, asked: Question) -> Answer:
    """One filter, then all sums in one parallel pass."""
    wanted = asked.wanted
    keep = pl.col("day").is_between(_day(wanted.first), _day(wanted.last))
    keep &= pl.col("site").is_in(list(wanted.sites))
    keep &= pl.col("age_band").is_in(list(wanted.age_bands))
    keep &= pl.col("sex").is_in(list(wanted.sexes))
    for test in wanted.tests_done:
        keep &= pl.col(f"test_{test}") == "done"
    groups = [pl.col(f"suspected_{cause}") == PRESENT for cause in asked.causes]
    sums = []
    for finding in asked.findings:
        for state in (pl.col(finding) == PRESENT, pl.col(finding) != 0):
            sums += [(state & group).sum() for group in groups] + [state.sum()]
    named = [total.alias(str(place)) for place, total in enumerate(sums)]
    found = np.array(data.lazy().filter(keep).select(named).collect().row(0), dtype=np.int64)
    cells = found.reshape(len(asked.findings), 2, len(groups) + 1)
    return cells[:, 0], cells[:, 1]


def _day(day: date | None) -> int:
    assert day
    return (day - intake.EPOCH).days
