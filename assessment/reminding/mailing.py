"""Letters to people: written in the transaction of what they tell of, sent later by a task.

SMTP cannot promise "exactly once": a worker that dies between the server's answer and our mark sends again.
Every try carries the same Message-ID, so that mail servers and programs can show the letter once.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.reminding import outbox
from assessment.reminding.models import Mail, MailPreference
from schools.people.models import Person

Details = tuple[tuple[str | Promise, str], ...]
DUMMY = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Part:
    """One thing that a letter tells: an English sentence with its values, an address, further lines."""

    sentence: str
    values: dict[str, Any]
    url: str
    details: Details = ()

    @property
    def text(self) -> str:
        """The sentence and its lines in the active language."""
        lines = [f"{label}: {words}" for label, words in self.details]
        return "\n".join([_(self.sentence) % self.values, *lines])


def is_mail_on() -> bool:
    """Say whether this portal sends mail at all."""
    return settings.EMAIL_BACKEND != DUMMY


def readers(person_ids: Iterable[int]) -> dict[int, tuple[Person, str]]:
    """Return who wants letters and can get them, with their language: by id, in two queries."""
    if not is_mail_on():
        return {}
    ids = list(person_ids)
    said = {row.person_id: row for row in MailPreference.objects.filter(person__in=ids)}
    people = Person.objects.filter(pk__in=ids, is_active=True).exclude(email="")
    return {
        person.pk: (person, said[person.pk].language if person.pk in said else settings.LANGUAGE_CODE)
        for person in people
        if person.pk not in said or said[person.pk].by_mail
    }


def letter(person: Person, subject: str, parts: Sequence[tuple[str, str]]) -> Mail:
    """Return a letter in the active language; `parts` are texts with the address each leads to."""
    lines = [_("Dear %(name)s,") % {"name": person.name}, ""]
    for text, url in parts:
        lines += [text, *([full(url)] if url else []), ""]
    lines += ["-- ", _("You get this from the micro-capability portal. Switch mails off or on here:")]
    lines.append(full(reverse("assessment:own-reminders")))
    return Mail(
        county_id=person.county_id,
        person=person,
        key=secrets.token_hex(16),
        subject=subject[:200],
        body="\n".join(lines),
    )


def reminding(parts: Mapping[int, Sequence[Part]]) -> dict[int, Mail]:
    """Write one letter per person over all that they are told."""
    letters = {}
    for pk, (person, language) in readers(parts).items():
        with translation.override(language):
            said = [(part.text, part.url) for part in parts[pk]]
            count = len(said)
            subject = ngettext("Reminder: %d thing waits", "Reminder: %d things wait", count) % count
            letters[pk] = letter(person, subject, said)
    Mail.objects.bulk_create(letters.values())
    return letters


def full(url: str) -> str:
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{url}"


def send(batch: list[Mail]) -> None:
    """Send claimed letters over one connection; a server that is down postpones them all."""
    if not is_mail_on():
        for row in batch:
            outbox.off(row)
        return
    people = Person._base_manager.in_bulk([row.person_id for row in batch])
    unwanted = set(
        MailPreference._base_manager.filter(person__in=people, by_mail=False).values_list(
            "person_id", flat=True
        )
    )
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        for row in batch:
            outbox.failed(row, said_of(error))
        return
    try:
        for row in batch:
            person = people[row.person_id]
            if row.person_id in unwanted or not person.email or not person.is_active:
                outbox.off(row)
            elif outbox.hold(row):
                send_one(row, person.email, connection)
    finally:
        connection.close()


def send_one(row: Mail, address: str, connection: BaseEmailBackend) -> None:
    """Send one letter and mark it; an address that the server refuses is not tried again."""
    message = EmailMessage(
        row.subject,
        row.body,
        to=[address],
        connection=connection,
        headers={"Message-ID": f"<{row.key}@{urlsplit(settings.PUBLIC_ADDRESS).hostname or 'portal'}>"},
    )
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        outbox.failed(row, said_of(error), is_final=bool(codes) and min(codes) >= 500)
    except (OSError, SMTPException, ValueError) as error:
        outbox.failed(row, said_of(error))
    else:
        outbox.sent(row)


def said_of(error: Exception) -> str:
    """Return the kind of trouble without addresses, which servers like to repeat."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
