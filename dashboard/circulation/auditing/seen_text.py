"""What was seen as canonical text and back: one view has exactly one such text."""

import json
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from circulation import errors
from circulation.auditing import seen
from circulation.knowledge_base.levels import Level

PLACE = "the view kept with a decision"


def text(view: seen.Seen) -> str:
    """The view as JSON: keys sorted, no spaces, only ASCII; in the form it was made in."""
    told = _plain(view, _newer if view.form == seen.BEFORE_RESULTS else _none)
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def read(written: str) -> seen.Seen:
    """The view of such a text. Raises DashboardError for a text of another form."""
    try:
        told = json.loads(written)
        if told["form"] not in (seen.BEFORE_RESULTS, seen.FORM):
            raise errors.DashboardError(
                PLACE, f"has form {told['form']}", "Open it with the program that wrote it."
            )
        lacking = _newer if told["form"] == seen.BEFORE_RESULTS else _none
        view: seen.Seen = _made(seen.Seen, told, lacking)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise errors.DashboardError(PLACE, "cannot be read", "Verify the store.") from fault
    return view


def levels(written: str) -> dict[str, Level]:
    """The level of each cause alone, which is quicker than the whole. Raises as `read`."""
    try:
        return {one["id"]: Level[one["level"].upper()] for one in json.loads(written)["causes"]}
    except (ValueError, TypeError, KeyError) as fault:
        raise errors.DashboardError(PLACE, "cannot be read", "Verify the store.") from fault


def levels_by_intake(written: str) -> dict[str, Level]:
    """The level of each cause by the intake alone: before results counted it was the one shown."""
    try:
        causes = json.loads(written)["causes"]
        return {one["id"]: Level[(one.get("by_intake") or one["level"]).upper()] for one in causes}
    except (ValueError, TypeError, KeyError) as fault:
        raise errors.DashboardError(PLACE, "cannot be read", "Verify the store.") from fault


_Lacking: typing.TypeAlias = Callable[[Any], frozenset[str]]
"""The fields of a dataclass that a form does not have."""


def _newer(kind: Any) -> frozenset[str]:
    """The fields that came with form 2: those with a default."""
    return frozenset(part.name for part in fields(kind) if part.default is not MISSING)


def _none(_: Any) -> frozenset[str]:
    return frozenset()


def _plain(value: Any, lacking: _Lacking) -> Any:
    if is_dataclass(value):
        names = [part.name for part in fields(value) if part.name not in lacking(value)]
        return {name: _plain(getattr(value, name), lacking) for name in names}
    return [_plain(item, lacking) for item in value] if isinstance(value, tuple) else value


def _made(kind: Any, told: Any, lacking: _Lacking) -> Any:
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        names = hints.keys() - lacking(kind)
        if told.keys() != names:
            raise ValueError("other fields")
        return kind(**{name: _made(hints[name], told[name], lacking) for name in names})  # type: ignore[operator]  # a class, not a value of one
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_made(inner, item, lacking) for item in told)
    wanted = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if type(told) not in wanted:
        raise TypeError("another type")
    return told
