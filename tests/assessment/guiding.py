"""What the tests of guidance begin with: an assignment, a visit, an inspection with an issue, a sent circular."""

from datetime import timedelta
from typing import Any

from assessment.guiding.circulars import actions as circulars
from assessment.guiding.circulars.actions import Letter
from assessment.guiding.inspections import actions as inspections
from assessment.guiding.inspections.models import Inspection, Issue, Level, Severity, Topic
from assessment.guiding.models import Circular, TrainerAssignment, Visit
from assessment.guiding.visits import actions as visits
from assessment.guiding.visits.models import VisitKind
from schools.clock import today
from schools.notices.models import Notice
from schools.people.models import Person
from tests.cast import SchoolCast, World, acting
from tests.stories import picture


def office(world: World):  # type: ignore[no-untyped-def]
    return acting(world.alpha["county-office"])


def assigned(world: World, school: SchoolCast, **days: Any) -> TrainerAssignment:
    """The trainer of Alpha guides the school from ten days ago for thirty days ahead."""
    asked = {"starts_on": today() - timedelta(days=10), "last_on": today() + timedelta(days=30), **days}
    return visits.assign(
        trainer=world.alpha["trainer"], school=school.school, focus="Records", by=office(world), **asked
    )


def visited(world: World, row: TrainerAssignment, **facts: Any) -> Visit:
    asked = {"day": today(), "kind": VisitKind.ON_SITE, "looked_at": "Two lessons", **facts}
    return visits.write(
        assignment=row, observed="Quiet", advice="Ask more", by=acting(world.alpha["trainer"]), **asked
    )


def inspected(world: World, school: SchoolCast) -> Inspection:
    return inspections.inspect(
        school=school.school, level=Level.COUNTY, topic=Topic.PROCESS, day=today(), members="Two",
        summary="One thing", by=office(world),
    )  # fmt: skip


def issue(world: World, school: SchoolCast, **facts: Any) -> Issue:
    asked = {"due_on": today() + timedelta(days=7), "owner": school["team"], "title": "Lists", **facts}
    return inspections.raise_issue(
        school=school.school, area="", severity=Severity.SERIOUS, by=office(world), **asked
    )


def mended(world: World, school: SchoolCast, **facts: Any) -> Issue:
    row = issue(world, school, **facts)
    inspections.mend(issue=row, words="Done.", proof=picture(5), by=acting(school["cio"]))
    return row


def drafted(world: World, *schools: SchoolCast, **facts: Any) -> Circular:
    letter = Letter(
        **{
            "title": "Read this", "text": "Please.", "roles": ["principal", "cio"],
            "schools": [cast.school for cast in schools], "is_to_all_schools": not schools, **facts,
        }
    )  # fmt: skip
    return circulars.draft(county=world.alpha.county, letter=letter, by=office(world))


def told(person: Person) -> list[str]:
    """Return what somebody was told, oldest first, as source sentences."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("sentence", flat=True))
