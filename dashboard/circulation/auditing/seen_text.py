"""What was seen as canonical text and back: one view has exactly one such text."""

import json
import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any

from circulation import errors
from circulation.auditing import seen
from circulation.knowledge_base.levels import Level

PLACE = "the view kept with a decision"


def text(view: seen.Seen) -> str:
    """The view as JSON: keys sorted, no spaces, only ASCII."""
    return json.dumps(_plain(view), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def read(written: str) -> seen.Seen:
    """The view of such a text. Raises DashboardError for a text of another form."""
    try:
        told = json.loads(written)
        if told["form"] != seen.FORM:
            raise errors.DashboardError(
                PLACE, f"has form {told['form']}", "Open it with the program that wrote it."
            )
        view: seen.Seen = _made(seen.Seen, told)
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


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _made(kind: Any, told: Any) -> Any:
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        if told.keys() != hints.keys():
            raise ValueError("other fields")
        return kind(**{name: _made(hint, told[name]) for name, hint in hints.items()})  # type: ignore[operator]  # a class, not a value of one
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_made(inner, item) for item in told)
    wanted = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if type(told) not in wanted:
        raise TypeError("another type")
    return told
