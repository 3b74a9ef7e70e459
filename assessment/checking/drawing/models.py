"""Draws with their frozen frame and committed seed, what enlarged them, and the filings that they cover."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.checking.models import SchoolReturn
from assessment.programme.models import Programme
from schools.constraints import both_or_neither
from schools.organisations.models import SchoolModel, TenantModel


class Claim(models.TextChoices):
    """What a spot check is to prove: of all results together, or of each stratum by itself."""

    COUNTY = "county", _("for the county as a whole")
    STRATA = "strata", _("for every stratum by itself")


class StratumBy(models.TextChoices):
    """What divides a frame into strata."""

    NOTHING = "", _("not divided")
    SCHOOL = "school", _("by school")
    STAGE = "stage", _("by stage")
    REVIEWER = "reviewer", _("by first reviewer")
    RURAL = "rural", _("town and country")
    GRADE = "grade", _("by grade")


class Draw(TenantModel):
    """One draw: frame and seed are frozen when it is planned, the cases come when it is drawn; never changed.

    `frame` is a list of [submission id, stratum] in the order of ids; `sizes` says by stratum how many are
    drawn. Before the draw only the hashes of frame and seed are shown; `words` are said at the draw itself.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="draws")
    claim = models.CharField(_("claim"), max_length=6, choices=Claim.choices, default=Claim.COUNTY)
    stratum_by = models.CharField(_("strata"), max_length=8, choices=StratumBy.choices, blank=True)
    tolerance_percent = models.PositiveSmallIntegerField(
        _("tolerated share of bad results, percent"), default=10
    )
    confidence_percent = models.PositiveSmallIntegerField(_("confidence, percent"), default=95)
    frame = models.JSONField()
    frame_sha256 = models.CharField(max_length=64)
    sizes = models.JSONField(default=dict)
    size = models.PositiveIntegerField(_("cases drawn"))
    seed = models.CharField(max_length=64)
    seed_sha256 = models.CharField(max_length=64)
    words = models.CharField(_("words said at the draw"), max_length=100, blank=True)
    planned_at = models.DateTimeField(_("planned"), db_default=Now())
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    abandoned_at = models.DateTimeField(_("abandoned"), null=True, blank=True)
    abandoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = [
            both_or_neither("drawn_at", "drawn_by", "draw_drawn_pair"),
            both_or_neither("abandoned_at", "abandoned_by", "draw_abandoned_pair"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | Q(abandoned_at__isnull=True), name="drawn_or_abandoned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_planned(self) -> bool:
        """The frame is frozen, and nothing is drawn yet."""
        return self.drawn_at is None and self.abandoned_at is None


class Enlargement(TenantModel):
    """More cases out of the same frame in the same order: the sizes by stratum that hold from then on."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="enlargements")
    sizes = models.JSONField()
    why = models.CharField(_("reason"), max_length=200)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("enlargement of a draw")
        verbose_name_plural = _("enlargements of draws")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.sizes}"


class DrawnReturn(SchoolModel):
    """A filing of a return that a draw covers; a filing is drawn from once."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="returns")
    school_return = models.ForeignKey(SchoolReturn, models.PROTECT, related_name="draws")
    filing = models.PositiveSmallIntegerField()
    is_dropped = models.BooleanField(_("the draw was abandoned"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_return", "filing"], condition=Q(is_dropped=False), name="filing_drawn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.school_return_id}"
