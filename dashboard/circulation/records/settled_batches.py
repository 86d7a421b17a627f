"""Which batches are behind figures that change once a month and not with each file.

Who kept the figures from before a file and sees them after it has the difference: the answers of a
single record, where the file brought one. So a file waits for the month after the one it came in.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from circulation.records import batches


def names(store: Path, month: date, day_of: Callable[[datetime], date]) -> tuple[str, ...]:
    """The batches that were there before the first day of a month, in a fixed order.

    Where there was none, those of the first day on which any was added. ``day_of`` gives the day
    of a moment where the clinic is.
    """
    added = {
        one.batch: day_of(datetime.fromisoformat(one.imported_at))
        for one in batches.all_accounts(store)
    }
    before = {name for name, day in added.items() if day < month}
    at_first = {name for name, day in added.items() if day == min(added.values())}
    return tuple(sorted(before or at_first))
