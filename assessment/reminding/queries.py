"""Reading reminders: given at a school, one's own, mails that were given up, and what one wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet

from assessment.programme.models import Programme
from assessment.reminding.look import Look
from assessment.reminding.models import Mail, MailPreference, OutboxStatus, Reminder
from assessment.reminding.rules import Due, Rule
from schools.organisations.models import School
from schools.people.models import Person


@dataclass(frozen=True)
class RuleShown:
    """One duty as the county's page shows it: its rule and how many would be reminded today."""

    rule: Rule
    due: str
    today: int
    told: int

    @property
    def moments(self) -> str:
        """The days as a signed enumeration: −14, −7, −3, −1, +1."""
        return ", ".join(f"{day:+d}".replace("-", "−") for day in sorted(self.rule.days))


def rules_shown(look: Look, rules: Mapping[str, Rule], found: Mapping[str, Sequence[Due]]) -> list[RuleShown]:
    """Return every duty with its rule, the day its phase ends, and counts of today and so far."""
    told = dict(
        Reminder.objects.filter(programme=look.programme).order_by().values_list("duty").annotate(Count("pk"))
    )
    return [
        RuleShown(rule, closing(look, rule), len(found.get(key, ())), told.get(key, 0))
        for key, rule in rules.items()
    ]


def closing(look: Look, rule: Rule) -> str:
    """Return the last day of a duty's phase; an empty text where it has none."""
    window = look.windows.get(rule.duty.phase) if rule.duty.phase else None
    return window.closes_on.isoformat() if window else ""


def given_at(
    programme: Programme | None, school: School, *, q: str = "", duty: str = ""
) -> QuerySet[Reminder]:
    """Return the reminders given at a school, with person and mail."""
    rows = Reminder.objects.filter(programme=programme, school=school)
    if q:
        rows = rows.filter(person__in=Person.objects.named_like(q))
    if duty:
        rows = rows.filter(duty=duty)
    return rows.select_related("person", "mail").order_by("-made_at", "pk")


def given_up(*, q: str = "") -> QuerySet[Mail]:
    """Return the mails that were given up."""
    rows = Mail.objects.filter(status=OutboxStatus.FAILED)
    if q:
        rows = rows.filter(person__in=Person.objects.named_like(q))
    return rows.select_related("person__school", "county").order_by("-made_at", "pk")


def mails_counted() -> dict[str, int]:
    """Return how many mails stand at each status."""
    counts = dict(Mail.objects.order_by().values_list("status").annotate(Count("pk")))
    return {status.value: counts.get(status.value, 0) for status in OutboxStatus}


def preference_of(person: Person | None) -> MailPreference:
    """Return what somebody wants; who never said so wants mails in the portal's language."""
    found = MailPreference.objects.filter(person=person).first()
    return found or MailPreference(person=person, by_mail=True, language=settings.LANGUAGE_CODE)


def people_due(found: Sequence[Due], most: int) -> list[tuple[Person, Due]]:
    """Return at most `most` of those due with the person, by name."""
    by_person = {due.pending.person_id: due for due in found}
    people = Person.objects.filter(pk__in=by_person).select_related("school").order_by("pinyin", "pk")
    return [(person, by_person[person.pk]) for person in people[:most]]
