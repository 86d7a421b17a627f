"""Random records over every column of an intake record, to compare two ways of counting."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base

FIRST_DAY = date(2026, 1, 1)


def records(
    known: knowledge_base.Knowledge, count: int, *, seed: int, blank: float = 0.5, days: int = 20
) -> list[Mapping[str, str]]:
    """``count`` records as {column: text}; each value is blank with the chance ``blank``."""
    chance = random.Random(seed)
    layout = columns.of(known)
    return [
        {
            "record_id": f"R{place:05d}",
            **{
                column.name: _value(column, chance, days)
                for column in layout
                if column.kind is not columns.Kind.ID and chance.random() >= blank
            },
        }
        for place in range(1, count + 1)
    ]


def _value(column: columns.Column, chance: random.Random, days: int) -> str:
    match column.kind:
        case columns.Kind.SITE:
            return chance.choice(("North", "River", "South"))
        case columns.Kind.DAY:
            return (FIRST_DAY + timedelta(days=chance.randrange(days))).isoformat()
        case columns.Kind.MEASURE:
            low = int(column.low.scaleb(column.decimals))
            high = int(column.high.scaleb(column.decimals))
            return str(Decimal(chance.randint(low, high)).scaleb(-column.decimals))
        case _:
            return chance.choice(column.values)
