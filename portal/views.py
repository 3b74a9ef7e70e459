"""The front door, the way home after signing in, and the health answer."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from microcapabilities.queries import current_catalogue
from portal.help.process import appointed_by, roles_with
from portal.help.words import RIGHTS
from portal.homes import homes_of
from schools.access.doors import door_of, public, signed_in
from schools.access.roles import ROLES


@public
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Say what this is, to people who are not signed in as to those who are."""
    return render(request, "portal/front.html", {"catalogue": current_catalogue()})


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the home of the weightiest role; without any role say whom to ask."""
    homes = homes_of(request.actor)
    return redirect(homes[0].url) if homes else render(request, "portal/no_home.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which right is missing, which roles hold it, and who gives these roles."""
    match = getattr(request, "resolver_match", None)
    door = door_of(match.func) if match else None
    permissions = door.permissions if door else ()
    roles = roles_with(permissions)
    givers = {giver.key for role in roles for giver in appointed_by(role)}
    context = {
        "exception": str(exception),
        "rights": [RIGHTS[permission] for permission in permissions],
        "roles": roles,
        "givers": [role for role in ROLES.values() if role.key in givers],
    }
    return render(request, "403.html", context, status=403)


@public
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Answer for load balancers: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
