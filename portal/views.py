"""The front door, the way home after signing in, and the health answer."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from microcapabilities.queries import current_catalogue
from portal.homes import homes_of
from schools.access.doors import public, signed_in


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


@public
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Answer for load balancers: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
