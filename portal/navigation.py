"""The frame around every page: where one is, where one can go, what is new."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django_scopes import scopes_disabled

from portal.help.finding import help_for
from portal.help.tour import tour_on
from portal.homes import homes_of
from portal.search.views import search_address
from portal.sections import sections_at
from schools.access.actor import Actor
from schools.notices.models import Notice
from schools.organisations.models import County, School


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html shows around a page; nothing is read for strangers."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user is None or request.path.startswith("/admin/"):
        return {}
    county, school = getattr(request, "county", None), getattr(request, "school", None)
    return {
        "navigation": SimpleLazyObject(lambda: sections_at(actor, county, school, request.path)),
        "homes": SimpleLazyObject(lambda: homes_of(actor, request.path)),
        "place": " · ".join(str(place) for place in places_shown(request, actor) if place),
        "first_steps": SimpleLazyObject(lambda: tour_on(request)),
        "help_url": help_for(request.resolver_match.view_name if request.resolver_match else ""),
        "search_url": search_address(request, actor),
        "unread_notices": SimpleLazyObject(lambda: unread(actor)),
        "notices_url": reverse("schools:notices"),
        "jobs_url": reverse("schools:jobs"),
    }


def places_shown(request: HttpRequest, actor: Actor) -> tuple[County | None, School | None]:
    """Return the place of the address; on one's own pages the person's county and school. No query."""
    county, school = getattr(request, "county", None), getattr(request, "school", None)
    if actor.person is not None and (county is None or request.path.startswith("/me/")):
        return actor.person.county, actor.person.school
    return county, school


def unread(actor: Actor) -> int:
    """Count the actor's unread notices."""
    if actor.person is None:
        return 0
    with scopes_disabled():
        return Notice.objects.filter(person=actor.person, read_at__isnull=True).count()
