"""Reminders once per step, the rules they follow, and who wants them by mail."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from schools.notices.models import Notice
from schools.organisations.models import School, TenantModel
from schools.people.models import Person


def usual_days() -> list[int]:
    """Return the days of a rule nobody has set: 14, 7, 3 and 1 before the end, and 1 after it."""
    return [-14, -7, -3, -1, 1]


class ReminderRule(TenantModel):
    """How a county reminds of one duty; a duty without a row follows the table's own days."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="reminder_rules")
    duty = models.SlugField(_("duty"), max_length=20)
    days = models.JSONField(_("days"), default=usual_days)
    is_on = models.BooleanField(_("remind"), default=True)
    by_mail = models.BooleanField(_("by mail too"), default=True)
    to_chat = models.BooleanField(_("counts to the group chats"), default=False)

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        constraints = [models.UniqueConstraint(fields=["programme", "duty"], name="one_rule_per_duty")]

    def __str__(self) -> str:
        return self.duty


class OutboxStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    OFF = "off", _("Not wanted")
    FAILED = "failed", _("Given up")


def sent_has_time(name: str) -> models.CheckConstraint:
    """What is sent has the moment, and nothing else has one."""
    is_sent = models.Q(status="sent", sent_at__isnull=False)
    return models.CheckConstraint(
        condition=is_sent | (~models.Q(status="sent") & models.Q(sent_at__isnull=True)), name=name
    )


class Outgoing(TenantModel):
    """Something to be sent out of the house: written with the fact, claimed by compare-and-set, sent later."""

    made_at = models.DateTimeField(db_default=Now())
    status = models.CharField(
        _("status"), max_length=10, choices=OutboxStatus.choices, default=OutboxStatus.WAITING
    )
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=200, blank=True)

    class Meta:
        abstract = True


def waiting_index(name: str) -> models.Index:
    return models.Index(
        fields=["county", "next_try_at"], condition=models.Q(status="waiting"), name=f"{name}_waiting"
    )


class Mail(Outgoing):
    """A letter to one person; `key` makes its Message-ID, the same at every try."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mails", verbose_name=_("person"))
    key = models.CharField(max_length=32, unique=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [sent_has_time("sent_mail_has_time")]
        indexes = [waiting_index("mail")]

    def __str__(self) -> str:
        return self.subject


class MailPreference(TenantModel):
    """Whether somebody wants mails, and in which language; without a row: yes, in the portal's."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="mail_preference")
    by_mail = models.BooleanField(_("by mail"), default=True)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")

    def __str__(self) -> str:
        return f"{self.person_id}"


class Reminder(TenantModel):
    """Somebody was reminded of a duty at one of its steps: once, whoever runs the reminding how often.

    `step` names duty, due day and moment (`submit:2026-05-31:-3`) or a week (`digest:2026-W21`). `run` names
    the run that wrote the row: only that run tells the person.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="reminders")
    duty = models.SlugField(_("duty"), max_length=20)
    step = models.CharField(_("step"), max_length=60)
    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders", verbose_name=_("person"))
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    due = models.DateField(_("due"), null=True, blank=True)
    run = models.CharField(max_length=32)
    notice = models.OneToOneField(Notice, models.SET_NULL, null=True, related_name="+")
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="reminders")
    made_at = models.DateTimeField(_("told"), db_default=Now())

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "duty", "step", "person"], name="reminded_once_per_step"
            )
        ]
        indexes = [
            models.Index(fields=["run"], name="reminder_by_run"),
            models.Index(fields=["county", "school", "-made_at"], name="reminder_by_school"),
        ]

    def __str__(self) -> str:
        return self.step

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A reminder that was given is never changed.")
        super().save(*args, **kwargs)
