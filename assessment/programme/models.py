"""The programme of a county: its rules, calendar, extensions, participants, and the counters per school."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microcapabilities.models import Catalogue
from schools.organisations.models import SchoolModel, TenantModel
from schools.people.models import Person


class CertificateMoment(models.TextChoices):
    ACCEPTED = "accepted", _("per point, when accepted")
    CREDITS = "credits", _("with the credit total")


def team_rule() -> dict[str, Any]:
    """Return Si County's composition of a school's management team: 3 to 5 people with these posts."""
    posts = ["principal", "deputy-principal", "teaching-director", "it-backbone"]
    return {"least": 3, "most": 5, "posts": posts, "may_share": True}


class Programme(TenantModel):
    """A county's programme over a span of time; everything counties differ in is a field here."""

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, verbose_name=_("catalogue"))
    name = models.CharField(_("name"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    online_hours = models.PositiveSmallIntegerField(_("online hours"), default=30)
    practice_hours = models.PositiveSmallIntegerField(_("practice hours"), default=30)
    total_hours = models.PositiveSmallIntegerField(_("hours in all"), null=True, blank=True)
    most_hours_a_day = models.PositiveSmallIntegerField(
        _("most hours a day"), default=12, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    environments = models.CharField(_("environments allowed"), max_length=3, default="ABC")
    team_rule = models.JSONField(_("composition of the management team"), default=team_rule)
    credits = models.PositiveSmallIntegerField(_("credits needed"), null=True, blank=True, default=20)
    reviews_needed = models.PositiveSmallIntegerField(
        _("reviews per submission"), default=2, validators=[MinValueValidator(1)]
    )
    panel_least = models.PositiveSmallIntegerField(
        _("people on a panel, at least"), default=1, validators=[MinValueValidator(1)]
    )
    needs_outsider = models.BooleanField(_("a panel has somebody from outside"), default=False)
    reciprocal_from = models.PositiveSmallIntegerField(
        _("panel size from which nobody reviews their own reviewer"), null=True, blank=True
    )
    is_blind = models.BooleanField(_("blind review"), default=False)
    honours_percent = models.PositiveSmallIntegerField(
        _("share put forward for honours, percent"), default=30, validators=[MaxValueValidator(100)]
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=2, validators=[MinValueValidator(1)])
    experts_per_case = models.PositiveSmallIntegerField(_("experts per case"), default=1)
    experts_added = models.PositiveSmallIntegerField(_("experts added when they disagree"), default=0)
    tolerance_percent = models.PositiveSmallIntegerField(
        _("tolerated share of bad results, percent"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    confidence_percent = models.PositiveSmallIntegerField(
        _("confidence of a spot check, percent"),
        default=95,
        validators=[MinValueValidator(50), MaxValueValidator(99)],
    )
    sample_percent = models.PositiveSmallIntegerField(
        _("share drawn, percent"), default=10, validators=[MaxValueValidator(100)]
    )
    publication_days = models.PositiveSmallIntegerField(_("days of publication before signing"), default=0)
    allows_rectification = models.BooleanField(_("rectification after overturning"), default=True)
    appeal_days = models.PositiveSmallIntegerField(_("days in which an appeal may be lodged"), default=7)
    certificate_moment = models.CharField(
        _("moment of the certificate"), max_length=10, choices=CertificateMoment.choices, default="accepted"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    preset = models.SlugField(_("rule pack"), blank=True)
    is_current = models.BooleanField(_("current"), default=True)
    is_draft = models.BooleanField(_("being set up"), default=False)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["county"], condition=Q(is_current=True), name="one_current_programme"
            ),
            models.UniqueConstraint(
                fields=["county"], condition=Q(is_draft=True), name="one_programme_draft"
            ),
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(is_current=False), name="a_draft_is_not_current"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="programme_span"),
        ]

    def __str__(self) -> str:
        return self.name


class Wave(TenantModel):
    """A group of schools that begins together; the programme asks for a share of all schools in it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=40)
    share_percent = models.PositiveSmallIntegerField(
        _("share of the schools, percent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="wave_number_once")]

    def __str__(self) -> str:
        return self.name


class PhaseKind(models.TextChoices):
    PREPARE = "prepare", _("Bodies and teams")
    PLAN = "plan", _("Plans and filings")
    CHOOSE = "choose", _("Choosing points")
    TRAIN = "train", _("Training and hours")
    SUBMIT = "submit", _("Submitting evidence")
    REVIEW = "review", _("School review")
    RETURN = "return", _("School returns")
    CHECK = "check", _("Spot checks and acceptance")
    SHARE = "share", _("Cases and summary")


class Phase(TenantModel):
    """The window in which one kind of action is open: for one wave, or without a wave for all others."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    wave = models.ForeignKey(
        Wave, models.CASCADE, null=True, blank=True, related_name="phases", verbose_name=_("wave")
    )
    kind = models.CharField(_("phase"), max_length=10, choices=PhaseKind.choices)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind"], condition=Q(wave__isnull=True), name="one_phase_per_kind"
            ),
            models.UniqueConstraint(
                fields=["programme", "kind", "wave"],
                condition=Q(wave__isnull=False),
                name="one_phase_per_kind_and_wave",
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="phase_span"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Participant(SchoolModel):
    """A person in a programme at a school; a transfer closes the row and opens another."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participants")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    excluded_because = models.CharField(_("excluded because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ends_on__isnull=True),
                name="one_open_participation",
            )
        ]
        indexes = [models.Index(fields=["county", "school", "programme"], name="participant_by_school")]

    def __str__(self) -> str:
        return str(self.person)


class Extension(SchoolModel):
    """More time for a school, or for one of its participants, with the reason."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="extensions")
    kind = models.CharField(_("phase"), max_length=10, choices=PhaseKind.choices)
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="extensions"
    )
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    granted_at = models.DateTimeField(db_default=Now())
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.until:%Y-%m-%d}"


class SchoolProgress(SchoolModel):
    """Counters of one school in one programme, changed as the last statement of each move."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="progress")
    participants = models.PositiveIntegerField(default=0)
    chosen = models.PositiveIntegerField(default=0)
    draft = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    overturned = models.PositiveIntegerField(default=0)
    credits_accepted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "school"], name="one_progress_row_per_school")
        ]

    def __str__(self) -> str:
        return f"{self.school_id}"


class DayFigures(SchoolModel):
    """What moved in a school on one day: how many rows entered each stage, less those that left it again."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="day_figures")
    day = models.DateField()
    chosen = models.IntegerField(default=0)
    handed_in = models.IntegerField(default=0)
    passed = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")
        constraints = [
            models.UniqueConstraint(fields=["programme", "school", "day"], name="day_figures_once")
        ]
        indexes = [models.Index(fields=["county", "programme", "day"], name="day_figures_by_county")]

    def __str__(self) -> str:
        return f"{self.school_id} {self.day}"
