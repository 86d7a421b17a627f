"""Scores with their answers for tests: the shipped score, answers as words."""

from collections.abc import Mapping

import makers
from circulation.judgement import scores
from circulation.knowledge_base.score_model import Score
from circulation.scoring.score_result import Result

TEXTS = {True: "yes", False: "no", None: ""}


def score(name: str) -> Score:
    """A score as it is shipped."""
    return makers.knowledge().score[name]


def texts(answers: Mapping[str, object]) -> dict[str, str]:
    """Answers as they are entered: True is yes, None is left blank."""
    return {
        name: TEXTS[answer] if answer is None or isinstance(answer, bool) else str(answer)
        for name, answer in answers.items()
    }


def result(name: str, **answers: object) -> Result:
    """The result of some answers; those left out are not known."""
    return scores.from_values(score(name), texts(answers))


def band(name: str, **answers: object) -> str | None:
    """The band of some answers, None where there is none."""
    found = result(name, **answers)
    return found.band.id if found.band else None


def missing(found: Result) -> list[str]:
    """The names of the missing answers."""
    return [item.name for item in found.missing]
