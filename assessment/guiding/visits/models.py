"""Which trainer guides which school from when until when, and the log of visits."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.constraints import both_or_neither
from schools.organisations.models import School, SchoolModel
from schools.people.models import Person


class TrainerAssignment(SchoolModel):
    """A trainer of the county guides a school; `last_on` is the last day of it."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="guidance_assignments", verbose_name=_("school")
    )
    trainer = models.ForeignKey(
        Person, models.PROTECT, related_name="guidance_assignments", verbose_name=_("trainer")
    )
    starts_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"))
    focus = models.CharField(_("focus"), max_length=200, blank=True)
    assigned_at = models.DateTimeField(db_default=Now())
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("trainer's assignment")
        verbose_name_plural = _("trainers' assignments")
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="assignment_runs_forward"),
            models.UniqueConstraint(
                fields=["trainer", "school", "starts_on"], name="trainer_begins_at_school_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "trainer", "last_on"], name="assignment_by_trainer")]

    def __str__(self) -> str:
        return f"{self.trainer} · {self.school}"


class VisitKind(models.TextChoices):
    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")


class Visit(SchoolModel):
    """One visit to a school: what was looked at, what was seen, what was advised, and the school's answer."""

    assignment = models.ForeignKey(TrainerAssignment, models.PROTECT, related_name="visits")
    trainer = models.ForeignKey(Person, models.PROTECT, related_name="visits", verbose_name=_("trainer"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind of visit"), max_length=10, choices=VisitKind.choices)
    looked_at = models.CharField(_("what was looked at"), max_length=200)
    observed = models.TextField(_("observed"))
    advice = models.TextField(_("advice"))
    written_at = models.DateTimeField(db_default=Now())
    answer = models.TextField(_("the school's answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [both_or_neither("answered_at", "answered_by", "visit_answered_pair")]
        indexes = [models.Index(fields=["county", "school", "-day"], name="visit_by_school")]

    def __str__(self) -> str:
        return f"{self.school} {self.day}"
