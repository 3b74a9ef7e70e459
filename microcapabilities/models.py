"""The catalogue as versioned data: points, the evidence they ask for, and the criteria of each grade."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from microcapabilities.languages import in_active_language

KINDERGARTEN = "kindergarten"


class Dimension(models.TextChoices):
    LEARNER_ANALYSIS = "LA", _("Learner analysis")
    INSTRUCTIONAL_DESIGN = "ID", _("Instructional design")
    LEARNING_GUIDANCE = "LG", _("Learning guidance")
    ACADEMIC_EVALUATION = "AE", _("Academic evaluation")


class Environment(models.TextChoices):
    MULTIMEDIA = "A", _("Multimedia environment")
    BLENDED = "B", _("Blended environment")
    SMART = "C", _("Smart environment")


class Kind(models.TextChoices):
    DOCUMENT = "D", _("Document")
    VIDEO = "V", _("Video")
    ORIGINAL = "R", _("Original file")
    PICTURE = "P", _("Picture")


class Level(models.TextChoices):
    """The grades that have criteria; what meets neither fails."""

    EXCELLENT = "excellent", _("Excellent")
    PASS = "pass", _("Pass")


class Catalogue(models.Model):
    """One edition of the standard; at most one is current."""

    slug = models.CharField(_("edition"), max_length=30, unique=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("confirmed"), default=False)
    is_current = models.BooleanField(_("current"), default=False)

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_current_catalogue"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_active_language(self.title_zh, self.title_en)


class Point(models.Model):
    """One micro-capability point (微能力) and the credits it earns."""

    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, related_name="points", verbose_name=_("catalogue")
    )
    code = models.CharField(_("code"), max_length=10)
    name_zh = models.CharField(_("name (Chinese)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=200)
    dimension = models.CharField(_("dimension"), max_length=2, choices=Dimension)
    environment = models.CharField(_("environment"), max_length=1, choices=Environment)
    credits = models.PositiveSmallIntegerField(_("credits"))
    looks_at_zh = models.TextField(_("looks at (Chinese)"))
    looks_at_en = models.TextField(_("looks at (English)"))
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("confirmed"), default=False)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("micro-capability point")
        verbose_name_plural = _("micro-capability points")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="point_code_once_per_catalogue"),
            models.CheckConstraint(condition=Q(credits__gt=0), name="point_credits_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return in_active_language(self.name_zh, self.name_en)

    @property
    def looks_at(self) -> str:
        return in_active_language(self.looks_at_zh, self.looks_at_en)

    @property
    def is_confirmed(self) -> bool:
        """Whether all of its own text is confirmed; `verified` alone speaks of the table's facts only."""
        return self.verified and self.catalogue.verified

    def items_for(self, stage: str) -> list["EvidenceItem"]:
        """
        The items a teacher of this school stage hands in, by number.

        The stage's own variant replaces the item of the same number that is for all stages. No query
        when `items` are prefetched, one otherwise.
        """
        items = list(self.items.all())
        asked = {item.number: item for item in items if not item.stage}
        if stage:
            asked |= {item.number: item for item in items if item.stage == stage}
        return [asked[number] for number in sorted(asked)]


class EvidenceItem(models.Model):
    """One piece of evidence a point asks for, with what may be uploaded; limits are MB and minutes."""

    point = models.ForeignKey(Point, models.CASCADE, related_name="items", verbose_name=_("point"))
    number = models.PositiveSmallIntegerField(_("number"))
    stage = models.CharField(
        _("school stage"), max_length=20, blank=True, help_text=_("Empty: for all stages.")
    )
    name_zh = models.CharField(_("name (Chinese)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=200)
    kinds = models.JSONField(_("kinds"), default=list, help_text=_("Letters out of D, V, R, P."))
    is_required = models.BooleanField(_("required"), default=True)
    max_megabytes = models.PositiveIntegerField(_("largest file (MB)"))
    max_minutes = models.PositiveSmallIntegerField(_("longest video (minutes)"), null=True, blank=True)
    guidance_zh = models.TextField(_("guidance (Chinese)"))
    guidance_en = models.TextField(_("guidance (English)"))
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("evidence item")
        verbose_name_plural = _("evidence items")
        ordering = ["number", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "number", "stage"], name="item_once_per_point_and_stage"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="item_number_positive"),
            models.CheckConstraint(condition=Q(max_megabytes__gt=0), name="item_megabytes_positive"),
            models.CheckConstraint(
                condition=Q(max_minutes__isnull=True) | Q(max_minutes__gt=0), name="item_minutes_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def name(self) -> str:
        return in_active_language(self.name_zh, self.name_en)

    @property
    def guidance(self) -> str:
        return in_active_language(self.guidance_zh, self.guidance_en)

    @property
    def kind_labels(self) -> list[str]:
        return [str(Kind(letter).label) for letter in self.kinds]

    @property
    def is_confirmed(self) -> bool:
        """Whether the item and every one of its criteria is confirmed."""
        return self.verified and all(criterion.verified for criterion in self.criteria.all())

    @property
    def criteria_for_excellent(self) -> list["Criterion"]:
        return [criterion for criterion in self.criteria.all() if criterion.level == Level.EXCELLENT]

    @property
    def criteria_for_pass(self) -> list["Criterion"]:
        return [criterion for criterion in self.criteria.all() if criterion.level == Level.PASS]


class Criterion(models.Model):
    """One sentence a reviewer can say yes or no to; a level is met when all its sentences are."""

    item = models.ForeignKey(EvidenceItem, models.CASCADE, related_name="criteria", verbose_name=_("item"))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    number = models.PositiveSmallIntegerField(_("number"))
    text_zh = models.TextField(_("text (Chinese)"))
    text_en = models.TextField(_("text (English)"))
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["level", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "level", "number"], name="criterion_once_per_level"),
            models.CheckConstraint(condition=Q(number__gt=0), name="criterion_number_positive"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_active_language(self.text_zh, self.text_en)
