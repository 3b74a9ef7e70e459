"""Where each school stands in the programme: its wave, pilot or not, and how it is looked after."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme, Wave
from schools.organisations.models import SchoolModel


class Tier(models.TextChoices):
    NONE = "none", _("ordinary")
    MODEL = "model", _("model school")
    WEAK = "weak", _("school in need of help")


class Enrolment(SchoolModel):
    """One school in one programme; `changes` counts how often its wave was changed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="enrolments")
    wave = models.ForeignKey(
        Wave, models.SET_NULL, null=True, blank=True, related_name="enrolments", verbose_name=_("wave")
    )
    is_pilot = models.BooleanField(_("pilot"), default=False)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices, default=Tier.NONE)
    changes = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("enrolment of a school")
        verbose_name_plural = _("enrolments of schools")
        constraints = [models.UniqueConstraint(fields=["programme", "school"], name="school_enrolled_once")]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.wave_id or '-'}"
