"""Providers of online study, how their files are read, and what each file brought in, row by row."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.training.models import HourClaim
from assessment.training.providers.faults import Fault
from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.jobs.models import Job
from schools.organisations.models import TenantModel
from schools.people.models import Person


class Provider(TenantModel):
    """An institution whose platform teachers study on."""

    name = models.CharField(_("name"), max_length=60)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="provider_name_in_county")]

    def __str__(self) -> str:
        return self.name


class Unit(models.TextChoices):
    HOURS = "hours", _("hours (1.5)")
    MINUTES = "minutes", _("minutes (90)")
    CLOCK = "clock", _("hours and minutes (1:30)")


class DateOrder(models.TextChoices):
    YMD = "ymd", _("year, month, day (2026-05-03)")
    DMY = "dmy", _("day, month, year (3.5.2026)")
    MDY = "mdy", _("month, day, year (5/3/2026)")


class ColumnMapping(TenantModel):
    """How a provider's files are read: which of their headings is which of our fields, and what it holds.

    Made from a sample; `columns` stays empty until the headings are chosen, and is fixed by the first import.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="mappings")
    name = models.CharField(_("name"), max_length=60)
    columns = models.JSONField(_("columns"), default=dict)
    constants = models.JSONField(_("the same in every row"), default=dict)
    unit = models.CharField(_("hours are written as"), max_length=10, choices=Unit.choices, default="hours")
    date_order = models.CharField(
        _("days are written as"), max_length=5, choices=DateOrder.choices, default="ymd"
    )
    finished_words = models.CharField(_("words that mean finished"), max_length=200, blank=True)
    sample = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="mapping_name_of_provider")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        return bool(self.columns)


class RowOutcome(models.TextChoices):
    NEW = "new", _("new")
    SAME = "same", _("already there")
    CHANGED = "changed", _("other hours than before")
    UNFINISHED = "unfinished", _("not finished")
    UNKNOWN = "nobody", _("nobody of this county")
    OUTSIDER = "outsider", _("does not take part")
    FAULT = "fault", _("to be mended")


# Rows of people whom nobody here knows, or who do not take part: left out only where that was confirmed.
LEFT_OUT = (RowOutcome.UNKNOWN, RowOutcome.OUTSIDER)


class HourImport(TenantModel):
    """One file of a provider: looked at, then committed wholly or not at all, without the rows left out."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="hour_imports")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="imports")
    mapping = models.ForeignKey(ColumnMapping, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    counts = models.JSONField(_("counts"), default=dict)
    left_out = models.PositiveIntegerField(_("rows left out"), default=0)
    uploaded_at = models.DateTimeField(_("uploaded at"), db_default=Now())
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    committed_at = models.DateTimeField(_("committed at"), null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committed by"),
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("import of hours")
        verbose_name_plural = _("imports of hours")
        constraints = [both_or_neither("committed_at", "committed_by", "hours_committed_pair")]
        indexes = [models.Index(fields=["county", "provider", "-uploaded_at"], name="hours_import_by_time")]

    def __str__(self) -> str:
        return f"{self.file}"

    def count(self, *outcomes: str) -> int:
        """Return how many rows came out so."""
        return sum(self.counts.get(outcome, 0) for outcome in outcomes)

    @property
    def is_committed(self) -> bool:
        return self.committed_at is not None

    @property
    def is_looked_at(self) -> bool:
        return self.looked_at is not None


class HourImportRow(TenantModel):
    """One row of a file: what it says, whom it speaks of, how it came out and the claim that came of it.

    `who` is the continuing-education number or the name as written, never an identity number.
    """

    hour_import = models.ForeignKey(HourImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    who = models.CharField(_("teacher in the file"), max_length=120, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    course_code = models.CharField(_("course code"), max_length=60, blank=True)
    course_name = models.CharField(_("course"), max_length=120, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    before = models.DecimalField(_("hours before"), max_digits=4, decimal_places=1, null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=RowOutcome.choices)
    fault = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    claim = models.ForeignKey(HourClaim, models.PROTECT, null=True, blank=True, related_name="import_rows")

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(fields=["hour_import", "line"], name="one_row_per_line_of_hours"),
            models.CheckConstraint(
                condition=Q(outcome="fault") ^ Q(fault=""), name="faults_of_hours_are_named"
            ),
        ]
        indexes = [models.Index(fields=["hour_import", "outcome", "line"], name="hours_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.hour_import_id}:{self.line}"

    @property
    def sentence(self) -> str:
        """What is wrong with the row and what would be right, or what will be done with it."""
        if self.fault:
            return Fault(self.fault, self.values).sentence
        return told(self)


def told(row: Any) -> str:
    """Say in the reader's language why a row without a fault comes out as it does."""
    sentences = {
        RowOutcome.UNKNOWN: gettext(
            "Nobody of this county is found by it. Correct it, enter the teacher in the roster, or leave it out."
        ),
        RowOutcome.OUTSIDER: gettext(
            "The teacher does not take part in this programme now. Enrol the school anew, or leave the row out."
        ),
        RowOutcome.UNFINISHED: gettext("The course is not finished; the row counts nothing."),
    }
    if row.outcome == RowOutcome.CHANGED:
        return gettext("%(before)s hours stand there so far.") % {"before": row.before}
    return sentences.get(row.outcome, "")
