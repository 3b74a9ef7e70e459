"""Every school's management team side by side, for the county."""

from assessment.planning.bodies.lists import COMPLETE, LACKING, WAIVED, Team
from assessment.planning.bodies.models import Waiver
from assessment.planning.bodies.queries import is_held, sentences, team_seats, waivers_of, who
from assessment.planning.bodies.rule import rule_of
from assessment.programme.models import Programme
from schools.clock import today
from schools.organisations.models import School
from schools.organisations.queries import school_named


def teams_of(programme: Programme, *, q: str = "", standing: str = "") -> list[Team]:
    """Return the teams of schools that run their own year, as words and standing leave them; three queries."""
    schools = School.objects.filter(county_id=programme.county_id, managed_by__isnull=True)
    if q:
        schools = schools.filter(school_named(q))
    units = list(schools.order_by("pinyin", "pk"))
    seats, rule, moment = team_seats(units), rule_of(programme), today()
    waivers: dict[int, list[Waiver]] = {}
    for waiver in waivers_of(programme):
        waivers.setdefault(waiver.school_id, []).append(waiver)
    teams = []
    for unit in units:
        held = {who(seat) for seat in seats[unit.pk] if is_held(seat, unit, moment)}
        open_here = waivers.get(unit.pk, [])
        lacks = sentences(rule, unit, seats[unit.pk], {waiver.about for waiver in open_here}, moment)
        teams.append(Team(unit, len(held), lacks, open_here))
    return [team for team in teams if fits(team, standing)]


def fits(team: Team, standing: str) -> bool:
    """Say whether a team is of the standing asked for; an empty one asks for all."""
    if standing == WAIVED:
        return bool(team.waivers)
    if standing in (COMPLETE, LACKING):
        return bool(team.lacking) == (standing == LACKING)
    return True
