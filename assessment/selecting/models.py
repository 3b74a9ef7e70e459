"""A teacher's choice of points, in versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant, Programme
from assessment.workflow import Face, Stateful, Workflow, register
from microcapabilities.models import Catalogue, Point
from schools.organisations.models import SchoolModel
from schools.people.models import Person


class SelectionState(models.IntegerChoices):
    DRAFT = 1, _("Draft")
    PROPOSED = 2, _("Proposed")
    ENDORSED = 3, _("Endorsed")
    RETURNED = 4, _("Returned")
    CONFIRMED = 5, _("Confirmed")
    SUPERSEDED = 6, _("Replaced")


SELECTION = register(
    Workflow(
        name="selection",
        title=_("Choice of points"),
        states=SelectionState,
        initial=SelectionState.DRAFT,
        faces={
            SelectionState.DRAFT: Face("quiet", "circle", "teacher"),
            SelectionState.PROPOSED: Face("waiting", "half", "group"),
            SelectionState.ENDORSED: Face("waiting", "half", "school"),
            SelectionState.RETURNED: Face("attention", "dot", "teacher"),
            SelectionState.CONFIRMED: Face("good", "check", "nobody"),
            SelectionState.SUPERSEDED: Face("final", "lock", "nobody"),
        },
    )
)


class Selection(Stateful):
    """One version of a participant's choice; the confirmed one holds until its replacement is confirmed.

    `catalogue` is the edition in which it was confirmed, whatever the programme takes up later.
    """

    workflow = SELECTION
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="selections")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="selections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="selections", verbose_name=_("person"))
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    goal = models.TextField(_("personal goal"), blank=True)
    measure = models.CharField(_("how it will be seen"), max_length=200, blank=True)
    problem = models.TextField(_("teaching problem addressed"), blank=True)
    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("catalogue")
    )

    class Meta:
        verbose_name = _("choice of points")
        verbose_name_plural = _("choices of points")
        constraints = [
            models.UniqueConstraint(fields=["participant", "number"], name="selection_number_once"),
            models.UniqueConstraint(
                fields=["participant"], condition=Q(state=5), name="one_confirmed_selection"
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "state"], name="selection_by_school")]

    def __str__(self) -> str:
        return f"{self.person} v{self.number}"


class SelectionPoint(SchoolModel):
    """One chosen point."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="chosen")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "point"], name="point_chosen_once")]

    def __str__(self) -> str:
        return self.point.code
