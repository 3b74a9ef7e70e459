"""The county's lists of inventories, as page and sheet show them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.planning.inventory.models import Inventory
from microcapabilities.models import Environment
from schools.sheets.listing import Filter, Listed, Listing

BY_SCHOOL = ("school__pinyin", "pk")
SCHOOL = _("School or initials")
PLACE = Filter("place", _("Place"), _("Town and country"), (("rural", _("rural")), ("town", _("town"))))


def place_of(school: Any) -> str:
    return gettext("rural") if school.is_rural else gettext("town")


def counted(key: str, label: Any) -> Listed:
    """Return a column of one of the inventory's numbers."""
    return Listed(key, label, lambda row: getattr(row, key), (key, *BY_SCHOOL), 14, "0")


def claimed(row: Inventory) -> str:
    return gettext(", ").join(row.environments)


INVENTORIES = Listing(
    "inventories",
    _("Inventories"),
    (
        Listed("school", _("School"), lambda row: row.school.name, BY_SCHOOL, 28),
        Listed("place", _("Place"), lambda row: place_of(row.school), ("school__is_rural", *BY_SCHOOL), 10),
        Listed("state", _("State"), lambda row: row.label, ("state", *BY_SCHOOL), 12),
        Listed("environments", _("Environments"), claimed, ("environments", *BY_SCHOOL), 14),
        counted("multimedia_rooms", _("multimedia classrooms")),
        counted("networked_rooms", _("networked or computer rooms")),
        counted("tablet_classes", _("tablet classes")),
        counted("bandwidth", _("bandwidth in Mbit/s")),
        Listed("platform", _("Platform"), lambda row: row.platform, ("platform", *BY_SCHOOL), 20),
    ),
    "school",
    SCHOOL,
    (Filter("environment", _("Environments"), _("All environments"), tuple(Environment.choices)), PLACE),
)
WITHOUT = Listing(
    "schools-without-inventory",
    _("Schools without an inventory"),
    (
        Listed("school", _("School"), lambda school: school.name, ("pinyin", "pk"), 28),
        Listed("place", _("Place"), place_of, ("is_rural", "pinyin", "pk"), 10),
        Listed("environments", _("Environments"), lambda school: school.environments, (), 14),
    ),
    "school",
    SCHOOL,
    (PLACE,),
)
