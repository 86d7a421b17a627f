"""A frozen value as plain JSON: for programs that read what the command line says."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from circulation.knowledge_base import levels


def to_json(value: Any) -> str:
    """The value as JSON text; levels and urgencies by their codes, days as 2026-01-31."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {part.name.rstrip("_"): _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, levels.Level | levels.Urgency):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
