"""Arm, ankle and toe pressures of the demonstration records, and the indices worked out from them.

An index is always the one that its recorded pressures give: the higher ankle pressure of the leg
over the higher arm, rounded half-up to 2 decimals.
"""

from functools import cached_property

import numpy as np

from circulation.demonstration_data.synthetic_chance import Whole
from circulation.demonstration_data.synthetic_people import Flags, People

HUNDREDTHS = 100


class Pressures:
    """Pressures in whole mmHg and indices in hundredths, for everybody (records,)."""

    def __init__(self, people: People) -> None:
        self._people = people

    @cached_property
    def systolic(self) -> Whole:
        """The higher arm."""
        return self._people.bell("systolic_pressure")

    @cached_property
    def diastolic(self) -> Whole:
        """The diastolic pressure in the higher arm."""
        gap = self._people.bell("least_pulse_pressure")
        return np.asarray(np.minimum(self._people.bell("diastolic_pressure"), self.systolic - gap))

    def arm(self, *, left: bool) -> Whole:
        """The systolic pressure of one arm; the higher arm is the systolic pressure."""
        return self.systolic - self._below(left=left)

    def arm_diastolic(self, *, left: bool) -> Whole:
        """The diastolic pressure of one arm."""
        return self.diastolic - self._below(left=left) // 2

    def ankle(self, *, left: bool, dorsal: bool) -> tuple[Whole, Flags]:
        """One ankle pressure, and where it was recorded; the higher one always was."""
        side = "left" if left else "right"
        higher_is_dorsal = self._people.happens(f"{side} higher ankle artery", 0.5)
        alone = self._people.happens_by(f"{side}_one_ankle_artery")
        gap, higher = self._people.bell("ankle_artery_gap"), self._higher_ankle(left=left)
        is_higher = higher_is_dorsal == dorsal
        return np.where(is_higher, higher, np.maximum(higher - gap, 0)), is_higher | ~alone

    def index(self, *, left: bool) -> Whole:
        """The ankle-brachial index of one leg."""
        return self._over_arm(self._higher_ankle(left=left))

    def toe(self, *, left: bool) -> Whole:
        """The toe pressure of one leg."""
        worse = self._people.bell("toe_index_worse")
        other = worse + self._people.bell("toe_index_gap")
        return self._of_arm(self._by_leg(worse, other, left=left))

    def toe_index(self, *, left: bool) -> Whole:
        """The toe-brachial index of one leg."""
        return self._over_arm(self.toe(left=left))

    @cached_property
    def stiff(self) -> Flags:
        """Whose ankle arteries cannot be compressed."""
        return self._people.happens_by("stiff_arteries")

    def _below(self, *, left: bool) -> Whole:
        """How far one arm lies below the higher one: nothing for the higher one itself."""
        left_higher = self._people.happens("left arm higher", 0.5)
        return np.where(left_higher == left, 0, self._people.bell("arm_gap"))

    def _higher_ankle(self, *, left: bool) -> Whole:
        worse, other = self._indices
        return self._of_arm(self._by_leg(worse, other, left=left))

    @cached_property
    def _indices(self) -> tuple[Whole, Whole]:
        """What the index of the worse and of the other leg is meant to be."""
        worse = np.where(
            self.stiff, self._people.bell("index_stiff"), self._people.bell("index_worse")
        )
        highest = np.where(self.stiff, worse, self._people.bell("index_highest"))
        other = worse + self._people.bell("index_gap")
        return worse, np.minimum(other, np.maximum(worse, highest))

    def _by_leg(self, worse: Whole, other: Whole, *, left: bool) -> Whole:
        return np.where(self._people.left == left, worse, other)

    def _of_arm(self, index: Whole) -> Whole:
        return (index * self.systolic + HUNDREDTHS // 2) // HUNDREDTHS

    def _over_arm(self, pressure: Whole) -> Whole:
        """Half-up in whole numbers."""
        return (2 * HUNDREDTHS * pressure + self.systolic) // (2 * self.systolic)
