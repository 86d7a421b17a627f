"""What each trend measures is written down, whole, and its review is not overdue in silence."""

import datetime
import shutil
from pathlib import Path

import pytest

from circulation import errors
from circulation.trending import indicators
from circulation.trending.process_limits import Better

SHIPPED = Path(__file__).parents[1] / "data" / "indicators"
KNOWN = indicators.load(SHIPPED)


def test_the_shipped_indicators_are_those_of_the_page_and_neutral() -> None:
    assert [(entry.id, entry.better) for entry in KNOWN.entries] == [
        ("intake", Better.NEUTRAL),
        ("same_day_share", Better.NEUTRAL),
        ("suspected_cause", Better.NEUTRAL),
    ]


@pytest.mark.parametrize("entry", KNOWN.entries, ids=lambda entry: entry.id)
def test_every_indicator_says_why_it_matters_and_who_answers_for_it(
    entry: indicators.Indicator,
) -> None:
    assert entry.why_it_matters.endswith(".")
    assert all((entry.label, entry.numerator, entry.owner, entry.reviewed_by, entry.version))


def test_an_indicator_is_overdue_from_the_day_after_its_review() -> None:
    entry = KNOWN.of("intake")
    day = datetime.timedelta(days=1)
    assert not entry.overdue(entry.review_due - day)
    assert not entry.overdue(entry.review_due)
    assert entry.overdue(entry.review_due + day)


def test_an_unknown_indicator_is_refused_by_name() -> None:
    with pytest.raises(errors.DashboardError, match="there is no indicator 'waiting'"):
        KNOWN.of("waiting")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('label = "Intake"\n', "", "key 'label' is missing in intake"),
        ('label = "Intake"', 'lable = "Intake"', "line 2: unknown key 'lable' in intake"),
        ('label = "Intake"', 'label = "Intake"\ngoal = 9', "unknown key 'goal' in intake"),
        ('better = "neutral"', 'better = "more"', "key 'better' of intake has the wrong type"),
        ("2027-05-22", '"2027-05-22"', "key 'review_due' of intake has the wrong type"),
        ('["MDC", "ASSUMPTION"]', '["MDC", 7]', "key 'sources' of intake has the wrong type"),
        ('["MDC", "ASSUMPTION"]', "[]", "key 'sources' is empty"),
        ('id = "intake"', 'id = "volume"', "the file must be called after it"),
        ('id = "intake"', 'id = "intake"\nid = "intake"', "cannot be read as TOML"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_key(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "indicators")
    file = folder / "intake.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(errors.DashboardError) as refused:
        indicators.load(folder)
    assert fault in str(refused.value)


def test_the_table_of_false_alarms_must_be_there_and_whole(tmp_path: Path) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "indicators")
    table = folder / indicators.FALSE_ALARMS
    table.write_text(table.read_text() + "\n[[line]]\n")
    with pytest.raises(errors.DashboardError, match="unknown key 'line'"):
        indicators.load(folder)
    table.unlink()
    with pytest.raises(errors.DashboardError, match="the file is missing"):
        indicators.load(folder)
