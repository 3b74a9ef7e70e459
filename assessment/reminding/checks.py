"""Invariants of reminders, outboxes and flags."""

from django.db.models import F, Q

from assessment.reminding.chats.models import ChatMessage
from assessment.reminding.models import Mail, OutboxStatus, Outgoing, Reminder
from assessment.reminding.risks.models import RiskFlag
from schools.invariants import Found, invariant
from schools.jobs.models import Job, JobStatus

EFFECTS = "Every committed effect (mail, PDF, report) is done or pending, never missing, never twice."


@invariant(16, EFFECTS)
def reminders_are_told() -> Found:
    rows = Reminder._base_manager.all()
    silent = rows.filter(notice__isnull=True)
    broken = [f"reminder {pk}: nobody was told" for pk in silent.values_list("pk", flat=True)]
    strange = rows.filter(~Q(mail__person=F("person")), mail__isnull=False)
    broken += [f"reminder {pk}: another's mail" for pk in strange.values_list("pk", flat=True)]
    elsewhere = rows.filter(~Q(notice__person=F("person")), notice__isnull=False)
    broken += [f"reminder {pk}: another's notice" for pk in elsewhere.values_list("pk", flat=True)]
    return rows.count(), broken


@invariant(16, EFFECTS)
def outboxes_are_done_or_pending() -> Found:
    found, broken = 0, []
    models: tuple[type[Outgoing], ...] = (Mail, ChatMessage)
    for model in models:
        rows = model._base_manager.all()
        found += rows.count()
        both = rows.filter(~Q(status=OutboxStatus.SENT), sent_at__isnull=False)
        neither = rows.filter(status=OutboxStatus.SENT, sent_at__isnull=True)
        held = rows.exclude(status=OutboxStatus.WAITING).filter(lease_until__isnull=False)
        for wrong, words in ((both, "sent and pending"), (neither, "neither"), (held, "done and still held")):
            broken += [f"{model.__name__} {pk}: {words}" for pk in wrong.values_list("pk", flat=True)]
    return found, broken


@invariant(16, EFFECTS)
def asked_work_is_done_or_pending() -> Found:
    rows = Job._base_manager.all()
    ended = Q(status__in=(JobStatus.DONE, JobStatus.FAILED))
    wrong = rows.filter((ended & Q(finished_at__isnull=True)) | (~ended & Q(finished_at__isnull=False)))
    return rows.count(), [f"job {pk}: neither done nor pending" for pk in wrong.values_list("pk", flat=True)]


@invariant(15, "A removed role or account holds no open assignment.")
def helpers_belong() -> Found:
    rows = RiskFlag._base_manager.filter(cleared_at__isnull=True, helper__isnull=False)
    gone = rows.filter(Q(helper__is_active=False) | ~Q(helper__school=F("school")))
    broken = [f"flag {pk}: its helper is not of the school" for pk in gone.values_list("pk", flat=True)]
    return RiskFlag._base_manager.count(), broken
