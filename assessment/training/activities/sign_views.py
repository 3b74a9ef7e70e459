"""Signing in: the screen of the room, the leader's list, and the page on a teacher's phone."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, posted_ids
from assessment.programme.models import Participant
from assessment.programme.queries import participation_of
from assessment.selecting.enrolment import not_enrolled
from assessment.training.activities import actions, queries, signing
from assessment.training.activities.conversion import rate_of, rate_said
from assessment.training.activities.hours import cut_said
from assessment.training.activities.models import Activity, ActivityState, How, SignIn
from assessment.training.activities.qr import drawing_of
from assessment.training.activities.views import here, led_activity
from assessment.training.ratings.forms import RatingForm
from assessment.training.ratings.queries import may_rate
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.clock import now, today
from schools.paging import turned
from schools.refusals import Refused


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for the projector: the code of the moment, large, and a picture for phones; nobody's name."""
    return render(request, "assessment/training/activities/screen.html", screen_of(request, pk))


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def screen_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the screen that changes; it is asked for every two seconds."""
    return render(request, "assessment/training/activities/_code.html", screen_of(request, pk))


def screen_of(request: HttpRequest, pk: int) -> dict[str, object]:
    activity, moment = led_activity(request, pk), now()
    code = signing.code_at(activity, moment)
    address = f"{settings.PUBLIC_ADDRESS}{reverse('assessment:activity-sign-in', args=[pk])}?code={code}"
    try:
        signing.require_open_now(activity, moment)
        refusal = ""
    except Refused as refused:
        refusal = str(refused)
    return {
        "activity": activity,
        "refusal": refusal,
        "code": "" if refusal else f"{code[:3]} {code[3:]}",
        "qr": None if refusal else drawing_of(address),
        "seconds": signing.seconds_left(moment),
        "all_seconds": signing.SECONDS,
        "came": activity.sign_ins.count(),
        "expected": queries.expected(activity).count(),
        "code_url": here(request, "school-activity-code", pk),
    }


@allow(Permission.LEAD_ACTIVITIES)
@require_GET
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The list from which the leader adds who was there: those expected first, then the rest of the school."""
    activity = led_activity(request, pk)
    is_all = "all" in request.GET
    missing = missing_from(activity, request, is_all=is_all)
    page, links = turned(request, missing)
    context = {
        "activity": activity,
        "rows": page,
        "page": links,
        "is_all": is_all,
        "is_over": now() > activity.ends_at,
        "came": list(activity.sign_ins.select_related("person").order_by("-signed_at", "-pk")[:200]),
        "may_strike": activity.state == ActivityState.OPEN,
    }
    return render(request, "assessment/training/activities/attendance.html", context)


def missing_from(activity: Activity, request: HttpRequest, *, is_all: bool):  # type: ignore[no-untyped-def]
    """Return the school's participants who are not noted yet."""
    rows = queries.expected(activity)
    if is_all:
        rows = Participant.objects.filter(
            school=request.school, programme=activity.programme, ends_on__isnull=True, excluded_because=""
        ).select_related("person")
    there = SignIn.objects.filter(activity=activity).values("person_id")
    return rows.exclude(person_id__in=there).order_by("person__pinyin", "person_id", "pk")


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def attendance_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the ticked participants of the school, with the reason where it is over."""
    activity, back = led_activity(request, pk), here(request, "school-activity-list", pk)
    chosen = list(missing_from(activity, request, is_all=True).filter(pk__in=posted_ids(request)))
    if not chosen:
        messages.error(request, _("Nobody new was ticked."))
        return redirect(back)
    said = ngettext("%d added.", "%d added.", len(chosen)) % len(chosen)
    reason = request.POST.get("reason", "")
    return answer(
        request,
        lambda: actions.list_in(activity=activity, participants=chosen, reason=reason, by=request.actor),
        said,
        back,
    )


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def attendance_strike(request: HttpRequest, pk: int, sign_in: int) -> HttpResponse:
    """Take somebody off again who was not there."""
    activity = led_activity(request, pk)
    row = get_object_or_404(
        SignIn.objects.select_related("activity__school__county"), pk=sign_in, activity=activity
    )
    back = here(request, "school-activity-list", pk)
    return answer(request, lambda: actions.strike(sign_in=row, by=request.actor), _("Taken off."), back)


@allow(Permission.OWN_WORK)
@require_GET
def own_activities(request: HttpRequest) -> HttpResponse:
    """Today's activities with their sign-in, what lies ahead, and what is past with one's hours."""
    participant = participation_of(request.actor.person)
    if participant is None:
        return not_enrolled(request)
    of_today, ahead, past = queries.by_day(queries.open_to(participant), today())
    page, links = turned(request, past)
    open_first = sorted(of_today, key=lambda row: row.state != ActivityState.OPEN)
    signed = queries.own_sign_ins(participant.person, [*open_first, *page])
    context = {
        "today": [(row, signed.get(row.pk)) for row in open_first],
        "ahead": list(ahead[:20]),
        "past": [(row, signed.get(row.pk)) for row in page],
        "page": links,
    }
    return render(request, "assessment/training/activities/own.html", context)


def own_activity_at(request: HttpRequest, pk: int) -> tuple[Activity, Participant]:
    """Return an activity to which the actor may come; any other answers 404."""
    participant = participation_of(request.actor.person)
    rows = queries.open_to(participant) if participant else Activity.objects.none()
    return get_object_or_404(rows, pk=pk), participant  # type: ignore[return-value]


@allow(Permission.OWN_WORK)
@require_GET
def own_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity as a teacher sees it: what it is for, one's hours and how they came about, the rating."""
    return own_page(request, pk, RatingForm())


def own_page(request: HttpRequest, pk: int, form: RatingForm, status: int = 200) -> HttpResponse:
    activity, participant = own_activity_at(request, pk)
    signed = SignIn.objects.filter(activity=activity, person=participant.person).first()
    is_closed = activity.state == ActivityState.CLOSED
    context = {
        "activity": activity,
        "signed": signed,
        "is_open": activity.state == ActivityState.OPEN,
        "cut": cut_said(signed) if signed else "",
        "points": list(activity.points.all()),
        "rate": rate_said(rate_of(activity.programme, activity.kind)),
        "form": form if is_closed and may_rate(activity, participant.person) else None,
    }
    return render(request, "assessment/training/activities/own_activity.html", context, status=status)


@allow(Permission.OWN_WORK)
@require_GET
def own_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-in on a phone: type the code, or with the picture's code one large button."""
    activity, participant = own_activity_at(request, pk)
    code = "".join(sign for sign in request.GET.get("code", "") if sign.isdigit())[: signing.DIGITS]
    refusal = ""
    try:
        signing.require_may_come(activity, participant)
        signing.require_open_now(activity, now())
    except Refused as refused:
        refusal = str(refused)
    signed = SignIn.objects.filter(activity=activity, person=participant.person).first()
    context = {"activity": activity, "code": code, "refusal": refusal, "signed": signed}
    return render(request, "assessment/training/activities/sign_in.html", context)


@allow(Permission.OWN_WORK)
@require_POST
def own_sign_in_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in by the posted code."""
    activity, participant = own_activity_at(request, pk)
    how = How.QR if request.POST.get("how") == How.QR else How.CODE
    return answer(
        request,
        lambda: signing.sign_in(
            activity=activity,
            participant=participant,
            code=request.POST.get("code", "")[:20],
            how=how,
            by=request.actor,
        ),
        _("Signed in. The hours are entered when the activity is closed."),
        reverse("assessment:activity-sign-in", args=[pk]),
    )
