"""Steps that the tests of reminders share: a phase that ends soon, mails, many who have something to do."""

from datetime import date, timedelta

from assessment.programme import actions as programmes
from assessment.programme.models import Participant, PhaseKind, Programme
from assessment.reminding.models import Mail, Reminder
from schools.clock import today
from schools.notices.models import Notice
from schools.people.models import Person
from tests.cast import CountyCast, SchoolCast, acting


def ends_in(cast: CountyCast, programme: Programme, kind: PhaseKind, days: int, *, began: int = 60) -> date:
    """Let a phase end so many days from today; returns its last day."""
    last = today() + timedelta(days=days)
    programmes.set_phase(
        programme=programme,
        kind=kind,
        opens_on=today() - timedelta(days=began),
        closes_on=last,
        by=acting(cast["county-office"]),
    )
    return last


def only(cast: CountyCast, programme: Programme, kind: PhaseKind, days: int) -> date:
    """Let one phase end in so many days and all others in two hundred."""
    for other in PhaseKind:
        ends_in(cast, programme, other, 200)
    return ends_in(cast, programme, kind, days)


def people(school: SchoolCast, programme: Programme, count: int) -> list[Person]:
    """Enrol so many further people with a mail address, without accounts; in three statements."""
    tenant = {"county": school.school.county, "school": school.school}
    made = Person.objects.bulk_create(
        Person(**tenant, name=f"人{number:04d}", email=f"p{number}@example.org", group=school.group)
        for number in range(count)
    )
    Participant.objects.bulk_create(
        Participant(**tenant, programme=programme, person=person, starts_on=today() - timedelta(days=90))
        for person in made
    )
    return made


def written() -> tuple[int, int, int]:
    """Return how many reminders, notices of reminders and mails there are."""
    told = Reminder.objects.filter(notice__isnull=False).values("notice")
    return Reminder.objects.count(), Notice.objects.filter(pk__in=told).count(), Mail.objects.count()
