"""A plain model of one review: what a clinician would say is allowed, without events or a store."""

import copy
import dataclasses
from collections.abc import Sequence

from circulation.reviewing import kept_views
from circulation.reviewing.reviews import Change

MAY_BECOME = {
    ("waiting", "in_progress"): "freely",
    ("in_progress", "waiting"): "with a reason",
    ("in_progress", "reviewed"): "when nothing is owed",
    ("reviewed", "in_progress"): "with a reason",
}
TESTS = ("d_dimer", "antibodies", "blood_sugar")
CALLED_FOR = ("d_dimer", "antibodies")
CAME_WITH_INTAKE = ("blood_sugar",)
NUMBER_OF = {"index_left": "d_dimer"}
LASTING = ("first_cause", "first_certainty", "red_flag", "second_cause", "second_certainty")
SECOND_LOOK = ("second_cause", "second_certainty")
APART = ("state", "red_flag", "handed_to", "first_signature", *SECOND_LOOK)
CORRECTED = ("agreed_cause", "disposition", "note")
AS_SEEN, SIGNATURE = OWN_WAY = ("as_seen", ""), ("first_signature", "")
"""What an undo does not simply bring back."""
OF_A_DONE_TEST = ("test_result", "test_value", "test_date", "result_seen")
IMPOSSIBLE = {
    "test_result": ["maybe"],
    "test_value": ["call 020 7946 0958", "x" * 61],
    "test_date": ["2026-11-25", "2026-02-30", "20.11.2026"],
    "measured": ["3.5", "0.123", "-1", "0,9"],
    "first_cause": ["magic"],
    "agreed_cause": ["magic"],
    "disposition": ["wait"],
    "note": ["jane.doe@example.org", "a\x00b"],
    "handed_to": ["nobody"],
}
"""What no field can hold, whatever stands."""


class RefusedError(Exception):
    """What may not be."""


class OwedError(RefusedError):
    """A signature that is refused, with everything that is owed."""

    def __init__(self, reasons: set[tuple[str, str]]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


@dataclasses.dataclass(frozen=True)
class Clinic:
    """What the clinic has chosen."""

    first_view: bool
    two_sign: bool
    two_sign_when_unsure: bool
    shared_name: bool


@dataclasses.dataclass(frozen=True)
class Act:
    """The last save: whose, what stood before it, and whether it can be taken back."""

    actor: str
    state: str
    said: dict[tuple[str, str], str]
    kept: bool


class Review:
    """One review: its state, who brought it there, what stands, and the last save."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.state, self.state_by = "waiting", ""
        self.said: dict[tuple[str, str], str] = {}
        self.first_signed_by = ""
        self.last: Act | None = None

    def saved(self, actor: str, wishes: Sequence[Change], shown: bytes) -> "Review":
        """The review after one save. Raises RefusedError; the review itself stays as it is."""
        after = copy.deepcopy(self)
        changed = [
            str(wish.field) for wish in wishes if after._say(actor, wish, kept_views.seal(shown))
        ]
        for cause, certainty in (("first_cause", "first_certainty"), SECOND_LOOK):
            if bool(after.value(cause)) != bool(after.value(certainty)):
                raise RefusedError
        if changed:
            lasting = any(field in LASTING for field in changed)
            after.last = Act(actor, self.state, dict(self.said), kept=lasting)
        return after

    def undone(self, actor: str, shown: bytes) -> "Review":
        """The review as it was before the last save. Raises RefusedError."""
        last = self.last
        if last is None or last.actor != actor or last.kept:
            raise RefusedError
        after = copy.deepcopy(self)
        after.said = {place: value for place, value in last.said.items() if place not in OWN_WAY}
        if self.value("as_seen"):
            after.said[AS_SEEN] = self.value("as_seen")  # what was shown was shown
        if last.said.get(SIGNATURE) and self.said.get(SIGNATURE):
            after.said[SIGNATURE] = self.said[SIGNATURE]  # nobody signs again for somebody else
        if last.state != self.state:
            if last.state != "reviewed":
                after.said.pop(SIGNATURE, None)
            after._become(actor, last.state, "undo", kept_views.seal(shown))
        if SIGNATURE not in after.said:
            after.first_signed_by = ""
        after.last = Act(actor, self.state, dict(self.said), kept=True)
        return after

    def value(self, field: str, about: str = "") -> str:
        return self.said.get((field, about), "")

    def _put(self, field: str, about: str, value: str) -> None:
        self.said[field, about] = value
        if not value:
            del self.said[field, about]

    def _say(self, actor: str, wish: Change, shown: str) -> bool:
        """Whether the wish changed anything."""
        field, about, value = str(wish.field), wish.about, str(wish.new)
        if value in IMPOSSIBLE.get(field, []) or (field in LASTING and not value):
            raise RefusedError
        if (self.state if field == "state" else self.value(field, about)) == value:
            return False
        self._lose_signature(field, value)
        if field == "state":
            self._become(actor, value, wish.reason, shown)
            return True
        self._check(actor, field, about, value, wish.reason)
        if self.state == "waiting" and field not in APART:
            self.state, self.state_by = "in_progress", actor
        if field == "test_status":
            self._blank(about, value)
        if field == "first_signature":
            self.first_signed_by = actor if value else ""
        self._put(field, about, value)
        return True

    def _lose_signature(self, field: str, value: str) -> None:
        opened = field == "state" and value != "reviewed"
        changed = field not in APART and self.state != "reviewed"
        if self.value("first_signature") and (opened or changed):
            self._put("first_signature", "", "")
            self.first_signed_by = ""

    def _become(self, actor: str, state: str, reason: str, shown: str) -> None:
        how = MAY_BECOME.get((self.state, state))
        if how is None or (how == "with a reason" and not reason):
            raise RefusedError
        if how == "when nothing is owed":
            second = {("second_reviewer", "")} if self._needs_another(actor) else set()
            if owed := self.owed() | second:
                raise OwedError(owed)
            if shown or self.value("as_seen"):
                self._put("as_seen", "", shown)
        self.state, self.state_by = state, actor

    def _check(self, actor: str, field: str, about: str, value: str, reason: str) -> None:
        if field in SECOND_LOOK:
            own = actor == self.state_by and not self.clinic.shared_name
            if self.state != "reviewed" or own:
                raise RefusedError
        elif self.state == "reviewed" and not self._stays_true(field, value, reason):
            raise RefusedError
        if field in LASTING and self.value(field, about):
            raise RefusedError
        if field == "handed_to" and value and not reason:
            raise RefusedError
        if field == "first_signature" and value and self.owed():
            raise OwedError(self.owed())
        if value and not self._has_ground(field, about):
            raise RefusedError

    def _stays_true(self, field: str, value: str, reason: str) -> bool:
        """Whether a signed review takes it: a correction with a reason that leaves nothing owed."""
        corrected = field in CORRECTED and reason and (value or field == "note")
        return field == "red_flag" or bool(corrected)

    def _has_ground(self, field: str, about: str) -> bool:
        if field == "result_seen" and about in CAME_WITH_INTAKE:
            return True
        if field in OF_A_DONE_TEST:
            return self.value("test_status", about) == "done"
        if field == "measured":
            return self.value("test_status", NUMBER_OF[about]) == "done"
        return field != "test_reason" or self.value("test_status", about) == "not_needed"

    def _blank(self, test: str, status: str) -> None:
        """What a test's new status leaves without ground goes."""
        numbers = [("measured", name) for name, of in NUMBER_OF.items() if of == test]
        gone = [] if status == "done" else [*((f, test) for f in OF_A_DONE_TEST), *numbers]
        gone += [] if status == "not_needed" else [("test_reason", test)]
        for field, about in gone:
            if self.value(field, about):
                self._put(field, about, "")

    def _needs_another(self, actor: str) -> bool:
        unsure = self.value("first_certainty") == "unsure" and self.clinic.two_sign_when_unsure
        signed = self.first_signed_by not in ("", actor)
        return (self.clinic.two_sign or unsure) and not signed

    def owed(self) -> set[tuple[str, str]]:
        """Everything that holds back a signature, but a second reviewer."""
        owed = set()
        if not self.value("red_flag", "RF-ALI"):
            owed.add(("flag_not_seen", "RF-ALI"))
        seen_order = self.value("first_cause") or self.value("agreed_cause")
        if self.clinic.first_view and not seen_order:
            owed.add(("no_first_view", ""))
        if not self.value("agreed_cause"):
            owed.add(("no_cause", ""))
        if not self.value("disposition"):
            owed.add(("no_disposition", ""))
        for test in TESTS:
            owed |= self._owed_of(test)
        return owed

    def _owed_of(self, test: str) -> set[tuple[str, str]]:
        owed = set()
        status, result = self.value("test_status", test), self.value("test_result", test)
        came = result or (test in CAME_WITH_INTAKE and not status)
        if came and not self.value("result_seen", test):
            owed.add(("result_not_seen", test))
        if status == "ordered" or (test in CALLED_FOR and status in ("", "to_do")):
            owed.add(("test_open", test))
        if status == "done" and not result:
            owed.add(("result_owed", test))
        if test in CALLED_FOR and status == "not_needed" and not self.value("test_reason", test):
            owed.add(("reason_owed", test))
        return owed
