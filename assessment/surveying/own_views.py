"""One's own surveys: what asks for answers, the sheet, one's own result and what is recommended by it."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.programme.models import Participant
from assessment.programme.queries import participation_of
from assessment.selecting.enrolment import not_enrolled
from assessment.surveying import filling, pictures
from assessment.surveying.forms import AnswerForm, initial_answers
from assessment.surveying.lists import promise_of
from assessment.surveying.models import Answer, Answered, Question, Questionnaire, Response
from assessment.surveying.queries import has_answered, open_for, questions_of
from assessment.surveying.recommending import advice_for, latest_response, own_answers, recommended_codes
from assessment.surveying.terms import Sort, Standing
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import now
from schools.paging import turned
from schools.plots.answering import OWN_STYLE, drawn
from schools.plots.pictures import Picture
from schools.refusals import Refused


@allow(Permission.OWN_WORK)
@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey that asks or has asked the reader, those that still wait first."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return not_enrolled(request)
    page, links = turned(request, open_for(participant))
    mine = Answered.objects.filter(person=participant.person, questionnaire__in=[row.pk for row in page])
    done, moment = set(mine.values_list("questionnaire_id", flat=True)), now()
    rows = [(row.seen_at(moment), promise_of(row), row.pk in done) for row in page]
    waiting = [row for row, _promise, is_done in rows if not is_done and row.standing == Standing.OPEN]
    rows.sort(key=lambda row: row[0] not in waiting)
    context = {"rows": rows, "page": links, "waiting": len(waiting)}
    return render(request, "assessment/surveying/own_surveys.html", context)


def asked_survey(request: HttpRequest, pk: int) -> tuple[Questionnaire, Participant]:
    """Return a survey that asks the reader, with their participation; else 404."""
    participant = participation_of(request.actor.person)
    if participant is None:
        raise Http404
    return get_object_or_404(open_for(participant), pk=pk), participant


@allow(Permission.OWN_WORK)
@require_GET
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet, filled as it was kept; or that it is answered or closed."""
    row, participant = asked_survey(request, pk)
    kept = {} if row.is_anonymous else filling.draft_of(row, participant)
    return sheet(request, row, AnswerForm(questions=questions_of(row), initial=initial_answers(kept)))


def sheet(request: HttpRequest, row: Questionnaire, form: AnswerForm) -> HttpResponse:
    """Show the sheet; answers that cannot be taken stand in it again, each with its sentence."""
    is_done = has_answered(row, request.actor.person)
    context = {
        "survey": row.seen_at(now()),
        "promise": promise_of(row),
        "form": form,
        "sections": form.sections(),
        "is_done": is_done,
        "done_sentence": filling.twice(row),
        "may_answer": row.standing == Standing.OPEN and not is_done,
    }
    status = 422 if form.errors else 200
    return render(request, "assessment/surveying/survey.html", context, status=status)


@allow(Permission.OWN_WORK)
@require_POST
def survey_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what is answered so far; the sheet saves itself."""
    row, participant = asked_survey(request, pk)
    form = AnswerForm(request.POST, questions=questions_of(row), is_final=False)
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return JsonResponse({"saved": False, "error": _("Not saved: %s") % sentence})
    try:
        filling.keep_draft(
            questionnaire=row, participant=participant, answers=form.answers(), by=request.actor
        )
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"saved": True})


@allow(Permission.OWN_WORK)
@require_POST
def survey_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answers for good; what is missing is said at its question."""
    row, participant = asked_survey(request, pk)
    form = AnswerForm(request.POST, questions=questions_of(row))
    if not form.is_valid():
        return sheet(request, row, form)
    try:
        filling.send(questionnaire=row, participant=participant, answers=form.answers(), by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:survey", row.pk)
    messages.success(request, _("Sent. Thank you."))
    if row.sort == Sort.SELF_ASSESSMENT and not row.is_anonymous:
        return redirect("assessment:survey-result", row.pk)
    return redirect("assessment:surveys")


def own_response(request: HttpRequest, pk: int) -> tuple[Response, Participant]:
    """Return the reader's own response to a survey, else 404."""
    row, participant = asked_survey(request, pk)
    rows = Response.objects.select_related("answered__questionnaire")
    own = {"answered__questionnaire": row, "answered__person": participant.person}
    return get_object_or_404(rows, **own), participant


@allow(Permission.OWN_WORK)
@require_GET
def survey_result(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own radar and levels, what is recommended and why, and what one answered."""
    response, participant = own_response(request, pk)
    answers = own_answers(response)
    row, picture = response.answered.questionnaire, radar_of(response)
    context = {
        "survey": row,
        "sent_at": response.sent_at,
        "plots": [("plot.svg", picture)] if picture else [],
        "domains": list(answers.domains.values()),
        "strands": list(answers.strands.values()),
        "advice": advice_for(answers, participant) if answers.steps else None,
        "said": said_in(response),
    }
    return render(request, "assessment/surveying/own_result.html", context)


def radar_of(response: Response) -> Picture | None:
    means = own_answers(response).domains
    return pictures.radar_of(response.answered.questionnaire.shown_title, means) if means else None


def said_in(response: Response) -> list[tuple[Question, list[str]]]:
    """Return every question with one's own answers in words; two queries."""
    given: dict[int, list[Answer]] = {}
    for one in Answer.objects.filter(response=response).order_by("option"):
        given.setdefault(one.question_id, []).append(one)
    found = []
    for question in questions_of(response.answered.questionnaire):
        words = {number: str(label) for number, label in question.choices}
        found.append(
            (question, [one.text or words.get(one.option or 0, "") for one in given.get(question.pk, [])])
        )
    return found


@allow(Permission.OWN_WORK)
@require_GET
@csp_replace(OWN_STYLE)
def survey_result_plot(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own radar as an image."""
    response, _participant = own_response(request, pk)
    picture = radar_of(response)
    if picture is None:
        raise Http404
    return drawn(request, picture)


@allow(Permission.OWN_WORK)
@require_GET
def recommendations(request: HttpRequest) -> HttpResponse:
    """A piece of a page: the points recommended to the reader with their reasons, or the way to get some."""
    participant = participation_of(request.actor.person)
    context: dict[str, object] = {"recommended": [], "result": None, "to_fill": None}
    if participant:
        response = latest_response(participant.person, participant.programme)
        context["recommended"] = recommended_codes(participant.person, participant.programme)
        context["result"] = response.answered.questionnaire_id if response else None
        asking = open_for(participant).filter(
            sort=Sort.SELF_ASSESSMENT, is_anonymous=False, closes_at__gte=now()
        )
        context["to_fill"] = None if response else asking.first()
    return render(request, "assessment/surveying/_recommendations.html", context)
