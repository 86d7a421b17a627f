"""The address of the page: the one place that reads and writes its parts."""

from collections.abc import Mapping, Sequence

import streamlit as st

from circulation.choosing import addresses, selection
from ui import shared_data


def part(name: str) -> str:
    """One part of the address, '' when it is not there."""
    return str(st.query_params.get(name, ""))


def parts(name: str) -> list[str]:
    """Every value of one part of the address."""
    return list(st.query_params.get_all(name))


def names() -> frozenset[str]:
    """The names of all parts of the address."""
    return frozenset(st.query_params)


def set_part(name: str, value: str | list[str]) -> None:
    """Write one part of the address, once for each value; '' takes it out."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def set_parts(wanted: Mapping[str, Sequence[str]]) -> None:
    """Write some parts of the address in one step of the browser's history; empty ones go."""
    if any(list(values) != parts(name) for name, values in wanted.items()):
        st.query_params.update({name: list(values) for name, values in wanted.items()})


def selected() -> selection.Selection:
    """The records that the address of this page asks for; all of them when it names none."""
    return selection_of({name: parts(name) for name in names()})


def selection_of(said: Mapping[str, Sequence[str]]) -> selection.Selection:
    """The records that parts of an address ask for; refused where the records have no such code."""
    sites = shared_data.loaded().table.categories["site"]
    return addresses.read(said, shared_data.knowledge(), sites)
