"""Absences: a school asks that somebody be excluded or noted as on leave, the county decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.workflow import Face, Stateful, Workflow, register
from schools.constraints import both_or_neither
from schools.people.models import Person


class AbsenceKind(models.TextChoices):
    EXCLUSION = "exclusion", _("exclusion from the count")
    LEAVE = "leave", _("leave")


class AbsenceState(models.IntegerChoices):
    ASKED = 1, _("Waits for the county")
    APPROVED = 2, _("Approved by the county")
    REFUSED = 3, _("Refused")
    ENDED = 4, _("Ended")


ABSENCE = register(
    Workflow(
        name="absence",
        title=_("Absence"),
        states=AbsenceState,
        initial=AbsenceState.ASKED,
        faces={
            AbsenceState.ASKED: Face("waiting", "half", "county"),
            AbsenceState.APPROVED: Face("good", "check", "county"),
            AbsenceState.REFUSED: Face("bad", "cross", "nobody"),
            AbsenceState.ENDED: Face("final", "lock", "nobody"),
        },
    )
)


class Absence(Stateful):
    """What is asked for one participant; a leave has a first and a last day, both counted."""

    workflow = ABSENCE
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="absences")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="absences")
    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=AbsenceKind.choices)
    reason = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            both_or_neither("granted_at", "granted_by", "absence_granted_pair"),
            models.CheckConstraint(
                condition=Q(kind="exclusion", ends_on__isnull=True)
                | Q(kind="leave", ends_on__gte=F("starts_on")),
                name="absence_span",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="absence_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=(2, 4), granted_at__isnull=False) | Q(state__in=(1, 3)),
                name="absence_granted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind"], condition=Q(state=1), name="one_absence_asked_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "state"], name="absence_by_school")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
