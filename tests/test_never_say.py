"""No page and no entry of the knowledge says what a patient has, or calls one result a verdict."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import makers
import manage
import pages
from circulation.records import batches, ternary
from circulation.reviewing.reviews import Field
from ui import spots

ROOT = Path(__file__).parents[1]
CLINICIAN_PAGES = (
    "distribution",
    "symptoms",
    "review",
    "second_look",
    "trends",
    "data",
    "reference",
)
NEVER = re.compile(
    r"\bdiagnos(?:is|es|e|ed|ing)\b|safe to (?:discharge|go home|send home)"
    r"|\bno (?:dvt|pe|pad)\b|(?:%|per ?cent|percent) (?:chance|probability|likelihood)"
    r"|\bnormal\b",
    re.IGNORECASE,
)
ALLOWED = (  # what may hold one of the words, because it takes it back or names something else
    "not a diagnosis",
    "ADA Standards of Care: diagnosis of diabetes",  # title of a source
    "Pain on normal walking and a low index",  # title of a source
)
AROUND = 60
"""How many characters around a hit a failure shows."""


def said(text: str) -> list[str]:
    """Every forbidden word of a text, with what stands around it."""
    plain = re.sub(r"\s+", " ", text.replace("\\", ""))
    for phrase in ALLOWED:
        plain = re.sub(re.escape(phrase), "", plain, flags=re.IGNORECASE)
    return [
        plain[max(0, hit.start() - AROUND) : hit.end() + AROUND] for hit in NEVER.finditer(plain)
    ]


CODES = frozenset({"id", "when", "confirmed_when", "code", "verbs", "not_names"})
"""Keys of what no page prints as it stands: names, conditions, words that a note may hold."""


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """The words of a knowledge file; a test's result among the codes is not one of them."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)
    elif isinstance(value, str) and key not in CODES and not key.endswith("_result"):
        yield value


@pytest.mark.parametrize(
    "file", [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("data/knowledge/**/*.toml"))]
)
def test_no_entry_of_the_knowledge_says_it(file: str) -> None:
    whole = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))
    assert [hit for text in _texts(whole) for hit in said(text)] == []


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    options = ["--records", "300", "--seed", "6", "--last-day", "2026-06-30"]
    assert manage.main(["demo", "--store", str(folder), *options]) == 0
    return folder


@pytest.fixture
def page(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    return pages.new().run()


def _words(message: Message) -> Iterator[str]:
    """Every text of a message to the browser, however deep."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        for part in values:
            if isinstance(part, Message):
                yield from _words(part)
            elif isinstance(part, str):
                yield part


def everything(page: AppTest) -> Iterator[str]:
    """What the page sends: texts, labels, helps, charts, and the cells of its tables."""
    assert not page.exception
    for node in page._tree:
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            yield from _words(proto)
    for table in page.dataframe:
        yield table.value.to_string()


@pytest.mark.parametrize("name", CLINICIAN_PAGES)
def test_no_page_says_it(page: AppTest, name: str) -> None:
    page.switch_page(f"views/{name}.py").run()
    texts = list(everything(page))
    assert sum(map(len, texts)) > 500
    assert [hit for text in texts for hit in said(text)] == []


@pytest.mark.parametrize("place", range(0, 300, 25))
def test_no_record_says_it(page: AppTest, store: Path, place: int) -> None:
    """Neither before nor after the clinician's own view is recorded, which opens the tool's."""
    table = batches.load(store, makers.knowledge())
    record = table.record_id(int(ternary.rows(table.real)[place]))
    page.session_state["desk_record"] = record
    page.switch_page("views/record.py").run()
    assert [hit for text in everything(page) for hit in said(text)] == []
    page.selectbox(key=spots.widget(Field.FIRST_CAUSE, record)).set_value("undecided")
    page.selectbox(key=spots.widget(Field.FIRST_CERTAINTY, record)).set_value("unsure")
    page.button[_labels(page).index("Record my view, open the tool's")].click().run()
    texts = list(everything(page))
    assert any("Measures and treatments" in text for text in texts)
    assert [hit for text in texts for hit in said(text)] == []


def _labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


@pytest.mark.parametrize(
    "text",
    [
        "The diagnosis is arterial disease",
        "Safe to discharge",
        "There is no DVT",
        "An 80 % chance of PAD",
        "80 percent probability",
        "The index is normal",
        "Normal",
    ],
)
def test_the_words_are_found_where_they_stand(text: str) -> None:
    assert len(said(f"Before. {text}. After")) == 1


@pytest.mark.parametrize(
    "text", ["Levels are ordinal and not a diagnosis.", "Diagnostic test checklist", "Abnormal"]
)
def test_words_that_take_it_back_or_mean_something_else_stand(text: str) -> None:
    assert said(text) == []
