"""Judging what a teaching group itself wrote down: its topic plan, or one of its activities."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.planning.models import Filing
from assessment.programme.models import Programme
from assessment.training.activities.models import Activity
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.grades import Grade
from schools.organisations.models import TeachingGroup
from schools.people.models import Person


class RecordState(models.IntegerChoices):
    ASKED = 1, _("Asked")
    JUDGED = 2, _("Judged")
    RELEASED = 3, _("Taken back")


GROUP_RECORD = register(
    Workflow(
        name="group-record",
        title=_("Review of a group's record"),
        states=RecordState,
        initial=RecordState.ASKED,
        faces={
            RecordState.ASKED: Face("waiting", "half", "reviewer"),
            RecordState.JUDGED: Face("good", "check", "nobody"),
            RecordState.RELEASED: Face("final", "lock", "nobody"),
        },
    )
)


class GroupRecordReview(Stateful):
    """One person's judgement of one record of a group: of a topic plan or of an activity. `person` is the reviewer.

    `person_group` is the group that the reviewer belonged to when judging: people move, the judgement stays.
    """

    workflow = GROUP_RECORD
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    group = models.ForeignKey(
        TeachingGroup, models.PROTECT, related_name="+", verbose_name=_("teaching group")
    )
    filing = models.ForeignKey(
        Filing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic plan")
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    person_group = models.ForeignKey(
        TeachingGroup, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices, null=True, blank=True)
    advice = models.TextField(_("advice"), blank=True)
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("review of a group's record")
        verbose_name_plural = _("reviews of groups' records")
        constraints = [
            models.CheckConstraint(
                condition=Q(filing__isnull=False, activity__isnull=True)
                | Q(filing__isnull=True, activity__isnull=False),
                name="one_record_per_review",
            ),
            models.CheckConstraint(
                condition=Q(state=2, judged_at__isnull=False, grade__isnull=False)
                | (~Q(state=2) & Q(judged_at__isnull=True, grade__isnull=True)),
                name="judged_record_has_grade",
            ),
            models.CheckConstraint(
                condition=Q(person_group__isnull=True) | ~Q(person_group=F("group")),
                name="no_group_judges_itself",
            ),
            models.UniqueConstraint(
                fields=["filing", "person"], condition=~Q(state=3), name="topic_plan_judged_once_each"
            ),
            models.UniqueConstraint(
                fields=["activity", "person"], condition=~Q(state=3), name="activity_judged_once_each"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="group_record_by_reviewer")]

    def __str__(self) -> str:
        return str(self.filing or self.activity)
