"""The measurements of the demonstration records, in agreement with their findings and tests.

A measurement is there only where its test was done. Numbers are whole multiples of
10**-decimals, as the table keeps them.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property, partial
from typing import TypeAlias

import numpy as np

from circulation.demonstration_data import synthetic_answers, synthetic_chance
from circulation.demonstration_data.synthetic_answers import Answers
from circulation.demonstration_data.synthetic_chance import Whole
from circulation.demonstration_data.synthetic_people import BLANK, Flags, People
from circulation.demonstration_data.synthetic_pressures import Pressures
from circulation.demonstration_data.synthetic_stages import Stages
from circulation.knowledge_base import columns, knowledge

MISSING = np.iinfo(np.int64).min
Made: TypeAlias = tuple[Whole, float] | tuple[Whole, float, Flags]
"""Values in whole steps, the size of a step, and where there can be one."""


class Measures:
    """Every measurement, worked out when asked for."""

    def __init__(
        self, people: People, stages: Stages, answers: Answers, known: knowledge.Knowledge
    ) -> None:
        self._people, self._stages, self._answers, self._known = people, stages, answers, known
        self._numbers, self._chance = people.numbers, people.chance
        self._pressures = Pressures(people)
        self._measure_of = {
            column: measure for measure in known.measurements for column in measure.columns
        }

    def numbers(self, name: str) -> Whole:
        """The column of a measurement, MISSING where not measured (records,)."""
        measure, column = self._measure_of[name], columns.by_name(self._known)[name]
        if self._share(name) == 0:
            return np.full(len(self._people.days), MISSING)
        values, step, *there = self._make(measure.id, name)
        told = self._stages.done(measure.test) & self._told(name)
        for flags in there:
            told = told & flags
        whole = values * int(Decimal(str(step)).scaleb(measure.decimals))
        low, high = (int(end.scaleb(column.decimals)) for end in (column.low, column.high))
        return np.where(told, np.clip(whole, low, high), MISSING)

    def without_numbers(self) -> tuple[str, ...]:
        """The measurements of the knowledge that there are no numbers for."""
        given = {*self._by_side, *self._single, *self._numbers.bells}
        asked = {m.id for m in self._known.measurements if any(map(self._share, m.columns))}
        return tuple(sorted(asked - given))

    def measured(self, measure: str) -> Flags:
        """The records with this measurement on some side."""
        columns_of = self._known.measurement[measure].columns
        told = [self.numbers(name) != MISSING for name in columns_of]
        return np.asarray(np.logical_or.reduce(told))

    def outside(self, measure: str, low: float, high: float) -> Flags:
        """The records with a value of this measurement below low or above high."""
        found = np.zeros(len(self._people.days), dtype=np.bool_)
        decimals = self._known.measurement[measure].decimals
        ends = [int(Decimal(str(end)).scaleb(decimals)) for end in (low, high)]
        for name in self._known.measurement[measure].columns:
            values = self.numbers(name)
            found |= (values != MISSING) & ((values < ends[0]) | (values > ends[1]))
        return found

    def _told(self, name: str) -> Flags:
        draws = self._chance.even(f"{name} recorded")
        return np.asarray(draws < synthetic_chance.limit(self._share(name)))

    def _share(self, name: str) -> float:
        return next((e.share for e in self._numbers.recorded if e.measure == name), 1.0)

    def _make(self, measure: str, column: str) -> Made:
        if measure in self._by_side:
            return self._by_side[measure](left=column.endswith("_left"))
        if measure in self._single:
            return self._single[measure]()
        return self._people.bell(measure, column), self._numbers.bells[measure].step

    @cached_property
    def _by_side(self) -> Mapping[str, Callable[..., Made]]:
        arms, pressures = self._both_arms, self._pressures
        return {
            "ankle_brachial_index": lambda left: (pressures.index(left=left), 0.01),
            "ankle_pressure_dp": partial(self._ankle, dorsal=True),
            "ankle_pressure_pt": partial(self._ankle, dorsal=False),
            "arm_pressure_systolic": lambda left: (pressures.arm(left=left), 1, arms),
            "arm_pressure_diastolic": lambda left: (pressures.arm_diastolic(left=left), 1, arms),
            "toe_pressure": lambda left: (pressures.toe(left=left), 1),
            "toe_brachial_index": lambda left: (pressures.toe_index(left=left), 0.01),
            "reflux_ms": self._reflux,
            "calf_circumference": self._calf,
            "monofilament_sites_insensate": self._sites_not_felt,
        }

    @cached_property
    def _single(self) -> Mapping[str, Callable[[], Made]]:
        sugars = ("fasting", "ogtt", "random")
        return {
            "systolic_pressure": lambda: (self._pressures.systolic, 1),
            "diastolic_pressure": lambda: (self._pressures.diastolic, 1),
            "walking_distance_m": self._walking_distance,
            "d_dimer": self._d_dimer,
            "hba1c_percent": self._hba1c_percent,
            "hba1c_mmol_mol": self._hba1c_mmol_mol,
            "ana_titre": self._ana_titre,
            "bmi": self._bmi,
            "weight": lambda: (self._weight, 0.1),
            "waist": self._waist,
            **{f"{kind}_glucose_mg_dl": partial(self._glucose_mg_dl, kind) for kind in sugars},
            **{f"{kind}_glucose_mmol_l": partial(self._glucose_mmol_l, kind) for kind in sugars},
        }

    def _constant(self, name: str) -> int:
        """A constant in thousandths."""
        return round(self._numbers.constants[name] * 1000)

    def _spread(self, name: str, draw: str) -> Made:
        entry = self._numbers.spreads[name]
        steps = np.array([round(value / entry.step) for value in entry.at], dtype=np.int64)
        return synthetic_chance.spread(self._chance.even(draw), steps), entry.step

    def _ankle(self, *, left: bool, dorsal: bool) -> Made:
        values, told = self._pressures.ankle(left=left, dorsal=dorsal)
        return values, 1, told

    @cached_property
    def _both_arms(self) -> Flags:
        """Both arms always with an index, otherwise now and then."""
        needed = self._stages.done("ankle_brachial_index") | self._stages.done("toe_pressures")
        return needed | self._people.happens("both arms", self._numbers.chances["both_arms"].base)

    def _walking_distance(self) -> Made:
        values, step = self._spread("walking_distance_m", "walking distance")[:2]
        return values, step, self._answers.present("leg_pain_walking")

    def _reflux(self, *, left: bool) -> Made:
        there = self._people.happens_by("reflux_there") & (
            (self._people.left == left) | self._people.happens_by("reflux_in_both")
        )
        side = "left" if left else "right"
        with_it, step = self._spread("reflux", f"{side} reflux")[:2]
        without = self._spread("no_reflux", f"{side} no reflux")[0]
        return np.where(there, with_it, without), step

    def _calf(self, *, left: bool) -> Made:
        larger = self._answers.on("calf_3cm_larger", left=left)
        swollen = self._answers.present("calf_3cm_larger")
        usual = np.where(self._people.left == left, self._people.bell("calf_gap"), 0)
        more = np.where(swollen, larger * self._people.bell("calf_gap_swollen"), usual)
        clear = ~swollen | (self._answers.side("calf_3cm_larger") != BLANK)
        asked = self._answers.state("calf_3cm_larger") != BLANK
        return self._people.bell("calf_circumference") + more, 0.1, clear & asked

    def _d_dimer(self) -> Made:
        steps = self._numbers.d_dimer.medians
        from_ages = [age for age, _ in steps]
        median = np.array([round(value) for _, value in steps], dtype=np.int64)
        usual = median[np.searchsorted(from_ages, self._people.age, side="right") - 1]
        clot = self._people.happens_by("clot_there")
        middle = np.where(clot, round(self._numbers.d_dimer.with_clot), usual)
        factor = self._spread("d_dimer_factor", "d-dimer")[0]
        half = self._half_units()
        return middle * factor // np.where(half, 200, 100), 1

    def _half_units(self) -> Flags:
        """Where the laboratory reports D-dimer units: about half of the other type's figure."""
        entry = self._known.choice["d_dimer_type"]
        codes = [value.code for value in entry.values]
        chosen = synthetic_answers.choice(self._people, self._answers, entry)
        return np.asarray(chosen == codes.index("ddu"))

    @cached_property
    def _hba1c(self) -> Whole:
        """In tenths of a percent."""
        return self._people.bell("hba1c_percent")

    def _hba1c_percent(self) -> Made:
        return self._hba1c, 0.1, ~self._si_units

    def _hba1c_mmol_mol(self) -> Made:
        offset, factor = self._constant("hba1c_offset"), self._constant("hba1c_factor")
        return ((100 * self._hba1c - offset) * factor + 500_000) // 1_000_000, 1, self._si_units

    @cached_property
    def _si_units(self) -> Flags:
        return np.array([site.si_units for site in self._numbers.site])[self._people.site]

    def _glucose(self, kind: str) -> Whole:
        """In mg/dL, about the mean glucose that the HbA1c stands for."""
        factor, offset = self._constant("mean_glucose_factor"), self._constant("mean_glucose_less")
        mean = (self._hba1c * factor // 10 - offset) // 1000
        part = self._constant(f"{kind}_glucose_part")
        return mean * part // 1000 + self._people.bell(f"{kind}_glucose_more")

    def _glucose_mg_dl(self, kind: str) -> Made:
        return self._glucose(kind), 1, ~self._si_units

    def _glucose_mmol_l(self, kind: str) -> Made:
        unit = self._constant("glucose_mg_dl_per_mmol_l")
        return (10_000 * self._glucose(kind) + unit // 2) // unit, 0.1, self._si_units

    def _ana_titre(self) -> Made:
        positive, draws = self._answers.state("ana_positive"), self._chance.even("ana titre")
        found = np.zeros(len(draws), dtype=np.int64)
        for name, state in (("ana_when_positive", 0), ("ana_when_negative", 1)):
            titres = np.array(self._numbers.picks[name], dtype=np.int64)
            own = positive == state
            found[own] = titres[draws[own].astype(np.int64) * len(titres) >> 31]
        return found, 1, positive != BLANK

    @cached_property
    def _height(self) -> Whole:
        """In half centimetres."""
        return self._people.bell("height")

    @cached_property
    def _weight(self) -> Whole:
        """In tenths of a kilogram, from a body mass index in hundredths."""
        area = self._height * self._height
        return (self._people.bell("bmi") * area + 200_000) // 400_000

    def _bmi(self) -> Made:
        """Weight over the square of the height, half-up to 2 decimals."""
        area = self._height * self._height
        return (800_000 * self._weight + area) // (2 * area), 0.01

    def _waist(self) -> Made:
        part = self._constant("waist_per_bmi")
        return self._people.bell("bmi") * part // 100_000 + self._people.bell("waist"), 1

    def _sites_not_felt(self, *, left: bool) -> Made:
        lost = self._answers.on("insensate_foot", left=left)
        sites, step = self._spread("sites_not_felt", f"sites {left}")[:2]
        side, state = self._answers.side("insensate_foot"), self._answers.state("insensate_foot")
        clear = (state != BLANK) & ((state != 0) | (side != BLANK))
        return np.where(lost, sites, 0), step, clear
