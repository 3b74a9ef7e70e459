"""Long work as rows: what is to be done, how far it is, and who holds it at the moment."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from schools.files.models import StoredFile
from schools.organisations.models import School, TenantModel


class JobKind(models.TextChoices):
    ISSUE_CERTIFICATES = "issue-certificates", _("Issue certificates")
    PROGRESS_REPORT = "progress-report", _("Progress report")
    LIST_EXPORT = "list-export", _("List as a workbook")
    HOUR_IMPORT = "hour-import", _("Provider's file of hours")


class JobStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Job(TenantModel):
    """One piece of long work; a worker claims it by compare-and-set and keeps it alive by a lease."""

    kind = models.CharField(_("kind"), max_length=30, choices=JobKind.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    params = models.JSONField(default=dict)
    status = models.CharField(
        _("status"), max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING
    )
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(
                fields=["status", "lease_until"],
                condition=models.Q(status__in=("waiting", "running")),
                name="job_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in (JobStatus.WAITING, JobStatus.RUNNING)
