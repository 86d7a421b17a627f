"""The sections of the Reference page; only the one picked is drawn."""

import streamlit as st

from circulation.knowledge_base import knowledge
from ui import reference_method, reference_sections, reference_tables

SECTIONS = {
    "Causes": reference_sections.causes,
    "Findings": reference_tables.findings,
    "Tests": reference_sections.tests,
    "Scores": reference_sections.scores,
    "Red flags": reference_sections.red_flags,
    "Measures": reference_sections.measures,
    "Escalations": reference_sections.escalations,
    "Differences": reference_sections.differences,
    "Method": reference_method.method,
    "Columns": reference_tables.dictionary,
    "Sources": reference_tables.sources,
    "Glossary": reference_method.glossary,
    "Versions": reference_tables.files,
}


def section(known: knowledge.Knowledge) -> None:
    """The section that the reader has picked; it stays picked while an entry lies open."""
    picked = st.segmented_control(
        "Section",
        list(SECTIONS),
        default="Causes",
        required=True,
        key="section",
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    SECTIONS[picked](known)
