"""One submission is one participant's work for one point: attempts, and evidence per item."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.programme.rules.models import RulesVersion
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.grades import Grade
from microcapabilities.models import EvidenceItem, Point
from schools.files.models import Arrival, StoredFile
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class SubmissionState(models.IntegerChoices):
    DRAFT = 1, _("In progress")
    SUBMITTED = 2, _("Submitted")
    RETURNED = 3, _("Sent back")
    PASSED = 4, _("Passed")
    FAILED = 5, _("Not passed")
    ACCEPTED = 6, _("Accepted")
    OVERTURNED = 7, _("Overturned")


SUBMISSION = register(
    Workflow(
        name="submission",
        title=_("Submission"),
        states=SubmissionState,
        initial=SubmissionState.DRAFT,
        faces={
            SubmissionState.DRAFT: Face("quiet", "circle", "teacher"),
            SubmissionState.SUBMITTED: Face("waiting", "half", "school"),
            SubmissionState.RETURNED: Face("attention", "dot", "teacher"),
            SubmissionState.PASSED: Face("good", "check", "county"),
            SubmissionState.FAILED: Face("bad", "cross", "school"),
            SubmissionState.ACCEPTED: Face("excellent", "star", "nobody"),
            SubmissionState.OVERTURNED: Face("bad", "lock", "county"),
        },
    )
)


class Submission(Stateful):
    """A person's work for one point in one programme; `grade` is the released one."""

    workflow = SUBMISSION
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="submissions")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="submissions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="submissions", verbose_name=_("person"))
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name=_("point"))
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices, null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "point"], name="one_submission_per_point"),
            models.CheckConstraint(
                condition=Q(state__in=(4, 5, 6), grade__isnull=False)
                | Q(state__in=(1, 2, 3), grade__isnull=True)
                | Q(state=7),
                name="grade_with_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "school", "state"], name="submission_by_school"),
            models.Index(fields=["county", "school"], condition=Q(state=2), name="submission_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.point.code}"


class Attempt(SchoolModel):
    """One round of evidence; frozen when it is submitted, with the rules of that moment, and kept for ever."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(db_default=Now())
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_own_work = models.BooleanField(default=False)
    is_counted = models.BooleanField(default=True)
    items_to_redo = models.ManyToManyField(EvidenceItem, blank=True, related_name="+")
    rules = models.ForeignKey(
        RulesVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rules")
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(submitted_at__isnull=True), name="one_open_attempt"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(is_own_work=True), name="authorship_stated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} #{self.number}"


class Evidence(SchoolModel):
    """One file for one item of one attempt; one stored file may serve several."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="evidence")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [models.UniqueConstraint(fields=["attempt", "item", "file"], name="evidence_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.item_id}"


class Sending(SchoolModel):
    """An arriving file on its way to an item; `refusal` says why it was not taken, `evidence` what it became."""

    arrival = models.OneToOneField(Arrival, models.CASCADE, related_name="sending")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sendings")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    evidence = models.OneToOneField(Evidence, models.SET_NULL, null=True, blank=True, related_name="sending")
    refusal = models.TextField(blank=True)

    class Meta:
        verbose_name = _("file on its way")
        verbose_name_plural = _("files on their way")

    def __str__(self) -> str:
        return f"{self.arrival_id} -> {self.submission_id}/{self.item_id}"
