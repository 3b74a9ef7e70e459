"""Who helps a teacher whose attempts at a point have come to their end."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.submitting.models import Submission
from schools.constraints import both_or_neither
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class Coach(SchoolModel):
    """The trainer named for one submission; another name ends the earlier one."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="coaches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("coach"))
    named_at = models.DateTimeField(_("named"), db_default=Now())
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("coach")
        verbose_name_plural = _("coaches")
        constraints = [
            both_or_neither("ended_at", "ended_by", "coach_ended_pair"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(ended_at__isnull=True), name="one_coach_per_submission"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.person_id}"
