"""What a school files with the county before the choosing: its whole-school plan."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.workflow import Face, Stateful, Workflow, register
from schools.files.models import StoredFile


class FilingState(models.IntegerChoices):
    DRAFT = 1, _("Draft")
    FILED = 2, _("Filed")
    RETURNED = 3, _("Returned")
    APPROVED = 4, _("Approved")


FILING = register(
    Workflow(
        name="filing",
        title=_("School plan"),
        states=FilingState,
        initial=FilingState.DRAFT,
        faces={
            FilingState.DRAFT: Face("quiet", "circle", "school"),
            FilingState.FILED: Face("waiting", "half", "county"),
            FilingState.RETURNED: Face("attention", "dot", "school"),
            FilingState.APPROVED: Face("good", "check", "nobody"),
        },
    )
)


class Filing(Stateful):
    """A school's plan for the programme; approving gives it a filing number."""

    workflow = FILING
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="filings")
    title = models.CharField(_("title"), max_length=120)
    problem = models.TextField(_("teaching problems addressed"))
    goals = models.TextField(_("goals: baseline, target, measure, date"))
    focus = models.JSONField(_("focus points"), default=list, blank=True)
    number = models.CharField(_("filing number"), max_length=40, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped scan")
    )

    class Meta:
        verbose_name = _("school plan")
        verbose_name_plural = _("school plans")
        constraints = [
            models.UniqueConstraint(fields=["programme", "school"], name="one_plan_per_school"),
            models.UniqueConstraint(
                fields=["programme", "number"], condition=~Q(number=""), name="filing_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
