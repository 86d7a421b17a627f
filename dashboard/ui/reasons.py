"""The "Why?" beside every suggestion: rule, version, inputs, sources, doubt, what is missing."""

from collections.abc import Iterable

from circulation.judgement import explanation
from circulation.knowledge_base import knowledge, result_words
from ui import markup, session, shared_data, typed_panels
from ui.markup import Html


def grounds(items: Iterable[explanation.Grounds], known: knowledge.Knowledge) -> Html:
    """What statements rest on, each with the way to its rule in the reference."""
    lines = [f"<li>{_grounds(item, known)}</li>" for item in items]
    return Html(f"<ul>{''.join(lines)}</ul>") if lines else markup.NOTHING


def _grounds(item: explanation.Grounds, known: knowledge.Knowledge) -> Html:
    inputs = ", ".join(
        f"{entry.label}: {_answer(entry)}{typed_panels.origin(entry.origin)}"
        for entry in item.inputs
    )
    rule = f" Rule {item.id}, version {item.version}." if item.id else ""
    doubt = f" Doubt: {item.doubt}" if item.doubt else ""
    sources = "; ".join(known.source[source].title for source in item.sources)
    said = f"{item.says}.{rule} Inputs: {inputs}. Source: {sources}.{doubt}".replace("..", ".")
    return (
        markup.join([markup.text(said), reference(item.id)], " ") if item.id else markup.text(said)
    )


def reference(entry: str) -> Html:
    """The way to an entry of the reference, inside the dashboard."""
    named = markup.text(entry)
    return Html(
        f'<a href="reference?entry={named}" data-act="reference" data-about="{named}">'
        f"{named} in the reference</a>"
    )


def _answer(entry: explanation.Input) -> str:
    """An answer as recorded; one result within its range is not called more than that."""
    if said := result_words.of_column(entry.name, entry.value, shared_data.knowledge()):
        return said
    return entry.value.replace("_", " ") or "not asked"


def signed(known: knowledge.Knowledge) -> Html:
    """The version behind the reasons, that nobody signed it off, and what is past its review."""
    unsigned = any(not note.reviewed for _, note in known.files)
    warning = f" {known.words['not_reviewed']}" if unsigned else ""
    today = session.today()
    overdue = [name for name, note in known.files if note.overdue(today)]
    late = f" {known.words['review_overdue']} {', '.join(overdue)}" if overdue else ""
    return markup.small(markup.text(f"Knowledge version {known.version}.{warning}{late}"))
