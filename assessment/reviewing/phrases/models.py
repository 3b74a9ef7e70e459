"""Phrases for advice: a reviewer's own, a school's, the county's, for one point or for all."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microcapabilities.models import Point
from schools.organisations.models import School, TenantModel
from schools.people.models import Person


class Phrase(TenantModel):
    """A sentence for the advice field; of a person, else of a school, else of the whole county."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("point")
    )
    text = models.CharField(_("phrase"), max_length=300)
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(school__isnull=True), name="phrase_has_one_owner"
            )
        ]
        indexes = [models.Index(fields=["county", "point"], name="phrase_by_point")]

    def __str__(self) -> str:
        return self.text[:40]
