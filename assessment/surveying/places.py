"""Where a survey is run: at the county's address or a school's, by those who run it there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.surveying.actions import holds_surveys
from assessment.surveying.models import Question, Questionnaire
from assessment.surveying.queries import held_by, readable_at


def programme_here(request: HttpRequest) -> Programme | None:
    """Return the county's programme; a school's surveys are open to those of the school alone.

    The county reads all schools together; the finer breakdowns of one school beside those would tell of single people.
    """
    programme = current_programme(request.county)
    if programme and not holds_surveys(request.actor, programme, request.school):
        raise PermissionDenied(_("The school's surveys are the school's own."))
    return programme


def required_programme(request: HttpRequest) -> Programme:
    """Return the programme, else 404."""
    programme = programme_here(request)
    if programme is None:
        raise Http404
    return programme


def readable(request: HttpRequest, pk: int) -> Questionnaire:
    """Return a survey that is read at this place, else 404."""
    return get_object_or_404(readable_at(required_programme(request), request.school), pk=pk)


def held(request: HttpRequest, pk: int) -> Questionnaire:
    """Return a survey of this very place, else 404."""
    return get_object_or_404(held_by(required_programme(request), request.school), pk=pk)


def held_question(request: HttpRequest, pk: int, question: int) -> Question:
    """Return a question of a survey of this place, else 404."""
    survey = held(request, pk)
    return get_object_or_404(
        Question.objects.select_related("questionnaire"), pk=question, questionnaire=survey
    )


def base_of(request: HttpRequest) -> str:
    """Return the address below which the surveys of this place stand."""
    if request.school:
        return reverse("assessment:school-surveys", args=[request.county.slug, request.school.slug])
    return reverse("assessment:county-surveys", args=[request.county.slug])


def address_of(request: HttpRequest, survey: Questionnaire, below: str = "") -> str:
    return f"{base_of(request)}{survey.pk}/{below}"
