"""The first steps of a role: what one does here, page by page; shown on one's home until it is put away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal.help.pages import OWN, pages_of, rights_by_weight
from portal.help.process import steps_for
from portal.help.words import Words
from schools.access.actor import Actor, Place
from schools.access.roles import COUNTY, GROUP, REGION, SCHOOL, Role

COOKIE = "tours"
COOKIE_SECONDS = 400 * 24 * 3600
MOST_KEPT = 40  # people who share one computer
FEWEST, MOST = 3, 5
HOME_LEVELS = {
    "assessment:county-home": (COUNTY,),
    "assessment:school-home": (SCHOOL, GROUP),
    "assessment:region-home": (REGION,),
}
HOME_ROLES = {
    "assessment:me": ("teacher",),
    "assessment:reviews": ("reviewer", "trainer"),
    "assessment:cases": ("expert",),
}


@dataclass(frozen=True)
class TourStep:
    """One page of the role: what one does there, and by which steps."""

    label: Words
    sentence: Words
    url: str
    verbs: list[Words]


@dataclass(frozen=True)
class Tour:
    """Three to five steps of one role; `close_url` is empty where it cannot be put away."""

    role: type[Role]
    steps: list[TourStep]
    close_url: str
    help_url: str


def tour_of(role: type[Role], addresses: dict[str, str] | None = None, place: Place | None = None) -> Tour:
    """Return the role's tour with links at `place`, or to `addresses` by url name; without both, no links."""
    steps = []
    for one in pages_of(role.permissions, role.level)[:MOST]:
        url = one.address(place) if place or one.level == OWN else ""
        if addresses is not None:
            url = addresses.get(one.name, "")
        verbs = steps_for(role.permissions & one.acts, one.topic)
        steps.append(TourStep(one.label, one.sentence, url, verbs))
    return Tour(role, [*steps, *general_steps(role)][: max(FEWEST, len(steps))], "", help_of(role))


def general_steps(role: type[Role]) -> list[TourStep]:
    """Return what is good to know for everybody; it fills a short tour up."""
    topic = next((one.topic for one in pages_of(role.permissions, role.level) if one.topic), "")
    asked = reverse("portal:help-steps", args=[topic]) if topic else reverse("portal:help")
    return [
        TourStep(
            _("How it goes"), _("Read who does what, in which order, and on what conditions."), asked, []
        ),
        TourStep(
            _("The catalogue"),
            _("See what each of the points asks for, with its items and criteria."),
            reverse("microcapabilities:catalogue"),
            [],
        ),
    ]


def help_of(role: type[Role]) -> str:
    return reverse("portal:help-role", args=[role.key])


def role_at(actor: Actor, view_name: str, place: Place | None) -> type[Role] | None:
    """Return the weightiest role in which the actor is at home on this page; None elsewhere."""
    for right in rights_by_weight(actor):
        role = right.role
        if role is None:
            continue
        if role.key in HOME_ROLES.get(view_name, ()):
            return role
        if place is not None and role.level in HOME_LEVELS.get(view_name, ()) and right.reaches(place):
            return role
    return None


def tour_on(request: HttpRequest) -> Tour | None:
    """Return the tour for this page of a home, unless it was put away before. No query."""
    match, actor = request.resolver_match, request.actor
    view_name = match.view_name if match else ""
    if view_name not in HOME_LEVELS and view_name not in HOME_ROLES:
        return None
    place = request.region or request.school or request.county if view_name in HOME_LEVELS else None
    role = role_at(actor, view_name, place)
    if role is None or sign_of(actor, role.key) in signs_in(request):
        return None
    made = tour_of(role, place=place)
    return Tour(role, made.steps, reverse("portal:tour-close", args=[role.key]), made.help_url)


def sign_of(actor: Actor, role: str) -> str:
    """Return the sign by which a browser remembers that this user has put this tour away."""
    return salted_hmac("tour", f"{actor.user.pk if actor.user else 0}-{role}").hexdigest()[:12]


def signs_in(request: HttpRequest) -> list[str]:
    return [sign for sign in request.COOKIES.get(COOKIE, "").split(".") if sign]


def put_away(request: HttpRequest, response: HttpResponse, role: str) -> None:
    """Let the browser remember that the tour was put away."""
    sign = sign_of(request.actor, role)
    kept = [one for one in signs_in(request) if one != sign][-MOST_KEPT + 1 :]
    response.set_cookie(
        COOKIE,
        ".".join([*kept, sign]),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
