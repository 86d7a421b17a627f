"""A condition of the rule language in plain English, as a sentence or as an outline.

The questions of the record stand in quotation marks: their labels hold commas and "or" themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from circulation.knowledge_base import atom_words, expressions, knowledge

ONE_LINE = 150
"""The longest condition, in characters, that is read as one sentence; longer ones are outlined."""
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Speaker(Protocol):
    """Says single questions: those of the intake record, or those of a score."""

    @property
    def answers(self) -> tuple[str, str]:
        """How a question is answered when it holds, and when it does not."""

    def asks(self, name: str) -> bool:
        """Whether a name is a question that may share its answer with others in one breath."""

    def quoted(self, name: str) -> str:
        """A question's words in quotation marks."""

    def say(self, atom: expressions.Atom, *, holds: bool) -> str:
        """A single question as it holds, or as its opposite holds."""

    def between(self, name: str, low: Decimal, high: Decimal) -> str:
        """A number within both limits."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline; a deeper line belongs to the last one above it that is less deep."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words, the word that joins their parts ('' for one part), and the list they can open to."""

    text: str
    joined_by: str = ""
    whole: expressions.Condition | None = None

    def within(self, joined_by: str) -> str:
        """The words inside a longer sentence, in brackets where they could be misread."""
        return f"({self.text})" if self.joined_by not in ("", joined_by) else self.text


def sentence(known: knowledge.Knowledge, when: str) -> str:
    """A condition as one sentence: “Throbbing pain” is present and (age 50 or more or ...)."""
    return said(atom_words.Record(known), expressions.parse(when))


def said(speaker: Speaker, condition: expressions.Condition) -> str:
    """A condition as one sentence, in the words of the speaker."""
    return _begun(_phrase(_plain(condition), speaker).text)


def outline(known: knowledge.Knowledge, when: str) -> tuple[Line, ...]:
    """A condition line by line; one line when it is short enough to be read at once."""
    speaker = atom_words.Record(known)
    return tuple(_lines(_phrase(_plain(expressions.parse(when)), speaker), speaker, 0))


def _lines(phrase: _Phrase, speaker: Speaker, depth: int) -> Iterator[Line]:
    if len(phrase.text) <= ONE_LINE:
        yield Line(depth, _begun(phrase.text))
        return
    match phrase.whole:
        case expressions.Unless(part, exception):
            yield from _exception(
                _phrase(part, speaker), _phrase(exception, speaker), speaker, depth
            )
        case expressions.AtLeast() as whole if len(parts := _parts(whole, speaker)) > 1:
            yield from _opened(_heading(whole), parts, speaker, depth)
        case expressions.Not(expressions.AtLeast(needed, inner) as whole):
            heading = f"Fewer than {needed} of these {len(inner)}:"
            yield from _opened(heading, _parts(whole, speaker), speaker, depth)
        case _:
            yield Line(depth, _begun(phrase.text))


def _opened(heading: str, parts: Sequence[_Phrase], speaker: Speaker, depth: int) -> Iterator[Line]:
    yield Line(depth, heading)
    for part in parts:
        yield from _lines(part, speaker, depth + 1)


def _exception(part: _Phrase, exception: _Phrase, speaker: Speaker, depth: int) -> Iterator[Line]:
    if len(part.text) <= ONE_LINE:
        yield Line(depth, f"{_begun(part.text)}, unless this is recorded:")
        yield from _lines(exception, speaker, depth + 1)
        return
    yield Line(depth, "This, unless the exception is recorded:")
    yield from _lines(part, speaker, depth + 1)
    yield Line(depth + 1, "The exception:")
    yield from _lines(exception, speaker, depth + 2)


def _heading(condition: expressions.AtLeast) -> str:
    needed, of = condition.needed, len(condition.parts)
    if needed == 1:
        return "Any one of these:"
    return "All of these:" if needed == of else f"At least {needed} of these {of}:"


def _plain(condition: expressions.Condition) -> expressions.Condition:
    """The same condition without "not" before an "and" or "or": exact in three-valued logic."""
    match condition:
        case expressions.Not(expressions.Not(part)):
            return _plain(part)
        case expressions.Not(expressions.AtLeast(needed, parts)) if _joined_by(needed, len(parts)):
            opposites = tuple(expressions.Not(part) for part in parts)
            return _plain(expressions.AtLeast(len(parts) - needed + 1, opposites))
        case expressions.Not(expressions.Compare(_, sign, _) as part) if sign in OPPOSITE:
            return replace(part, sign=OPPOSITE[sign])
        case expressions.Not(part):
            return expressions.Not(_plain(part))
        case expressions.Unless(part, exception):
            return expressions.Unless(_plain(part), _plain(exception))
        case expressions.AtLeast(_, (part,)):
            return _plain(part)
        case expressions.AtLeast(needed, parts):
            return _flat(needed, [_plain(part) for part in parts])
        case _:
            return condition


def _flat(needed: int, parts: Sequence[expressions.Condition]) -> expressions.AtLeast:
    """An "and" inside an "and" is the same "and"; so is an "or" inside an "or"."""
    word = _joined_by(needed, len(parts))
    opened: list[expressions.Condition] = []
    for part in parts:
        match part:
            case expressions.AtLeast(n, inner) if word and _joined_by(n, len(inner)) == word:
                opened += inner
            case _:
                opened.append(part)
    return expressions.AtLeast(len(opened) if word == "and" else needed, tuple(opened))


def _joined_by(needed: int, parts: int) -> str:
    return "or" if needed == 1 else "and" if needed == parts else ""


def _phrase(condition: expressions.Condition, speaker: Speaker) -> _Phrase:
    match condition:
        case expressions.AtLeast():
            return replace(_list(condition, speaker), whole=condition)
        case expressions.Unless(part, exception):
            holds, back = _phrase(part, speaker), _phrase(exception, speaker)
            text = f"{holds.within('unless')} unless it is recorded that {back.within('unless')}"
            return _Phrase(text, "unless", condition)
        case expressions.Not(expressions.AtLeast(needed) as part):
            listed = _list(part, speaker).text.removeprefix(f"at least {needed} of ")
            return _Phrase(f"fewer than {needed} of {listed}", whole=condition)
        case expressions.Not(
            expressions.Always()
            | expressions.Asked()
            | expressions.Answered()
            | expressions.OneOf()
            | expressions.Compare()
            | expressions.LevelReached()
            | expressions.Flagged() as part
        ):
            return _Phrase(speaker.say(part, holds=False))
        case expressions.Not(part):
            return _Phrase(f"not ({_phrase(part, speaker).text})")
        case _:
            return _Phrase(speaker.say(condition, holds=True))


def _list(condition: expressions.AtLeast, speaker: Speaker) -> _Phrase:
    needed, parts = condition.needed, _parts(condition, speaker)
    word = _joined_by(needed, len(condition.parts))
    if word:
        joined = f" {word} ".join(part.within(word) for part in parts)
        return _Phrase(joined, word if len(parts) > 1 else parts[0].joined_by)
    labels, answers = _questions(condition.parts, speaker)
    if len(answers) == 1 and len(labels) == len(parts):
        return _Phrase(f"at least {needed} of {_listed(labels, 'and')} are {answers.pop()}")
    return _Phrase(f"at least {needed} of ({'; '.join(part.text for part in parts)})")


def _parts(condition: expressions.AtLeast, speaker: Speaker) -> list[_Phrase]:
    """The parts in words: questions with the same answer, and both ends of a range, as one."""
    word = _joined_by(condition.needed, len(condition.parts))
    groups: dict[object, list[expressions.Condition]] = {}
    for part in condition.parts:
        groups.setdefault(_alike(part, word, speaker), []).append(part)
    return [phrase for group in groups.values() for phrase in _group(group, word, speaker)]


def _alike(part: expressions.Condition, word: str, speaker: Speaker) -> object:
    """What parts must share to be said in one breath; any other part is alike to none."""
    match part:
        case expressions.Asked(name) if word and speaker.asks(name):
            return speaker.answers[0]
        case expressions.Not(expressions.Asked(name)) if word and speaker.asks(name):
            return speaker.answers[1]
        case expressions.Compare(name, ">=" | "<=", _) if word == "and":
            return name
        case _:
            return id(part)


def _group(group: Sequence[expressions.Condition], word: str, speaker: Speaker) -> list[_Phrase]:
    labels, answers = _questions(group, speaker)
    if len(group) == len(labels) > 1:
        verb = "is" if word == "or" else "are"
        return [_Phrase(f"{_listed(labels, word)} {verb} {answers.pop()}", word)]
    match sorted(group, key=str):
        case [expressions.Compare(name, "<=", high), expressions.Compare(_, ">=", low)] if (
            low <= high
        ):
            return [_Phrase(speaker.between(name, low, high))]
    return [_phrase(part, speaker) for part in group]


def _questions(
    parts: Sequence[expressions.Condition], speaker: Speaker
) -> tuple[list[str], set[str]]:
    """The findings asked for among the parts, and the answers they are to have."""
    labels, answers = [], set()
    for part in parts:
        match part:
            case expressions.Asked(name) if speaker.asks(name):
                labels.append(speaker.quoted(name))
                answers.add(speaker.answers[0])
            case expressions.Not(expressions.Asked(name)) if speaker.asks(name):
                labels.append(speaker.quoted(name))
                answers.add(speaker.answers[1])
    return labels, answers


def _listed(labels: Sequence[str], last: str) -> str:
    return f"{', '.join(labels[:-1])} {last} {labels[-1]}"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
