"""What happened: one append-only event per move."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.organisations.models import SchoolModel
from schools.organisations.models import scoped as scoped_manager


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **values: Any) -> int:
        raise TypeError("Events are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Events are never deleted.")


class Event(SchoolModel):
    """One move of one subject; `version` counts the subject's moves from 1 without gaps."""

    workflow = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    action = models.CharField(_("action"), max_length=20)
    from_state = models.PositiveSmallIntegerField()
    to_state = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=30, blank=True)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = scoped_manager(EventQuerySet, school=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(
                fields=["workflow", "subject_id", "version"], name="one_event_per_version"
            )
        ]
        indexes = [models.Index(fields=["county", "school", "-at"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.workflow} {self.subject_id}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Events are never deleted.")
