"""Exemplars: released work, shown with its teacher's consent and without the name, on which reviewers practise."""

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


class ExemplarState(models.IntegerChoices):
    ASKED = 1, _("Teacher asked")
    AGREED = 2, _("Teacher agrees")
    SHOWN = 3, _("Open for practice")
    DECLINED = 4, _("Teacher declines")


EXEMPLAR = register(
    Workflow(
        name="exemplar",
        title=_("Exemplar"),
        states=ExemplarState,
        initial=ExemplarState.ASKED,
        faces={
            ExemplarState.ASKED: Face("waiting", "half", "teacher"),
            ExemplarState.AGREED: Face("attention", "dot", "school"),
            ExemplarState.SHOWN: Face("good", "check", "nobody"),
            ExemplarState.DECLINED: Face("final", "cross", "nobody"),
        },
    )
)


class Exemplar(Stateful):
    """One attempt that was released, to practise on; `person` is its teacher, whom reviewers never see.

    `is_for_county` says that the county office keeps it, for all its reviewers; else the school does, for those
    who may review for it.
    """

    workflow = EXEMPLAR
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("teacher"))
    is_for_county = models.BooleanField(_("for the whole county"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    asked_at = models.DateTimeField(_("asked"), db_default=Now())

    class Meta:
        verbose_name = _("exemplar")
        verbose_name_plural = _("exemplars")
        constraints = [
            models.UniqueConstraint(fields=["submission"], condition=~Q(state=4), name="exemplar_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}"


class ExemplarGrade(SchoolModel):
    """The agreed grade of one item of an exemplar, with the comment that says why."""

    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="grades")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices)
    comment = models.TextField(_("why this grade"), blank=True)

    class Meta:
        verbose_name = _("agreed grade")
        verbose_name_plural = _("agreed grades")
        constraints = [models.UniqueConstraint(fields=["exemplar", "item"], name="one_agreed_grade_per_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.get_grade_display()}"


class Practice(SchoolModel):
    """A reviewer has practised on an exemplar; it counts for nobody's result. `school` is the exemplar's."""

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="practices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    practised_at = models.DateTimeField(_("practised"), db_default=Now())

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practice")
        constraints = [models.UniqueConstraint(fields=["exemplar", "person"], name="practised_once")]

    def __str__(self) -> str:
        return f"{self.exemplar_id} / {self.person_id}"


class PracticeGrade(SchoolModel):
    """The grade that somebody gave an item in practice, and the agreed one of that moment."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="grades")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices)
    agreed = models.PositiveSmallIntegerField(_("agreed grade"), choices=Grade.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "item"], name="one_practice_grade_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.get_grade_display()}"
