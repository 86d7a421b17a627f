"""One entry of the knowledge as Markdown: what it says, when, its sources, doubt and review."""

from collections.abc import Iterable
from datetime import date

from circulation.knowledge_base import (
    gate_model,
    knowledge,
    name_model,
    outcome_model,
    review_model,
    rule_words,
    score_model,
    settings_model,
)
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level, Urgency
from circulation.reference import reference_entries, reference_index
from circulation.reference.reference_entries import Entry, Kind
from ui import pooled_words, reference_marks, reference_scores, words

NAMED_BY_ID = (Kind.RULE, Kind.CAP, Kind.MASKING, Kind.CALLED_FOR)
NOT_REVIEWED = "Not yet reviewed by a clinician"
ARTICLE = "The clinic's article"
SETTLED = {True: "confirmed", False: "refuted"}
KINDS = {
    "symptom": "Symptom",
    "sign": "Sign found on examination",
    "risk": "Risk",
    "history": "History",
    "red_flag_question": "Red-flag question",
    "medicine": "Medicine",
}


def card(known: knowledge.Knowledge, entry: Entry, today: date) -> str:
    """An entry in full under its own heading."""
    return f"#### {heading(known, entry)}\n\n{body(known, entry, today)}"


def heading(known: knowledge.Knowledge, entry: Entry) -> str:
    """What an entry is called: a rule by its id, the rest by their words."""
    if isinstance(entry.thing, model.Difference):
        return words.escape(labels(known, entry.thing.about))
    return words.escape(named(entry))


def named(entry: Entry) -> str:
    """The name of an entry that tells it apart from all others of its kind."""
    if entry.kind in NAMED_BY_ID:
        return entry.id
    if entry.kind in (Kind.FLAG, Kind.SOURCE):
        return f"{entry.id}: {entry.title}"
    return f"{entry.title} ({entry.version})" if entry.kind is Kind.SCORE else entry.title


def body(known: knowledge.Knowledge, entry: Entry, today: date) -> str:
    """All that an entry says, with its sources, its doubt and who has signed it."""
    first, *more = [*_said(known, entry), ""]
    tagged = " ".join(part for part in (_tags(known, entry), first) if part)
    small = [
        reference_marks.sources(known, entry.sources),
        _version(entry) + _signed(known, entry, today),
    ]
    parts = [
        tagged,
        *more,
        condition(known, entry),
        reference_marks.doubt(entry.doubt),
        "  \n".join(f":small[{part}]" for part in small if part),
    ]
    return "\n\n".join(part for part in parts if part)


def line(known: knowledge.Knowledge, entry: Entry) -> str:
    """An entry in one line, for lists: its kind and owner, its id, what it says."""
    owner = known.cause[entry.part_of].label if entry.part_of in known.cause else ""
    kind = f"{entry.kind}, {owner}" if owner else entry.kind.value
    named = entry.kind in (*NAMED_BY_ID, Kind.FLAG, Kind.SOURCE)
    name = f"**{words.escape(entry.id)}** " if named else ""
    return f"{name}{words.escape(entry.title)} :gray[{words.escape(f'({kind})')}]"


def condition(known: knowledge.Knowledge, entry: Entry) -> str:
    """When an entry holds, in words; a long condition as a nested list."""
    if not entry.when:
        return ""
    first, *rest = rule_words.outline(known, entry.when)
    word = "Confirmed when" if entry.kind is Kind.CAUSE else "When"
    listed = [f"{'  ' * (each.depth - 1)}- {words.escape(each.text)}" for each in rest]
    return "\n".join([f"**{word}** {words.escape(first.text)}", *listed])


def signed(note: model.FileNote, today: date) -> str:
    """Who has reviewed a file, and until when it holds."""
    state, due = reviewed(note, today)
    if note.overdue(today):
        return f"{words.escape(state)}. {words.badge('orange', due)}"
    return words.escape(f"{state}. {due}.")


def reviewed(note: model.FileNote, today: date) -> tuple[str, str]:
    """Who has reviewed a file, and until when it holds: two sentences of plain text, unclosed."""
    state = (
        f"Reviewed by {note.reviewed_by} on {note.reviewed_on}" if note.reviewed else NOT_REVIEWED
    )
    due = "overdue since" if note.overdue(today) else "due"
    return state, f"Review {due} {words.day(note.review_due)}"


def _signed(known: knowledge.Knowledge, entry: Entry, today: date) -> str:
    return signed(reference_index.note(known, entry), today)


def _version(entry: Entry) -> str:
    return f"Version {entry.version}. " if entry.version else ""


def _tags(known: knowledge.Knowledge, entry: Entry) -> str:
    tags = []
    match entry.thing:
        case model.Rule(level=code):
            level = Level[code.upper()]
            most = "At most " if entry.kind is Kind.CAP else ""
            label = known.level(level).label
            tags.append(words.level_tag(level, f"{most}{label.lower() if most else label}"))
        case model.RedFlag(urgency=code) | model.CalledFor(urgency=code) if code:
            urgency = Urgency[code.upper()]
            tags.append(words.urgency_tag(urgency, known.urgency(urgency).label))
    if entry.article:
        tags.append(words.badge("blue", ARTICLE, ":material/article:"))
    return " ".join(tags)


def _said(known: knowledge.Knowledge, entry: Entry) -> list[str]:
    match entry.thing:
        case model.Rule(says=says) | model.Masking(says=says):
            return [f"**{words.escape(says)}**", *_masks(known, entry)]
        case model.CalledFor(because=because):
            return [f"**{words.escape(because)}**"]
        case score_model.Score():
            return reference_scores.lines(entry.thing)
        case model.Cause(summary=summary, confirmed_meaning=meaning):
            return [
                words.escape(summary),
                reference_marks.told("What confirms it", meaning) if meaning else "",
            ]
        case model.Escalation(summary=summary, causes=causes, flags=flags):
            return [
                words.escape(summary),
                reference_marks.told("Causes", labels(known, causes)),
                reference_marks.told("Announced by", "; ".join(flags)) if flags else "",
            ]
        case model.Difference():
            return _difference(entry.thing)
        case model.Source(kind=kind, where=where, note=note):
            return [words.escape(f"{kind.capitalize()}. {where}. {note}".strip())]
        case model.RedFlag(time=time, action=action):
            return [reference_marks.told("Time", time), reference_marks.told("Suggested", action)]
        case model.Advice(helps=helps, stop_sign=stop, causes=causes):
            sign = words.badge("orange", "Stop-sign", ":material/block:")
            about = reference_marks.told("Causes", labels(known, causes))
            return [reference_marks.told("Helps", helps), f"{sign} {words.escape(stop)}", about]
        case gate_model.Gate(advice=advice):
            return [reference_marks.told("Stands before", labels(known, advice))]
        case gate_model.Guard(says=says, instead=instead, tests=tests):
            beside = reference_marks.told("Shown beside", labels(known, tests))
            return [f"**{words.escape(says)}**", reference_marks.told("Instead", instead), beside]
        case _:
            return _asked(known, entry.thing)


def _asked(known: knowledge.Knowledge, thing: reference_entries.Thing) -> list[str]:
    match thing:
        case model.Finding():
            return [reference_marks.told(KINDS[thing.kind], f"recorded as {how_asked(thing)}")]
        case model.Choice(values=values):
            return [reference_marks.told("One of", "; ".join(value.label for value in values))]
        case model.Measurement():
            return _measured(thing)
        case model.DiagnosticTest(purpose=purpose, not_alone=not_alone):
            alone = reference_marks.told("Not on its own", not_alone) if not_alone else ""
            return [reference_marks.told("What for", purpose), alone]
        case outcome_model.Outcome(sets=sets):
            told = (f"{name} {value}" for name, value in sets)
            return [reference_marks.told("A preview writes", "; ".join(told))]
        case model.Label(meaning=meaning, days=days, due_soon=due_soon):
            target = "" if days is None else f" Target: {words.counted(days, 'day', 'days')}."
            target += f" Due soon: {due_soon} before." if due_soon else ""
            return [words.escape(f"{meaning}{target}")]
        case settings_model.Disclosure() | settings_model.Trends() | settings_model.Pooling():
            return [words.escape(line) for line in _numbers(known, thing)]
        case _:
            return _of_review(thing)


def _of_review(thing: reference_entries.Thing) -> list[str]:
    match thing:
        case review_model.ReviewSettings():
            return [words.escape(_reviewing(thing))]
        case review_model.ReviewResults(says=text) | review_model.ReviewBulk(says=text):
            return [words.escape(text)]
        case review_model.ReviewWord(meaning=text):
            return [words.escape(text)]
        case name_model.NameWords():
            return [words.escape(_names(thing))]
        case review_model.Settling(confirms=confirms):
            return [reference_marks.told("Settles the cause as", SETTLED[confirms])]
        case review_model.ReviewReason(for_=use):
            return [reference_marks.told("Offered for", use.replace("_", " "))]
        case _:
            return []


def _names(thing: name_model.NameWords) -> str:
    """What is refused in a note."""
    titles, roles = ", ".join(thing.titles), ", ".join(thing.roles)
    return (
        "A note is refused where a word with a capital letter that is none of medicine's follows "
        f"a title ({titles}) or a role ({roles}): a colleague's name too, whose role is written "
        "instead."
    )


def how_asked(finding: model.Finding) -> str:
    """How a finding is recorded."""
    more = [", with its side" if finding.sided else ""]
    more.append(", with onset and duration" if finding.timed else "")
    more.append(", a follow-up question" if finding.only_if else "")
    return f"present, absent or not asked{''.join(more)}"


def _measured(measure: model.Measurement) -> list[str]:
    where = "" if measure.sides is model.Sides.NONE else f", each {measure.sides}"
    limits = f"{measure.low:,} to {measure.high:,} with at most {measure.decimals} decimals"
    return [
        reference_marks.told("Unit", f"{measure.unit}{where}"),
        reference_marks.told("Reference", measure.reference or "none given here"),
        reference_marks.told("Accepted", f"{limits}; anything outside is refused as impossible"),
    ]


def _numbers(
    known: knowledge.Knowledge,
    thing: settings_model.Disclosure | settings_model.Trends | settings_model.Pooling,
) -> tuple[str, ...]:
    match thing:
        case settings_model.Disclosure():
            return (_hiding(thing),)
        case settings_model.Trends():
            return (_limits(thing),)
        case settings_model.Pooling():
            return pooled_words.rules(known)


def _hiding(small: settings_model.Disclosure) -> str:
    return (
        f"Counts of 1 to {small.floor - 1} are hidden, all others rounded to {small.base}. "
        f"A cause with fewer than {small.fewest_to_break_down} records is not shown by finding."
    )


def _limits(trends: settings_model.Trends) -> str:
    return (
        f"Limits lie {trends.xmr_factor} mean moving ranges from the mean; moving ranges above "
        f"{trends.screen_factor} times their mean are left out of it. Signals: a point outside; "
        f"{trends.run} on one side; {trends.trend} rising or falling; {trends.near_points} of "
        f"{trends.near_of} near a limit. Fewer than {trends.trial_points} points: trial limits."
    )


def _reviewing(chosen: review_model.ReviewSettings) -> str:
    first = "The clinician's view is asked for before the tool's order opens."
    asked = (*chosen.second_reviewer_urgencies, *chosen.second_reviewer_certainties)
    second = ", ".join(one.replace("_", " ") for one in asked) or "no record"
    again = f"One in {chosen.second_look_one_in} signed records is drawn for a blind second look."
    return (
        f"{first if chosen.first_view else ''} A second reviewer signs: {second}. {again}".strip()
    )


def _difference(difference: model.Difference) -> list[str]:
    return [
        reference_marks.told("The article says", difference.article_says),
        reference_marks.told("The problem", difference.problem),
        reference_marks.told("Shown instead, from guidance", difference.shown_instead),
    ]


def _masks(known: knowledge.Knowledge, entry: Entry) -> list[str]:
    masked = labels(known, entry.names) if entry.kind is Kind.MASKING else ""
    return [reference_marks.told("A negative not to be trusted then", masked)] if masked else []


def labels(known: knowledge.Knowledge, ids: Iterable[str]) -> str:
    """Entries by their words, each once."""
    found = [entry for name in ids for entry in reference_index.find(known, name)[:1]]
    return "; ".join(dict.fromkeys(entry.title for entry in found))
