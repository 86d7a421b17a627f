"""The sections of the Reference page that are tables: findings, columns, sources, files."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.reference import reference_index, reference_list
from circulation.reference.reference_entries import Entry, Kind
from ui import reference_marks, reference_panels, reference_text, session, words

GROUPS = {
    "general": "General",
    "arterial": "Arteries",
    "clot": "Clots",
    "vein": "Veins",
    "nerve": "Nerves and sugar",
    "weight": "Weight and posture",
    "raynaud": "Raynaud",
    "heart": "Heart",
    "safety": "Safety",
    "other": "Other",
}
MANY = 5
"""Users of a source that its row names; its own entry always names all."""


def findings(known: knowledge.Knowledge) -> None:
    """Which causes, rules, flags and tests use each finding."""
    used = {_group(entry) for entry in _asked(known)}
    groups = [group for group in GROUPS.values() if group in used]
    picked = st.segmented_control(
        "Group",
        groups,
        default=groups[0],
        required=True,
        key="findings_shown",
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    st.header(words.escape(f"Symptoms and findings: {picked}"), anchor=False)
    shown = [entry for entry in _asked(known) if _group(entry) == picked]
    _opener(shown, "finding_opened")
    st.table(
        pd.DataFrame([_finding_row(known, entry) for entry in shown]),
        hide_index=True,
        border="horizontal",
        alt=f"Symptoms and findings, {picked}: what uses them",
    )


def _asked(known: knowledge.Knowledge) -> list[Entry]:
    kinds = (Kind.FINDING, Kind.CHOICE)
    return [entry for entry in reference_list.every(known) if entry.kind in kinds]


def _group(entry: Entry) -> str:
    asked = entry.thing
    return GROUPS[asked.group] if isinstance(asked, model.Finding | model.Choice) else ""


def _finding_row(known: knowledge.Knowledge, entry: Entry) -> dict[str, str]:
    users = reference_index.uses(known, entry.id)
    kind = (
        reference_text.KINDS[entry.thing.kind]
        if isinstance(entry.thing, model.Finding)
        else entry.kind.value
    )
    article = f", {reference_text.ARTICLE.lower()}" if entry.article else ""
    parts = [
        f"**{words.escape(entry.title)}**",
        words.escape(f"{kind}{article}. Sources {', '.join(entry.sources)}."),
        reference_marks.doubt(entry.doubt),
    ]
    return {
        "Finding": "  \n".join(part for part in parts if part),
        "Speaks for": _owners(known, users, Kind.FOR),
        "Speaks against": _owners(known, users, Kind.AGAINST),
        "Rules, caps, masking": _ids(users, Kind.RULE, Kind.CAP, Kind.MASKING),
        "Scores": words.escape("; ".join(e.title for e in users if e.kind is Kind.SCORE)),
        "Red flags": _ids(users, Kind.FLAG),
        "Calls for tests": _ids(users, Kind.CALLED_FOR),
    }


def _owners(known: knowledge.Knowledge, users: Iterable[Entry], kind: Kind) -> str:
    owners = dict.fromkeys(known.cause[e.part_of].label for e in users if e.kind is kind)
    return words.escape("; ".join(owners))


def _ids(users: Iterable[Entry], *kinds: Kind) -> str:
    return " ".join(words.badge("gray", entry.id) for entry in users if entry.kind in kinds)


def _opener(entries: list[Entry], key: str) -> None:
    """A list to pick one entry from and lay it open."""
    by_id = {entry.id: entry for entry in entries}

    def lay_open() -> None:
        reference_panels.lay_open(session.entered(key))

    st.selectbox(
        "Open one of these",
        list(by_id),
        index=None,
        format_func=lambda name: f"{by_id[name].title} ({name})",
        placeholder="Everything about one of these",
        key=key,
        on_change=lay_open,
        width=440,
    )


def dictionary(known: knowledge.Knowledge) -> None:
    """Every column of an intake record."""
    parts = {
        "Record": [c for c in columns.of(known) if c.name in ("record_id", "site", "received_on")]
        + [c for c in columns.of(known) if c.name in ("age_band", "sex")]
    }
    names = {
        **{finding.id: "Findings" for finding in known.findings},
        **{choice.id: "Choices" for choice in known.choices},
        **{measure.id: "Measurements" for measure in known.measurements},
    }
    for column in columns.of(known):
        if column in parts["Record"]:
            continue
        part = names.get(reference_index.subject(known, column.name), "Causes")
        part = "Tests" if column.name.startswith("test_") else part
        part = "Causes" if column.name.startswith(("suspected_", "confirmed_")) else part
        parts.setdefault(part, []).append(column)
    picked = st.segmented_control(
        "Columns",
        list(parts),
        default="Record",
        required=True,
        key="columns_shown",
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    st.header(f"Columns of an intake record: {picked.lower()}", anchor=False)
    st.caption("A blank category or number is not known; a blank finding is not asked.")
    st.table(
        pd.DataFrame([_column_row(column) for column in parts[picked]]),
        hide_index=True,
        border="horizontal",
        alt=f"Columns of an intake record: {picked}",
    )


def _column_row(column: columns.Column) -> dict[str, str]:
    number = column.kind is columns.Kind.MEASURE
    limits = f"{column.low:,} to {column.high:,} {column.unit}, {column.decimals} decimals"
    return {
        "Column": words.escape(column.name),
        "Meaning": words.escape(column.meaning),
        "Kind": words.escape(column.kind.value),
        "Values or limits": words.escape(limits if number else ", ".join(column.values)),
        "Required": "yes" if column.required else "",
    }


def sources(known: knowledge.Knowledge) -> None:
    """Every source with what cites it."""
    kinds = dict.fromkeys(source.kind.capitalize() for source in known.sources)
    picked = st.segmented_control(
        "Kind of source",
        ["All", *kinds],
        default="All",
        required=True,
        key="sources_shown",
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    entries = [
        entry
        for entry in reference_list.every(known)
        if isinstance(entry.thing, model.Source)
        and picked in ("All", entry.thing.kind.capitalize())
    ]
    st.header(words.counted(len(entries), "source", "sources"), anchor=False)
    st.write(words.escape(f"Secondary: {known.words['secondary_source']}"))
    _opener(entries, "source_opened")
    st.table(
        pd.DataFrame([_source_row(known, entry) for entry in entries]),
        hide_index=True,
        border="horizontal",
        alt="Sources and what cites them",
    )


def _source_row(known: knowledge.Knowledge, entry: Entry) -> dict[str, str]:
    source = entry.thing
    assert isinstance(source, model.Source)
    return {
        "Id": words.escape(source.id),
        "Title": words.escape(source.title),
        "Kind": words.escape(source.kind.capitalize()),
        "Where": words.escape(source.where),
        "Note": words.escape(source.note),
        "Cited by": words.escape(_cited_by(reference_index.uses(known, entry.id))),
    }


def _cited_by(users: tuple[Entry, ...]) -> str:
    """The users of a source by name, or counted by what they are where there are many."""
    if len(users) <= MANY:
        names = [e.id if e.kind in reference_text.NAMED_BY_ID else e.title for e in users]
        return "; ".join(dict.fromkeys(names)) or "Nothing yet"
    counts = Counter(user.kind.value.lower() for user in users)
    listed = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    return f"{len(users)} entries ({listed}). Open it to see all."


def files(known: knowledge.Knowledge) -> None:
    """Who answers for each file of the knowledge, who has reviewed it, and until when it holds."""
    st.header(words.escape(f"Knowledge version {known.version}"), anchor=False)
    st.write("The last part of the version is made of the contents: any change makes another.")
    rows = [_file_row(name, note) for name, note in known.files]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt="Files of the knowledge")


def _file_row(name: str, note: model.FileNote) -> dict[str, str]:
    return {
        "File": words.escape(name),
        "Version": words.escape(note.version),
        "Kept by": words.escape(note.owner),
        "Review": reference_text.signed(note, session.today()),
    }
