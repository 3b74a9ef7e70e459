"""Nominations for the county's training team, and how many places there are by school and subject."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.models import Employment, Seat
from assessment.programme.models import Programme
from assessment.workflow import Face, Stateful, Workflow, register
from schools.organisations.models import School, TenantModel
from schools.people.models import Person


class NominationState(models.IntegerChoices):
    NOMINATED = 1, _("Nominated")
    SELECTED = 2, _("Selected")
    DECLINED = 3, _("Declined")
    WITHDRAWN = 4, _("Withdrawn")


NOMINATION = register(
    Workflow(
        name="nomination",
        title=_("Nomination for the training team"),
        states=NominationState,
        initial=NominationState.NOMINATED,
        faces={
            NominationState.NOMINATED: Face("waiting", "half", "county"),
            NominationState.SELECTED: Face("good", "check", "nobody"),
            NominationState.DECLINED: Face("bad", "cross", "nobody"),
            NominationState.WITHDRAWN: Face("quiet", "circle", "nobody"),
        },
    )
)


class TeamQuota(TenantModel):
    """How many places of the training team a school has, or a subject, or a school in one subject.

    Without a school it holds for the whole county, without a subject for all subjects.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="team_quotas")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    subject = models.CharField(_("subject"), max_length=40, blank=True)
    places = models.PositiveSmallIntegerField(_("places"))

    class Meta:
        verbose_name = _("quota of the training team")
        verbose_name_plural = _("quotas of the training team")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "subject"],
                condition=Q(school__isnull=True),
                name="quota_of_county_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "school", "subject"],
                condition=Q(school__isnull=False),
                name="quota_of_school_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id or ''} {self.subject}: {self.places}"


class Nomination(Stateful):
    """A school's proposal of one of its people for the county's training team."""

    workflow = NOMINATION
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="nominations", verbose_name=_("person"))
    subject = models.CharField(_("subject"), max_length=40)
    employment = models.CharField(_("employment"), max_length=4, choices=Employment.choices)
    reason = models.TextField(_("reason"))
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("seat")
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"], condition=Q(state=1), name="one_open_nomination"
            ),
            models.CheckConstraint(
                condition=Q(state=2) | Q(seat__isnull=True),
                name="only_the_selected_have_a_seat",
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "state"], name="nomination_by_school")]

    def __str__(self) -> str:
        return f"{self.person} ({self.subject})"
