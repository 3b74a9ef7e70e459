"""Submissions whose names a school puts forward for honours; grades are not touched by it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.submitting.models import Submission
from schools.organisations.models import SchoolModel


class HonourName(SchoolModel):
    """One excellent submission put forward; without `withdrawn_by` it fell away with its result."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="honour_names")
    put_forward_at = models.DateTimeField(_("put forward"), db_default=Now())
    put_forward_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("name put forward for honours")
        verbose_name_plural = _("names put forward for honours")
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(withdrawn_at__isnull=True), name="one_open_honour_name"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="honour_withdrawn_has_time",
            ),
        ]
        indexes = [models.Index(fields=["county", "programme", "school"], name="honour_by_school")]

    def __str__(self) -> str:
        return f"{self.submission_id}"
