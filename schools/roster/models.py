"""Rosters as they came in: the file, what it does, who confirmed it, and the person of every row."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.organisations.models import School, TenantModel
from schools.people.models import Person
from schools.roster.faults import Refusal
from schools.roster.outcome import REFUSED, RowOutcome


class RosterImport(TenantModel):
    """One file of a county, or of one school; `is_stale` when another was committed since it came in."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    counts = models.JSONField(_("counts"), default=dict)
    refusals = models.JSONField(_("refusals"), default=list)
    is_stale = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), db_default=Now())
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    committed_at = models.DateTimeField(_("committed at"), null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committed by"),
    )

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        constraints = [both_or_neither("committed_at", "committed_by", "roster_committed_pair")]
        indexes = [models.Index(fields=["county", "school", "-uploaded_at"], name="roster_by_time")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_committed(self) -> bool:
        return self.committed_at is not None

    @property
    def refused(self) -> int:
        """Rows that were refused when the file came in."""
        return self.counts.get(REFUSED, 0)

    @property
    def refused_cells(self) -> list[Refusal]:
        """What was refused when the file came in."""
        return [Refusal.from_json(kept) for kept in self.refusals]


class RosterRow(TenantModel):
    """One row of a committed roster and the person it speaks of; `changes` are headings, never values."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=RowOutcome.choices)
    changes = models.JSONField(_("changed columns"), default=list)

    class Meta:
        verbose_name = _("roster row")
        verbose_name_plural = _("roster rows")
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "line"], name="one_row_per_line_of_roster")
        ]

    def __str__(self) -> str:
        return f"{self.roster_import_id}:{self.line}"
