"""`manage.py import_roster` tells what a file would do, writes it when asked, and exits 1 at any refusal."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from schools.people.models import Person
from schools.roster.models import RosterImport
from tests.cast import World
from tests.schools.roster_files import HEADINGS, saved, teacher, teachers, xlsx

EAST = "东风小学"


def told(path: Path, *options: str) -> tuple[dict[str, Any], int]:
    """Run the command for county Alpha; returns what it printed and its exit code."""
    out, code = StringIO(), 0
    try:
        with translation.override("en"):
            call_command("import_roster", str(path), "--county", "alpha", "--json", *options, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(out.getvalue()), code


def test_command_writes_nothing_without_commit(in_alpha: World, tmp_path: Path) -> None:
    before = Person.objects.count()
    answer, code = told(saved(tmp_path, xlsx(teachers(3, EAST))))
    assert (answer, code) == (
        {
            "added": 3,
            "changed": 0,
            "transferred": 0,
            "unchanged": 0,
            "refused": 0,
            "committed": False,
            "ignored_columns": [],
            "refusals": [],
        },
        0,
    )
    assert (Person.objects.count(), RosterImport.objects.count()) == (before, 0)


def test_command_writes_when_told_to_commit(in_alpha: World, tmp_path: Path) -> None:
    path = saved(tmp_path, xlsx(teachers(3, EAST)))
    answer, code = told(path, "--commit")
    assert (answer["added"], answer["committed"], code) == (3, True, 0)
    kept = RosterImport.objects.get()
    assert (kept.committed_by.username, kept.committed_by.is_active) == ("command-line", False)
    assert told(path, "--commit", "--school", "east")[0]["unchanged"] == 3


def test_command_names_who_answers_for_it(in_alpha: World, tmp_path: Path) -> None:
    user = in_alpha.alpha["county-office"].user
    told(saved(tmp_path, xlsx(teachers(1, EAST))), "--commit", "--by", user.username)
    assert RosterImport.objects.get().committed_by == user


def test_command_exits_1_when_a_row_is_refused(in_alpha: World, tmp_path: Path) -> None:
    before = Person.objects.count()
    rows = [HEADINGS, teacher(1, EAST), teacher(2, EAST, 身份证号=3.4e17)]
    answer, code = told(saved(tmp_path, xlsx(rows)), "--commit")
    assert code == 1
    assert (answer["added"], answer["refused"], answer["committed"]) == (1, 1, False)
    assert answer["refusals"] == [
        {
            "sheet": "教师",
            "cell": "B3",
            "code": "numeric-id",
            "sentence": "Cell B3 holds a number. Excel has lost its last digits: "
            "format the column as text and enter the identity number again.",
        }
    ]
    assert Person.objects.count() == before


def test_command_exits_1_when_the_file_is_no_roster(in_alpha: World, tmp_path: Path) -> None:
    answer, code = told(saved(tmp_path, b"%PDF-1.7"), "--commit")
    assert (answer["refused"], code) == (1, 1)
    assert [(one["cell"], one["code"]) for one in answer["refusals"]] == [("", "not-a-table")]


def test_command_prints_lines_when_json_is_not_asked_for(in_alpha: World, tmp_path: Path) -> None:
    path, out = saved(tmp_path, xlsx([HEADINGS, teacher(1, EAST, 手机="1")])), StringIO()
    with pytest.raises(SystemExit), translation.override("en"):
        call_command("import_roster", str(path), "--county", "alpha", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[:5] == ["added: 0", "changed: 0", "transferred: 0", "unchanged: 0", "refused: 1"]
    assert lines[5].startswith("教师!F2 bad-phone: Cell F2 holds no mobile number.")


@pytest.mark.parametrize(
    "options",
    [
        ("--county", "gamma"),
        ("--county", "alpha", "--school", "south"),
        ("--county", "alpha", "--by", "nobody"),
    ],
)
def test_command_refuses_unknown_places_and_people(
    in_alpha: World, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = saved(tmp_path, xlsx(teachers(1, EAST)))
    with pytest.raises(CommandError):
        call_command("import_roster", str(path), *options)


def test_command_refuses_a_path_without_file(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_roster", str(tmp_path / "none.xlsx"), "--county", "alpha")
