"""The sections of the Reference page that show entries in full, from causes to differences."""

from collections.abc import Iterable

import streamlit as st

from circulation.knowledge_base import gate_model, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level, Urgency
from circulation.reference import reference_index, reference_list
from circulation.reference.reference_entries import Entry, Kind
from ui import reference_panels, reference_text, session, words


def of_kind(known: knowledge.Knowledge, *kinds: Kind) -> list[Entry]:
    """All entries of some kinds, in the order of the files."""
    return [entry for entry in reference_list.every(known) if entry.kind in kinds]


def causes(known: knowledge.Knowledge) -> None:
    """One cause in full: what it is, its rules, what speaks for and against, risks, advice."""
    picked = st.segmented_control(
        "Cause",
        [cause.label for cause in known.causes],
        default=known.causes[0].label,
        required=True,
        key="cause_shown",
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    cause = next(cause for cause in known.causes if cause.label == picked)
    parts = _parts(known, cause)
    st.header(words.escape(cause.label), anchor=False)
    whole = reference_index.find(known, cause.id)[0]
    what, article = st.columns([1.2, 1], gap="large")
    what.markdown(reference_text.body(known, whole, session.today()))
    if cause.article_points:
        listed = "\n".join(f"- {words.escape(point)}" for point in cause.article_points)
        article.markdown(f"**{reference_text.ARTICLE} says**\n{listed}")
    links = [f"[{title}](#{_anchor(title)})" for title, entries in parts if entries]
    st.markdown(f"On this page: {' · '.join(links)}")
    for title, entries in parts:
        if entries:
            st.markdown(f"### {title}", anchors=False)
            reference_panels.cards(known, entries)


def _anchor(title: str) -> str:
    """The place that Streamlit gives to a heading of these words."""
    return title.lower().replace(" ", "-")


def _parts(known: knowledge.Knowledge, cause: model.Cause) -> list[tuple[str, list[Entry]]]:
    own = [entry for entry in reference_list.every(known) if entry.part_of == cause.id]
    naming = [entry for entry in reference_index.uses(known, cause.id) if entry not in own]

    def some(entries: Iterable[Entry], *kinds: Kind) -> list[Entry]:
        return [entry for entry in entries if entry.kind in kinds]

    return [
        ("Rules that grant a level", sorted(some(own, Kind.RULE), key=_level, reverse=True)),
        ("What holds the level down", some(own, Kind.CAP)),
        ("Speaks for it", some(own, Kind.FOR)),
        ("Speaks against it", some(own, Kind.AGAINST)),
        ("Makes a negative untrustworthy", some(own, Kind.MASKING)),
        ("Scores and indices", some(own, Kind.SCORE)),
        ("Settles it when views are scored afterwards", some(own, Kind.SETTLING)),
        ("Reasons for tests", some(naming, Kind.CALLED_FOR)),
        ("Risks and escalations", some(naming, Kind.ESCALATION)),
        ("Red flags that name it", some(naming, Kind.FLAG)),
        ("Measures and treatments with their stop signs", some(naming, Kind.ADVICE)),
        ("Where article and guidance differ", some(naming, Kind.DIFFERENCE)),
    ]


def _level(entry: Entry) -> Level:
    rule = entry.thing
    return Level[rule.level.upper()] if isinstance(rule, model.Rule) else Level.NOT_SUPPORTED


def tests(known: knowledge.Knowledge) -> None:
    """One of the article's tests with the specific tests under it."""
    heads = [test for test in known.tests if not test.parent]
    picked = st.segmented_control(
        "Test",
        [test.label for test in heads],
        default=heads[0].label,
        required=True,
        key="test_shown",
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    head = next(test for test in heads if test.label == picked)
    st.header(words.escape(head.label), anchor=False)
    _test(known, head, "What calls for it, and its numbers")
    for test in known.tests:
        if test.parent == head.id:
            st.subheader(words.escape(test.label), anchor=False)
            _test(known, test)


def _test(known: knowledge.Knowledge, test: model.DiagnosticTest, title: str = "") -> None:
    for entry in reference_index.find(known, test.id):
        if entry.kind is Kind.TEST:
            st.markdown(reference_text.body(known, entry, session.today()))
    kinds = (Kind.CALLED_FOR, Kind.MEASUREMENT, Kind.OUTCOME, Kind.GUARD)
    under = [entry for entry in of_kind(known, *kinds) if test.id in _tests_of(entry)]
    if under and title:
        st.subheader(title, anchor=False)
    if under:
        reference_panels.cards(known, under)


def _tests_of(entry: Entry) -> tuple[str, ...]:
    """The tests an entry stands under: a warning on their order stands under each."""
    guard = entry.thing
    return guard.tests if isinstance(guard, gate_model.Guard) else (entry.part_of,)


def scores(known: knowledge.Knowledge) -> None:
    """One score in full; a score with missing answers has no result but a range."""
    st.header("Scores and indices", anchor=False)
    st.write(
        "Each is pinned to a published version. With answers missing it gives no result but the "
        "range that is still possible."
    )
    by_name = {reference_text.named(entry): entry for entry in of_kind(known, Kind.SCORE)}
    picked = st.selectbox("Score", list(by_name), key="score_shown", bind="query-params")
    if picked:
        st.subheader(words.escape(picked), anchor=False)
        with st.container(border=True):
            st.markdown(reference_text.body(known, by_name[picked], session.today()))


def red_flags(known: knowledge.Knowledge) -> None:
    """Every red flag, the most urgent first."""
    flags = of_kind(known, Kind.FLAG)
    st.header(f"{len(flags)} red flags put a record at the top", anchor=False)
    st.write("A clinician acts under local policy. None is hidden by a filter, a rank or a role.")
    for urgency in reversed(Urgency):
        some = [entry for entry in flags if urgency.code in entry.names]
        if some:
            st.subheader(words.escape(known.urgency(urgency).label), anchor=False)
            reference_panels.cards(known, some)


def measures(known: knowledge.Knowledge) -> None:
    """Lifestyle measures and treatments, each with its stop-sign."""
    st.header("What helps, and what stops it", anchor=False)
    st.write("None is ordered or started here. The strictest stop-sign wins.")
    for title, kind in (("Lifestyle measures", "lifestyle"), ("Treatments", "treatment")):
        st.subheader(title, anchor=False)
        entries = of_kind(known, Kind.ADVICE)
        reference_panels.cards(known, [e for e in entries if _advised(e) == kind])
    for stopped in known.advice:
        gates = [e for e in of_kind(known, Kind.GATE) if stopped.id in _advice_of(e)]
        if gates:
            st.subheader(f"Stop-signs of {words.escape(stopped.label)}", anchor=False)
            reference_panels.cards(known, gates)


def _advised(entry: Entry) -> str:
    return entry.thing.kind if isinstance(entry.thing, model.Advice) else ""


def _advice_of(entry: Entry) -> tuple[str, ...]:
    return entry.thing.advice if isinstance(entry.thing, gate_model.Gate) else ()


def escalations(known: knowledge.Knowledge) -> None:
    """What an untreated cause may lead to."""
    st.header("What an untreated cause may lead to", anchor=False)
    st.subheader("Escalations and the red flags that announce them", anchor=False)
    reference_panels.cards(known, of_kind(known, Kind.ESCALATION))


def differences(known: knowledge.Knowledge) -> None:
    """Where the clinic's article and guidance differ."""
    st.header("Where the clinic's article and guidance differ", anchor=False)
    st.subheader("Guidance is shown; the article's words stay as a note", anchor=False)
    reference_panels.cards(known, of_kind(known, Kind.DIFFERENCE))
