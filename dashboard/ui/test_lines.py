"""The lines of the checklist as HTML: what is called for and why, its state, its result."""

from collections.abc import Iterable, Sequence
from datetime import date

from circulation.judgement import checklist, explanation, first_view, order_guard, previews
from circulation.knowledge_base import knowledge, result_words
from circulation.reviewing.reviews import Field, TestStatus
from ui import desk, line_acts, markup, preview_panels, reasons, result_panel, spots, words
from ui import unfolding as opened_now
from ui.markup import Html

OPENS_LATER = "Why it is called for opens with the tool's view."


def head(group: checklist.Group) -> Html:
    """One of the article's seven tests, and where it and the tests under it stand."""
    stands = markup.text(_where_it_stands(group))
    return markup.block("group", markup.strong(group.head.test.label), stands, tag="h3")


def _where_it_stands(group: checklist.Group) -> str:
    if not group.owed:
        return "not called for so far"
    settled = sum(line.settled for line in group.owed)
    return f"{settled} of {len(group.owed)} called for settled"


def line(
    line: checklist.Line,
    bands: Sequence[str],
    caught: Iterable[order_guard.Caught],
    shown: desk.Open,
    known: knowledge.Knowledge,
) -> Html:
    """What is open has its state in sight; what is settled is quiet and can be changed."""
    drawn = _quiet(line, bands, shown, known) if line.complete else _open(line, shown, known)
    orders = [order(one, shown, known) for one in caught]
    return markup.block("line", drawn, *orders, name=f"line-{shown.record_id}-{line.test.id}")


def order(found: order_guard.Caught, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """An order of tests that was caught, with what to do instead and why."""
    guard = found.guard
    said = markup.join(
        [
            markup.strong("Order of tests:"),
            markup.text(f"{guard.label}. Instead: {guard.instead}."),
        ],
        " ",
    )
    name = f"why-order-{shown.record_id}-{guard.id}"
    return markup.unfold(name, said, reasons.grounds([found.grounds], known), kind="why small")


def _open(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    told = [markup.strong(line.test.label)]
    asks = line.called_for and not line.answered and not shown.view_first
    if asks:
        told.append(markup.act(line_acts.WHAT_IF, line.test.id, "What if?", kind="quiet"))
    if line.status is TestStatus.DONE:
        told.append(_edit(line, shown, "Value and date"))
    named = markup.block("", markup.join(told, " "), tag="span")
    top = markup.block("top", named, _state(line, shown))
    return markup.join([top, _basis(line, shown, known), _what_if(line, shown, known)])


def _state(line: checklist.Line, shown: desk.Open) -> Html:
    """The box of a test's state."""
    options = "".join(
        f'<option value="{status.value}"{" selected" if status is line.status else ""}>'
        f"{markup.text(result_panel.STATUS_WORDS[status])}</option>"
        for status in TestStatus
    )
    spot = spots.widget(Field.TEST_STATUS, shown.record_id, line.test.id)
    name = f"{line.test.label}: status"
    return Html(
        f'<select data-act="{line_acts.STATUS}" data-about="{markup.text(line.test.id)}"'
        f' data-spot="{markup.text(spot)}" id="status-{markup.text(line.test.id)}"'
        f' aria-label="{markup.text(name)}"{" disabled" if shown.closed else ""}>{options}</select>'
    )


def _basis(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """Why it is called for; the whole reason opens under it."""
    grounds = _open_grounds(line, shown)
    if grounds:
        first = markup.join([markup.text(f"{grounds[0].says}."), markup.strong("Why?")], " ")
        name = f"why-{shown.record_id}-{line.test.id}"
        return markup.unfold(name, first, reasons.grounds(grounds, known), kind="why small")
    if line.because:
        return markup.small(markup.text(OPENS_LATER))
    if line.called_for is None and line.could_be:
        missing = dict.fromkeys(i.label for item in line.could_be for i in item.missing)
        asked = f"Could be called for; not asked: {', '.join(missing)}"
        return markup.small(markup.text(asked))
    return markup.NOTHING


def _open_grounds(line: checklist.Line, shown: desk.Open) -> list[explanation.Grounds]:
    """The reasons that may be read: those that give the tool's view away come after the own."""
    return [one for one in line.because if not (shown.view_first and first_view.gives_away(one))]


def _what_if(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """What each result would do to this record, worked out once it is asked for."""
    if f"{line_acts.WHAT_IF}-{line.test.id}" not in opened_now.worked_out(shown.record_id):
        return markup.NOTHING
    found = previews.of_test(shown.stands, line.test.id, known)
    return preview_panels.of_test(found, known)


def _edit(line: checklist.Line, shown: desk.Open, label: str) -> Html:
    """Opens the place where its answers are entered, or closes it."""
    says = "Close" if opened_now.editing(shown.record_id) == line.test.id else label
    return markup.act(line_acts.EDIT, line.test.id, says, kind="quiet")


def _quiet(
    line: checklist.Line, bands: Sequence[str], shown: desk.Open, known: knowledge.Knowledge
) -> Html:
    """A settled test in words, its mark of having been looked at, and the way to change it."""
    told = [markup.text(line.test.label), _tag(line, known)]
    does = []
    if line.result and not line.seen and not shown.closed:
        spot = spots.widget(Field.RESULT_SEEN, shown.record_id, line.test.id)
        does.append(markup.act(line_acts.SEEN, line.test.id, "Mark as reviewed", spot=spot))
    if not shown.closed:
        does.append(_edit(line, shown, "Change"))
    if opened_now.editing(shown.record_id) == line.test.id:
        does.append(_state(line, shown))
    named = markup.block("", markup.join(told, " "), tag="span")
    top = markup.block("top", named, markup.block("does", *does, tag="span"))
    return markup.join([top, markup.small(*_told(line, bands, known))])


def _tag(line: checklist.Line, known: knowledge.Knowledge) -> Html:
    if line.status is TestStatus.NOT_NEEDED:
        return markup.tag("gray", "Not needed")
    if not line.result:
        return markup.NOTHING
    colour, icon = result_panel.RESULT_TAGS[line.result]
    return markup.tag(colour, result_words.of(line.test.id, line.result, known).capitalize(), icon)


def _told(line: checklist.Line, bands: Sequence[str], known: knowledge.Knowledge) -> list[Html]:
    if line.status is TestStatus.NOT_NEEDED:
        return [markup.text(f"{line.reason}.")]
    numbers = ", ".join(f"{item.label} {item.value}" for item in line.measured)
    measures = [m for m in known.measurements if m.test == line.test.id]
    given = {item.name for item in line.measured}
    ranges = [m.reference for m in measures if m.reference and given.intersection(m.columns)]
    where = "recorded with the intake" if line.at_intake else "entered in this review"
    where = f"{where}, reviewed" if line.seen else where
    day = words.day(date.fromisoformat(line.date)) if line.date else "date not recorded"
    first = ", ".join(part for part in (numbers or line.value, day, where) if part)
    told = [markup.text(f"{first[0].upper()}{first[1:]}.")]
    told += [markup.strong(band) for band in bands if numbers]
    if len(ranges) == 1:  # several stand beside their numbers where they are entered
        told.append(markup.text(f"Range: {ranges[0]}"))
    return told
