"""What each kind of filing asks for, the sentences about what is missing, and two versions compared."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from assessment.planning.comparing import Compared, Piece, compared, pieces
from assessment.planning.content import lacks, shaped
from assessment.planning.kinds import KINDS, PLAN, SCHEME, TOPIC, TRAINING
from assessment.planning.models import FilingKind

START, END = date(2026, 3, 1), date(2026, 12, 31)
GOAL = {
    "what": "Data lessons",
    "baseline": "30 %",
    "target": "60 %",
    "measure": "lessons",
    "date": "2026-06-30",
}
WHOLE = {"problem": "Quiet", "basis": "Tablets", "goals": [GOAL], "measures": "An hour a week"}
SCHEME_SAID = {
    "focus": ["A1"], "themes": "Data", "steps": [{"what": "Choose", "date": "2026-05-01", "who": "Heads"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def plan_lacks(**changed: object) -> list[str]:
    return lacks(PLAN, shaped(PLAN, {**WHOLE, **changed}), START, END)


def test_every_kind_is_described() -> None:
    assert set(KINDS) == set(FilingKind.values)
    assert len({kind.letter for kind in KINDS.values()}) == len(KINDS)


def test_whole_plan_lacks_nothing() -> None:
    assert plan_lacks() == []


def test_goal_without_a_measure_is_named_with_what_is_missing() -> None:
    second = {"what": "More talk", "baseline": "1", "target": "2"}
    assert plan_lacks(goals=[GOAL, second]) == ["Goals, no. 2 “More talk”: Measure, Date are missing."]
    alone = {key: value for key, value in GOAL.items() if key != "measure"}
    assert plan_lacks(goals=[alone]) == ["Goals, no. 1 “Data lessons”: Measure is missing."]


@pytest.mark.parametrize("day", ["2025-02-28", "2029-12-31", "2026-06-30"])
def test_goals_day_lies_near_the_programme(day: str) -> None:
    found = plan_lacks(goals=[{**GOAL, "date": day}])
    span = "the day 2025-02-28 has to lie from 2025-03-01 to 2029-12-31."
    assert found == ([f"Goals, no. 1 “Data lessons”: {span}"] if day == "2025-02-28" else [])


@pytest.mark.parametrize("day", ["2030-01-01", "soon", "2026-13-01", "0000-00-00"])
def test_goals_day_that_cannot_be_is_refused(day: str) -> None:
    assert len(plan_lacks(goals=[{**GOAL, "date": day}])) == 1


@pytest.mark.parametrize("hours", ["0", "-1", "201", "many", "NaN", "Infinity"])
def test_hours_that_cannot_be_are_refused(hours: str) -> None:
    row = {"what": "Workshop", "when": "2026-05-05", "hours": hours, "who": "Team"}
    found = lacks(TRAINING, shaped(TRAINING, {"aims": "Use data", "activities": [row]}), START, END)
    assert found == [f"Activities, no. 1 “Workshop”: “{hours}” are no hours that can be."]


def test_plan_without_goals_or_problem_says_both() -> None:
    assert plan_lacks(goals=[{}, {"what": " "}], problem=" ") == [
        "“Teaching problems addressed” is still to be written.",
        "“Goals” is still to be written.",
    ]


def test_limit_without_focus_points_is_refused() -> None:
    said = shaped(SCHEME, {**SCHEME_SAID, "is_limited": True})
    assert lacks(SCHEME, said, START, END) == []
    assert len(lacks(SCHEME, {**said, "focus": []}, START, END)) == 2


def test_content_keeps_only_what_the_kind_asks_for() -> None:
    said = shaped(
        TOPIC, {"problem": " Dull ", "points": ["A1"], "sessions": [{}, {"what": "x", "evil": "y"}], "z": 1}
    )
    assert said == {
        "problem": "Dull", "points": ["A1"], "sessions": [{"what": "x", "when": "", "hours": "", "who": ""}],
    }  # fmt: skip


def test_chinese_is_compared_sign_by_sign() -> None:
    assert pieces("每周采集学情一次。", "每周采集学情两次。") == [
        Piece("same", "每周采集学情"), Piece("out", "一"), Piece("in", "两"), Piece("same", "次。"),
    ]  # fmt: skip


def test_latin_words_are_compared_whole_and_sentences_stay() -> None:
    assert pieces("Stays。from 30 to 60", "Stays。from 30 to 65") == [
        Piece("same", "Stays。from 30 to "), Piece("out", "60"), Piece("in", "65"),
    ]  # fmt: skip


def test_unlike_passages_are_shown_whole() -> None:
    assert pieces("课堂安静", "设备老旧") == [Piece("out", "课堂安静"), Piece("in", "设备老旧")]
    assert (pieces("", ""), pieces("", "新")) == ([], [Piece("in", "新")])


def test_very_long_passages_are_compared_without_waiting() -> None:
    old, new = "学情数据" * 1500, "数据学情" * 1500
    assert [piece.change for piece in pieces(old, new)] == ["out", "in"]


def test_new_row_leaves_the_others_unchanged() -> None:
    new = {**WHOLE, "goals": [{**GOAL, "what": "First"}, GOAL]}
    fields = {field.anchor: field for field in compared(PLAN, shaped(PLAN, WHOLE), shaped(PLAN, new))}
    assert [field.anchor for field in fields.values() if field.is_changed] == ["goals"]
    assert [[piece.change for piece in line] for line in fields["goals"].lines] == [["in"], ["same"]]


def test_field_that_says_the_same_is_unchanged() -> None:
    said = shaped(SCHEME, SCHEME_SAID)
    assert [field for field in compared(SCHEME, said, said) if field.is_changed] == []
    limited = compared(SCHEME, said, {**said, "is_limited": True})
    changed = [field for field in limited if field.is_changed]
    assert changed == [
        Compared(
            "is_limited", SCHEME.fields[1].label, [[Piece("out", "no"), Piece("in", "yes")]], []
        )
    ]  # fmt: skip
