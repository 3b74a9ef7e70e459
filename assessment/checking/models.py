"""School returns with their frozen lines, draws with their frozen frame, and spot-check cases."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from assessment.programme.models import Participant, Programme
from assessment.submitting.models import Attempt, Submission, SubmissionState
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem
from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.organisations.models import SchoolModel, TenantModel
from schools.people.models import Person


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


class Draw(TenantModel):
    """One draw: the frozen frame of case ids, the seed, and their hashes; made once, never changed."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)
    seed_sha256 = models.CharField(max_length=64)
    frame = models.JSONField()
    frame_sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("cases drawn"))
    drawn_at = models.DateTimeField(_("drawn"), db_default=Now())
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return f"{self.pk}"


class DrawnReturn(SchoolModel):
    """A filing of a return that a draw covers; a filing is drawn from once."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="returns")
    school_return = models.ForeignKey(SchoolReturn, models.PROTECT, related_name="draws")
    filing = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_return", "filing"], name="filing_drawn_once")]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.school_return_id}"


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
