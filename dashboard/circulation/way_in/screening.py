"""Set rows aside with line, column and reason, and refuse a file that could name a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from circulation.way_in import cells, csv_guards, identifiers
from circulation.way_in.csv_chunks import Texts
from circulation.way_in.gathering import Gathering

AWAY = "Take out what could name a person; nothing of the file was stored"


@dataclass
class Screen:
    """What is found in one file. ``shown`` gives a column the name it has in the file."""

    name: str
    gathering: Gathering
    shown: Mapping[str, str] = field(default_factory=dict)

    def persons(
        self,
        column: str,
        texts: Texts,
        places: Sequence[int],
        lines: npt.NDArray[np.int64],
        *,
        allowed: Collection[identifiers.Kind] = (),
    ) -> None:
        """Raises DashboardError when one of the texts at these places could name a person."""
        suspects = [texts.values[place] for place in places]
        hits = [hit for hit in identifiers.hits(suspects) if hit.kind not in allowed]
        if not hits:
            return
        kinds = {places[hit.text]: hit.kind for hit in hits}
        rows = np.flatnonzero(np.isin(texts.codes, list(kinds)))
        first, others = rows[0], len(rows) - 1
        more = f", as {others} more cells of the column do" if others else ""
        place = f"{self.name} line {lines[first]}, column '{self._shown(column)}'"
        kind = kinds[int(texts.codes[first])]
        csv_guards.refuse(place, f"holds what looks like {kind.value}{more}", AWAY)

    def set_aside(
        self,
        column: str,
        texts: Texts,
        faults: Mapping[int, cells.Fault],
        lines: npt.NDArray[np.int64],
        faulty: npt.NDArray[np.bool_],
    ) -> None:
        """Marks the rows of these faults (by place of the text) as faulty and lists them."""
        for fault in dict.fromkeys(faults.values()):
            places = [place for place, other in faults.items() if other == fault]
            rows = np.isin(texts.codes, places)
            faulty |= rows
            self.gathering.refuse(self._shown(column), fault, lines[rows])

    def _shown(self, column: str) -> str:
        return self.shown.get(column, column)
