"""Find a person's name in a note: a title or a role before a word that is none of medicine's.

Written for few false alarms: an alarm in every second note would teach its readers to write around
it. What it misses by design stands in the doubt of data/knowledge/names.toml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from circulation.knowledge_base import knowledge

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019\-](?=[^\W\d_]))*")
_PART = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"[ \t]*(?P<sign>\d)?")
"""What stands right behind a word: a number says that it is no name."""
_INITIALS = re.compile(r"(?:[A-Z]\.?[ \t]*(?=[A-Z]))+(?<=[. \t])")
_ROMAN = re.compile(r"[IVX]+[a-c]?")
_GAP = re.compile(r"[ \t]+")
ABBREVIATION = 4
"""Letters of the longest word in capitals that is read as an abbreviation, such as ABPI."""


@dataclass(frozen=True, eq=False)
class Scanner:
    """What to look for, from the knowledge; words in small letters."""

    titles: re.Pattern[str]
    roles: re.Pattern[str]
    particles: frozenset[str]
    endings: tuple[str, ...]
    eponyms: frozenset[str]
    eponym_words: frozenset[str]
    words: frozenset[str]

    def found(self, text: str) -> bool:
        """Whether a text holds what looks like a person's name."""
        titled = (self._word_after(text, one.end()) for one in self.titles.finditer(text))
        if any(word and self._after_title(word) for word in titled):
            return True
        named = (self._word_after(text, one.end()) for one in self.roles.finditer(text))
        return any(word and self._after_role(text, word) for word in named)

    def _word_after(self, text: str, at: int) -> re.Match[str] | None:
        """The next word, past initials and such parts as "van"; None unless it has a capital."""
        if initials := _INITIALS.match(text, at):
            at = initials.end()
        word = _WORD.match(text, at)
        while word and word[0].lower() in self.particles:
            gap = _GAP.match(text, word.end())
            word = _WORD.match(text, gap.end()) if gap else None
        return word if word and word[0][0].isupper() else None

    def _after_title(self, word: re.Match[str]) -> bool:
        """Anything with a capital, but for what an "MR" scan shows and an abbreviation."""
        lead = word.string[: word.start()].split()[-1:]
        shouted = bool(lead) and len(lead[0].rstrip(".")) > 1 and lead[0].rstrip(".").isupper()
        return not (shouted and (self._of_medicine(word[0]) or _abbreviation(word[0])))

    def _after_role(self, text: str, word: re.Match[str]) -> bool:
        beside = _BESIDE.match(text, word.end())
        assert beside is not None  # the pattern fits nothing as well
        if beside["sign"] or _abbreviation(word[0]) or _ROMAN.fullmatch(word[0]):
            return False
        if self._of_medicine(word[0]):
            return False
        if _plain(word[0]) not in self.eponyms:
            return True
        after = _PART.match(text, beside.end())
        of_it = after and (after[0].lower() in self.eponym_words or _ROMAN.fullmatch(after[0]))
        return not (_owned(word[0]) or of_it)

    def _of_medicine(self, word: str) -> bool:
        plain = _plain(word)
        parts = _PART.findall(plain)
        known = plain in self.words or all(part in self.words for part in parts)
        return known or plain.endswith(self.endings) or plain[:-1].endswith(self.endings)


@lru_cache(maxsize=4)
def scanner(known: knowledge.Knowledge) -> Scanner:
    """The scanner of a knowledge: its lists of words, and every word that it uses itself."""
    asked = known.names
    eponyms = frozenset(name.lower() for name in asked.eponyms)
    used = {word for text in _texts(known) for word in _PART.findall(text.lower())}
    said = {form for verb in asked.verbs for form in _forms(verb)}
    listed = {word.lower() for word in asked.not_names}
    words = frozenset(listed | said | (used - eponyms))
    titles = "|".join(asked.titles)
    shouted = "|".join(title.upper() for title in asked.titles)
    small = "|".join(title.lower() for title in asked.titles)
    roles = "|".join(f"{role}s?" for role in asked.roles)
    cues = "|".join(asked.cues)
    return Scanner(
        titles=re.compile(rf"(?<![\w'])(?:{titles}|{shouted}|{small})\b\.?[ \t]*"),
        roles=re.compile(
            rf"(?i)(?<![\w'])(?:(?:{roles})[ \t]*(?:name[ \t]*)?[:,(]?[ \t]+"
            rf"|(?:{cues})(?:[ \t]+is|[ \t]*:)?[ \t]+)"
        ),
        particles=frozenset(asked.particles),
        endings=asked.endings,
        eponyms=eponyms,
        eponym_words=frozenset(asked.eponym_words),
        words=words,
    )


def _forms(verb: str) -> Iterator[str]:
    """A verb as it stands in a note: reports, reported, denies, drives, stopped."""
    yield verb
    short = verb.removesuffix("e")
    ending = verb[-1]
    yield from (f"{verb}s", f"{verb}es", f"{short}ed", f"{short}ing")
    yield from (f"{verb}{ending}ed", f"{verb}{ending}ing")
    if ending == "y":
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


def _texts(known: knowledge.Knowledge) -> Iterator[str]:
    """The words that name what this knowledge is about."""
    yield from (one.label for one in known.findings)
    yield from (one.label for one in known.tests)
    yield from (one.label for one in known.measurements)
    yield from (one.label for one in known.causes)
    yield from (one.label for one in known.flags)
    yield from (one.label for one in known.scores)
    for choice in known.choices:
        yield from (choice.label, *(value.label for value in choice.values))


def _plain(word: str) -> str:
    """A word in small letters, without its 's."""
    return re.sub(r"['\u2019]s$", "", word.lower())


def _owned(word: str) -> bool:
    return _plain(word) != word.lower()


def _abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= ABBREVIATION
