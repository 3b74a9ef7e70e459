"""The house itself: rooms and their order, proportions, one engine, languages, README."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField

from assessment.checks import stateful_models, workflows_without_model
from assessment.diagram import refreshed
from assessment.management.commands.workflow_diagram import IN_README
from assessment.workflow import WORKFLOWS

ROOT = Path(settings.BASE_DIR)
ROOMS = ("schools", "microcapabilities", "assessment", "certificates", "portal")
STAGES = (
    "workflow",
    "events",
    "programme",
    "planning",
    "selecting",
    "training",
    "surveying",
    "guiding",
    "submitting",
    "reviewing",
    "checking",
    "reminding",
    "reporting",
)
MOST_LINES, MOST_FUNCTION_LINES = 300, 40


def sources(*, tests: bool = True) -> Iterator[Path]:
    """Yield our own Python files, migrations left out."""
    folders = (*ROOMS, "tests") if tests else ROOMS
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_point_down() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_foreign_keys_point_down() -> None:
    upward = []
    for model in apps.get_models():
        here = model._meta.app_label
        if here not in ROOMS:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | ManyToManyField):
                continue
            there = field.related_model._meta.app_label
            if there in ROOMS and ROOMS.index(there) > ROOMS.index(here):
                upward.append(f"{model.__name__}.{field.name}")
            if here == there == "assessment" and stage_of(field.related_model) > stage_of(model):
                upward.append(f"{model.__name__}.{field.name}")
    assert upward == []


def stage_of(model: type) -> int:
    return STAGES.index(model.__module__.split(".")[1])


def test_files_and_functions_keep_their_proportions() -> None:
    too_long = []
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > MOST_LINES:
            too_long.append(f"{place_of(path)}: {len(text.splitlines())} lines")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES:
                too_long.append(f"{place_of(path)}:{node.name}: {node.end_lineno - node.lineno + 1} lines")
    assert too_long == []


def test_modules_say_what_lives_there() -> None:
    silent = [
        place_of(path)
        for path in sources()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_functions_are_annotated() -> None:
    bare = [
        f"{place_of(path)}:{node.name}"
        for path in sources(tests=False)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and node.returns is None
        and "no-untyped-def" not in line_of(path, node)
    ]
    assert bare == []


def line_of(path: Path, node: ast.FunctionDef) -> str:
    return path.read_text(encoding="utf-8").splitlines()[node.lineno - 1]


def test_only_the_engine_assigns_a_state() -> None:
    assigns = re.compile(r"(\.state\s*=[^=])|(update\([^)]*\bstate=)|(setattr\([^)]*[\"']state[\"'])")
    found = [
        f"{place_of(path)}: {line.strip()}"
        for path in sources(tests=False)
        if place_of(path) != "assessment/workflow.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if assigns.search(line)
    ]
    assert found == []


def test_heavy_libraries_load_late() -> None:
    script = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "heavy = {'av', 'datasketch', 'docx', 'imagehash', 'pikepdf', 'pptx', 'pypdfium2', 'scipy', 'weasyprint'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_every_state_has_an_owner_label_and_face() -> None:
    assert workflows_without_model() == set()
    assert {model.workflow.name for model in stateful_models()} == set(WORKFLOWS)
    for workflow in WORKFLOWS.values():
        assert set(workflow.faces) == set(workflow.states.values)
        for step in workflow.steps.values():
            assert set(step.sources) <= set(workflow.states.values)


def test_readme_shows_the_tables_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert refreshed(readme, IN_README) == readme


def test_unscoped_work_stands_in_counted_places() -> None:
    allowed = {
        "assessment/checking/tasks.py",
        "assessment/reporting/county_boards.py",
        "assessment/reviewing/tasks.py",
        "assessment/submitting/likeness/asking.py",
        "certificates/tasks.py",
        "certificates/verification.py",
        "portal/demo/county.py",
        "portal/management/commands/check_invariants.py",
        "portal/navigation.py",
        "schools/access/actor.py",
        "schools/access/granting.py",
        "schools/access/middleware.py",
        "schools/files/cleaning/asking.py",
        "schools/files/cleaning/running.py",
        "schools/files/previews/asking.py",
        "schools/files/previews/running.py",
        "schools/jobs/queueing.py",
        "schools/jobs/running.py",
        "schools/people/actions.py",
    }
    found = {
        place_of(path)
        for path in sources(tests=False)
        if "scopes_disabled()" in path.read_text(encoding="utf-8")
    }
    assert found - allowed == set()


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_chinese_is_complete() -> None:
    path = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    result = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", path], capture_output=True, text=True, check=True
    )
    assert re.sub(r"^\d+ translated messages?\.\s*$", "", result.stderr) == ""


def test_chinese_is_collected(tmp_path: Path) -> None:
    """Every source string of Python and templates stands in the Chinese file."""
    if not (ROOT / "locale").exists():
        pytest.fail("There is no locale folder.")
    known = (ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    ids = set(re.findall(r'^msgid "(.+)"$', known, re.MULTILINE))
    used = set()
    for path in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'{%\s*trans(?:late)? "([^"]+)"', path.read_text(encoding="utf-8")))
    assert {text for text in used if text.replace('"', '\\"') not in ids} == set()
