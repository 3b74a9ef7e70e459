"""Ring one of tenancy: find the memberships once, open the scope, and let nobody through an unnamed door."""

import contextvars
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from schools.access.actor import Actor, actor_of
from schools.access.doors import Door, door_of
from schools.organisations.models import County, Region, School

OPEN_PREFIXES = ("/accounts/", "/i18n/", "/static/")
OPEN_PAGES_BEFORE_TOTP = ("/accounts/", "/i18n/")


class ScopeMiddleware:
    """Set `request.actor`, `.county`, `.school`, `.region`; check the door; run the view inside the scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A scope left open in an unfinished generator would stay on the thread: a context per request.
        return contextvars.copy_context().run(self._answer, request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request.user)
        request.county = request.school = request.region = None
        if request.path.startswith("/admin/"):
            with scopes_disabled():
                return self.get_response(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.path.startswith(OPEN_PREFIXES) or request.path.startswith("/admin/"):
            return None
        door = door_of(view)
        if door is None:
            raise PermissionDenied
        if door.is_public:
            return None
        if not request.user.is_authenticated:
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
        if settings.STAFF_NEED_TOTP and request.actor.needs_totp and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        find_place(request, kwargs)
        check_door(door, request.actor, request)
        with scope(county=request.county, school=request.school):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
            return response


def find_place(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Turn the slugs of the address into places; a place the actor does not belong to answers 404."""
    if slug := kwargs.pop("region", None):
        request.region = Region.objects.filter(slug=slug).first()
        require(request.region is not None and request.actor.belongs(request.region))
        return
    if slug := kwargs.pop("county", None):
        request.county = County.objects.filter(slug=slug).first()
        require(request.county is not None)
        if slug := kwargs.pop("school", None):
            with scope(county=request.county, school=None):
                request.school = School.objects.select_related("county").filter(slug=slug).first()
            require(request.school is not None and request.actor.belongs(request.school))
        else:
            require(any(right.county_id == request.county.pk for right in request.actor.rights))
    elif request.actor.person:
        request.county = request.actor.person.county


def require(is_known: bool) -> None:
    """Raise 404 unless the thing may be known."""
    if not is_known:
        raise Http404


def check_door(door: Door, actor: Actor, request: HttpRequest) -> None:
    """Raise 403 unless the actor holds one of the door's permissions at the place of the address."""
    if not door.permissions:
        return
    place = request.school or request.region
    if place is None and request.resolver_match and request.path.startswith("/me/"):
        held = any(set(door.permissions) & right.permissions for right in actor.rights)
    else:
        place = place or request.county
        held = place is not None and any(actor.can(permission, place) for permission in door.permissions)
    if not held:
        raise PermissionDenied
