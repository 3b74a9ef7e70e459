"""Reviews of one attempt by several people, their grades per item, and the released decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.submitting.models import Attempt, Submission
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class ReviewState(models.IntegerChoices):
    ASSIGNED = 1, _("Assigned")
    FINISHED = 2, _("Finished")
    RELEASED = 3, _("Taken back")
    SET_ASIDE = 4, _("Set aside")


REVIEW = register(
    Workflow(
        name="review",
        title=_("Review"),
        states=ReviewState,
        initial=ReviewState.ASSIGNED,
        parent="submission",
        faces={
            ReviewState.ASSIGNED: Face("waiting", "half", "reviewer"),
            ReviewState.FINISHED: Face("good", "check", "nobody"),
            ReviewState.RELEASED: Face("final", "lock", "nobody"),
            ReviewState.SET_ASIDE: Face("final", "lock", "nobody"),
        },
    )
)


class Review(Stateful):
    """One reviewer's judgement of one attempt; frozen when finished. `person` is the reviewer.

    Where the attempt is decided anew by others, the finished reviews are set aside: they stay on record, count
    no more, and bar their reviewers. `is_third` is beyond those that the rules ask for; without `asked_by` the
    portal asked. Whether it is blind is frozen when it is given out; its `code` is then the work's only name.
    """

    workflow = REVIEW
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="reviews")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reviews", verbose_name=_("reviewer"))
    advice = models.TextField(_("advice"), blank=True)
    assigned_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_pinned = models.BooleanField(_("chosen by hand"), default=False)
    is_third = models.BooleanField(_("further review"), default=False)
    because = models.CharField(_("why it was asked for"), max_length=200, blank=True)
    is_blind = models.BooleanField(_("blind"), default=False)
    code = models.CharField(_("code"), max_length=6, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "person"], condition=~Q(state=3), name="one_review_per_reviewer"
            ),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(is_third=True, state__in=(1, 2)), name="one_third_review"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(2, 4), finished_at__isnull=False)
                | Q(state__in=(1, 3), finished_at__isnull=True),
                name="finished_review_has_time",
            ),
            models.CheckConstraint(
                condition=Q(is_blind=True) & ~Q(code="") | Q(is_blind=False, code=""),
                name="blind_review_has_code",
            ),
            models.UniqueConstraint(
                fields=["county", "code"], condition=~Q(code=""), name="review_code_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="review_by_reviewer")]

    def __str__(self) -> str:
        return f"{self.submission_id} / {self.person_id}"

    @property
    def work_name(self) -> str:
        """What the reviewer reads for a name: the teacher's, or where the review is blind the code."""
        return self.code if self.is_blind else self.submission.person.name

    @property
    def place_name(self) -> str:
        """The school as the reviewer reads it; empty where the review is blind."""
        return "" if self.is_blind else self.submission.school.name


class ItemGrade(SchoolModel):
    """A reviewer's grade of one item, with a remark; `is_kept` comes from their review of an earlier attempt."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="grades")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices)
    remark = models.TextField(_("remark"), blank=True)
    is_kept = models.BooleanField(_("kept from an earlier attempt"), default=False)

    class Meta:
        verbose_name = _("item grade")
        verbose_name_plural = _("item grades")
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="one_grade_per_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.get_grade_display()}"


class Decision(SchoolModel):
    """What the decider released about one attempt; a decision taken back is kept beside the next."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="decisions")
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices)
    advice = models.TextField(_("advice"))
    decided_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(is_taken_back=False), name="one_standing_decision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.get_grade_display()}"
