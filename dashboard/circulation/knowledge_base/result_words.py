"""What the result of a test is called: one that is not abnormal is not called more than it is."""

from circulation.knowledge_base import knowledge

IN_RANGE, NOTHING_ABNORMAL = "within its range", "nothing abnormal"


def of(test: str, code: str, known: knowledge.Knowledge) -> str:
    """A code of `columns.RESULTS` in words; only a test with a number has a range."""
    if code != "normal":
        return code.replace("_", " ")
    numbered = any(measure.test == test for measure in known.measurements)
    return IN_RANGE if numbered else NOTHING_ABNORMAL


def of_column(name: str, code: str, known: knowledge.Knowledge) -> str:
    """The same by the name of the column of a record, '' where that is no test's result."""
    test = name.removeprefix("test_").removesuffix("_result")
    return of(test, code, known) if name == f"test_{test}_result" else ""
