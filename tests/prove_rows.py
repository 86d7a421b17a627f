"""Prove that a record assessed alone equals its row in the run over all records.

``PYTHONPATH=dashboard:tests python tests/prove_rows.py [RECORDS]``: levels, bands, urgency, flags
and tests of every record; the default is 10,000 records.
"""

import sys
from collections.abc import Iterator

import makers
import random_records
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.records import intake, ternary

SHARE = 1000
"""Records in one table."""
BLANKS = (0.9, 0.7, 0.5, 0.3)


def differences(known: knowledge_base.Knowledge, count: int, *, seed: int) -> Iterator[str]:
    """A line for every record whose page would say something else than the run over all."""
    for part, begun in enumerate(range(0, count, SHARE)):
        records = random_records.records(
            known,
            min(SHARE, count - begun),
            seed=seed + part,
            blank=BLANKS[part % len(BLANKS)],
        )
        table = makers.table(known, records)
        whole = assessment.assess(table, known)
        for row in map(int, ternary.rows(table.real)):
            if _alone(known, table, row) != _among_all(known, whole, row):
                yield f"seed {seed + part}, {table.record_id(row)}"


def _alone(known: knowledge_base.Knowledge, table: intake.Intake, row: int) -> tuple[object, ...]:
    one = makers.explained(table, row, known)
    causes = {view.cause.id: view for view in one.causes}
    raised = {view.flag.id for view in one.raised}
    open_ones = {view.flag.id for view in one.unanswered}
    return (
        one.urgency,
        [(causes[c].level, causes[c].lowest, causes[c].highest) for c in known.cause],
        [causes[c].confirmed for c in known.cause],
        [f in raised or (None if f in open_ones else False) for f in known.flag],
        [view.called_for for view in one.tests],
    )


def _among_all(
    known: knowledge_base.Knowledge, whole: assessment.Assessment, row: int
) -> tuple[object, ...]:
    causes = [whole.causes[cause] for cause in known.cause]
    return (
        whole.urgency(row),
        [(s.level(row), s.lowest(row), s.highest(row)) for s in causes],
        [ternary.state(whole.confirmed[cause], row) for cause in known.cause],
        [ternary.state(whole.flags[flag], row) for flag in known.flag],
        [ternary.state(whole.tests[test], row) for test in known.test],
    )


def main() -> int:
    """Prints every difference; ends with 1 when there is one."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found = list(differences(makers.knowledge(), count, seed=1))
    for line in found:
        print(line)
    print(f"{count} records, {len(found)} differ from their row in the run over all")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
