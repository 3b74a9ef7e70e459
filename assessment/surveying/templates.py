"""Questionnaires to start from, as data: read from `fixtures/surveys/`, Chinese with English beside it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings

from assessment.surveying.models import Question
from assessment.surveying.terms import Kind
from microcapabilities.languages import in_active_language

FOLDER = settings.BASE_DIR / "fixtures" / "surveys"
NAMES = ("self-assessment", "needs")


@cache
def template(name: str) -> Mapping[str, Any]:
    """Return the template called `name`; raises KeyError for one that is not shipped."""
    if name not in NAMES:
        raise KeyError(name)
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def templates() -> list[tuple[str, str]]:
    """Return name and title of every template, in the active language."""
    found = [(name, template(name)) for name in NAMES]
    return [(name, in_active_language(data["title"], data["title_en"])) for name, data in found]


def questions_of(name: str) -> list[Question]:
    """Return the template's questions, numbered, not saved and of no questionnaire yet."""
    return [
        Question(
            position=position,
            kind=Kind(row["kind"]),
            text=row["text"],
            text_en=row.get("text_en", ""),
            help=row.get("help", ""),
            help_en=row.get("help_en", ""),
            options=row.get("options", []),
            options_en=row.get("options_en", []),
            is_required=row.get("is_required", True),
            strand=row.get("strand", ""),
            dimension=row.get("dimension", ""),
        )
        for position, row in enumerate(template(name)["questions"], start=1)
    ]
