"""Where a document of a school stands: its kind, its group and its filing, found from the page's address."""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.planning.kinds import KINDS, TOPIC, Kind
from assessment.planning.models import Filing, FilingKind
from assessment.planning.queries import WITH_PLACES, filing_for, topic_for
from assessment.planning.steps import may_write
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from schools.access.permissions import Permission
from schools.organisations.models import School, TeachingGroup

OF_GROUP = re.compile(r"topic-([0-9]{1,12})")


@dataclass(frozen=True)
class Spot:
    """One document of a school in the current programme; `filing` is None where it is not begun."""

    programme: Programme
    school: School
    kind: Kind
    group: TeachingGroup | None
    filing: Filing | None

    @property
    def document(self) -> str:
        return f"topic-{self.group.pk}" if self.group else self.kind.kind.value

    @property
    def is_own(self) -> bool:
        """Whether the school itself files this; else its managing unit's filing holds here."""
        return self.filing is None or self.filing.school_id == self.school.pk

    @property
    def usual_title(self) -> str:
        """The title that the form begins with."""
        whose = f"{self.school.name}{self.group.name}" if self.group else self.school.name
        words = {"school": whose, "kind": self.kind.label, "year": self.programme.year}
        return (_("%(school)s: %(kind)s %(year)s") % words)[:120]

    def url(self, name: str = "") -> str:
        """Return the address of the document's page, or of one of its acts."""
        places = [self.school.county.slug, self.school.slug]
        if not name and self.kind.kind == FilingKind.PLAN:
            return reverse("assessment:school-plan", args=places)
        view = f"assessment:school-filing-{name}" if name else "assessment:school-filing"
        return reverse(view, args=[*places, self.document])


def here(request: HttpRequest, name: str, *args: int | str) -> str:
    """Return the address of one of this stage's pages at the place of the request."""
    places = [request.county.slug, *([request.school.slug] if request.school else [])]
    return reverse(f"assessment:{name}", args=[*places, *args])


def spot_at(request: HttpRequest, document: str) -> Spot:
    """Return the spot that an address names: `plan`, `scheme`, …, or `topic-12` for a group's topic plan."""
    programme = current_programme(request.county)
    if programme is None:
        raise Http404
    kind = KINDS.get(document)
    if kind is not None and kind is not TOPIC:
        return Spot(programme, request.school, kind, None, filing_for(programme, request.school, kind.kind))
    found = OF_GROUP.fullmatch(document)
    if found is None:
        raise Http404
    group = get_object_or_404(TeachingGroup, pk=int(found[1]), school=request.school)
    return Spot(programme, request.school, TOPIC, group, topic_for(programme, group))


def spot_to_write(request: HttpRequest, document: str) -> Spot:
    """Return the spot where the actor writes it; another group's does not exist for a head."""
    heads = request.actor.groups(Permission.LEAD_ACTIVITIES)
    if not heads and not request.actor.can(Permission.FILE_PLANS, request.school):
        raise PermissionDenied
    spot = spot_at(request, document)
    if may_write(request.actor, spot.kind.kind, spot.school, spot.group):
        return spot
    if spot.group:
        raise Http404
    raise PermissionDenied


def own_filing(spot: Spot) -> Filing:
    """Return the filing of the school itself, else 404."""
    if spot.filing is None or not spot.is_own:
        raise Http404
    return spot.filing


def county_filing(request: HttpRequest, pk: int) -> Filing:
    return get_object_or_404(Filing.objects.select_related(*WITH_PLACES), pk=pk, county=request.county)
