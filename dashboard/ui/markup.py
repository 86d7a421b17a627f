"""Parts of a page that are only read, as HTML: one element in place of dozens of Streamlit's.

Text becomes HTML only by `text`, which escapes it; everything else here joins what is escaped.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NewType

from circulation.knowledge_base.levels import Level, Urgency
from ui import words

Html = NewType("Html", str)
NOTHING = Html("")
MARKS = {
    ":material/priority_high:": "!",
    ":material/schedule:": "\N{CIRCLE WITH UPPER RIGHT QUADRANT BLACK}",
    ":material/check:": "\N{CHECK MARK}",
    ":material/error:": "!",
    ":material/help:": "?",
    ":material/block:": "\N{CIRCLED DIVISION SLASH}",
    ":material/warning:": "\N{WARNING SIGN}\N{VARIATION SELECTOR-15}",
}
"""The signs of the coloured tags, by the icon that Markdown has for them."""


def text(plain: str) -> Html:
    """Text as it stands."""
    return Html(escape(plain, quote=True))


def join(parts: Iterable[Html], between: str = "") -> Html:
    """Parts one after the other; ``between`` is plain text."""
    return Html(text(between).join(parts))


def strong(plain: str) -> Html:
    """Text that stands out."""
    return Html(f"<strong>{text(plain)}</strong>")


def block(kind: str, *parts: Html, tag: str = "div", name: str = "") -> Html:
    """An element of a kind (its classes in sheet.css); ``name`` is its id on the page."""
    named = f' id="{text(name)}"' if name else ""
    return Html(f'<{tag} class="{text(kind)}"{named}>{join(parts)}</{tag}>')


def small(*lines: Html) -> Html:
    """Lines in small print; none where there is nothing to say."""
    return block("small", Html("<br>".join(lines)), tag="p") if lines else NOTHING


def title(plain: str, level: int) -> Html:
    """The title of a page (level 1), or of a part of one."""
    return Html(f"<h{level}>{text(plain)}</h{level}>")


def heading(plain: str, *beside: Html) -> Html:
    """The heading of a part of the page."""
    return Html(f"<h2>{text(plain)}</h2>") if not beside else block("head", heading(plain), *beside)


def listed(title: str, lines: Iterable[Html]) -> Html:
    """A title with its lines below; nothing where there are none."""
    items = "".join(f"<li>{line}</li>" for line in lines)
    return Html(f"<p>{strong(title)}</p><ul>{items}</ul>") if items else NOTHING


def said(what: str, *parts: Html) -> Html:
    """A line that begins with what it is about."""
    return block("said", join([strong(what), *parts], " "), tag="p")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> Html:
    """A table; with ``numbers`` all but its first column stand to the right."""
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    kind = ' class="numbers"' if numbers else ""
    return Html(f"<table{kind}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def alert(*parts: Html) -> Html:
    """What is to be noticed first; spoken by a reader of the screen as soon as it is there."""
    return Html(f'<div role="alert">{join(parts)}</div>')


def tag(colour: str, plain: str, icon: str = "") -> Html:
    """A coloured tag; its text always says what the colour says."""
    mark = f'<span aria-hidden="true">{MARKS[icon]}</span> ' if icon else ""
    return Html(f'<span class="tag {text(colour)}">{mark}{text(plain)}</span>')


def urgency_tag(urgency: Urgency, label: str) -> Html:
    """The tag of an urgency: word, sign and colour."""
    colour, icon = words.URGENCY_TAGS[urgency]
    return tag(colour, label, icon)


def level_tag(level: Level, label: str) -> Html:
    """The tag of a level of suspicion."""
    return tag(words.LEVEL_TAGS[level], label)


def unfold(name: str, summary: Html, *body: Html, kind: str = "", opened: bool = False) -> Html:
    """Something that opens on the page itself, by mouse or key, with no way to the server."""
    state = " open" if opened else ""
    return Html(
        f'<details id="{text(name)}" class="{text(kind)}"{state}><summary>{summary}</summary>'
        f'<div class="body">{join(body)}</div></details>'
    )


def act(do: str, about: str, label: str, *, spot: str = "", kind: str = "") -> Html:
    """A button that `acts` hears; ``spot`` is the place by which links find it."""
    found = f' data-spot="{text(spot)}"' if spot else ""
    return Html(
        f'<button type="button" class="{text(kind)}" id="{text(f"{do}-{about}")}"'
        f' data-act="{text(do)}" data-about="{text(about)}"{found}>{text(label)}</button>'
    )
