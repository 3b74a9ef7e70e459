"""Inspections of schools, and issues: open, mended with a proof, closed."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.workflow import Face, Stateful, Workflow, register
from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.organisations.models import SchoolModel, TeachingGroup
from schools.people.models import Person


class Level(models.TextChoices):
    COUNTY = "county", _("County's inspection")
    CITY = "city", _("City's inspection")
    PROVINCE = "province", _("Province's inspection")


class Topic(models.TextChoices):
    WHOLE = "whole", _("The work as a whole")
    PROCESS = "process", _("Process")
    RESULTS = "results", _("Results")
    HOURS = "hours", _("Hours")
    BODIES = "bodies", _("Bodies")
    MATERIALS = "materials", _("Materials and archive")


class Inspection(SchoolModel):
    """One inspection of a school; what is to be mended are its issues."""

    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.COUNTY)
    topic = models.CharField(_("what was inspected"), max_length=12, choices=Topic.choices)
    day = models.DateField(_("day"))
    members = models.CharField(_("who inspected"), max_length=200)
    summary = models.TextField(_("summary"))
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        indexes = [models.Index(fields=["county", "school", "-day"], name="inspection_by_school")]

    def __str__(self) -> str:
        return f"{self.school} {self.day}"


class Severity(models.IntegerChoices):
    SLIGHT = 1, _("Slight")
    SERIOUS = 2, _("Serious")
    GRAVE = 3, _("Grave")


class IssueState(models.IntegerChoices):
    OPEN = 1, _("Waits to be mended")
    MENDED = 2, _("Mended")
    CLOSED = 3, _("Closed")


ISSUE = register(
    Workflow(
        name="issue",
        title=_("Issue to be mended"),
        states=IssueState,
        initial=IssueState.OPEN,
        faces={
            IssueState.OPEN: Face("attention", "dot", "school"),
            IssueState.MENDED: Face("waiting", "half", "county"),
            IssueState.CLOSED: Face("good", "check", "nobody"),
        },
    )
)


class Issue(Stateful):
    """Something to be mended at a school until a day, and whose it is; it comes of an inspection or a decision."""

    workflow = ISSUE
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="issues", verbose_name=_("inspection")
    )
    title = models.CharField(_("what is to be mended"), max_length=300)
    area = models.CharField(_("area"), max_length=12, choices=Topic.choices, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices)
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="owned_issues", verbose_name=_("responsible")
    )
    group = models.ForeignKey(
        TeachingGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("teaching group"),
    )
    due_on = models.DateField(_("to be mended until"))
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    mended_at = models.DateTimeField(null=True, blank=True)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at = models.DateTimeField(db_default=Now())
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        constraints = [both_or_neither("mended_at", "mended_by", "issue_mended_pair")]
        indexes = [models.Index(fields=["county", "school", "state"], name="issue_by_school")]

    def __str__(self) -> str:
        return self.title
