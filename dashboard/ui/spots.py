"""The places of the record page: its widgets' keys, and where each missing thing is settled."""

from circulation.reviewing import sign_off
from circulation.reviewing.reviews import Field
from circulation.reviewing.sign_off import Missing
from ui import desk

FAULT = "fault"
SEEN, SEEN_ALL = "seen", "seen_all"
SIGN = "sign"
_FIELDS = {
    Missing.NO_FIRST_VIEW: Field.FIRST_CAUSE,
    Missing.RESULT_NOT_SEEN: Field.RESULT_SEEN,
    Missing.TEST_OPEN: Field.TEST_STATUS,
    Missing.RESULT_OWED: Field.TEST_RESULT,
    Missing.REASON_OWED: Field.TEST_REASON,
    Missing.NO_CAUSE: Field.AGREED_CAUSE,
    Missing.NO_DISPOSITION: Field.DISPOSITION,
}


def widget(field: Field, record_id: str, about: str = "") -> str:
    """The key of the widget of a field; a record's widgets are no other record's."""
    return "_".join(part for part in (field.value, record_id, about) if part)


def settle_all(record_id: str) -> str:
    """The key of the one answer for every open test."""
    return f"settle_all_{record_id}"


def editing(record_id: str, test: str) -> str:
    """The key of the place where a test's answers are entered."""
    return f"edit_{record_id}_{test}"


def of(blocker: sign_off.Blocker, shown: desk.Open) -> str:
    """Where a missing thing is settled; an agreed cause waits for the clinician's own view."""
    record_id = shown.record_id
    if blocker.missing is Missing.NO_CAUSE and shown.view_first:
        return widget(Field.FIRST_CAUSE, record_id)
    if blocker.missing is Missing.FLAG_NOT_SEEN:
        return SEEN
    field = _FIELDS.get(blocker.missing)
    return widget(field, record_id, blocker.about) if field else SIGN


def missing(shown: desk.Open) -> tuple[str, ...]:
    """Every such place in the order of the page; what settles several at once comes before them."""
    found = sign_off.blockers(shown.review, shown.basis)
    places: list[str] = []
    for blocker in found:
        same = sum(one.missing is blocker.missing for one in found)
        if blocker.missing is Missing.RESULT_NOT_SEEN and same > 1:
            places.append(SEEN_ALL)
        if blocker.missing is Missing.TEST_OPEN and len(shown.checklist.unanswered) > 1:
            places.append(settle_all(shown.record_id))
        places.append(of(blocker, shown))
        if blocker.missing is Missing.NO_FIRST_VIEW:
            places.append(widget(Field.FIRST_CERTAINTY, shown.record_id))
    return tuple(dict.fromkeys(places))
