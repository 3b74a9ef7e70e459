"""Spot-check cases, and what experts judge of them."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from assessment.checking.drawing.models import Draw
from assessment.submitting.models import Attempt, Submission
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class CaseState(models.IntegerChoices):
    DRAWN = 1, _("Drawn")
    ASSIGNED = 2, _("With experts")
    JUDGED = 3, _("Judged")
    UPHELD = 4, _("Upheld")
    OVERTURNED = 5, _("Overturned")


CASE = register(
    Workflow(
        name="case",
        title=_("Spot-check case"),
        states=CaseState,
        initial=CaseState.DRAWN,
        faces={
            CaseState.DRAWN: Face("quiet", "circle", "county"),
            CaseState.ASSIGNED: Face("waiting", "half", "expert"),
            CaseState.JUDGED: Face("attention", "dot", "county"),
            CaseState.UPHELD: Face("good", "check", "nobody"),
            CaseState.OVERTURNED: Face("bad", "cross", "nobody"),
        },
    )
)


class SpotCheckCase(Stateful):
    """One drawn submission as it stood in the return; experts see its code only."""

    workflow = CASE
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="cases")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="cases")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+")
    listed_grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("spot-check case")
        verbose_name_plural = _("spot-check cases")
        permissions = [("judge_case", "Judge this case")]
        constraints = [
            models.UniqueConstraint(fields=["draw", "submission"], name="case_drawn_once"),
            models.UniqueConstraint(fields=["draw", "position"], name="case_position_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The only name of the case that experts see."""
        return f"{self.draw_id}-{self.position:04d}"


class CaseGrant(UserObjectPermissionBase):
    """guardian's single grant: an expert may open this one case."""

    content_object = models.ForeignKey(SpotCheckCase, models.CASCADE, related_name="grants")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.user_id} → {self.content_object_id}"


class Judgement(SchoolModel):
    """One expert's judgement of one case; frozen when finished."""

    case = models.ForeignKey(SpotCheckCase, models.PROTECT, related_name="judgements")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="judgements")
    advice = models.TextField(_("reasons"), blank=True)
    assigned_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("expert judgement")
        verbose_name_plural = _("expert judgements")
        constraints = [models.UniqueConstraint(fields=["case", "expert"], name="one_judgement_per_expert")]

    def __str__(self) -> str:
        return f"{self.case_id} / {self.expert_id}"


class JudgementGrade(SchoolModel):
    """An expert's grade of one item."""

    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="grades")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judgement", "item"], name="one_judgement_per_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.get_grade_display()}"
