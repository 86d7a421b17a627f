"""One record as its page shows it: the banner, the alert, levels with reasons, findings, legs."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import explanation, standing
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import columns, intake, ternary
from ui import desk, desk_acts, first_view_panel, reasons, session, spots, typed_panels, words


def banner(shown: desk.Open, table: intake.Intake, known: knowledge.Knowledge) -> None:
    """Who this is, always in sight."""
    received = table.day_of(shown.row)
    waiting = (session.today() - received).days if received else None
    wait = f" ({words.waiting(waiting).lower()} ago)" if waiting else ""
    parts = [
        f"Record **{words.escape(shown.record_id)}**",
        f"Age band **{words.escape(table.value('age_band', shown.row) or 'Not recorded')}**",
        f"Sex **{(table.value('sex', shown.row) or 'Not recorded').capitalize()}**",
        f"Received **{words.escape(words.day(received))}**{wait}",
        f"Site **{words.escape(table.value('site', shown.row) or 'Not recorded')}**",
        words.urgency_tag(shown.assessed.urgency, known.urgency(shown.assessed.urgency).label),
    ]
    with st.container(border=True, key="banner"):
        st.markdown("&emsp; ".join(parts))


def alert(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """At most one box, for the most urgent red flag; further ones stand below it in one line each.

    None is hidden. Each names its action, time and source.
    """
    raised = shown.assessed.raised
    if not raised:
        return
    first, *more = raised
    same_day = Urgency[first.flag.urgency.upper()] is Urgency.SAME_DAY
    box = st.error if same_day else st.warning
    told, act = st.columns([4.2, 1], vertical_alignment="center", gap="small")
    with told, st.container(gap="xsmall"):
        box(_flag_line(first, known), icon=":material/priority_high:")
        for view in more:
            tag = words.urgency_tag(Urgency[view.flag.urgency.upper()], "Also raised")
            st.markdown(f"{tag} {_flag_line(view, known)}")
        typed_panels.held(shown)
    with act:
        _seen(shown, known)


def _seen(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Why the flags are raised, and whether somebody has seen them."""
    raised = shown.assessed.raised
    seen = {item.flag: item for item in shown.review.acknowledged}
    if all(view.flag.id in seen for view in raised):
        last = max(item.at for item in seen.values())
        st.caption(f"Seen {words.day(last.date())} {words.clock(last)} UTC")
    else:
        st.button(
            "I have seen this",
            shortcut="S",
            on_click=desk_acts.acknowledge,
            args=(shown,),
            key=spots.SEEN,
        )
    reasons.why("Why?", [view.grounds for view in raised], known, key="why_flags")


def _flag_line(view: explanation.FlagView, known: knowledge.Knowledge) -> str:
    flag = view.flag
    titles = "; ".join(known.source[source].title for source in flag.sources)
    return (
        f"**{words.escape(flag.label)}.** {words.escape(flag.action)} "
        f"Time: {words.escape(flag.time)}. Source: {words.escape(titles)}. ({flag.id})"
    )


def unanswered_flags(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The red flags that nobody could judge because their questions were not asked."""
    unanswered = shown.assessed.unanswered
    if not unanswered:
        return
    could = known.urgency(shown.assessed.urgency_could_be).label.lower()
    title = words.counted(len(unanswered), "red flag", "red flags")
    with st.expander(f"{title} cannot be judged: questions not asked. Could be {could}"):
        for view in unanswered:
            missing = ", ".join(item.label for item in view.grounds.missing)
            st.markdown(f"- {words.escape(view.flag.label)}: not asked {words.escape(missing)}")


def suspicions(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Every cause with its level, the range it could take, and its reasons."""
    if shown.view_first:
        first_view_panel.ask(shown, known)
        return
    st.subheader("Suspected causes", anchor=False)
    first_view_panel.told(shown, known)
    st.caption(
        "Levels follow explicit rules. They are ordinal, not probabilities, and not a diagnosis. "
        "Causes can stand together."
    )
    typed_panels.counted(shown)
    for view in shown.assessed.causes:
        _suspicion(view, shown.stands, known)


def _suspicion(
    view: explanation.CauseView, record: standing.Record, known: knowledge.Knowledge
) -> None:
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"**{words.escape(view.cause.label)}** "
                f"{words.level_tag(view.level, known.level(view.level).label)}"
                f"{typed_panels.level_before(view, known)}",
                width="content",
            )
            st.space("stretch")
            reasons.of_cause(view, record, known)
        told = [("For", view.supports), ("Against", view.against), ("Masking", view.masking)]
        lines = [
            f"**{name}** {words.escape('; '.join(item.says for item in grounds))}"
            for name, grounds in told
            if grounds
        ]
        st.caption("  \n".join([*lines, _range(view, known)]))


def _range(view: explanation.CauseView, known: knowledge.Knowledge) -> str:
    """What the level could become: from every unasked answer against to every one for it."""
    if view.lowest == view.highest:
        return "Unasked questions cannot change this."
    highest = known.level(view.highest).label.lower()
    if view.level in (Level.OPEN, Level.NOT_SUPPORTED):
        return f"Unasked questions could raise it up to {highest}."
    lowest = known.level(view.lowest).label.lower()
    return f"Once all is asked: {lowest} to {highest}."


def findings(shown: desk.Open, table: intake.Intake, known: knowledge.Knowledge) -> None:
    """Present, absent and not asked, apart."""
    st.subheader("Findings", anchor=False)
    present = [f for f in known.findings if ternary.state(table.ternaries[f.id], shown.row)]
    absent = [f for f in known.findings if ternary.state(table.ternaries[f.id], shown.row) is False]
    tags = [words.badge("blue", _told(f, shown.row, table), ":material/check:") for f in present]
    st.markdown(f"**Present** {' '.join(tags) if tags else 'Nothing recorded as present.'}")
    named = ", ".join(words.escape(finding.label) for finding in absent)
    st.markdown(f"**Absent** {named or 'Nothing recorded as absent.'}")
    unasked = [f for f in known.findings if f not in present and f not in absent]
    with st.expander(f"Not asked: {len(unasked)} of {len(known.findings)} questions"):
        st.markdown(f"{known.words.get('not_asked', '')} " + _by_kind(unasked))


def _told(finding: model.Finding, row: int, table: intake.Intake) -> str:
    """The finding with side, onset and duration where they were recorded."""
    details = []
    if finding.sided:
        side = table.value(f"{finding.id}_side", row)
        details.append({"": "side not recorded", "both": "both sides"}.get(side, side))
    if finding.timed:
        details.append(table.value(f"{finding.id}_onset", row))
        details.append(table.value(f"{finding.id}_duration", row).replace("_", " "))
    told = ", ".join(detail for detail in details if detail)
    return f"{finding.label} ({told})" if told else finding.label


def _by_kind(unasked: Iterable[model.Finding]) -> str:
    kinds: dict[str, list[str]] = {}
    for finding in unasked:
        kinds.setdefault(finding.kind.replace("_", " "), []).append(words.escape(finding.label))
    return "\n".join(
        f"\n- **{kind.capitalize()}**: {', '.join(names)}" for kind, names in kinds.items()
    )


def measurements(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """What was measured, at intake or since; the two legs side by side."""
    paired = [m for m in known.measurements if m.sides is not model.Sides.NONE]
    single = [m for m in known.measurements if m.sides is model.Sides.NONE]
    sided = [_paired(measure, shown.stands) for measure in paired]
    rows = [row for row in sided if row]
    st.subheader("Measurements", anchor=False)
    if rows:
        st.markdown("\n".join(["| | Left | Right |", "|---|---:|---:|", *rows]))
    alone = [(m, _number(m.id, shown.stands, m.unit)) for m in single]
    told = [f"{words.escape(m.label)} {number}" for m, number in alone if number]
    st.markdown(", ".join(told) if told or rows else "Nothing measured was recorded.")


def _number(column: str, record: standing.Record, unit: str) -> str:
    """A number in bold, with when it was typed in the review; '' where it was not measured."""
    text = record.table.text(column, record.row)
    if not text:
        return ""
    at = typed_panels.origin(record.typed[column].at) if column in record.typed else ""
    return f"**{words.escape(f'{text} {unit}'.strip())}**{words.escape(at)}"


def _paired(measure: model.Measurement, record: standing.Record) -> str:
    left, right = (_number(column, record, "") for column in measure.columns)
    if not (left or right):
        return ""
    cells = [text.replace("**", "") or "not measured" for text in (left, right)]
    unit = f" ({words.escape(measure.unit)})" if measure.unit else ""
    return f"| {words.escape(measure.label)}{unit} | {cells[0]} | {cells[1]} |"


def background(shown: desk.Open, table: intake.Intake, known: knowledge.Knowledge) -> None:
    """Choices recorded at intake, and the causes suspected there."""
    chosen = [
        f"{words.escape(choice.label)} **{words.escape(label)}**"
        for choice in known.choices
        if (label := _choice(choice, table, shown.row))
    ]
    suspected = [
        columns.label(known, name).split(":")[0]
        for name in (f"suspected_{cause.id}" for cause in known.causes)
        if ternary.state(table.ternaries[name], shown.row)
    ]
    told = ", ".join(words.escape(name) for name in suspected) or "none recorded"
    st.markdown(f"**Suspected at intake** {told}")
    if chosen:
        st.markdown(", ".join(chosen))


def _choice(choice: model.Choice, table: intake.Intake, row: int) -> str:
    code = table.value(choice.id, row)
    return next((value.label for value in choice.values if value.code == code), "")
