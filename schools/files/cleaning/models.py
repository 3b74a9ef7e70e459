"""Cleaned copies of stored files: what is served where nobody may learn whose a file is."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.files.models import StoredFile
from schools.organisations.models import TenantModel
from schools.people.models import Person


class CleaningState(models.TextChoices):
    WAITING = "waiting", _("Copy without names is being made")
    READY = "ready", _("Copy without names is ready")
    NONE = "none", _("No copy without names")


class Cleaned(TenantModel):
    """The work of freeing a file of what names `person`; claimed by token and lease like a preview.

    `copy` is a stored file of its own, with its own preview; the original stays as it is. `found` holds the
    kinds of names that stood in the text (words of naming.KINDS, never the names), `left` what could not be
    cleaned (words of showing.LEFT).
    """

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="cleaned")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    copy = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="cleaned_from"
    )
    state = models.CharField(max_length=10, choices=CleaningState.choices, default=CleaningState.WAITING)
    reason = models.CharField(max_length=30, blank=True)
    found = models.JSONField(default=list, blank=True)
    left = models.JSONField(default=list, blank=True)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("cleaned copy")
        verbose_name_plural = _("cleaned copies")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ready", copy__isnull=False) | (~Q(state="ready") & Q(copy__isnull=True)),
                name="cleaned_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(copy__isnull=True) | ~Q(copy=models.F("file")), name="cleaned_is_a_copy"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="cleaning_waiting")]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.state}"
