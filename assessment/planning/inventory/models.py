"""What a school has to teach with, and the environments that follow: stated by it, confirmed by the county."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.workflow import Face, Stateful, Workflow, register


class InventoryState(models.IntegerChoices):
    DRAFT = 1, _("Draft")
    STATED = 2, _("Stated")
    CONFIRMED = 3, _("Confirmed")
    RETURNED = 4, _("Returned")


INVENTORY = register(
    Workflow(
        name="inventory",
        title=_("Inventory"),
        states=InventoryState,
        initial=InventoryState.DRAFT,
        faces={
            InventoryState.DRAFT: Face("quiet", "circle", "school"),
            InventoryState.STATED: Face("waiting", "half", "county"),
            InventoryState.CONFIRMED: Face("good", "check", "nobody"),
            InventoryState.RETURNED: Face("attention", "dot", "school"),
        },
    )
)
MOST = [MaxValueValidator(9999)]


class Inventory(Stateful):
    """One edition of a school's inventory; `environments` are the letters that the school claims."""

    workflow = INVENTORY
    edition = models.PositiveSmallIntegerField(_("edition"))
    multimedia_rooms = models.PositiveSmallIntegerField(
        _("multimedia classrooms"), default=0, validators=MOST
    )
    networked_rooms = models.PositiveSmallIntegerField(
        _("networked or computer rooms"), default=0, validators=MOST
    )
    tablet_classes = models.PositiveSmallIntegerField(
        _("classes in which every pupil has a tablet"), default=0, validators=MOST
    )
    interactive_displays = models.PositiveSmallIntegerField(
        _("interactive displays"), default=0, validators=MOST
    )
    recording_rooms = models.PositiveSmallIntegerField(
        _("lesson recording rooms"), default=0, validators=MOST
    )
    platform = models.CharField(_("teaching platform in use"), max_length=80, blank=True)
    bandwidth = models.PositiveIntegerField(
        _("bandwidth in Mbit/s"), default=0, validators=[MaxValueValidator(100_000)]
    )
    notes = models.TextField(_("notes"), blank=True)
    environments = models.CharField(_("environments claimed"), max_length=3)
    reason = models.CharField(_("why it differs from the proposal"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("inventory")
        verbose_name_plural = _("inventories")
        constraints = [
            models.UniqueConstraint(fields=["school", "edition"], name="inventory_edition_once"),
            models.UniqueConstraint(
                fields=["school"], condition=~Q(state=3), name="one_open_inventory_per_school"
            ),
            models.CheckConstraint(condition=~Q(environments=""), name="inventory_claims_something"),
        ]
        indexes = [models.Index(fields=["county", "state"], name="inventory_by_state")]

    def __str__(self) -> str:
        return f"{self.school} · {self.edition}"


FACTS = (
    "multimedia_rooms",
    "interactive_displays",
    "networked_rooms",
    "tablet_classes",
    "recording_rooms",
    "platform",
    "bandwidth",
    "notes",
)
