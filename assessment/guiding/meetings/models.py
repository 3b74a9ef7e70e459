"""Minutes of county and schools; a decision may become an issue, once."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.guiding.inspections.models import Issue
from schools.organisations.models import School, TenantModel


class MeetingKind(models.TextChoices):
    REGULAR = "regular", _("Regular meeting")
    LEADERS = "leaders", _("Leading group")
    SCHOOL = "school", _("School meeting")
    OTHER = "other", _("Other meeting")


class Minutes(TenantModel):
    """What a meeting was about and who was there; without a school it is one of the county."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of meeting"), max_length=10, choices=MeetingKind.choices)
    held_on = models.DateField(_("day"))
    attendees = models.TextField(_("who was there"))
    text = models.TextField(_("what was talked over"), blank=True)
    kept_at = models.DateTimeField(db_default=Now())
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        indexes = [models.Index(fields=["county", "school", "-held_on"], name="minutes_by_place")]

    def __str__(self) -> str:
        return self.title


class MeetingDecision(TenantModel):
    """One decision: what, who, until when; and the issue that it became."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    what = models.CharField(_("what was decided"), max_length=300)
    who = models.CharField(_("who does it"), max_length=60, blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)
    issue = models.OneToOneField(
        Issue, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name=_("issue")
    )

    class Meta:
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="decision_number_once")]

    def __str__(self) -> str:
        return self.what
