"""What people do about reminders: set a rule, run the day's, let a mail be tried again, say what one wants."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Programme
from assessment.reminding import outbox
from assessment.reminding.duties.table import Duty
from assessment.reminding.models import Mail, MailPreference, ReminderRule
from assessment.reminding.running import remind
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import today
from schools.organisations.models import County
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

MOST_DAYS, MOST_MOMENTS = 60, 8


def check_right(by: Actor, county: County) -> None:
    if not by.can(Permission.SET_RULES, county):
        raise Forbidden(_("You may not do this here."), "forbidden")


@transaction.atomic
def set_rule(
    *,
    programme: Programme,
    duty: Duty,
    days: Iterable[int],
    is_on: bool,
    by_mail: bool,
    to_chat: bool,
    by: Actor,
) -> ReminderRule:
    """Say when and how the county reminds of one duty; `days` count from the due day, before it negative."""
    check_right(by, programme.county)
    chosen = sorted(set(days))
    if duty.days and is_on and not chosen:
        raise Refused(_("Please name at least one day, or switch the reminding off."), "days")
    if len(chosen) > MOST_MOMENTS or any(abs(day) > MOST_DAYS for day in chosen):
        raise Refused(
            _("At most %(moments)d moments, each at most %(days)d days away.")
            % {"moments": MOST_MOMENTS, "days": MOST_DAYS},
            "days",
        )
    values = {"days": chosen, "is_on": is_on, "by_mail": by_mail, "to_chat": to_chat}
    rule, _made = ReminderRule.objects.update_or_create(
        programme=programme, duty=duty.key, defaults=values | {"county_id": programme.county_id}
    )
    record("set-reminder-rule", county=programme.county, subject=duty.key, by=by, **values)
    return rule


@transaction.atomic
def run_now(*, programme: Programme, by: Actor) -> Counter[str]:
    """Run the day's reminders now; whoever was reminded this morning is not reminded again."""
    check_right(by, programme.county)
    told = remind(programme, today())
    record("run-reminders", county=programme.county, by=by, told=sum(told.values()))
    return told


@transaction.atomic
def send_again(*, mail: Mail, by: Actor) -> None:
    """Let a mail that was given up be tried anew."""
    check_right(by, mail.county)
    if not outbox.try_again(mail):
        raise Refused(_("Only a mail that was given up can be tried again."), "status")
    record("send-mail-again", county=mail.county, subject=f"mail {mail.pk}", by=by)


@transaction.atomic
def prefer(*, person: Person, by_mail: bool, language: str, by: Actor) -> MailPreference:
    """Say whether one wants mails, and in which language; one's own only."""
    if by.person is None or by.person.pk != person.pk:
        raise Forbidden(_("This belongs to somebody else."), "own")
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Please choose one of the languages."), "language")
    values = {"by_mail": by_mail, "language": language, "county_id": person.county_id}
    row, _made = MailPreference.objects.update_or_create(person=person, defaults=values)
    return row
