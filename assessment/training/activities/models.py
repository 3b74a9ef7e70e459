"""Activities of a group or a school: planned, opened for the sign-in, closed with what they brought."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.models import Point
from schools.files.models import StoredFile
from schools.organisations.models import School, SchoolModel, TeachingGroup, TenantModel
from schools.people.models import Person


class ActivityKind(models.TextChoices):
    RESEARCH = "research", _("School-based research")
    DISCUSSION = "discussion", _("Case discussion")
    ANALYSIS = "analysis", _("Analysis of lesson recordings")
    WORKSHOP = "workshop", _("Workshop")
    POLISHING = "polishing", _("Polishing round")
    SHOWING = "showing", _("Showing of results")
    PAIRED = "paired", _("Paired or dual-teacher teaching")
    RESOURCES = "resources", _("Making of resources")
    ONLINE = "online", _("Online teaching")
    NOMINATION = "nomination", _("Course nomination")


class ActivityState(models.IntegerChoices):
    PLANNED = 1, _("Planned")
    OPEN = 2, _("Sign-in open")
    CLOSED = 3, _("Closed")
    CANCELLED = 4, _("Cancelled")


ACTIVITY = register(
    Workflow(
        name="activity",
        title=_("Activity"),
        states=ActivityState,
        initial=ActivityState.PLANNED,
        faces={
            ActivityState.PLANNED: Face("quiet", "circle", "group"),
            ActivityState.OPEN: Face("waiting", "half", "group"),
            ActivityState.CLOSED: Face("good", "check", "nobody"),
            ActivityState.CANCELLED: Face("final", "cross", "nobody"),
        },
    )
)


def new_secret() -> str:
    """Return 128 random bits from which the codes of one activity are made."""
    return secrets.token_urlsafe(16)


class Activity(Stateful):
    """Something that a group, or with no group the whole school, does together between two moments.

    `hours` is what one attendance counts by the conversion table, known once it is closed.
    """

    workflow = ACTIVITY
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="activities")
    group = models.ForeignKey(
        TeachingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("teaching group"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind.choices)
    title = models.CharField(_("title"), max_length=100)
    purpose = models.TextField(_("purpose"))
    problem = models.TextField(_("teaching problem"), blank=True)
    points = models.ManyToManyField(Point, related_name="+", blank=True, verbose_name=_("points"))
    place = models.CharField(_("place"), max_length=80)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    leader = models.ForeignKey(
        Person, models.PROTECT, related_name="led_activities", verbose_name=_("leader")
    )
    partner = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner school"),
    )
    record = models.TextField(_("record"), blank=True)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    secret = models.CharField(max_length=40, default=new_secret, editable=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="activity_span"),
        ]
        indexes = [models.Index(fields=["county", "school", "begins_at"], name="activity_by_school")]

    def __str__(self) -> str:
        return self.title


class How(models.TextChoices):
    CODE = "code", _("by code")
    QR = "qr", _("by QR")
    LIST = "list", _("by list")


class SignIn(SchoolModel):
    """Somebody was there: how it was noted, when and by whom; `school` is the activity's.

    Closing sets `hours` (what counts) and `cut` (what the conversion table or a rule takes off, and why).
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sign_ins")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="sign_ins")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sign_ins", verbose_name=_("person"))
    how = models.CharField(_("how"), max_length=5, choices=How.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("signed in"), db_default=Now())
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    cut = models.DecimalField(_("cut"), max_digits=4, decimal_places=1, default=0)
    cut_because = models.CharField(_("cut because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="signed_in_once"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=0, cut__gte=0), name="sign_in_hours_not_below"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class WrongCode(TenantModel):
    """How often somebody typed a wrong code for one activity; after so many nothing is taken any more."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="wrong_codes_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.person_id}: {self.tries}"


class Output(SchoolModel):
    """A photo, minutes or another file that an activity brought."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="outputs")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"), db_default=Now())
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("output file")
        verbose_name_plural = _("output files")
        constraints = [models.UniqueConstraint(fields=["activity", "file"], name="output_file_once")]

    def __str__(self) -> str:
        return str(self.file_id)


class Basis(models.TextChoices):
    SESSION = "session", _("per session")
    CLOCK_HOUR = "clock-hour", _("per clock hour")


class ConversionRate(TenantModel):
    """How an attendance at one kind of activity becomes hours; an empty limit means none."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="conversion_rates")
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind.choices)
    basis = models.CharField(_("counted"), max_length=10, choices=Basis.choices)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    most_per_session = models.DecimalField(
        _("most per session"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    most_per_year = models.DecimalField(
        _("most per year"), max_digits=4, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("conversion rate")
        verbose_name_plural = _("conversion table")
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind"], name="one_rate_per_kind"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.hours} {self.get_basis_display()}"
