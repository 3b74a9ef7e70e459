"""Regions, counties (the tenants), schools (their sub-tenants) and teaching groups."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from schools.pinyin import SpelledField

RESERVED_SLUGS = frozenset(  # addresses of pages that stand where a slug could
    [
        "accounts",
        "activate",
        "admin",
        "catalogue",
        "health",
        "help",
        "home",
        "i18n",
        "jobs",
        "me",
        "regions",
        "search",
        "tour",
        "static",
        "verify",
        "v",
        "people",
        "schools",
        "programme",
        "filings",
        "transfers",
        "hours",
        "returns",
        "draws",
        "cases",
        "certificates",
        "reports",
        "board",
        "absences",
        "activities",
        "bodies",
        "calendar",
        "choices",
        "circulars",
        "coaching",
        "courses",
        "exemplars",
        "flags",
        "group-records",
        "guidance",
        "honours",
        "inspections",
        "inventories",
        "issues",
        "library",
        "likenesses",
        "minutes",
        "nominations",
        "panels",
        "participants",
        "phrases",
        "providers",
        "reminders",
        "review-quality",
        "surveys",
        "trainers",
        "trainings",
        "visits",
        "waves",
    ]
)


def not_reserved(slug: str) -> None:
    """Refuse a slug that would hide one of the portal's own addresses."""
    if slug in RESERVED_SLUGS or slug.startswith("_"):
        raise ValidationError(_("“%(slug)s” is one of the portal's own addresses."), params={"slug": slug})


class RegionLevel(models.TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")


class Region(models.Model):
    """A province or a city: it only looks on."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), unique=True, validators=[not_reserved])
    level = models.CharField(_("level"), max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    """A county's education office and all that belongs to it: the tenant."""

    name = models.CharField(_("name"), max_length=60)
    office_name = models.CharField(_("issuing office"), max_length=120)
    slug = models.SlugField(_("address"), unique=True, validators=[not_reserved])
    code = models.CharField(_("region code"), max_length=6)
    region = models.ForeignKey(Region, models.PROTECT, related_name="counties", verbose_name=_("region"))

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row of one county; queries about it need an open scope."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+", verbose_name=_("county"))

    objects = ScopedManager(county="county")

    class Meta:
        abstract = True


class Stage(models.TextChoices):
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior secondary school")
    SENIOR = "senior", _("Senior secondary school")
    NINE_YEAR = "nine-year", _("Nine-year school")
    SPECIAL = "special", _("Special education")


class School(TenantModel):
    """A school, kindergarten or teaching point; a managing unit may run its year for it."""

    name = models.CharField(_("name"), max_length=80)
    pinyin = SpelledField()
    initials = SpelledField(part="initials")
    slug = models.SlugField(_("address"), max_length=50, validators=[not_reserved])
    code = models.CharField(_("school code"), max_length=20, blank=True)
    stage = models.CharField(_("school stage"), max_length=16, choices=Stage.choices, default=Stage.PRIMARY)
    is_rural = models.BooleanField(_("rural"), default=False)
    environments = models.CharField(_("environments"), max_length=3, default="A")
    central = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("central school")
    )
    managed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="managed", verbose_name=_("managing unit")
    )

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.UniqueConstraint(fields=["county", "slug"], name="school_slug_in_county"),
            models.UniqueConstraint(fields=["county", "name"], name="school_name_in_county"),
        ]
        permissions = [("review_school", "Review submissions of this school as an outsider")]

    def __str__(self) -> str:
        return self.name

    @property
    def item_stage(self) -> str:
        """The catalogue's variant that fits this school: "kindergarten" or "" for all others."""
        return "kindergarten" if self.stage == Stage.KINDERGARTEN else ""


class SchoolModel(TenantModel):
    """A row of one school."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name=_("school"))

    objects = ScopedManager(county="county", school="school")

    class Meta:
        abstract = True


def scoped(queryset: type[models.QuerySet], *, school: bool) -> Any:
    """Return a scoped manager that speaks the words of `queryset`."""
    dimensions = {"county": "county", "school": "school"} if school else {"county": "county"}
    return ScopedManager(_manager_class=models.Manager.from_queryset(queryset), **dimensions)


class TeachingGroup(SchoolModel):
    """A subject research group 教研组 of a school."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("teaching group")
        verbose_name_plural = _("teaching groups")
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="group_name_in_school")]

    def __str__(self) -> str:
        return self.name
