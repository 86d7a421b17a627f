"""Prove that every preview equals the engine run with that result.

``PYTHONPATH=dashboard:tests python tests/prove_previews.py [RECORDS]``: all results of all open
tests that are called for, record by record; the default is 1,000 records.
"""

import sys
from collections.abc import Iterator, Mapping

import alteration
import makers
import random_records
from circulation.judgement import assessment, previews, standing, worklist
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.records import intake, ternary


def differences(known: knowledge_base.Knowledge, count: int, *, seed: int) -> Iterator[str]:
    """A line for every preview that is not what the engine makes of the changed record."""
    blanks = (0.9, 0.6, 0.3)
    for part, blank in enumerate(blanks):
        share = count // len(blanks) + (part < count % len(blanks))
        records = random_records.records(known, share, seed=seed + part, blank=blank)
        table = makers.table(known, records)
        whole = assessment.assess(table, known)
        for row in ternary.rows(table.real):
            yield from _differences(known, table, int(row), whole)


def _differences(
    known: knowledge_base.Knowledge,
    table: intake.Intake,
    row: int,
    whole: assessment.Assessment,
) -> Iterator[str]:
    settled = ("done", "not_needed")
    owed = worklist.owed_tests(row, whole, known)
    tests = [test for test in owed if table.value(f"test_{test}", row) not in settled]
    for test, found in previews.of_tests(standing.Record(table, row), tests, known).items():
        for preview in found:
            changed = alteration.altered(table, row, dict(preview.sets), columns.by_name(known))
            after = assessment.assess_window(changed.window(), known)
            if preview != _expected(preview, known, (whole, row), (after, row % ternary.WORD)):
                yield f"{table.record_id(row)}: {test}, {preview.label}"


def _expected(
    preview: previews.Preview,
    known: knowledge_base.Knowledge,
    before: tuple[assessment.Assessment, int],
    after: tuple[assessment.Assessment, int],
) -> previews.Preview:
    """The preview as two whole assessments say it."""
    (old, was), (new, now) = before, after
    levels = [(c, old.causes[c].level(was), new.causes[c].level(now)) for c in known.cause]
    flags_old, flags_new = _held(old.flags, was), _held(new.flags, now)
    tests_old, tests_new = _held(old.tests, was), _held(new.tests, now)
    return previews.Preview(
        label=preview.label,
        sets=preview.sets,
        urgency_before=old.urgency(was),
        urgency_after=new.urgency(now),
        levels=tuple(previews.LevelChange(c, a, b) for c, a, b in levels if a != b),
        flags_raised=tuple(f for f in known.flag if f in flags_new - flags_old),
        flags_gone=tuple(f for f in known.flag if f in flags_old - flags_new),
        called_for=tuple(t for t in known.test if t in tests_new - tests_old),
        no_longer=tuple(t for t in known.test if t in tests_old - tests_new),
    )


def _held(answers: Mapping[str, ternary.Ternary], row: int) -> set[str]:
    return {name for name, answer in answers.items() if ternary.holds(answer.present, row)}


def main() -> int:
    """Prints every difference; ends with 1 when there is one."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    found = list(differences(makers.knowledge(), count, seed=1))
    for line in found:
        print(line)
    print(f"{count} records, {len(found)} previews differ from the engine")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
