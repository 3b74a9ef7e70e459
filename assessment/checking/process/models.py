"""Recurring small samples of the process: hours, activities, groups' records, and what was looked at of each."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.workflow import Face, Stateful, Workflow, register
from schools.organisations.models import TenantModel


class ProcessKind(models.TextChoices):
    HOURS = "hours", _("Recognised hours")
    ACTIVITIES = "activities", _("Closed activities")
    RECORDS = "records", _("Judged records of groups")


class ProcessSample(TenantModel):
    """One small sample of what was new since the last one of its kind; drawn at once, never changed.

    `frame` is a list of [id, ""] in the order of ids; without `drawn_by` the portal itself drew it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="process_samples")
    kind = models.CharField(_("kind"), max_length=10, choices=ProcessKind.choices)
    frame = models.JSONField()
    frame_sha256 = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("drawn"))
    confidence_percent = models.PositiveSmallIntegerField(_("confidence, percent"))
    drawn_at = models.DateTimeField(_("drawn"), db_default=Now())
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("sample of the process")
        verbose_name_plural = _("samples of the process")
        indexes = [models.Index(fields=["county", "programme", "kind"], name="process_sample_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ProcessCheckState(models.IntegerChoices):
    OPEN = 1, _("To be looked at")
    CONFIRMED = 2, _("In order")
    OBJECTED = 3, _("Not in order")


PROCESS_CHECK = register(
    Workflow(
        name="process-check",
        title=_("Check of the process"),
        states=ProcessCheckState,
        initial=ProcessCheckState.OPEN,
        faces={
            ProcessCheckState.OPEN: Face("waiting", "half", "county"),
            ProcessCheckState.CONFIRMED: Face("good", "check", "nobody"),
            ProcessCheckState.OBJECTED: Face("bad", "cross", "nobody"),
        },
    )
)


class ProcessCheck(Stateful):
    """One drawn row; `said` is what it said of itself when it was drawn."""

    workflow = PROCESS_CHECK
    sample = models.ForeignKey(ProcessSample, models.PROTECT, related_name="checks")
    subject_id = models.PositiveBigIntegerField()
    said = models.CharField(_("what is checked"), max_length=200)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("check of the process")
        verbose_name_plural = _("checks of the process")
        constraints = [
            models.UniqueConstraint(fields=["sample", "subject_id"], name="process_row_drawn_once"),
            models.UniqueConstraint(fields=["sample", "position"], name="process_position_once"),
        ]

    def __str__(self) -> str:
        return self.said
