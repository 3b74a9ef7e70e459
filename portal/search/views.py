"""The search of a county or a school: a page of its own, and the piece that appears while one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from portal.search.finding import SEARCHES, asked_words, found, is_identity_number, may_search
from schools.access.actor import Actor
from schools.access.doors import allow


@allow(*SEARCHES)
@require_GET
@cache_control(private=True, no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    """What the words find here; nothing is looked for without words."""
    words = asked_words(request)
    groups = found(request, words)
    context = {
        "words": words,
        "groups": groups,
        "count": sum(len(group.rows) for group in groups),
        "is_refused": is_identity_number(words),
    }
    template = "portal/search/_found.html" if request.htmx else "portal/search/search.html"
    return render(request, template, context)


def search_address(request: HttpRequest, actor: Actor) -> str:
    """Return where the masthead's search leads: the place of the page, else the reader's own; else nowhere."""
    county, school, person = request.county, request.school, actor.person
    if request.path.startswith("/me/") or county is None:
        county, school = (person.county, person.school) if person else (None, None)
        if county and may_search(actor, county):
            school = None
    if county and school and may_search(actor, school):
        return reverse("portal:school-search", args=[county.slug, school.slug])
    if county and may_search(actor, county):
        return reverse("portal:county-search", args=[county.slug])
    return ""
