"""The living page of the face shows every component there is."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INCLUDED = re.compile(r'{%\s*include "([^"]+)"')


def shown_by(name: str, seen: set[str]) -> set[str]:
    """Return the templates that `name` includes, directly and through others."""
    for other in INCLUDED.findall((TEMPLATES / name).read_text(encoding="utf-8")):
        if other not in seen:
            seen.add(other)
            shown_by(other, seen)
    return seen


def test_styleguide_shows_every_component() -> None:
    kept = {f"_components/{path.name}" for path in (TEMPLATES / "_components").glob("*.html")}
    shown = shown_by("styleguide.html", set()) | shown_by("base.html", set())
    assert kept - shown == set()


def test_styleguide_renders_while_debugging_and_is_closed_otherwise(
    client: Client, db: None, settings
) -> None:  # type: ignore[no-untyped-def]
    assert client.get(reverse("portal:styleguide")).status_code == 404
    settings.DEBUG = True
    answer = client.get(reverse("portal:styleguide"))
    assert answer.status_code == 200
    for mark in ("tour-steps", "paper-head", "signature-line", "data-print", 'name="scan"'):
        assert mark in answer.content.decode()
