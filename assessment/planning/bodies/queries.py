"""Reading the bodies of a county and its schools: who sits there, and what the team still lacks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from assessment.planning.bodies.models import Body, BodyKind, Seat, Waiver
from assessment.planning.bodies.posts import rank
from assessment.planning.bodies.rule import LABELS, SHARING, SIZE, TeamRule, rule_of
from assessment.programme.models import Programme
from schools.clock import today
from schools.organisations.models import County, School
from schools.sheets.rows import day


def unit_of(school: School) -> School:
    """Return the unit whose bodies stand for the school: its managing unit, else itself."""
    return school.managed_by or school


def seats_of(bodies: Iterable[Body]) -> QuerySet[Seat]:
    """Return all seats of some bodies, the ended ones too, with their holders, oldest first."""
    seats = Seat.objects.filter(body__in=[body.pk for body in bodies])
    return seats.select_related("person__school", "body").order_by("starts_on", "person__pinyin", "pk")


def holds_today() -> Q:
    """Return the condition of seats that are held at this moment."""
    moment = today()
    return Q(ended_on__isnull=True, starts_on__lte=moment) & (Q(until__isnull=True) | Q(until__gte=moment))


def bodies_at(county: County, school: School | None) -> list[Body]:
    """Return the bodies formed so far, in their order."""
    bodies = Body.objects.filter(county=county, school=school).select_related("county", "school")
    kinds = list(BodyKind)
    return sorted(bodies, key=lambda body: kinds.index(BodyKind(body.kind)))


def ranked(seats: Iterable[Seat], *, is_school: bool) -> list[Seat]:
    """Return the seats in the order of their posts."""
    return sorted(seats, key=lambda seat: rank(seat.body.kind, seat.post, is_school=is_school))


def lacking(programme: Programme, school: School) -> list[str]:
    """Return a sentence for everything that the school's management team still lacks."""
    unit = unit_of(school)
    waived = {waiver.about for waiver in waivers_of(programme, unit)}
    return sentences(rule_of(programme), unit, team_seats([unit])[unit.pk], waived, today())


def team_seats(units: Sequence[School]) -> dict[int, list[Seat]]:
    """Return the seats of each unit's management team that have not ended, by id of the unit; one query."""
    found: dict[int, list[Seat]] = {unit.pk: [] for unit in units}
    running = Seat.objects.filter(
        body__school__in=units, body__kind=BodyKind.MANAGEMENT_TEAM, ended_on__isnull=True
    )
    for seat in running.select_related("person__school", "body").order_by("starts_on", "pk"):
        if seat.body.school_id is not None:
            found[seat.body.school_id].append(seat)
    return found


def is_held(seat: Seat, unit: School, moment: date) -> bool:
    """Say whether a seat of a unit's team that has not ended is held on a day by somebody who belongs there."""
    is_in_term = seat.starts_on <= moment and (seat.until is None or seat.until >= moment)
    return is_in_term and not has_left(seat, unit)


def sentences(rule: TeamRule, unit: School, seats: list[Seat], waived: set[str], moment: date) -> list[str]:
    """Return what one team lacks on a day under the rule, less what is waived."""
    unfit, fit = [], []
    for seat in seats:
        if seat.until and seat.until < moment:
            unfit.append(
                _("The term of %(name)s (%(post)s) ended on %(day)s.")
                % {"name": seat.holder, "post": seat.get_post_display(), "day": day(seat.until)}
            )
        elif has_left(seat, unit):
            unfit.append(
                _("%(name)s (%(post)s) is no longer of this school.")
                % {"name": seat.holder, "post": seat.get_post_display()}
            )
        elif seat.starts_on <= moment:
            fit.append(seat)
    found = [] if SIZE in waived else size_said(rule, fit)
    found += [
        _("The post “%(post)s” is not filled.") % {"post": LABELS[post]}
        for post in rule.posts
        if post not in waived and post not in {seat.post for seat in fit}
    ]
    if not rule.may_share and SHARING not in waived:
        found += sharing_said(fit)
    return found + unfit


def who(seat: Seat) -> tuple[int | None, str]:
    """Return what tells one holder from another: the person, or the name of an outsider."""
    return seat.person_id, seat.name


def has_left(seat: Seat, unit: School) -> bool:
    """Say whether the holder is a person who is no longer of the unit, or of a school that it manages."""
    person = seat.person
    if person is None:
        return False
    school = person.school
    return not person.is_active or school is None or unit.pk not in (school.pk, school.managed_by_id)


def size_said(rule: TeamRule, seats: list[Seat]) -> list[str]:
    """Return the sentence about the team's size, where it does not fit."""
    count = len({who(seat) for seat in seats})
    if count >= rule.least and (not rule.most or count <= rule.most):
        return []
    values = {"count": count, "least": rule.least, "most": rule.most}
    if not rule.most:
        return [
            ngettext(
                "The management team has %(count)d person; at least %(least)d are asked for.",
                "The management team has %(count)d people; at least %(least)d are asked for.",
                count,
            )
            % values
        ]
    return [
        ngettext(
            "The management team has %(count)d person; %(least)d to %(most)d are asked for.",
            "The management team has %(count)d people; %(least)d to %(most)d are asked for.",
            count,
        )
        % values
    ]


def sharing_said(seats: list[Seat]) -> list[str]:
    """Return a sentence for everybody who holds more than one post of the team."""
    counted = Counter(who(seat) for seat in seats)
    names = {who(seat): seat.holder for seat in seats}
    return [
        _("%(name)s holds %(count)d posts; each post asks for a person of its own.")
        % {"name": names[key], "count": count}
        for key, count in counted.items()
        if count > 1
    ]


def snapshot(programme: Programme, school: School) -> list[dict[str, str]]:
    """Return the school's bodies as they are filed: body, post, name, since, until; in the portal's language.

    Those of a managed school are its unit's; names stand as text, so that a filing keeps them.
    """
    unit = unit_of(school)
    bodies = bodies_at(unit.county, unit)
    seats = ranked(seats_of(bodies).filter(holds_today()), is_school=True)
    with override(settings.LANGUAGE_CODE):
        return [
            {
                "body": str(body),
                "post": seat.get_post_display(),
                "name": seat.holder,
                "since": day(seat.starts_on),
                "until": day(seat.until),
            }
            for body in bodies
            for seat in seats
            if seat.body_id == body.pk
        ]


def waivers_of(programme: Programme, school: School | None = None) -> QuerySet[Waiver]:
    """Return the waivers that hold, of one school or of all, latest first."""
    waivers = Waiver.objects.filter(programme=programme, ended_at__isnull=True)
    if school:
        waivers = waivers.filter(school=school)
    return waivers.select_related("school", "granted_by__person").order_by("-granted_at", "-pk")
