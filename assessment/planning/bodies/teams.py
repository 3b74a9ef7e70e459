"""Every school's management team side by side, for the county."""

from django.db.models import Count

from assessment.planning.bodies.lists import COMPLETE, LACKING, WAIVED, Team
from assessment.planning.bodies.models import BodyKind, Seat, Waiver
from assessment.planning.bodies.queries import holds_today, lacking_of, waivers_of
from assessment.programme.models import Programme
from schools.organisations.models import School
from schools.organisations.queries import school_named


def teams_of(programme: Programme, *, q: str = "", standing: str = "") -> list[Team]:
    """Return the teams of schools that run their own year, as words and standing leave them; four queries."""
    schools = School.objects.filter(county_id=programme.county_id, managed_by__isnull=True)
    if q:
        schools = schools.filter(school_named(q))
    units = list(schools.order_by("pinyin", "pk"))
    lacks = lacking_of(programme, units)
    counts = people_by_school()
    waivers: dict[int, list[Waiver]] = {}
    for waiver in waivers_of(programme):
        waivers.setdefault(waiver.school_id, []).append(waiver)
    teams = [Team(unit, counts.get(unit.pk, 0), lacks[unit.pk], waivers.get(unit.pk, [])) for unit in units]
    return [team for team in teams if fits(team, standing)]


def people_by_school() -> dict[int | None, int]:
    """Return how many people sit on each school's management team today."""
    seats = Seat.objects.filter(
        holds_today(), body__kind=BodyKind.MANAGEMENT_TEAM, body__school__isnull=False
    )
    counted = seats.order_by().values("body__school_id")
    insiders = counted.annotate(n=Count("person", distinct=True)).values_list("body__school_id", "n")
    outsiders = counted.filter(person__isnull=True).annotate(n=Count("name", distinct=True))
    found: dict[int | None, int] = dict(insiders)
    for school_id, count in outsiders.values_list("body__school_id", "n"):
        found[school_id] = found.get(school_id, 0) + count
    return found


def fits(team: Team, standing: str) -> bool:
    """Say whether a team is of the standing asked for; an empty one asks for all."""
    if standing == WAIVED:
        return bool(team.waivers)
    if standing in (COMPLETE, LACKING):
        return bool(team.lacking) == (standing == LACKING)
    return True
