"""Hours: claimed with proof, attested by the school, recognised by the county."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.workflow import Face, Stateful, Workflow, register
from schools.files.models import StoredFile
from schools.people.models import Person


class Category(models.TextChoices):
    ONLINE = "online", _("Online study")
    PRACTICE = "practice", _("Practice")


class Source(models.TextChoices):
    CLAIM = "claim", _("own claim")
    ACTIVITY = "activity", _("activity")
    COURSE = "course", _("training")
    IMPORT = "import", _("provider's file")
    CORRECTION = "correction", _("correction")


class ClaimState(models.IntegerChoices):
    CLAIMED = 1, _("Claimed")
    ATTESTED = 2, _("Attested")
    RECOGNISED = 3, _("Recognised")
    REFUSED = 4, _("Refused")


HOUR_CLAIM = register(
    Workflow(
        name="hour-claim",
        title=_("Hours"),
        states=ClaimState,
        initial=ClaimState.CLAIMED,
        faces={
            ClaimState.CLAIMED: Face("waiting", "half", "school"),
            ClaimState.ATTESTED: Face("waiting", "half", "county"),
            ClaimState.RECOGNISED: Face("good", "check", "nobody"),
            ClaimState.REFUSED: Face("attention", "dot", "teacher"),
        },
    )
)


class HourClaim(Stateful):
    """Hours of one category for one thing that was done on a day.

    `origin` names what the hours come from (`activity:12`) and makes them count once; a recognised claim is
    corrected only by a further row of negative hours that names it.
    """

    workflow = HOUR_CLAIM
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="hour_claims")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="hour_claims")
    person = models.ForeignKey(Person, models.PROTECT, related_name="hour_claims", verbose_name=_("person"))
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(-200), MaxValueValidator(200)],
    )
    title = models.CharField(_("what was done"), max_length=120)
    held_on = models.DateField(_("day"))
    begins_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.CLAIM)
    origin = models.CharField(_("origin"), max_length=120, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("hour claim")
        verbose_name_plural = _("hour claims")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, corrects__isnull=True) | Q(hours__lt=0, corrects__isnull=False),
                name="only_corrections_take_hours_away",
            ),
            models.UniqueConstraint(
                fields=["programme", "person", "origin"],
                condition=~Q(origin=""),
                name="hours_of_one_origin_once",
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "state"], name="claim_by_school")]

    def __str__(self) -> str:
        return f"{self.title} ({self.hours})"
