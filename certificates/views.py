"""Verification for everybody, and one's own portfolio."""

import time
from itertools import groupby

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from assessment.reviewing.models import Decision
from assessment.submitting.models import Submission, SubmissionState
from certificates.forms import VerifyForm
from certificates.models import Certificate, CertificateState
from certificates.verification import verify as verified_by
from schools.access.doors import allow, public
from schools.access.permissions import Permission
from schools.files.serving import give

MOST_TRIES = 30
WINDOW = 300  # seconds
DECIDED = (
    SubmissionState.PASSED,
    SubmissionState.FAILED,
    SubmissionState.ACCEPTED,
    SubmissionState.OVERTURNED,
)


def is_too_often(request: HttpRequest) -> bool:
    """Count one look-up of this client's address and say whether it had too many in these five minutes."""
    client = get_adapter(request).get_client_ip(request)
    key = f"verify-{client}-{int(time.time()) // WINDOW}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) > MOST_TRIES
    except ValueError:  # the entry ran out between the two
        return False


def shown(request: HttpRequest, text: str) -> HttpResponse:
    """Answer a look-up; unknown and malformed look the same."""
    if is_too_often(request):
        sentence = _("Too many look-ups from your address. Please wait five minutes and try again.")
        return render(request, "429.html", {"exception": sentence}, status=429)
    found = verified_by(text)
    context = {"found": found, "form": VerifyForm()}
    return render(request, "certificates/verified.html", context, status=200 if found else 404)


@public
@never_cache
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and what it found."""
    if "code" in request.GET:
        return shown(request, request.GET["code"])
    return render(request, "certificates/verify.html", {"form": VerifyForm()})


@public
@never_cache
@require_GET
def verified(request: HttpRequest, token: str) -> HttpResponse:
    """What the code on a certificate leads to."""
    return shown(request, token)


@allow(Permission.OWN_WORK)
@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    """One's own certificates by year, and decided points with grades and advice."""
    person = request.actor.person
    rows = Certificate.objects.filter(person=person).select_related("programme", "submission__point")
    certificates = list(rows.order_by("-programme__year", "point_code"))
    decisions = Decision.objects.filter(is_taken_back=False).order_by("-pk")
    standing = Prefetch("decisions", decisions, to_attr="standing")
    work = Submission.objects.filter(person=person, state__in=DECIDED).prefetch_related(standing)
    context = {
        "years": [(year, list(held)) for year, held in groupby(certificates, lambda row: row.programme.year)],
        "work": list(
            work.select_related("point", "programme", "school").order_by(
                "-programme__year", "point__position"
            )
        ),
    }
    return render(request, "certificates/portfolio.html", context)


@allow(Permission.OWN_WORK)
@require_GET
def own_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own certificate to keep or print, while it is issued."""
    rows = Certificate.objects.filter(person=request.actor.person, state=CertificateState.ISSUED)
    held = rows.select_related("pdf").filter(pk=pk).first()
    if held is None or held.pdf is None:
        raise Http404
    return give(request, held.pdf)
