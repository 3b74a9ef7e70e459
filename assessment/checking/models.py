"""School returns with their frozen lines."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.submitting.models import Submission, SubmissionState
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.grades import Grade
from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.organisations.models import SchoolModel


class ReturnState(models.IntegerChoices):
    OPEN = 1, _("In preparation")
    SIGNED = 2, _("Signed")
    FILED = 3, _("Filed")
    ACCEPTED = 4, _("Accepted")


RETURN = register(
    Workflow(
        name="return",
        title=_("School return"),
        states=ReturnState,
        initial=ReturnState.OPEN,
        faces={
            ReturnState.OPEN: Face("quiet", "circle", "school"),
            ReturnState.SIGNED: Face("waiting", "half", "school"),
            ReturnState.FILED: Face("waiting", "half", "county"),
            ReturnState.ACCEPTED: Face("excellent", "star", "nobody"),
        },
    )
)


class SchoolReturn(Stateful):
    """A school's results in one round (1 is the main round, later ones make up)."""

    workflow = RETURN
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="returns")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    filings = models.PositiveSmallIntegerField(default=0, help_text=_("how often it was filed"))
    is_suspended = models.BooleanField(default=False)
    due_at = models.DateTimeField(_("to be put right until"), null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped scan")
    )

    class Meta:
        verbose_name = _("school return")
        verbose_name_plural = _("school returns")
        constraints = [
            models.UniqueConstraint(fields=["programme", "school", "round"], name="one_return_per_round"),
            both_or_neither("signed_at", "signed_by", "return_signed_pair"),
            models.CheckConstraint(
                condition=Q(state=1) | Q(signed_at__isnull=False), name="filed_return_is_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.round}"


class Outcome(models.TextChoices):
    COMPLETE = "complete", _("Complete")
    INCOMPLETE = "incomplete", _("Incomplete")
    EXCLUDED = "excluded", _("Excluded")


class ReturnLine(SchoolModel):
    """One participant in one filing of a return: frozen."""

    school_return = models.ForeignKey(SchoolReturn, models.PROTECT, related_name="lines")
    filing = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    online_hours = models.DecimalField(max_digits=6, decimal_places=1)
    practice_hours = models.DecimalField(max_digits=6, decimal_places=1)
    credits = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_return", "filing", "participant"], name="one_line_per_participant"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReturnPoint(SchoolModel):
    """One submission as a return listed it: frozen."""

    line = models.ForeignKey(ReturnLine, models.PROTECT, related_name="points")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="listings")
    code = models.CharField(max_length=4)
    state = models.PositiveSmallIntegerField(choices=SubmissionState.choices)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "submission"], name="point_listed_once")]

    def __str__(self) -> str:
        return self.code
