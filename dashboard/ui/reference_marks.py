"""The marks that stand on every entry of the reference: what is told, its sources, its doubt."""

from collections.abc import Iterable

from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from ui import words


def told(what: str, text: str) -> str:
    """A piece of an entry behind the name of the piece."""
    return f"**{what}** {words.escape(text)}"


def sources(known: knowledge.Knowledge, ids: Iterable[str]) -> str:
    """Where a statement comes from, by id and title; copies and digests are called so."""
    named = [_source(known.source[name]) for name in ids]
    return f"**Source** {'; '.join(named)}" if named else ""


def _source(source: model.Source) -> str:
    copied = " (read in a copy or digest)" if source.kind == "secondary" else ""
    return words.escape(f"{source.id} {source.title}{copied}")


def doubt(text: str) -> str:
    """What is conflicting or unverified, as a word and a sign, not only a colour."""
    tag = words.badge("yellow", "Doubt", ":material/help:")
    return f"{tag} {words.escape(text)}" if text else ""
