"""The surveys of a county or of a school: the list, one survey, beginning, publishing and closing it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.surveying import actions
from assessment.surveying.forms import AnswerForm, NewSurveyForm, QuestionForm, SurveyForm
from assessment.surveying.lists import SHARES, STRAGGLERS, SURVEYS, promise_of, seen_now
from assessment.surveying.models import Questionnaire
from assessment.surveying.places import (
    address_of,
    base_of,
    held,
    programme_here,
    readable,
    required_programme,
)
from assessment.surveying.queries import asked, found_at, questions_of, shares_by_school, stragglers
from assessment.surveying.terms import Standing
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import SHANGHAI, now, today
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import Shown, show

USUAL_DAYS = 14
FIELD_OF_REFUSAL = {"span": "closes_on", "title": "title", "template": "template"}


@allow(Permission.RUN_SURVEYS)
@exports(SURVEYS)
@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey that is read here, and the form that begins another."""
    days = {"opens_on": today(), "closes_on": today() + timedelta(days=USUAL_DAYS)}
    return listed(request, NewSurveyForm(initial=days))


def listed(request: HttpRequest, form: NewSurveyForm, status: int = 200) -> HttpResponse:
    """Show the list with this form."""
    programme = programme_here(request)
    found = found_at(programme, request.school, **asked_filters(request, SURVEYS))
    shown = show(request, SURVEYS, found, seen_now)
    if shown.file:
        return shown.file
    rows = [(row, promise_of(row), row.school_id is None) for row in shown.rows]
    context = {"listed": shown, "rows": rows, "page": shown.page, "form": form, "base": base_of(request),
               "has_programme": programme is not None}  # fmt: skip
    return render(request, "assessment/surveying/surveys.html", context, status=status)


@allow(Permission.RUN_SURVEYS)
@require_POST
def survey_begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft; a refused form comes back with all that was typed."""
    programme = required_programme(request)
    form = NewSurveyForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        name = values.pop("template")
        try:
            made = actions.begin(
                programme=programme, school=request.school, from_template=name, by=request.actor, **values
            )
        except Refused as refusal:
            form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        else:
            messages.success(request, _("Begun. Set the questions, look at the preview, then publish."))
            return redirect(address_of(request, made))
    return listed(request, form, status=422)


@allow(Permission.RUN_SURVEYS)
@exports(SHARES)
@require_GET
def county_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey at the county: its questions while it is a draft, then how many answered at each school."""
    survey = readable(request, pk)
    if survey.published_at is None:
        return draft_page(request, survey)
    shown = show(request, SHARES, shares_by_school(survey))
    return shown.file or published_page(request, survey, shown)


@allow(Permission.RUN_SURVEYS)
@exports(STRAGGLERS)
@require_GET
def school_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey at a school: its questions while it is a draft, then who has not answered, if it has names."""
    survey = readable(request, pk)
    if survey.published_at is None:
        return draft_page(request, survey)
    if survey.is_anonymous:
        return published_page(request, survey, None)
    words = asked_filters(request, STRAGGLERS)["q"]
    shown = show(request, STRAGGLERS, stragglers(survey, request.school, words))
    return shown.file or published_page(request, survey, shown)


def published_page(request: HttpRequest, survey: Questionnaire, shown: Shown | None) -> HttpResponse:
    """Show a published survey; a school sees the county's one without its buttons."""
    is_own = survey.school_id == (request.school.pk if request.school else None)
    context = {
        "survey": survey.seen_at(now()),
        "promise": promise_of(survey),
        "base": base_of(request),
        "listed": shown,
        "page": shown.page if shown else None,
        "asked": asked(survey, request.school).count(),
        "may_close": is_own and survey.standing == Standing.OPEN,
        "is_closed": survey.standing == Standing.CLOSED,
        "is_own": is_own,
    }
    return render(request, "assessment/surveying/published.html", context)


def draft_page(
    request: HttpRequest,
    survey: Questionnaire,
    *,
    settings: SurveyForm | None = None,
    question: QuestionForm | None = None,
) -> HttpResponse:
    """Show the builder; a refused form stands in it again."""
    is_refused = bool((settings and settings.errors) or (question and question.errors))
    context: dict[str, Any] = {
        "survey": survey.seen_at(now()),
        "promise": promise_of(survey),
        "base": base_of(request),
        "questions": questions_of(survey),
        "settings_form": settings or SurveyForm(initial=settings_of(survey), auto_id="settings_%s"),
        "form": question or QuestionForm(initial={"kind": "scale", "is_required": True}),
        "asked": asked(survey).count(),
    }
    status = 422 if is_refused else 200
    return render(request, "assessment/surveying/draft.html", context, status=status)


def settings_of(survey: Questionnaire) -> dict[str, Any]:
    return {
        "title": survey.shown_title,
        "purpose": survey.shown_purpose,
        "opens_on": survey.opens_at.astimezone(SHANGHAI).date(),
        "closes_on": survey.closes_at.astimezone(SHANGHAI).date(),
        "is_anonymous": survey.is_anonymous,
    }


@allow(Permission.RUN_SURVEYS)
@require_POST
def survey_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title, purpose, window and promise of a draft."""
    survey = held(request, pk)
    form = SurveyForm(request.POST, auto_id="settings_%s")
    if form.is_valid():
        try:
            actions.change(questionnaire=survey, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(request, survey))
    return draft_page(request, survey, settings=form)


@allow(Permission.RUN_SURVEYS)
@require_GET
def survey_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as those who are asked will see it; nothing can be sent from here."""
    survey = readable(request, pk)
    form = AnswerForm(questions=questions_of(survey))
    context = {"survey": survey, "sections": form.sections(), "back": address_of(request, survey)}
    return render(request, "assessment/surveying/preview.html", context)


@allow(Permission.RUN_SURVEYS)
@require_POST
def survey_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the survey and tell everybody who is asked."""
    survey = held(request, pk)
    url = reverse("assessment:survey", args=[survey.pk])
    return answer(
        request,
        lambda: actions.publish(questionnaire=survey, url=url, by=request.actor),
        _("Published. Everybody who is asked has been told."),
        address_of(request, survey),
    )


@allow(Permission.RUN_SURVEYS)
@require_POST
def survey_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the survey at this moment; its results can then be read."""
    survey = held(request, pk)
    return answer(
        request,
        lambda: actions.close(questionnaire=survey, by=request.actor),
        _("Closed. The results can be read now."),
        address_of(request, survey),
    )


@allow(Permission.RUN_SURVEYS)
@require_POST
def survey_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version with the same questions."""
    survey = held(request, pk)
    try:
        made = actions.renew(
            questionnaire=survey,
            opens_on=today(),
            closes_on=today() + timedelta(days=USUAL_DAYS),
            by=request.actor,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address_of(request, survey))
    messages.success(request, _("The next version is begun as a draft."))
    return redirect(address_of(request, made))
