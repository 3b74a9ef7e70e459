"""Flags on those who hang behind: raised and cleared by the portal, with a helper whom the school names."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from schools.constraints import both_or_neither
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class RiskKind(models.TextChoices):
    NO_CHOICE = "no-choice", _("No choice yet")
    HOURS = "hours", _("Behind on hours")
    RETURNED = "returned", _("Returned work untouched")
    SILENT = "silent", _("Not seen for long")


class RiskFlag(SchoolModel):
    """One reason why somebody may need help; open until the portal sees that it is gone."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="risk_flags")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="risk_flags")
    person = models.ForeignKey(Person, models.CASCADE, related_name="risk_flags", verbose_name=_("person"))
    kind = models.CharField(_("reason"), max_length=12, choices=RiskKind.choices)
    raised_at = models.DateTimeField(_("raised"), db_default=Now())
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)
    helper = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="helps", verbose_name=_("helper")
    )
    helper_named_at = models.DateTimeField(null=True, blank=True)
    helper_named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("what was agreed"), blank=True)

    class Meta:
        verbose_name = _("risk flag")
        verbose_name_plural = _("risk flags")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(cleared_at__isnull=True),
                name="one_open_flag_per_kind",
            ),
            both_or_neither("helper", "helper_named_at", "flag_helper_pair"),
            both_or_neither("helper_named_at", "helper_named_by", "flag_named_pair"),
            models.CheckConstraint(
                condition=Q(helper__isnull=True) | ~Q(helper=models.F("person")), name="nobody_helps_oneself"
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "cleared_at"], name="flag_by_school")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"
