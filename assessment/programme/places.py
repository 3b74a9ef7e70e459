"""Whose programme a page is about: the county's current one, or the one that is being set up."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme

STEPS = (
    ("programme-draft", _("Rule pack and year")),
    ("programme-draft-rules", _("Rules")),
    ("programme-draft-waves", _("Waves and schools")),
    ("programme-draft-calendar", _("Calendar")),
    ("programme-draft-check", _("Check and begin")),
)


@dataclass(frozen=True)
class SetUpStep:
    """One step of setting up, as the row of steps shows it."""

    number: int
    label: str | Promise
    url: str
    is_current: bool


def address(request: HttpRequest, name: str, *args: int) -> str:
    """Return one of this stage's addresses at the place of the request."""
    places = [request.county.slug, *([request.school.slug] if request.school else [])]
    return reverse(f"assessment:{name}", args=[*places, *args])


def current_or_404(request: HttpRequest) -> Programme:
    rows = Programme.objects.select_related("county", "catalogue")
    return get_object_or_404(rows, county=request.county, is_current=True)


def draft_or_404(request: HttpRequest) -> Programme:
    rows = Programme.objects.select_related("county", "catalogue")
    return get_object_or_404(rows, county=request.county, is_draft=True)


def set_up_steps(request: HttpRequest, current: str) -> list[SetUpStep]:
    """Return the five steps with the one that is open now."""
    return [
        SetUpStep(number, label, address(request, name), name == current)
        for number, (name, label) in enumerate(STEPS, start=1)
    ]
