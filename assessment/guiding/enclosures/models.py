"""One file that lies with exactly one thing."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.guiding.circulars.models import Circular
from assessment.guiding.inspections.models import Inspection
from assessment.guiding.meetings.models import Minutes
from assessment.guiding.visits.models import Visit
from schools.files.models import StoredFile
from schools.organisations.models import TenantModel

OWNERS = ("visit", "inspection", "minutes", "circular")


def only(name: str) -> Q:
    """Return the condition that of all owners `name` alone is there."""
    return Q(**{f"{owner}__isnull": owner != name for owner in OWNERS})


class Enclosure(TenantModel):
    """A stored file of a visit, an inspection, minutes or a circular."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="enclosures")
    inspection = models.ForeignKey(
        Inspection, models.CASCADE, null=True, blank=True, related_name="enclosures"
    )
    minutes = models.ForeignKey(Minutes, models.CASCADE, null=True, blank=True, related_name="enclosures")
    circular = models.ForeignKey(Circular, models.CASCADE, null=True, blank=True, related_name="enclosures")

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=reduce(or_, map(only, OWNERS)), name="enclosure_of_one_thing")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}"
