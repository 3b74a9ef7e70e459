"""Reading activities: of a school, of a county, one's own; who is expected and who may come."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from assessment.programme.models import Participant, Programme
from assessment.showing import own_groups
from assessment.training.activities.models import Activity, ActivityState, SignIn
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import SHANGHAI
from schools.organisations.models import School, TeachingGroup
from schools.organisations.queries import school_named
from schools.people.models import Membership, Person

ORIGIN = "activity:"


def may_lead(by: Actor, school: School, group_id: int | None) -> bool:
    """Say whether somebody leads activities of this group; None stands for those of the whole school."""
    groups = own_groups(by, school, Permission.LEAD_ACTIVITIES)
    return groups is None or group_id in groups


def led_groups(by: Actor, school: School) -> tuple[list[TeachingGroup], bool]:
    """Return the groups for which somebody plans, and whether also for the whole school."""
    groups = own_groups(by, school, Permission.LEAD_ACTIVITIES)
    rows = TeachingGroup.objects.filter(school=school).order_by("name")
    return list(rows if groups is None else rows.filter(pk__in=groups)), groups is None


def expected(activity: Activity) -> QuerySet[Participant]:
    """Return who is expected: the group's members, or all of the school's participants, by name."""
    rows = Participant._base_manager.filter(
        county_id=activity.county_id,
        school_id=activity.school_id,
        programme_id=activity.programme_id,
        ends_on__isnull=True,
        excluded_because="",
    )
    if activity.group_id:
        rows = rows.filter(person__group_id=activity.group_id)
    return rows.select_related("person").order_by("person__pinyin", "person_id")


def found_at(
    school: School, programme: Programme | None, *, q: str, kind: str, group: str, state: str
) -> QuerySet[Activity]:
    """Return the school's activities that words and filters leave, with how many signed in."""
    rows = Activity.objects.filter(school=school, programme=programme)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(place__icontains=q))
    if kind:
        rows = rows.filter(kind=kind)
    if group:
        rows = rows.filter(group__isnull=True) if group == "school" else rows.filter(group_id=int(group))
    return counted(rows.filter(state=int(state)) if state else rows)


def found_in_county(
    programme: Programme | None, *, q: str, kind: str, place: str, state: str
) -> QuerySet[Activity]:
    """Return the county's activities that words (of school or title) and filters leave."""
    rows = Activity.objects.filter(programme=programme)
    if q:
        rows = rows.filter(school_named(q, "school__") | Q(title__icontains=q))
    if kind:
        rows = rows.filter(kind=kind)
    if place:
        rows = rows.filter(school__is_rural=place == "rural")
    return counted(rows.filter(state=int(state)) if state else rows)


def counted(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return activities with what a list shows; `came` counts the sign-ins."""
    return rows.select_related("school", "group", "leader").annotate(came=Count("sign_ins"))


def open_to(participant: Participant) -> QuerySet[Activity]:
    """Return the activities to which a participant may come: the own group's and school's, and as partner."""
    at_school = Q(school_id=participant.school_id) & (
        Q(group__isnull=True) | Q(group_id=participant.person.group_id)
    )
    signed = Q(pk__in=SignIn.objects.filter(person_id=participant.person_id).values("activity_id"))
    return Activity.objects.filter(
        at_school | Q(partner_id=participant.school_id) | signed, programme_id=participant.programme_id
    ).select_related("school", "group", "leader", "partner", "programme")


def by_day(rows: QuerySet[Activity], day: date) -> tuple[QuerySet[Activity], ...]:
    """Return the activities of the day, those that lie ahead, and those that are past (latest first).

    One that runs past midnight is of both its days.
    """
    begin = datetime.combine(day, time.min, SHANGHAI)
    end = begin + timedelta(days=1)
    standing = rows.exclude(state=ActivityState.CANCELLED)
    return (
        standing.filter(begins_at__lt=end, ends_at__gt=begin).order_by("begins_at", "pk"),
        standing.filter(begins_at__gte=end).order_by("begins_at", "pk"),
        rows.filter(ends_at__lte=begin).order_by("-begins_at", "-pk"),
    )


def own_sign_ins(person: Person, activities: Iterable[Activity]) -> dict[int, SignIn]:
    """Return the person's sign-ins by activity id."""
    rows = SignIn.objects.filter(person=person, activity__in=[activity.pk for activity in activities])
    return {row.activity_id: row for row in rows}


def activity_of(origin: str) -> Activity | None:
    """Return the activity that a claim's origin names: the proof of such hours; None for other origins."""
    number = origin.removeprefix(ORIGIN)
    if not origin.startswith(ORIGIN) or not number.isdigit():
        return None
    return Activity.objects.select_related("school__county", "group").filter(pk=int(number)).first()


def heads_of(activity: Activity) -> QuerySet[Person]:
    """Return the heads of the activity's group now."""
    held = Membership.objects.filter(group_id=activity.group_id, role="group-head", ends_on__isnull=True)
    return Person.objects.filter(pk__in=held.values("person_id"))
