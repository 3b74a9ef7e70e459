"""Stories of activities and courses that several tests begin with, walked by real actions."""

from datetime import datetime, timedelta
from typing import Any

from assessment.programme.models import Programme
from assessment.training.activities import actions, signing
from assessment.training.activities.models import Activity, ActivityKind, How, SignIn
from assessment.training.courses import actions as courses
from assessment.training.courses.models import Course, CourseKind
from assessment.training.models import Category
from schools.clock import now, today
from schools.people.models import Person
from tests.cast import CountyCast, SchoolCast, acting
from tests.stories import participant, programme

Times = tuple[datetime, datetime]


def around_now(minutes: int = 60) -> Times:
    """Return a span that began a little ago."""
    begin = now() - timedelta(minutes=minutes // 2)
    return begin, begin + timedelta(minutes=minutes)


def planned(cast: CountyCast, school: SchoolCast, by: str = "cio", **facts: Any) -> Activity:
    """The person `by` plans an activity; a group head for the own group."""
    begins_at, ends_at = facts.pop("times", None) or around_now()
    year: Programme = programme(cast)
    told = {"kind": ActivityKind.DISCUSSION, "title": "Fractions talked over", "place": "Room 3", **facts}
    if by == "group-head":
        told.setdefault("group", school.group)
    return actions.plan(
        programme=year,
        school=school.school,
        purpose="Questions that make pupils think",
        begins_at=begins_at,
        ends_at=ends_at,
        leader=school[by],
        by=acting(school[by]),
        **told,
    )


def opened(cast: CountyCast, school: SchoolCast, by: str = "cio", **facts: Any) -> Activity:
    activity = planned(cast, school, by, **facts)
    actions.open_sign_in(activity=activity, by=acting(school[by]))
    return activity


def signed_in(cast: CountyCast, activity: Activity, person: Person, how: How = How.CODE) -> SignIn:
    """The person signs in by the code of the moment."""
    return signing.sign_in(
        activity=activity,
        participant=participant(cast, person),
        code=signing.code_at(activity, now()),
        how=how,
        by=acting(person),
    )


def closed(cast: CountyCast, activity: Activity, by: Person) -> None:
    """The leader writes the record and closes."""
    actions.write_record(activity=activity, text="We found two good questions.", by=acting(by))
    actions.close(activity=activity, by=acting(by))


def course(cast: CountyCast, school: SchoolCast | None = None, **facts: Any) -> Course:
    """A course of the county, or of the school, that ended yesterday."""
    keeper = school["cio"] if school else cast["county-office"]
    told: dict[str, Any] = {
        "kind": CourseKind.TEAM,
        "title": "Team training",
        "provider": "Normal university",
        "trainers_named": "",
        "begins_on": today() - timedelta(days=2),
        "ends_on": today() - timedelta(days=1),
        "hours": 6,
        "category": Category.ONLINE,
        "counts": True,
        "for_roles": [],
        **facts,
    }
    return courses.keep(
        programme=programme(cast), school=school.school if school else None, by=acting(keeper), **told
    )
