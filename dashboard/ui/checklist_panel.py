"""The diagnostic test checklist beside the assessment; each change is saved at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from circulation.judgement import bulk_answers, call_order, checklist, order_guard, result_bands
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.review_model import ReasonFor
from circulation.reviewing import sign_off
from ui import (
    acts,
    desk,
    desk_acts,
    frame,
    line_acts,
    markup,
    reasons,
    result_panel,
    spots,
    test_lines,
    unfolding,
    words,
)
from ui.markup import Html


@dataclass(frozen=True, slots=True)
class _Panel:
    """What the lines of one record are drawn from."""

    shown: desk.Open
    known: knowledge.Knowledge
    bands: Mapping[str, Sequence[str]]
    placed: Mapping[str, Sequence[order_guard.Caught]]

    def line(self, line: checklist.Line) -> Html:
        """One line of the list."""
        test = line.test.id
        bands, caught = self.bands.get(test, ()), self.placed.get(test, ())
        return test_lines.line(line, bands, caught, self.shown, self.known)

    def places(self) -> call_order.Placed:
        """The lines in order; one being entered, or with an order caught, is not set aside."""
        made, shown = self.shown.checklist, self.shown
        entered = {line.test.id for line in made.lines if self.entered_below(line)}
        in_sight = entered | {test for test, caught in self.placed.items() if caught}
        levels = not shown.view_first
        return call_order.place(made, shown.assessed, levels=levels, in_sight=in_sight)

    def entered_below(self, line: checklist.Line) -> bool:
        """Whether a line has the place under it where its answers are entered."""
        if self.shown.closed:
            return False
        editing = unfolding.editing(self.shown.record_id) == line.test.id
        return editing or result_panel.needs(line)


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """All seven tests of the clinic's list with the specific tests under them."""
    made = shown.checklist
    placed = order_guard.beside(order_guard.of(shown.judged), made)
    panel = _Panel(shown, known, result_bands.of(shown.stands, known), placed)
    frame.sheet(shown.record_id, _head(made))
    with st.container():  # a place that stays, so that what is typed below keeps the focus
        _all_at_once(shown, known)
    orders = (test_lines.order(one, shown, known) for one in placed.get("", ()))
    _lines(panel, markup.join(orders))
    acts.draw(lambda act: line_acts.hear(shown, act))


def _lines(panel: _Panel, first: Html) -> None:
    """Every line in as few elements as can be: a new one begins where answers are entered."""
    shown, told = panel.shown, [first]
    placed = panel.places()
    for place in placed.places:
        told.append(test_lines.head(place.group))
        for line in place.lines:
            told.append(panel.line(line))
            if panel.entered_below(line):
                frame.sheet(shown.record_id, markup.join(told))
                told = []
                whole = unfolding.editing(shown.record_id) == line.test.id
                result_panel.edit(line, shown, panel.known, whole=whole)
        told.append(_folded(place.group, panel))
    told += [_supporting(placed.supporting, panel), reasons.signed(panel.known)]
    frame.sheet(shown.record_id, markup.join(told))


def _supporting(lines: Sequence[checklist.Line], panel: _Panel) -> Html:
    """What only possible suspicions call for, counted, a click away; it is owed all the same."""
    if not lines:
        return markup.NOTHING
    left = sum(not line.settled for line in lines)
    says = f"{len(lines)} more called for by possible suspicions, {left} not settled yet"
    name = f"supporting-{panel.shown.record_id}"
    return markup.unfold(name, markup.text(says), *map(panel.line, lines), kind="folded aside")


def _folded(group: checklist.Group, panel: _Panel) -> Html:
    """The other tests under it, a click away."""
    if not group.folded:
        return markup.NOTHING
    count = words.counted(len(group.folded), "other test", "other tests")
    name = f"folded-{panel.shown.record_id}-{group.head.test.id}"
    lines = [panel.line(line) for line in group.folded]
    return markup.unfold(name, markup.text(count), *lines, kind="folded")


def _head(made: checklist.Checklist) -> Html:
    """The title, and how much of what is called for is settled."""
    owed = len(made.owed)
    says = f"{made.settled} of {owed} called-for tests settled"
    bar = Html(
        f'<progress max="{owed or 1}" value="{made.settled if owed else 1}"'
        f' aria-label="{markup.text(says)}"></progress>'
    )
    return markup.join([markup.heading("Diagnostic test checklist", markup.text(says)), bar])


def _all_at_once(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """One mark for all results that came back, one answer for all open tests."""
    unseen = sign_off.unseen(shown.review, shown.basis)
    unanswered = shown.checklist.unanswered
    kept = bulk_answers.kept_open(shown.checklist, shown.assessed, known)
    if not shown.closed and kept and len(kept) == len(unanswered):
        st.caption(words.escape(_stay_open(kept, known)))
    if shown.closed or not (len(unseen) > 1 or len(unanswered) > 1):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if len(unseen) > 1:
            st.button(
                f"Mark {len(unseen)} results as reviewed",
                icon=":material/done_all:",
                key=spots.SEEN_ALL,
                on_click=desk_acts.mark_seen,
                args=(shown, unseen, True),
            )
        if len(unanswered) > 1:
            _one_answer(shown, known)


def _one_answer(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """One answer for all open tests; each says how many it answers where a red flag keeps some."""
    made, widget = shown.checklist, spots.settle_all(shown.record_id)
    count = len(made.unanswered)
    answers = {
        reason: len(bulk_answers.not_needed(reason, made, shown.assessed, known))
        for reason in known.reviewing.reasons(ReasonFor.NOT_NEEDED)
    }

    def said(answer: str) -> str:
        if answer == desk_acts.ORDER_ALL:
            return answer
        some = f" ({answers[answer]} of {count})" if answers[answer] < count else ""
        return f"Not needed: {answer}{some}"

    st.selectbox(
        f"All {count} open tests",
        [desk_acts.ORDER_ALL, *(reason for reason, some in answers.items() if some)],
        index=None,
        key=widget,
        format_func=said,
        placeholder=f"All {count} open tests",
        label_visibility="collapsed",
        on_change=desk_acts.settle_all,
        args=(shown, widget),
    )


def _stay_open(kept: Sequence[checklist.Line], known: knowledge.Knowledge) -> str:
    """Which tests one answer for all leaves open, and what answers them."""
    count = words.counted(len(kept), "test", "tests")
    one = len(kept) == 1
    named = "; ".join(line.test.label for line in kept)
    calls = f"{count} a red flag calls for {'stays' if one else 'stay'} open: {named}."
    each = "It needs" if one else "Each needs"
    reasons_for = known.reviewing.reasons_for_red_flags()
    also = " or ".join(f"“{reason}”" for reason in reasons_for)
    answers = f" Only {also}, given for all at once, answers these too." if also and not one else ""
    return f"{calls} {each} an answer of its own.{answers}"
