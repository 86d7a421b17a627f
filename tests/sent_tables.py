"""The heat tables that a page sent, with names for what the browser gets in a fixed order."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

NAME = "heat_grid"
HEAD = ("label", "full", "n")
CELL = ("id", "text", "of", "step", "name")


def of(page: AppTest) -> list[dict[str, Any]]:
    """Every heat table of the page, from top to bottom."""
    drawn = (one.proto for one in page.get("bidi_component"))
    return [_named(json.loads(one.bytes)) for one in drawn if one.component_name.endswith(NAME)]


def _named(sent: dict[str, Any]) -> dict[str, Any]:
    columns = [dict(zip(HEAD, head, strict=True)) for head in sent["columns"]]
    rows = [
        {
            "label": label,
            "group": group,
            "cells": [dict(zip(CELL, cell, strict=True)) for cell in cells],
        }
        for label, group, cells in sent["rows"]
    ]
    return {**sent, "columns": columns, "rows": rows}
