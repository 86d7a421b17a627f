"""One record as its page shows it: the banner, the alert, the findings, leg beside leg."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import explanation, legs, standing
from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from ui import (
    cause_panels,
    desk,
    desk_acts,
    first_view_panel,
    frame,
    leg_panels,
    markup,
    reasons,
    session,
    spots,
    typed_panels,
    words,
)
from ui.markup import Html


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
    with st.container(border=True, gap=None, key="banner"):
        frame.unseen_title(f"Review of {shown.record_id}")
        st.markdown("&emsp; ".join(parts))


def alert(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """At most one box, for all red flags, the most urgent first; none is hidden.

    Each names its action, time and source.
    """
    raised = shown.assessed.raised
    if not raised:
        return
    same_day = Urgency[raised[0].flag.urgency.upper()] is Urgency.SAME_DAY
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key="alert_same_day" if same_day else "alert_soon",
    ):
        flags = [_flag(view, known) for view in raised]
        frame.sheet(
            shown.record_id,
            markup.alert(*flags, typed_panels.held(shown), _flags_rest_on(shown, known)),
        )
        _seen(shown)


def _seen(shown: desk.Open) -> None:
    """Whether somebody has seen the flags, or the way to say so."""
    seen = {item.flag: item for item in shown.review.acknowledged}
    if all(view.flag.id in seen for view in shown.assessed.raised):
        last = max(item.at for item in seen.values())
        st.caption(f"Seen {words.day(last.date())} {words.clock(last)} UTC", width="content")
    else:
        st.button(
            "I have seen this",
            shortcut="S",
            on_click=desk_acts.acknowledge,
            args=(shown,),
            key=spots.SEEN,
        )


def _flag(view: explanation.FlagView, known: knowledge.Knowledge) -> Html:
    flag = view.flag
    urgency = Urgency[flag.urgency.upper()]
    tag = markup.urgency_tag(urgency, known.urgency(urgency).label)
    said = markup.text(f"{flag.action} Time: {flag.time}. ({flag.id})")
    parts = [tag, markup.strong(f"{flag.label}."), said]
    return markup.block("flag", markup.join(parts, " "), tag="p")


def _flags_rest_on(shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """The sources of each flag in small print; what it rests on opens under them."""
    raised = shown.assessed.raised
    several = len(raised) > 1
    told = [
        f"{view.flag.id}: {_titles(view, known)}." if several else f"{_titles(view, known)}."
        for view in raised
    ]
    says = markup.text(f"Source: {' '.join(told)}")
    summary = markup.join([says, markup.strong("Why?")], " ")
    grounds = reasons.grounds([view.grounds for view in raised], known)
    name = f"why-flags-{shown.record_id}"
    return markup.unfold(name, summary, grounds, reasons.signed(known), kind="why small")


def _titles(view: explanation.FlagView, known: knowledge.Knowledge) -> str:
    return "; ".join(known.source[source].title for source in view.flag.sources)


def show(shown: desk.Open, table: intake.Intake, known: knowledge.Knowledge) -> None:
    """The assessment: own view first or the causes, then what was found, leg beside leg."""
    told = []
    if shown.view_first:
        first_view_panel.ask(shown, known)
    else:
        told.append(cause_panels.suspicions(shown, known))
    told += [
        unanswered_flags(shown, known),
        findings(shown, table, known),
        leg_panels.of(legs.of(shown.stands.table, shown.stands.row, known)),
        measurements(shown, known),
        background(shown, table, known),
    ]
    frame.sheet(shown.record_id, markup.join(markup.block("part", part) for part in told if part))


def unanswered_flags(shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """The red flags that nobody could judge because answers or measurements are missing."""
    unanswered = shown.assessed.unanswered
    if not unanswered:
        return markup.NOTHING
    could = known.urgency(shown.assessed.urgency_could_be).label.lower()
    title = words.counted(len(unanswered), "red flag", "red flags")
    lines = [
        markup.text(
            f"{view.flag.label}: missing {', '.join(i.label for i in view.grounds.missing)}"
        )
        for view in unanswered
    ]
    says = f"{title} cannot be judged: answers or measurements are missing. Could be {could}"
    body = markup.listed("Not judged", lines)
    return markup.unfold(f"unjudged-{shown.record_id}", markup.text(says), body, kind="folded")


def findings(shown: desk.Open, table: intake.Intake, known: knowledge.Knowledge) -> Html:
    """Present, absent and not asked, apart."""
    present = [f for f in known.findings if ternary.state(table.ternaries[f.id], shown.row)]
    absent = [f for f in known.findings if ternary.state(table.ternaries[f.id], shown.row) is False]
    tags = [markup.tag("blue", _told(f, shown.row, table), ":material/check:") for f in present]
    unasked = [f for f in known.findings if f not in present and f not in absent]
    return markup.join(
        [
            markup.heading("Findings"),
            markup.said("Present", *(tags or [markup.text("Nothing recorded as present.")])),
            markup.said(
                "Absent",
                markup.text(", ".join(f.label for f in absent) or "Nothing recorded as absent."),
            ),
            markup.unfold(
                f"unasked-{shown.record_id}",
                markup.text(f"Not asked: {len(unasked)} of {len(known.findings)} questions"),
                markup.listed(known.words["not_asked"], _by_kind(unasked)),
                kind="folded",
            ),
        ]
    )


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


def _by_kind(unasked: Iterable[model.Finding]) -> list[Html]:
    kinds: dict[str, list[str]] = {}
    for finding in unasked:
        kinds.setdefault(finding.kind.replace("_", " "), []).append(finding.label)
    return [
        markup.join([markup.strong(f"{kind.capitalize()}:"), markup.text(", ".join(names))], " ")
        for kind, names in kinds.items()
    ]


def measurements(shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """What was measured, at intake or since; the two legs side by side."""
    paired = [m for m in known.measurements if m.sides is not model.Sides.NONE]
    single = [m for m in known.measurements if m.sides is model.Sides.NONE]
    rows = [row for measure in paired if (row := _paired(measure, shown.stands))]
    told = [markup.heading("Measurements")]
    if rows:
        told.append(markup.table(("Measured", "Left", "Right"), rows, numbers=True))
    alone = [
        f"{m.label} {number}" for m in single if (number := _number(m.id, shown.stands, m.unit))
    ]
    if alone or not rows:
        said = ", ".join(alone) or "Nothing measured was recorded."
        told.append(markup.block("", markup.text(said), tag="p"))
    return markup.join(told)


def _number(column: str, record: standing.Record, unit: str = "") -> str:
    """A number with when it was typed in the review; '' where it was not measured."""
    text = record.table.text(column, record.row)
    if not text:
        return ""
    return f"{text} {unit}".strip() + _origin(column, record)


def _origin(column: str, record: standing.Record) -> str:
    """When it was typed in the review; '' for what the intake holds."""
    return typed_panels.origin(record.typed[column].at) if column in record.typed else ""


def _paired(measure: model.Measurement, record: standing.Record) -> tuple[str, ...]:
    left, right = (_number(column, record) for column in measure.columns)
    if not (left or right):
        return ()
    unit = f" ({measure.unit})" if measure.unit else ""
    return (f"{measure.label}{unit}", left or "not measured", right or "not measured")


def background(shown: desk.Open, table: intake.Intake, known: knowledge.Knowledge) -> Html:
    """The causes suspected at intake, and each choice as it stands, such as the type of a unit."""
    suspected = [
        columns.label(known, name).split(":")[0]
        for name in (f"suspected_{cause.id}" for cause in known.causes)
        if ternary.state(table.ternaries[name], shown.row)
    ]
    told = [
        markup.said("Suspected at intake", markup.text(", ".join(suspected) or "none recorded"))
    ]
    for choice in known.choices:
        if label := _choice(choice, shown.stands):
            told.append(markup.said(choice.label, markup.text(label)))
    return markup.join(told)


def _choice(choice: model.Choice, record: standing.Record) -> str:
    code = record.table.value(choice.id, record.row)
    label = next((value.label for value in choice.values if value.code == code), "")
    return label and label + _origin(choice.id, record)
