"""Writing reminders: the row, its notice, its part of a letter, in one transaction; whoever has the row tells."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from assessment.programme.models import Programme
from assessment.reminding.mailing import Details, Part, reminding
from assessment.reminding.models import Mail, Reminder
from schools.notices.models import Notice

PIECE = 400


@dataclass(frozen=True)
class Word:
    """What is to be said to one person at one step; `details` are lines that only the letter has."""

    duty: str
    step: str
    person_id: int
    school_id: int | None
    due: date | None
    sentence: str
    values: dict[str, Any]
    url: str
    by_mail: bool = True
    details: Details = ()

    @property
    def key(self) -> tuple[str, str, int]:
        return self.duty, self.step, self.person_id


def tell_once(programme: Programme, words: Iterable[Word]) -> list[Word]:
    """Tell each word that nobody has told before; returns those told now. One transaction.

    Two runs at once: the database takes each step's row from one of them, the other finds it there.
    """
    by_key = {word.key: word for word in words}
    if not by_key:
        return []
    with transaction.atomic():
        fresh = inserted(programme, list(by_key.values()))
        told = [(row, by_key[row.duty, row.step, row.person_id]) for row in fresh]
        add_notices(programme, told)
        add_mails([(row, word) for row, word in told if word.by_mail])
        Reminder.objects.bulk_update(fresh, ["notice", "mail"], batch_size=PIECE)
    return [word for _row, word in told]


def inserted(programme: Programme, words: Sequence[Word]) -> list[Reminder]:
    """Insert a row per word, passing over those that are there; return the rows that are this run's."""
    run = secrets.token_hex(16)
    Reminder.objects.bulk_create(
        [
            Reminder(
                county_id=programme.county_id,
                programme=programme,
                duty=word.duty,
                step=word.step,
                person_id=word.person_id,
                school_id=word.school_id,
                due=word.due,
                run=run,
            )
            for word in words
        ],
        ignore_conflicts=True,
    )
    return list(Reminder.objects.filter(run=run).order_by("pk"))


def add_notices(programme: Programme, told: Sequence[tuple[Reminder, Word]]) -> None:
    """Write one notice per reminder."""
    notices = [
        Notice(
            county_id=programme.county_id,
            person_id=word.person_id,
            sentence=word.sentence,
            values=word.values,
            url=word.url,
        )
        for _row, word in told
    ]
    Notice.objects.bulk_create(notices)
    for (row, _word), notice in zip(told, notices, strict=True):
        row.notice = notice


def add_mails(told: Sequence[tuple[Reminder, Word]]) -> None:
    """Write one letter per person over all that this run tells them."""
    parts: dict[int, list[Part]] = defaultdict(list)
    for _row, word in told:
        parts[word.person_id].append(Part(word.sentence, word.values, word.url, word.details))
    letters: dict[int, Mail] = reminding(parts) if parts else {}
    for row, _word in told:
        row.mail = letters.get(row.person_id)
