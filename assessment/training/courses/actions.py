"""Keeping courses and noting who attended; attendance enters the hours."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Participant, Programme
from assessment.training import actions as training
from assessment.training.activities.queries import may_lead
from assessment.training.courses.models import Attendance, Course
from assessment.training.courses.queries import ORIGIN
from assessment.training.models import Category, HourClaim, Source
from microcapabilities.models import Point
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import today
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


@transaction.atomic
def keep(
    *,
    programme: Programme,
    school: School | None,
    by: Actor,
    course: Course | None = None,
    trainers: Iterable[Person] = (),
    points: Iterable[Point] = (),
    **facts: Any,
) -> Course:
    """Write a course down, or change it until somebody's attendance is noted.

    `facts`: kind, title, provider, trainers_named, begins_on, ends_on, hours, category, counts, for_roles.
    """
    require(by, programme.county, school)
    if facts["ends_on"] < facts["begins_on"]:
        raise Refused(_("The last day has to lie after the first."), "span")
    if course is not None and course.attendances.exists():
        raise Refused(_("Attendance is noted already; the course stays as it is."), "attended")
    row = course or Course(county=programme.county, school=school, programme=programme)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    row.trainers.set(trainers)
    row.points.set(points)
    act = "course-changed" if course else "course-kept"
    record(act, county=programme.county, school=school, subject=f"course {row.pk}", by=by)
    return row


@transaction.atomic
def note_attendance(*, course: Course, people: Iterable[Person], school: School | None, by: Actor) -> int:
    """Note who attended; where the course counts, participants get its hours. Returns how many were new."""
    require(by, course.county, school)
    require_holder(course, school)
    if course.begins_on > today():
        raise Refused(_("The course lies ahead; attendance is noted when it has begun."), "future")
    people = list(people)
    known = set(course.attendances.filter(person__in=people).values_list("person_id", flat=True))
    fresh = [person for person in people if person.pk not in known]
    rows = Participant.objects.filter(
        programme_id=course.programme_id, person__in=fresh, ends_on__isnull=True, excluded_because=""
    )
    taking_part = {row.person_id: row for row in rows}
    for person in fresh:
        note_one(course, person, taking_part.get(person.pk), by)
    if fresh:
        record(
            "attendance-noted",
            county=course.county,
            school=school,
            subject=f"course {course.pk}",
            by=by,
            people=[person.pk for person in fresh],
        )
    return len(fresh)


def note_one(course: Course, person: Person, participant: Participant | None, by: Actor) -> None:
    """Note one attendance and enter its hours, where it counts and the person takes part."""
    Attendance.objects.get_or_create(
        course=course,
        person=person,
        defaults={"county_id": course.county_id, "participant": participant, "marked_by": by.user},
    )
    if course.counts and participant is not None:
        training.enter(
            participant=participant,
            category=Category(course.category),
            hours=Decimal(course.hours),
            title=course.title,
            held_on=min(course.ends_on, today()),
            source=Source.COURSE,
            origin=f"{ORIGIN}{course.pk}",
        )


@transaction.atomic
def strike(*, attendance: Attendance, school: School | None, by: Actor) -> None:
    """Take an attendance away that was noted by mistake and brought no hours."""
    course = attendance.course
    require(by, course.county, school)
    require_holder(course, school)
    entered = HourClaim.objects.filter(person_id=attendance.person_id, origin=f"{ORIGIN}{course.pk}")
    if entered.exists():
        raise Refused(
            _("The hours are entered; refuse them in the school's list of hours instead."), "entered"
        )
    record(
        "attendance-struck",
        county=course.county,
        school=school,
        subject=f"course {course.pk}",
        by=by,
        person=attendance.person_id,
    )
    attendance.delete()


def require_holder(course: Course, school: School | None) -> None:
    if course.school_id != (school.pk if school else None):
        raise Forbidden(_("Whoever holds the course notes who attended it."), "forbidden")


def may_keep(by: Actor, county: County, school: School | None) -> bool:
    """Say whether somebody keeps the courses of the county, or of a school as a whole."""
    if school is None:
        return by.can(Permission.KEEP_BODIES, county)
    return may_lead(by, school, None)


def require(by: Actor, county: County, school: School | None) -> None:
    if not may_keep(by, county, school):
        raise Forbidden(_("You may not do this here."), "forbidden")
