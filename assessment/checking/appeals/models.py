"""Appeals of teachers against a result, and the hearings of those who judge them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.submitting.models import Attempt, Submission
from assessment.workflow import Face, Stateful, Workflow, register
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class AppealState(models.IntegerChoices):
    LODGED = 1, _("Lodged")
    HEARD = 2, _("Heard")
    GRANTED = 3, pgettext_lazy("appeal", "Granted")
    DISMISSED = 4, _("Dismissed")
    WITHDRAWN = 5, _("Withdrawn")


APPEAL = register(
    Workflow(
        name="appeal",
        title=_("Appeal"),
        states=AppealState,
        initial=AppealState.LODGED,
        parent="submission",
        faces={
            AppealState.LODGED: Face("waiting", "half", "county"),
            AppealState.HEARD: Face("attention", "dot", "county"),
            AppealState.GRANTED: Face("good", "check", "nobody"),
            AppealState.DISMISSED: Face("bad", "cross", "nobody"),
            AppealState.WITHDRAWN: Face("quiet", "circle", "nobody"),
        },
    )
)


class Against(models.TextChoices):
    """Which result a teacher objects to."""

    DECISION = "decision", _("the school's decision")
    VERDICT = "verdict", _("the spot check")


class Appeal(Stateful):
    """A teacher's objection to one released result; `released_at` is when that result was told."""

    workflow = APPEAL
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="appeals")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+")
    against = models.CharField(_("against"), max_length=8, choices=Against.choices)
    released_at = models.DateTimeField()
    reason = models.TextField(_("reason"))
    lodged_at = models.DateTimeField(_("lodged"), db_default=Now())

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(state__in=(1, 2)), name="one_open_appeal"
            ),
            models.UniqueConstraint(
                fields=["submission", "released_at"], condition=~Q(state=5), name="one_appeal_per_result"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The only name of the appeal that those who hear it see."""
        return f"E-{self.pk:04d}"


class Hearing(SchoolModel):
    """One person's vote on an appeal: whether it is right, with the reasons; frozen once given."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="hearings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="hearings", verbose_name=_("heard by"))
    asked_at = models.DateTimeField(db_default=Now())
    is_for = models.BooleanField(_("for the appeal"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    voted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hearing of an appeal")
        verbose_name_plural = _("hearings of appeals")
        constraints = [
            models.UniqueConstraint(fields=["appeal", "person"], name="one_hearing_per_person"),
            models.CheckConstraint(
                condition=Q(is_for__isnull=True, voted_at__isnull=True)
                | Q(is_for__isnull=False, voted_at__isnull=False),
                name="vote_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} / {self.person_id}"
