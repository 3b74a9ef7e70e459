"""The list of schools by wave, as page and sheet show it."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.programme.waves.forms import MOST_WAVES
from assessment.programme.waves.models import Tier
from schools.sheets.listing import Filter, Listed, Listing

BY_NAME = ("pinyin", "pk")
WAVE = Filter(
    "wave",
    _("Wave"),
    _("All waves"),
    (*((str(number), str(number)) for number in range(1, MOST_WAVES + 1)), ("0", _("no wave"))),
)


def wave_said(row: Any) -> str:
    return f"{row.wave_number} {row.wave_name}" if row.wave_number else gettext("no wave")


def tier_said(row: Any) -> str:
    return str(Tier(row.tier).label) if row.tier else str(Tier.NONE.label)


def pilot_said(row: Any) -> str:
    return gettext("yes") if row.is_pilot else gettext("no")


SCHOOLS = Listing(
    "waves",
    _("Schools by wave"),
    (
        Listed("school", _("School"), lambda row: row.name, BY_NAME, 28),
        Listed("stage", _("School stage"), lambda row: row.get_stage_display(), ("stage", *BY_NAME), 20),
        Listed("wave", _("Wave"), wave_said, ("wave_number", *BY_NAME), 20),
        Listed("pilot", _("Pilot"), pilot_said, (), 10),
        Listed("tier", _("Tier"), tier_said, (), 20),
    ),
    "school",
    _("School or initials"),
    (
        WAVE,
        Filter("tier", _("Tier"), _("All tiers"), tuple(Tier.choices)),
        Filter("pilot", _("Pilot"), _("All schools"), (("yes", _("Pilots only")),)),
    ),
)
