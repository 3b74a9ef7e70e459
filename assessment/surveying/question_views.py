"""The questions of a draft: add, change, move, remove."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.surveying import questions
from assessment.surveying.forms import QuestionForm, initial_of
from assessment.surveying.models import Question
from assessment.surveying.places import address_of, held, held_question
from assessment.surveying.views import draft_page
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.refusals import Refused


def refuse_in(form: QuestionForm, refusal: Refused) -> None:
    """Say the refusal at its field, or above the form where it is about none."""
    form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))


@allow(Permission.RUN_SURVEYS)
@require_POST
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a question at the end; a refused one comes back with all that was typed."""
    survey = held(request, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            questions.add_question(questionnaire=survey, fields=form.cleaned_data, by=request.actor)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Added."))
            return redirect(f"{address_of(request, survey)}#add")
    return draft_page(request, survey, question=form)


@allow(Permission.RUN_SURVEYS)
@require_GET
def question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """The form of one question."""
    row = held_question(request, pk, question)
    return question_page(request, row, QuestionForm(initial=initial_of(row)))


def question_page(request: HttpRequest, row: Question, form: QuestionForm, status: int = 200) -> HttpResponse:
    context = {"question": row, "form": form, "back": address_of(request, row.questionnaire)}
    return render(request, "assessment/surveying/question.html", context, status=status)


@allow(Permission.RUN_SURVEYS)
@require_POST
def question_change(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Change one question."""
    row = held_question(request, pk, question)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            questions.change_question(question=row, fields=form.cleaned_data, by=request.actor)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{address_of(request, row.questionnaire)}#question-{row.pk}")
    return question_page(request, row, form, status=422)


@allow(Permission.RUN_SURVEYS)
@require_POST
def question_move(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Exchange a question with its neighbour: `to` is up or down."""
    row = held_question(request, pk, question)
    return answer(
        request,
        lambda: questions.move_question(question=row, is_up=request.POST.get("to") == "up", by=request.actor),
        _("Moved."),
        f"{address_of(request, row.questionnaire)}#question-{row.pk}",
    )


@allow(Permission.RUN_SURVEYS)
@require_POST
def question_remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out of the draft."""
    row = held_question(request, pk, question)
    return answer(
        request,
        lambda: questions.remove_question(question=row, by=request.actor),
        _("Removed."),
        f"{address_of(request, row.questionnaire)}#questions",
    )
