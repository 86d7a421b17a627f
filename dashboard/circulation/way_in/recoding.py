"""Turn the records of a foreign file into ours, as a mapping says; nothing is guessed."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge_model as model
from circulation.way_in import cells, csv_guards, mappings, screening
from circulation.way_in.csv_chunks import Chunk, Texts

Flags = npt.NDArray[np.bool_]
LookUp = Callable[[str], "str | cells.Fault"]
ANSWERS = {columns.PRESENT: 1, columns.ABSENT: 0, columns.NOT_ASKED: -1, "": -1}


class Recoder:
    """Recodes a file chunk by chunk."""

    def __init__(
        self,
        mapping: mappings.ForeignMapping,
        bands: Iterable[model.AgeBand],
        screen: screening.Screen,
    ) -> None:
        self._mapping = mapping
        self._bands = tuple(bands)
        self._screen = screen

    def recode(self, chunk: Chunk) -> tuple[Chunk, Flags]:
        """The chunk in our columns, and the rows that hold a text the mapping does not know."""
        faulty = np.zeros(len(chunk.lines), dtype=np.bool_)
        step = _Step(chunk, self._mapping, self._bands, self._screen, faulty)
        found = {columns.RECORD_ID: step.identity()}
        for target in self._mapping.targets:
            found[target.to] = step.target(target)
        self._note_untaken(chunk, found[columns.RECORD_ID])
        return Chunk(chunk.lines, found, chunk.misfits), faulty

    def _note_untaken(self, chunk: Chunk, ids: Texts) -> None:
        """Says where a value met none of the conditions under which its column is taken."""
        conditional = [target for target in self._mapping.targets if target.when]
        for source in dict.fromkeys(target.from_ for target in conditional):
            siblings = [target for target in self._mapping.targets if target.from_ == source]
            taken = reduce(np.logical_or, [fulfilled(target, chunk) for target in siblings])
            rows = np.flatnonzero(filled(chunk.columns[source]) & ~taken)
            text = f"'{source}' was not taken: no condition of the mapping holds"
            names = [ids.values[code] for code in ids.codes[rows]]
            self._screen.gathering.note(text, chunk.lines[rows], names)


class _Step:
    """Recodes one chunk; rows with an unknown text are marked in ``faulty``."""

    def __init__(
        self,
        chunk: Chunk,
        mapping: mappings.ForeignMapping,
        bands: Sequence[model.AgeBand],
        screen: screening.Screen,
        faulty: Flags,
    ) -> None:
        self._chunk, self._mapping, self._bands = chunk, mapping, bands
        self._screen, self._faulty = screen, faulty

    def identity(self) -> Texts:
        """The record ids behind their prefix; a blank stays blank."""
        texts = self._chunk.columns[self._mapping.identity.column]
        prefix = self._mapping.identity.prefix
        return Texts(texts.codes, tuple(text and prefix + text for text in texts.values))

    def target(self, target: mappings.Target) -> Texts:
        """One of our columns."""
        if target.from_:
            return self._copied(target)
        if target.any_of:
            return self._any_of(target)
        if target.left:
            return self._side(target)
        everywhere = np.ones(len(self._chunk.lines), dtype=np.bool_)
        known = [filled(self._chunk.columns[name]) for name in target.filled]
        return _where(reduce(np.logical_or, known) if known else everywhere, target.value)

    def _copied(self, target: mappings.Target) -> Texts:
        texts = self._chunk.columns[target.from_]
        values: Sequence[str] = texts.values
        if target.age_bands:
            values = self._recoded(target.from_, texts, self._band)
        elif target.values:
            values = self._known(target.from_, texts, target.values)
        if not target.when:
            return Texts(texts.codes, tuple(values))
        kept = np.where(fulfilled(target, self._chunk), texts.codes, len(values))
        return Texts(kept.astype(np.int32), (*values, ""))

    def _any_of(self, target: mappings.Target) -> Texts:
        answers = [self._answers(name, target.values) for name in target.any_of]
        some = reduce(np.maximum, answers)
        every = reduce(np.minimum, answers)
        codes = np.where(some == 1, 0, np.where(every == 0, 1, 2)).astype(np.int32)
        return Texts(codes, (columns.PRESENT, columns.ABSENT, ""))

    def _side(self, target: mappings.Target) -> Texts:
        left = self._answers(target.left, target.values) == 1
        right = self._answers(target.right, target.values) == 1
        return Texts((left + 2 * right).astype(np.int32), ("", *columns.SIDES))

    def _answers(self, column: str, values: str) -> npt.NDArray[np.int64]:
        """1 present, 0 absent, -1 not asked, for each row."""
        texts = self._chunk.columns[column]
        known = self._known(column, texts, values)
        return np.array([ANSWERS[text] for text in known], dtype=np.int64)[texts.codes]

    def _known(self, column: str, texts: Texts, values: str) -> Sequence[str]:
        table = {text.casefold(): ours for text, ours in self._mapping.values[values].items()}

        def look_up(text: str) -> str | cells.Fault:
            if text.casefold() in table:
                return table[text.casefold()]
            near = csv_guards.nearest(text, table)
            return cells.Fault(f"has a value that the mapping does not know{near}", _WAY_OUT)

        return self._recoded(column, texts, look_up)

    def _band(self, text: str) -> str | cells.Fault:
        if not (text.isascii() and text.isdigit()) or len(text) > 3:
            return cells.Fault("must be an age in whole years", "Write the age as 67")
        for band in self._bands:
            if band.low <= int(text) and (band.high is None or int(text) <= band.high):
                return band.code
        reason = f"is under {self._bands[0].low} years: only adults are recorded here"
        return cells.Fault(reason, "Leave this record out of the file")

    def _recoded(self, column: str, texts: Texts, look_up: LookUp) -> list[str]:
        """Our text for each of the distinct texts; blank stays blank, faults are set aside."""
        found: list[str] = []
        faults: dict[int, cells.Fault] = {}
        for place, text in enumerate(texts.values):
            ours = look_up(text.strip()) if text.strip() else ""
            if isinstance(ours, cells.Fault):
                faults[place] = ours
            found.append("" if isinstance(ours, cells.Fault) else ours)
        lines = self._chunk.lines
        self._screen.persons(column, texts, sorted(faults), lines)
        self._screen.set_aside(column, texts, faults, lines, self._faulty)
        return found


def filled(texts: Texts) -> Flags:
    """The rows that are not blank."""
    return np.array([bool(text.strip()) for text in texts.values], dtype=np.bool_)[texts.codes]


def fulfilled(target: mappings.Target, chunk: Chunk) -> Flags:
    """The rows in which every condition of a target holds."""
    found = np.ones(len(chunk.lines), dtype=np.bool_)
    for name, wanted in target.when.items():
        texts = chunk.columns[name]
        found &= np.array([text in wanted for text in texts.values], dtype=np.bool_)[texts.codes]
    return found


def _where(rows: Flags, value: str) -> Texts:
    return Texts(rows.astype(np.int32), ("", value))


_WAY_OUT = "Add it to the mapping's values, or correct it"
