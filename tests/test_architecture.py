"""The walls of the house: who imports whom, who owns the clock and the memory, how long code is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DASHBOARD = Path(__file__).parents[1] / "dashboard"
README = DASHBOARD.parent / "README.md"
FILES = sorted(DASHBOARD.rglob("*.py"))
NAMES = [str(file.relative_to(DASHBOARD)) for file in FILES]
CHANCE_AND_CLOCK = {"random", "secrets", "time", "uuid"}
FORBIDDEN = {  # what each floor may not import: the floors above it, and what it must not know
    "circulation": {"streamlit", "plotly", "ui", "views", "commands", "navigation", "app", "manage"}
    | CHANCE_AND_CLOCK,
    "ui": {"views", "commands", "navigation", "app", "manage"},
    "views": {"views", "commands", "navigation", "app", "manage"},
    "navigation.py": {"commands", "app", "manage"},
    "commands": {"streamlit", "plotly", "ui", "views", "navigation", "app", "manage"},
    "manage.py": {"streamlit", "ui", "views", "navigation", "app"},
}
OWNERS = {  # names that only some files may use
    ".session_state": {"ui/session.py"},
    ".query_params": {"ui/address.py"},
    ".cache_resource": {"ui/shared_data.py"},
    ".cache_data": set(),
    ".environ": {"ui/shared_data.py", "app.py", "manage.py"},
    ".getenv()": set(),
    ".now()": {"ui/session.py", "manage.py"},
    ".today()": {"ui/session.py", "manage.py"},
    ".utcnow()": set(),
    ".time()": {"ui/session.py", "manage.py"},
    ".html()": {"ui/frame.py"},
    "unsafe_allow_html=": set(),
    "print()": {"manage.py", *(f"commands/{name}.py" for name in ("files", "judging", "keeping"))},
}
SUPPRESSED = re.compile(r"# type: ignore|# noqa|except (Base)?Exception|suppress\(")  # a check
REASON = re.compile(r"# (?!type: ignore|noqa)[^#]+$")
PUBLISHED, FIGURES = "circulation.counting.published", {"Count", "Cell", "Month", "Release"}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def tree(name: str) -> ast.Module:
    return ast.parse((DASHBOARD / name).read_text("utf-8"))


def imported(name: str) -> Iterator[str]:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively"
            yield node.module or ""


def used(name: str) -> Iterator[str]:
    """What a file uses: `.attribute`, `.method()`, `function()` and `argument=`."""
    for node in ast.walk(tree(name)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="session"))):
                continue  # asking the owner is the way to have it
            case ast.Call(func=ast.Attribute(attr=method)):
                yield f".{method}()"
            case ast.Call(func=ast.Name(id=function)):
                yield f"{function}()"
            case ast.Attribute(attr=attribute):
                yield f".{attribute}"
            case ast.keyword(arg=str(argument)):
                yield f"{argument}="


@pytest.mark.parametrize("name", NAMES)
def test_imports_go_downwards_only(name: str) -> None:
    forbidden = FORBIDDEN.get(Path(name).parts[0], set())
    assert {module.partition(".")[0] for module in imported(name)} & forbidden == set()


def test_each_room_imports_only_from_rooms_that_the_readme_lists_before_it() -> None:
    rooms = re.findall(r"^\| `\.\.\./(\w+)/`", README.read_text("utf-8"), re.MULTILINE)
    above: set[str] = set()
    for room in rooms:
        files = [name for name in NAMES if name.startswith(f"circulation/{room}/")]
        parts = [module.split(".") for name in files for module in imported(name)]
        asked = {part[1] for part in parts if part[0] == "circulation" and len(part) > 1}
        assert asked & set(rooms) <= {*above, room}, room
        above.add(room)


def test_figures_that_readers_see_are_made_in_one_file_only() -> None:
    published = {name for name in NAMES if made(name) & FIGURES}
    assert published == {"circulation/counting/disclosure.py"}


def made(name: str) -> set[str]:
    """The classes of counting/published.py that a file makes values of."""
    nodes = list(ast.walk(tree(name)))
    own = {
        alias.asname or alias.name: alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == PUBLISHED
        for alias in node.names
    }
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    named = {own[call.id] for call in calls if isinstance(call, ast.Name) and call.id in own}
    return named | {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and ast.unparse(call.value) == "published"
    }


def test_charts_know_no_screen() -> None:
    charts = [name for name in NAMES if name.startswith("ui/") and "chart" in name]
    for name in charts:
        assert "streamlit" not in {module.partition(".")[0] for module in imported(name)}, name


@pytest.mark.parametrize("name", NAMES)
def test_each_owned_name_stays_with_its_owner(name: str) -> None:
    taken = {word for word in used(name) if word in OWNERS and name not in OWNERS[word]}
    assert taken == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_its_one_job_first_and_stays_short(name: str) -> None:
    text = (DASHBOARD / name).read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "the first line must say the file's one job"
    assert len(text.splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_short(name: str) -> None:
    functions = [n for n in ast.walk(tree(name)) if isinstance(n, FUNCTIONS)]
    lengths = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_whatever_is_suppressed_has_its_reason_on_its_line() -> None:
    lines = [
        (file.name, line)
        for file in [*FILES, *Path(__file__).parent.rglob("*.py")]
        for line in file.read_text("utf-8").splitlines()
    ]
    assert [one for one in lines if SUPPRESSED.search(one[1]) and not REASON.search(one[1])] == []


def test_the_documents_name_every_room_and_no_file_that_is_not_there() -> None:
    home = DASHBOARD.parent
    readme = README.read_text("utf-8")
    rooms = {file.parent.name for file in (DASHBOARD / "circulation").glob("*/*.py")}
    assert {room for room in rooms if f"`.../{room}/`" not in readme} == set()
    folders = (home / name for name in ("dashboard", "data", "docs", "tests"))
    here = [str(README), *(str(file) for folder in folders for file in folder.rglob("*.*"))]
    said = readme + "".join(file.read_text("utf-8") for file in (home / "docs").glob("*.md"))
    named = set(re.findall(r"[\w/]+\.(?:py|js|css|toml|md)\b", said))
    named = {f"/{name.lstrip('/')}" for name in named}
    assert {name for name in named if not any(one.endswith(name) for one in here)} == set()


def test_nothing_beside_the_doors_lies_in_the_entrance() -> None:
    doors = {"app.py", "navigation.py", "manage.py"}
    assert {file.name for file in DASHBOARD.glob("*.py")} <= doors
    assert not list(DASHBOARD.rglob("__init__.py")), "the packages are plain folders"
