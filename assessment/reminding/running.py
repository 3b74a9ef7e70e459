"""The run of a day: for each duty, who has not done it and has come to a step, told once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from assessment.programme.models import Programme
from assessment.reminding.chats.posting import announce
from assessment.reminding.look import Look
from assessment.reminding.rules import Due, Rule, come_due, not_told, rules_of
from assessment.reminding.telling import Word, tell_once


def due_on(
    programme: Programme, day: date, rules: Mapping[str, Rule] | None = None, look: Look | None = None
) -> dict[str, list[Due]]:
    """Return by duty who would be reminded on the day: nothing is written."""
    look = look or Look(programme, day)
    found = {
        key: come_due(look, rule, rule.duty.rows(look))
        for key, rule in (rules or rules_of(programme)).items()
        if rule.is_on
    }
    fresh = not_told(programme, [due for rows in found.values() for due in rows])
    return {key: [due for due in fresh if due.rule.duty.key == key] for key in found}


def remind(programme: Programme, day: date) -> Counter[str]:
    """Remind everybody whose step has come; safe to run as often as one likes. Returns how many by duty."""
    found = due_on(programme, day)
    with transaction.atomic():
        told = tell_once(programme, [word_of(due) for rows in found.values() for due in rows])
        announce(programme, day, heard_in_chats(found, told))
    return Counter(word.duty for word in told)


def word_of(due: Due) -> Word:
    pending = due.pending
    return Word(
        duty=due.rule.duty.key,
        step=due.step,
        person_id=pending.person_id,
        school_id=pending.school_id,
        due=pending.due,
        sentence=due.sentence,
        values=pending.filled,
        url=pending.url,
        by_mail=due.rule.by_mail,
    )


def heard_in_chats(found: Mapping[str, Sequence[Due]], told: Iterable[Word]) -> list[Due]:
    """Return those told now whose duty's counts go to the group chats."""
    now_told = {word.key for word in told}
    return [due for rows in found.values() for due in rows if due.rule.to_chat and due.key in now_told]
