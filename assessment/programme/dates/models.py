"""What the county changed in its calendar, and each person's own address of it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import PhaseKind, Programme, Wave
from schools.organisations.models import TenantModel
from schools.people.models import Person


class PhaseChange(TenantModel):
    """One change of one window: how it was (empty: there was none), how it is (empty: none any more), and why."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phase_changes")
    kind = models.CharField(_("phase"), max_length=10, choices=PhaseKind.choices)
    wave = models.ForeignKey(
        Wave, models.CASCADE, null=True, blank=True, related_name="phase_changes", verbose_name=_("wave")
    )
    opened_at = models.DateTimeField(_("opened before"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed before"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change of the calendar")
        verbose_name_plural = _("changes of the calendar")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.changed_at:%Y-%m-%d}"


class CalendarFeed(models.Model):
    """The secret address under which somebody's calendar may be read by a calendar program."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.person_id)
