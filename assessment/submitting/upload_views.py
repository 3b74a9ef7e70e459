"""Where files for an item begin (tus), go on, are looked after and given up."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessment.answering import answer
from assessment.submitting import sendings
from assessment.submitting.models import Sending
from assessment.submitting.queries import sendings_of
from assessment.submitting.views import address, own_item
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files import arrivals, tus


@allow(Permission.OWN_WORK)
@require_http_methods(["OPTIONS", "POST"])
def uploads(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Begin sending a file for an item."""
    submission, asked = own_item(request, pk, item)
    return tus.at_entrance(request, sendings.ItemPlace(submission, asked, request.actor))


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Go on with a file, give it up, or (GET) read how it stands."""
    sending = own_sending(request, key)
    if request.method == "GET":
        return standing(sending)
    place = sendings.ItemPlace(sending.submission, sending.item, request.actor)
    return tus.at_arrival(request, sending.arrival, place, sending.refusal)


@allow(Permission.OWN_WORK)
@require_POST
def upload_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Give a file up by a form."""
    sending = own_sending(request, key)
    back = address(sending.submission, sending.item)
    return answer(request, lambda: sendings.give_up(sending=sending, by=request.actor), _("Removed."), back)


def standing(sending: Sending) -> HttpResponse:
    """Answer {offset, size, name} and, as it stands, sample (of the safe bytes), next (the page), error."""
    arrival = sending.arrival
    told = {"offset": arrival.offset, "size": arrival.size, "name": arrival.name}
    if arrival.ended_at is None:
        told |= {"sample": arrivals.sample(arrival), "sampled": arrivals.SAMPLED}
    if sending.evidence_id:
        told["next"] = address(sending.submission, sending.item, sending.evidence_id)
    if sending.refusal:
        told["error"] = sending.refusal
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def own_sending(request: HttpRequest, key: str) -> Sending:
    """Return the actor's own file on its way; somebody else's answers 404."""
    return get_object_or_404(sendings_of(request.actor.person), arrival__key=key)
