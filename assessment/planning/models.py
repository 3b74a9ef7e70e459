"""What a school files before the choosing: documents of several kinds, their versions, remarks and comments."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Programme
from assessment.workflow import Face, Stateful, Workflow, register
from schools.constraints import both_or_neither
from schools.files.models import StoredFile
from schools.organisations.models import SchoolModel, TeachingGroup
from schools.organisations.models import scoped as scoped_manager
from schools.people.models import Person


class FilingState(models.IntegerChoices):
    DRAFT = 1, _("Draft")
    FILED = 2, _("Filed")
    RETURNED = 3, _("Returned")
    APPROVED = 4, _("Approved")


class FilingKind(models.TextChoices):
    BODIES = "bodies", _("Bodies and team")
    PLAN = "plan", _("Development plan")
    SCHEME = "scheme", _("Whole-school scheme")
    TRAINING = "training", _("School training scheme")
    TOPIC = "topic", _("Group's topic plan")


FILING = register(
    Workflow(
        name="filing",
        title=_("School filing"),
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
    """One document of a school (or of one of its groups) for the programme; approving numbers it.

    `content` holds what its kind's fields say (`assessment.planning.kinds`). `approved` is the version that
    holds: it goes on holding while the school writes an amendment.
    """

    workflow = FILING
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="filings")
    kind = models.CharField(_("kind"), max_length=10, choices=FilingKind.choices, default=FilingKind.PLAN)
    group = models.ForeignKey(
        TeachingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("teaching group"),
    )
    title = models.CharField(_("title"), max_length=120)
    content = models.JSONField(_("content"), default=dict, blank=True)
    approved = models.ForeignKey(
        "FilingVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved version"),
    )
    is_open_for_comment = models.BooleanField(_("open for comment"), default=False)
    number = models.CharField(_("filing number"), max_length=40, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped scan")
    )

    class Meta:
        verbose_name = _("school filing")
        verbose_name_plural = _("school filings")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "school", "kind"],
                condition=Q(group__isnull=True),
                name="one_filing_per_school_and_kind",
            ),
            models.UniqueConstraint(
                fields=["programme", "group"],
                condition=Q(group__isnull=False),
                name="one_topic_plan_per_group",
            ),
            models.CheckConstraint(
                condition=Q(kind=FilingKind.TOPIC, group__isnull=False)
                | (~Q(kind=FilingKind.TOPIC) & Q(group__isnull=True)),
                name="topic_plans_have_a_group",
            ),
            models.UniqueConstraint(
                fields=["programme", "number"], condition=~Q(number=""), name="filing_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def holds(self) -> bool:
        """Whether a version of it is approved, also while an amendment is written or waits."""
        return self.approved_id is not None

    @property
    def document(self) -> str:
        """Its last word in the address of the school's pages."""
        return f"{self.kind}-{self.group_id}" if self.group_id else self.kind


class FrozenQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        raise TypeError("Versions are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Versions are never deleted.")


class FilingVersion(SchoolModel):
    """What was filed at one moment, for good; versions of a filing count from 1."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    content = models.JSONField(_("content"))
    filed_at = models.DateTimeField(_("filed"), db_default=Now())
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = scoped_manager(FrozenQuerySet, school=True)

    class Meta:
        verbose_name = _("version of a filing")
        verbose_name_plural = _("versions of filings")
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Versions are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Versions are never deleted.")


class Remark(SchoolModel):
    """A remark of the county beside one field (`goals`) or row (`goals.1`) of one version.

    It is a draft until it is sent with the return; then the school answers it beside the field.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="remarks")
    about = models.ForeignKey(FilingVersion, models.PROTECT, related_name="remarks")
    field = models.CharField(_("field"), max_length=40)
    text = models.TextField(_("county's remark"), max_length=1000)
    made_at = models.DateTimeField(_("written"), db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    is_mended = models.BooleanField(_("mended"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("county's remark")
        verbose_name_plural = _("county's remarks")
        ordering = ["pk"]
        constraints = [both_or_neither("answered_at", "answered_by", "remark_answered_pair")]

    def __str__(self) -> str:
        return self.text[:60]


class Comment(SchoolModel):
    """A word of a teacher about the school's plan or scheme, or (with `answers`) a reply to one."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    text = models.TextField(_("comment"), max_length=1000)
    made_at = models.DateTimeField(_("written"), db_default=Now())
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a filing")
        verbose_name_plural = _("comments on filings")
        ordering = ["pk"]
        indexes = [models.Index(fields=["county", "school", "filing"], name="comment_by_school")]

    def __str__(self) -> str:
        return self.text[:60]
