"""Past decisions opened again, after the knowledge was changed and the records were taken away."""

import dataclasses
import shutil
import tempfile
from pathlib import Path

import makers
import review_makers
import synthetic_makers
from circulation.auditing import decisions, seen, seen_differences, seen_text
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_loading import knowledge_files
from circulation.records import intake
from circulation.reviewing import kept_views, review_store, reviews
from circulation.reviewing.reviews import Change, Field

OLD = 4
"""One decision in so many keeps a view of before results typed in a review counted."""
ALTERED = ("causes/vein_disease.toml", 'says = "Varicose veins seen"', 'says = "Veins stand out"')


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How many decisions were opened again, and which records' views came back otherwise.

    ``other_data`` are those whose page, drawn again from the answers kept in the view, differs;
    ``unmarked`` those where today's altered rule shows something else without being told apart.
    """

    decisions: int
    other: tuple[str, ...]
    other_data: tuple[str, ...]
    unmarked: tuple[str, ...]

    @property
    def harmless(self) -> bool:
        return self.decisions > 0 and not (self.other or self.other_data or self.unmarked)


def replay(url: str, *, count: int) -> Outcome:
    """Sign off so many records, alter a rule, and open every decision again from the store."""
    known = makers.knowledge()
    records = _records(count)
    shown = _signed(url, makers.table(known, records, version="then"), known)
    with tempfile.TemporaryDirectory() as folder:
        renewed = _renewed(Path(folder))
    store = review_store.ReviewStore(url)
    opened = {name: _opened(store, name) for name in shown}
    store.close()
    views = {name: seen_text.read(text) for name, (_, text) in opened.items()}
    again = {
        name: _drawn(makers.table(known, _answers(views)), name, known, opened[name][0])
        for name in _every_tenth(views)
    }
    table = makers.table(renewed, records, version="today")
    today = {name: seen.of(table, _row(table, name), renewed, opened[name][0]) for name in views}
    return Outcome(
        decisions=len(views),
        other=tuple(name for name, (_, text) in opened.items() if text != shown[name]),
        other_data=tuple(name for name, view in again.items() if view != shown[name]),
        unmarked=tuple(name for name, view in today.items() if not _marked(views[name], view)),
    )


def _records(count: int) -> list[dict[str, str]]:
    frame = synthetic_makers.frame(synthetic_makers.made(count, seed=11))
    return [
        {str(name): text for name, text in row.items() if text} for row in frame.to_dict("records")
    ]


def _row(table: intake.Intake, name: str) -> int:
    row = table.row_of(name)
    assert row is not None
    return row


def _signed(url: str, table: intake.Intake, known: knowledge_base.Knowledge) -> dict[str, str]:
    """Sign every record off; what was shown, by record id."""
    store, shown = review_store.ReviewStore(url), {}
    tests = tuple(known.test)
    basis = reviews.Basis(table.version, known.version, tuple(known.cause), tests)
    for place, name in enumerate(sorted(_names(table))):
        test = tests[place % len(tests)]
        done = (
            Change(Field.TEST_STATUS, "done", test),
            Change(Field.TEST_RESULT, "abnormal", test),
            Change(Field.RESULT_SEEN, reviews.SEEN, test),
            Change(Field.AGREED_CAUSE, reviews.UNDECIDED),
            Change(Field.DISPOSITION, "refer"),
        )
        before = review_makers.add(store, *done, record=name, basis=basis)
        shown[name] = _view(table, name, known, before, old=place % OLD == 0)
        kept = dataclasses.replace(basis, view=kept_views.pack(shown[name]))
        review_makers.add(store, review_makers.SIGN_OFF, record=name, basis=kept)
    assert store.verify().whole
    store.close()
    return shown


def _view(
    table: intake.Intake,
    name: str,
    known: knowledge_base.Knowledge,
    before: reviews.RecordReview,
    *,
    old: bool,
) -> str:
    """What is shown at a sign-off; in the old form without the effect of the review's results."""
    row = _row(table, name)
    if not old:
        return seen_text.text(seen.of(table, row, known, before))
    shown = seen.of(table, row, known, reviews.RecordReview(name))
    return seen_text.text(dataclasses.replace(shown, form=seen.BEFORE_RESULTS))


def _names(table: intake.Intake) -> list[str]:
    return [table.record_id(int(row)) for row in table.by_id]


def _renewed(folder: Path) -> knowledge_base.Knowledge:
    target = folder / "knowledge"
    shutil.copytree(makers.KNOWLEDGE, target)
    name, old, new = ALTERED
    text = (target / name).read_text("utf-8")
    assert old in text
    (target / name).write_text(text.replace(old, new), "utf-8")
    return knowledge_files.load(target)


def _opened(store: review_store.ReviewStore, name: str) -> tuple[reviews.RecordReview, str]:
    """The review as it stood before the sign-off, and the text of the view kept with it."""
    history = store.history(name)
    (decision,) = decisions.of(history)
    before = review_makers.fold(name, [event for event in history if event.act != history[-1].act])
    return before, store.view(decision.view)


def _every_tenth(views: dict[str, seen.Seen]) -> list[str]:
    """Of those in the form of today: what the old one showed cannot be drawn again."""
    return [name for name, view in views.items() if view.form == seen.FORM][::10]


def _answers(views: dict[str, seen.Seen]) -> list[dict[str, str]]:
    """The records as the kept views hold them: the table itself may be gone."""
    return [{one.column: one.value for one in views[name].answers} for name in _every_tenth(views)]


def _drawn(
    table: intake.Intake,
    name: str,
    known: knowledge_base.Knowledge,
    before: reviews.RecordReview,
) -> str:
    view = seen.of(table, _row(table, name), known, before)
    return seen_text.text(dataclasses.replace(view, data_set="then"))


def _marked(then: seen.Seen, now: seen.Seen) -> bool:
    """Whether exactly what the altered rule shows otherwise is marked."""
    found = {(one.part, one.what) for one in seen_differences.between(then, now)}
    veins = next(cause for cause in then.causes if cause.id == "vein_disease")
    asked = [item.says for item in veins.supports] + list(veins.not_asked)
    expected = {("Knowledge", "Version")}
    if "Varicose veins seen" in asked:
        part = f"{veins.label}: reason"
        expected |= {(part, "Varicose veins seen"), (part, "Veins stand out")}
    return found == expected if then.form == now.form else found >= expected
