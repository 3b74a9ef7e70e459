"""Pages of the help: everything at a glance, one role, one workflow; and putting the tour away."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from assessment.workflow import WORKFLOWS
from portal.help import process
from portal.help.finding import found, role_entries, topic_entries
from portal.help.pages import OWN, PAGES, Page, addresses_for, pages_with_right
from portal.help.rules import rules_for
from portal.help.tour import put_away, tour_of
from portal.help.words import RIGHTS, Words
from schools.access.doors import public, signed_in
from schools.access.roles import COUNTY, GROUP, REGION, ROLES, SCHOOL

MOST_WORDS = 60
LEVELS: dict[str, Words] = {
    OWN: _("One's own"),
    SCHOOL: _("The school's"),
    COUNTY: _("The county's"),
    REGION: _("The region's"),
}
HELD_AT = {REGION: "region", COUNTY: "county", SCHOOL: "school", GROUP: "group"}


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Roles, the steps of the year, the pages and this year's rules; or what the words find."""
    asked = request.GET.get("q", "").strip()[:MOST_WORDS]
    addresses = addresses_for(request.actor)
    context = {
        "asked": asked,
        "found": found(asked) if asked else [],
        "roles": role_entries(),
        "topics": topic_entries(),
        "pages": pages_by_level(addresses),
        "rules": rules_for(request.actor, request.county),
    }
    return render(request, "portal/help/index.html", context)


def pages_by_level(addresses: dict[str, str]) -> list[tuple[Words, list[tuple[Page, str]]]]:
    """Return the pages under the name of their level, each with its address or an empty text."""
    return [
        (label, [(one, addresses.get(one.name, "")) for one in PAGES if one.level == level])
        for level, label in LEVELS.items()
    ]


@public
@require_GET
def role(request: HttpRequest, role: str) -> HttpResponse:
    """What one role does, by which rights, on which pages, and who gives it."""
    shown = ROLES.get(role)
    if shown is None:
        raise Http404
    addresses = addresses_for(request.actor)
    rights = sorted(shown.permissions, key=list(RIGHTS).index)
    context = {
        "role": shown,
        "held_at": HELD_AT[shown.level],
        "appointed_by": process.appointed_by(shown),
        "tour": tour_of(shown, addresses),
        "rights": [
            (RIGHTS[right], linked(pages_with_right(right, shown.level), addresses)) for right in rights
        ],
        "steps": [
            (title, key, labels)
            for key, title, _sentence in process.topics()
            if (labels := process.steps_for(shown.permissions, key))
        ],
    }
    return render(request, "portal/help/role.html", context)


def linked(pages: Iterable[Page], addresses: dict[str, str]) -> list[tuple[Words, str]]:
    """Return (label, address or empty text) of pages."""
    return [(one.label, addresses.get(one.name, "")) for one in pages]


@public
@require_GET
def steps(request: HttpRequest, workflow: str) -> HttpResponse:
    """One workflow in words: its states, its steps, and the rules of this year that bear on it."""
    shown = WORKFLOWS.get(workflow)
    if shown is None:
        raise Http404
    addresses = addresses_for(request.actor)
    rules = rules_for(request.actor, request.county)
    context = {
        "workflow": shown,
        "sentence": process.TOPICS.get(workflow, ""),
        "states": process.states_of(shown),
        "steps": [(step, linked(step.pages, addresses)) for step in process.steps_of(shown)],
        "rules": rules.about(workflow) if rules else None,
    }
    return render(request, "portal/help/steps.html", context)


@signed_in
@require_POST
def tour_close(request: HttpRequest, role: str) -> HttpResponse:
    """Put the tour of a role away: this browser does not show it to this user again."""
    if role not in ROLES:
        raise Http404
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    answer = redirect(back if is_ours else reverse("portal:home"))
    put_away(request, answer, role)
    return answer
