"""When a school has an environment: a few plain thresholds, from which a proposal follows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.planning.inventory.models import Inventory
from microcapabilities.models import Environment

BLENDED_BANDWIDTH, SMART_BANDWIDTH = 50, 100


@dataclass(frozen=True)
class Need:
    """One thing that an environment needs, in words, and whether an inventory has it."""

    words: str | Promise
    is_met: Callable[[Inventory], bool]


@dataclass(frozen=True)
class Threshold:
    """An environment, the sentence that says when a school has it, and what that needs."""

    environment: Environment
    sentence: str | Promise
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Proposed:
    """What the thresholds say about one environment of one school; `because` names what is missing, or met."""

    letter: str
    label: str | Promise
    sentence: str | Promise
    is_met: bool
    because: str


SHOWS = Need(
    _("a multimedia classroom or an interactive display"),
    lambda row: row.multimedia_rooms + row.interactive_displays > 0,
)
NETWORKED = Need(_("a networked or computer room"), lambda row: row.networked_rooms > 0)
TABLETS = Need(_("a class in which every pupil has a tablet"), lambda row: row.tablet_classes > 0)
PLATFORM = Need(_("a teaching platform in use"), lambda row: bool(row.platform.strip()))
THRESHOLDS = (
    Threshold(
        Environment.MULTIMEDIA,
        _("A school has A when it has at least one multimedia classroom or interactive display."),
        (SHOWS,),
    ),
    Threshold(
        Environment.BLENDED,
        _(
            "A school has B when it has a networked or computer room, a teaching platform in use "
            "and at least 50 Mbit/s."
        ),
        (NETWORKED, PLATFORM, Need(_("50 Mbit/s"), lambda row: row.bandwidth >= BLENDED_BANDWIDTH)),
    ),
    Threshold(
        Environment.SMART,
        _(
            "A school has C when at least one class has a tablet for every pupil, a teaching platform "
            "is in use and there are at least 100 Mbit/s."
        ),
        (TABLETS, PLATFORM, Need(_("100 Mbit/s"), lambda row: row.bandwidth >= SMART_BANDWIDTH)),
    ),
)


def proposal(row: Inventory) -> list[Proposed]:
    """Return what the thresholds say about each environment, with what is missing."""
    return [proposed(threshold, row) for threshold in THRESHOLDS]


def proposed(threshold: Threshold, row: Inventory) -> Proposed:
    missing = [str(need.words) for need in threshold.needs if not need.is_met(row)]
    because = (
        gettext("Missing: %s.") % gettext(", ").join(missing)
        if missing
        else gettext("All that it needs is there.")
    )
    environment = threshold.environment
    return Proposed(str(environment.value), environment.label, threshold.sentence, not missing, because)


def letters(row: Inventory) -> str:
    """Return the environments that the thresholds propose, such as "AB"."""
    return "".join(one.letter for one in proposal(row) if one.is_met)
