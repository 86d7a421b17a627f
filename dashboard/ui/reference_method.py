"""The sections of the Reference page that explain: how suggestions come about, what words mean."""

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reference.reference_entries import Kind
from ui import reference_panels, reference_sections, words

METHOD = """
### From answers to a level

Each cause is judged by itself, by rules that are written down; causes can stand together. A rule
is a condition with an id, a version, a source and a level. Of the rules that hold, the highest
level counts. A cap holds a level down to at most its own. It never holds down findings that are
urgent, and a cap that was not asked holds nothing down.

### Three states

Every question is present, absent or not asked. Not asked is never a no: where a missing answer
could change the result, the result is open. An “and” with a no in it is a no, and an “or” with a
yes in it is a yes, whatever was not asked; otherwise one answer not asked leaves the whole open.
“Unless” takes something back only when the exception is recorded. Of a number taken on both
sides, the sides that were measured count.

### The band

Beside the level stands how far it could go: from what holds whatever the missing answers are, to
what could still hold. The band shrinks as answers arrive.

### An order, not a likelihood

Levels are an order from weak to strong. They are no percentage and no probability, and two causes
at one level are not equally likely. Published ratios are quoted with their population, beside the
doubt; they come from different people, depend on each other, and are neither added up nor
multiplied.

### When a negative does not reassure

Some facts hide others: lost sensation hides pain, stiff arteries lift the index. Such a masking
fact is shown where the negative is shown.

### Scores

A score is worked out as its published version says, and named with it. With answers missing it has
no result but the range that is still possible; a band is given only when the whole range lies in
it. Where a score is not valid it is closed, with the reason. A rule that merely counts the items of
a score says so.

### Urgency

A record is as urgent as its most urgent red flag; without one it is routine. A level does not
change the urgency by itself.

### Results typed in a review

A result typed in a review counts on the record and the list as the same answer at intake would:
for levels, reasons, scores, red flags, advice and the tests called for. The page says which answer
came from where, and the level before. A red flag that the intake raised stays until sign-off, also
where a result would lower it. Correcting the result takes its effect back. Figures over many
records, trends and exports are made of the intake alone.

### Tests called for

A test is called for when one of its reasons holds. A test of the clinic's article is called for
also when one under it is. The reason stands beside the test.

### Confirmed

A cause counts as confirmed where it was recorded so, or where the measurement named with the
cause says so.
"""
TERMS = (
    ("Present, absent, not asked", "The three states of an answer. Not asked is not a no."),
    ("Suspected at intake", "A cause written down by the person who took the intake."),
    (
        "Supported by findings",
        "At or above the level “Supported” by the rules; in figures by the intake alone.",
    ),
    ("Confirmed", "Recorded as confirmed, or shown by the measurement named with the cause."),
    ("Speaks for, speaks against", "A finding shown for or against a cause; it grants no level."),
    ("Rule", "A condition that grants a level to a cause when it holds."),
    ("Cap", "A condition that holds a level down to at most its own."),
    ("Masking fact", "A fact that makes a negative answer untrustworthy."),
    ("Red flag", "Findings that published guidance treats as urgent."),
    ("Stop-sign", "What must not be there before a measure or treatment is used."),
    ("Called for", "A reason of a test holds; the test is to be considered."),
    ("Doubt", "Conflicting, unverified or read in a copy: to be confirmed by a clinician."),
    ("Lowest, highest", "Over the sides that were measured."),
)


def method(known: knowledge.Knowledge) -> None:
    """How a level, a band, an urgency and a checklist come about."""
    st.header("How suggestions come about", anchor=False)
    with st.grid(2, min_column_width=400, gap=("small", "large")):
        for part in METHOD.split("\n### ")[1:]:
            st.markdown(f"### {part}", anchors=False)
    st.subheader("Numbers that hold everywhere", anchor=False)
    reference_panels.cards(known, reference_sections.of_kind(known, Kind.SETTING))
    st.subheader("What a review chooses from", anchor=False)
    reference_panels.cards(known, reference_sections.of_kind(known, Kind.REVIEW_WORD))


def glossary(known: knowledge.Knowledge) -> None:
    """The levels, the urgencies and the other words of the pages."""
    st.header("What the words mean", anchor=False)
    st.subheader("Levels, from weak to strong", anchor=False)
    reference_panels.cards(known, reference_sections.of_kind(known, Kind.LEVEL))
    st.subheader("Urgencies", anchor=False)
    reference_panels.cards(known, reference_sections.of_kind(known, Kind.URGENCY))
    st.subheader("Other words", anchor=False)
    listed = [f"- **{words.escape(term)}**: {words.escape(text)}" for term, text in TERMS]
    st.markdown("\n".join(listed))
