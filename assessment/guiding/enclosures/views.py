"""Giving enclosures out to those who may read what they lie with."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from assessment.guiding.enclosures.queries import enclosures_at, enclosures_of_county, enclosures_of_trainer
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give


@allow(Permission.SEE_COUNTY)
@require_GET
def county_guidance_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of any visit, inspection, minutes or circular of the county."""
    return give(request, get_object_or_404(enclosures_of_county(), pk=pk).file)


@allow(Permission.SEE_SCHOOL)
@require_GET
def school_guidance_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of a visit, an inspection or minutes of the school."""
    return give(request, get_object_or_404(enclosures_at(request.school), pk=pk).file)


@allow(Permission.GUIDE_SCHOOLS)
@require_GET
def guidance_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of one's own visit."""
    return give(request, get_object_or_404(enclosures_of_trainer(request.actor.person), pk=pk).file)
