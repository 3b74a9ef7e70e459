"""The frame around every page: where one is, where one can go, what is new."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django_scopes import scopes_disabled

from portal.homes import entries_at, homes_of
from schools.access.actor import Actor
from schools.notices.models import Notice


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html shows around a page; nothing is read for strangers."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user is None or request.path.startswith("/admin/"):
        return {}
    county, school = getattr(request, "county", None), getattr(request, "school", None)
    return {
        "navigation": SimpleLazyObject(lambda: entries_at(actor, county, school, request.path)),
        "homes": SimpleLazyObject(lambda: homes_of(actor, request.path)),
        "place": " · ".join(str(place) for place in (county, school) if place),
        "unread_notices": SimpleLazyObject(lambda: unread(actor)),
        "notices_url": reverse("schools:notices"),
        "jobs_url": reverse("schools:jobs"),
    }


def unread(actor: Actor) -> int:
    """Count the actor's unread notices."""
    if actor.person is None:
        return 0
    with scopes_disabled():
        return Notice.objects.filter(person=actor.person, read_at__isnull=True).count()
