"""Find what could name a person in headers, cells and notes: the kind and place, never the value.

Patterns run in linear time (RE2) over the distinct texts of a column. Codes such as record ids are
free to look like anything by chance, so there a kind counts only when most of the column has it.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from circulation import errors
from circulation.way_in import note_names


class Kind(StrEnum):
    """What a text looks like, in words that follow 'looks like'."""

    EMAIL = "an e-mail address"
    URL = "a web address"
    IP = "a computer's address"
    SOCIAL_SECURITY = "a social security number"
    NHS_NUMBER = "an NHS number"
    NATIONAL_INSURANCE = "a national insurance number"
    PHONE = "a phone number"
    POSTCODE = "a postcode"
    RECORD_NUMBER = "a hospital record number"
    BIRTH = "a date of birth"
    DAY = "a date"
    NAME = "a person's name"
    ADDRESS = "an address"
    LONG_NUMBER = "a long number"


_NO_WORD, _END = r"(?:^|[^0-9A-Za-z])", r"(?:$|[^0-9A-Za-z])"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
PATTERNS = {
    Kind.EMAIL: r"[^\s@]@[^\s@]+\.[A-Za-z]{2,}|\S\s?[(\[]at[)\]]\s?\S",
    Kind.URL: r"(?i)[a-z]://|(?:^|\W)www\.\w",
    Kind.IP: rf"(?:^|[^0-9.])(?:{_BYTE}\.){{3}}{_BYTE}(?:$|[^0-9.])|(?:[0-9a-fA-F]{{1,4}}:){{5,7}}",
    Kind.SOCIAL_SECURITY: rf"{_NO_WORD}\d{{3}}[- ]\d{{2}}[- ]\d{{4}}{_END}",
    Kind.NATIONAL_INSURANCE: (
        rf"(?i){_NO_WORD}[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?(?:\d{{2}} ?){{3}}[A-D]{_END}"
    ),
    Kind.POSTCODE: (
        rf"(?i){_NO_WORD}(?:GIR ?0AA|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}){_END}"
    ),
    Kind.RECORD_NUMBER: (
        r"(?i)\b(?:mrn|nhs|pid|hospital|patient|medical record|case ?note|unit)"
        r"(?: ?(?:no|nr|id|number))?\W{0,3}\d{3}"
    ),
    Kind.BIRTH: r"(?i)\b(?:dob|d\.o\.b\.?|date of birth|birthday|born)\b\D{0,12}\d",
    Kind.DAY: (
        r"(?:^|\D)(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?:$|\D)"
        r"|(?:^|\D)(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d\d(?:$|\D)"
    ),
    Kind.PHONE: (
        r"(?:^|[^\w.])(?:\+|00)[1-9]\d{0,2}[ .\-]?\(?\d{1,4}\)?(?:[ .\-]?\d{2,4}){2,4}(?:$|\W)"
        r"|(?:^|[^\w.])\(?0\d{2,4}\)?[ \-]?\d{3,4}[ \-]?\d{3,4}(?:$|\W)"
        r"|(?:^|[^\w.])\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}(?:$|\W)"
    ),
    Kind.NAME: r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.? ?[A-Z][a-z]",
    Kind.ADDRESS: (
        r"(?i)\b\d{1,4}[a-z]?,? [a-z]+ (?:street|st|road|rd|avenue|ave|lane|drive|close|gardens)\b"
    ),
    Kind.LONG_NUMBER: r"(?:^|\D)\d{9,}(?:$|\D)",
}
NHS_NUMBER = r"^(?:\d{10}|\d{3}[- ]\d{3}[- ]\d{4})$"
NHS_IN_TEXT = re.compile(r"(?<!\d)\d{3}[- ]?\d{3}[- ]?\d{4}(?!\d)", re.ASCII)
CODE_PATTERNS = {
    **{
        kind: PATTERNS[kind]
        for kind in (
            Kind.SOCIAL_SECURITY,
            Kind.NATIONAL_INSURANCE,
            Kind.POSTCODE,
            Kind.PHONE,
            Kind.DAY,
        )
    },
    Kind.RECORD_NUMBER: r"(?i)^(?:mrn|nhs|chi|hosp|hospital)(?:no|nr|id|number)?[-_]?\d{4}",
    Kind.NAME: r"^[A-Z][a-z]+(?:[-_][A-Z][a-z]+)+$",
}
"""What a random code of letters, digits, hyphens and underscores can look like by chance."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
NOTE_DAY = re.compile(
    rf"(?<!\d)(?:(?P<first>{_YEAR})[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?P<last>{_YEAR})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .\-]*{_MONTH}[ .,\-]*(?P<named>{_YEAR}))(?!\d)",
    re.IGNORECASE,
)
"""A full date in a note: the day of an event, or a day of birth."""
ADULT = 18
"""The clinic's records are of adults: a full date this many years back may be a day of birth."""
SHARE = 0.5
"""1 in 11 random ten-digit numbers passes the check of an NHS number: one hit says nothing."""
HEADER_WORDS = {
    Kind.EMAIL: ("email", "mail"),
    Kind.PHONE: ("phone", "telephone", "mobile", "tel", "fax"),
    Kind.BIRTH: ("dob", "birth", "birthday", "birthdate", "born"),
    Kind.NHS_NUMBER: ("nhs",),
    Kind.SOCIAL_SECURITY: ("ssn", "social"),
    Kind.NATIONAL_INSURANCE: ("nino", "insurance"),
    Kind.RECORD_NUMBER: ("mrn", "hospital", "passport", "licence", "license"),
    Kind.POSTCODE: ("postcode", "zip", "zipcode", "postal"),
    Kind.ADDRESS: ("address", "street", "city", "town"),
    Kind.IP: ("ip",),
    Kind.NAME: (
        *("name", "names", "surname", "forename", "firstname", "lastname", "fullname"),
        *("initials", "patient", "gp", "doctor"),
    ),
}


NAME_WAY_OUT = ". For a colleague write the role; a word that is no name is taken in small letters"


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that could name a person: which of the texts, and what it looks like."""

    text: int
    kind: Kind


def header(name: str) -> Kind | None:
    """What a column's name says it holds about a person, None when nothing."""
    parts = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name[:200]).casefold())
    for kind, words in HEADER_WORDS.items():
        if not set(parts).isdisjoint(words) or "".join(parts) in words:
            return kind
    return None


def hits(texts: Sequence[str]) -> Iterator[Hit]:
    """The texts that could name a person, each with the first kind it looks like."""
    seen: set[int] = set()
    array = pa.array(texts, pa.string())
    for kind, found in ((Kind.NHS_NUMBER, _nhs_within(texts)), *_matches(array)):
        for place in found:
            if place not in seen:
                seen.add(place)
                yield Hit(place, kind)


def check_text(
    text: str, today: datetime.date, *, place: str, names: note_names.Scanner | None = None
) -> None:
    """Raises DashboardError when a free text (a note) holds what could name a person.

    The day of an event is not such a thing; a day that could be an adult's day of birth is. With
    ``names`` a name after a role is found as well as one after a title.
    """
    try:
        _check_clean(text, today.year - ADULT, names)
    except _GivesAwayError as found:
        role = NAME_WAY_OUT if found.kind is Kind.NAME else ""
        raise errors.DashboardError(
            place,
            f"holds what looks like {found.kind.value}",
            f"Take it out: notes must not name a person{role}",
        ) from None


class _GivesAwayError(Exception):
    """A text that could name a person."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


@lru_cache(maxsize=256)
def _check_clean(text: str, born_by: int, names: note_names.Scanner | None) -> None:
    """Remembers clean texts only, such as 'not needed', which come again and again."""
    if not text:
        return
    days = [int(next(filter(None, day.groups()))) for day in NOTE_DAY.finditer(text)]
    if any(year <= born_by for year in days) or re.search(PATTERNS[Kind.BIRTH], text):
        raise _GivesAwayError(Kind.BIRTH)
    for hit in hits([NOTE_DAY.sub(" day ", text)]):
        raise _GivesAwayError(hit.kind)
    if names and names.found(text):
        raise _GivesAwayError(Kind.NAME)


class CodeShare:
    """Whether a column of codes is made of numbers that name persons, decided over all of it."""

    def __init__(self) -> None:
        self._codes = 0
        self._alike = dict.fromkeys((Kind.NHS_NUMBER, *CODE_PATTERNS), 0)

    def add(self, texts: Sequence[str]) -> None:
        """Counts more of the column's distinct codes."""
        array = pa.array(texts, pa.string())
        self._codes += len(array)
        ten = array.filter(pc.match_substring_regex(array, NHS_NUMBER))
        self._alike[Kind.NHS_NUMBER] += int(np.count_nonzero(nhs_valid(ten.to_pylist())))
        for kind, pattern in CODE_PATTERNS.items():
            found = pc.match_substring_regex(array, pattern)
            self._alike[kind] += pc.sum(found).as_py() or 0

    def verdict(self) -> Kind | None:
        """The kind that more than half of the codes look like, None when there is none."""
        alike = (kind for kind, found in self._alike.items() if found > SHARE * self._codes)
        return next(alike, None)


def nhs_valid(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which ten-digit numbers (spaces and hyphens aside) pass the check of an NHS number.

    The first nine digits times 10 to 2, the sum modulo 11 taken from 11, is the tenth (NHS Data
    Dictionary, NHS number); 11 stands for 0 and 10 is never given out.
    """
    plain = "".join(text.replace("-", "").replace(" ", "") for text in texts).encode()
    digits = (np.frombuffer(plain, dtype=np.uint8) - ord("0")).reshape(-1, 10).astype(np.int64)
    check = 11 - digits[:, :9] @ np.arange(10, 1, -1) % 11
    return np.asarray((check % 11 == digits[:, 9]) & (check != 10))


def _matches(array: pa.Array) -> Iterator[tuple[Kind, list[int]]]:
    for kind, pattern in PATTERNS.items():
        found = pc.match_substring_regex(array, pattern).to_numpy(zero_copy_only=False)
        yield kind, [int(place) for place in np.flatnonzero(found)]


def _nhs_within(texts: Sequence[str]) -> list[int]:
    found = []
    for place, text in enumerate(texts):
        numbers = NHS_IN_TEXT.findall(text)
        if numbers and nhs_valid(numbers).any():
            found.append(place)
    return found
