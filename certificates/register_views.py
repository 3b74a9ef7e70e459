"""The county's register of certificates: search, issue what is due, look at one, revoke it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer, buttons, posted_version
from assessment.checking.showing import Tab, timeline
from assessment.programme.queries import current_programme
from certificates import actions, queries
from certificates.lists import REGISTER
from certificates.models import Certificate
from certificates.verification import FACES, SENTENCES, facts_of
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.files.serving import give
from schools.paging import address
from schools.refusals import Refused
from schools.sheets.listing import asked_filters, exports
from schools.sheets.showing import show

LABELS = {
    "all": gettext_lazy("All"),
    "issued": gettext_lazy("Issued"),
    "pending": gettext_lazy("Being issued"),
    "problems": gettext_lazy("Problems"),
    "revoked": gettext_lazy("Revoked"),
}


@allow(Permission.SEE_REGISTER)
@exports(REGISTER)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Every certificate of the county, and how many are due."""
    words, tab = asked_filters(request, REGISTER)["q"], request.GET.get("state", "all")
    tab = tab if tab in LABELS else "all"
    shown = show(request, REGISTER, queries.registered(request.county.pk, words=words, tab=tab))
    if shown.file:
        return shown.file
    counts = queries.register_counts(request.county.pk)
    programme = current_programme(request.county)
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "tabs": [
            Tab(label, address(request, state=key), key == tab, counts[key]) for key, label in LABELS.items()
        ],
        "due": queries.due_count(programme) if programme else 0,
        "may_issue": request.actor.can(Permission.ACCEPT_RETURNS, request.county),
        "problems": counts["problems"],
    }
    return render(request, "certificates/register.html", context)


@allow(Permission.ACCEPT_RETURNS)
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Ask for everything that is due; the job's page shows how far it is."""
    try:
        job = actions.ask_to_issue(county=request.county, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:register", request.county.slug)
    return redirect("schools:job", job.pk)


def found(request: HttpRequest, pk: int) -> Certificate:
    rows = Certificate.objects.select_related("school", "county", "submission", "person", "pdf")
    return get_object_or_404(rows, pk=pk)


@allow(Permission.SEE_REGISTER)
@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate: what was signed, what it is worth now, what happened, revoking."""
    shown = found(request, pk)
    finding = queries.worth_of(shown)
    label, tone, shape = FACES[finding.worth]

    def url_of(action: str) -> str | None:
        slugs = [request.county.slug, pk]
        return reverse("certificates:revoke", args=slugs) if action == "revoke" else None

    context = {
        "certificate": shown,
        "worth": {"label": label, "tone": tone, "shape": shape},
        "sentence": SENTENCES[finding.worth],
        "finding": finding,
        "facts": facts_of(shown, is_masked=False),
        "buttons": buttons(shown, request.actor, url_of),
        "events": timeline(shown),
    }
    return render(request, "certificates/certificate.html", context)


@allow(Permission.SEE_REGISTER)
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The printed certificate; each look is recorded."""
    shown = get_object_or_404(Certificate.objects.select_related("pdf", "school"), pk=pk, pdf__isnull=False)
    place = {"county": request.county, "school": shown.school}
    record("certificate-opened", **place, subject=shown.number, by=request.actor)
    return give(request, shown.pdf)


@allow(Permission.REVOKE_CERTIFICATES)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke with the reason that anybody who verifies it reads."""
    shown, version = found(request, pk), posted_version(request)
    why = request.POST.get("note", "")
    return answer(
        request,
        lambda: actions.revoke(certificate=shown, why=why, by=request.actor, version=version),
        _("The certificate is revoked."),
        reverse("certificates:certificate", args=[request.county.slug, pk]),
    )
