"""Reading the rules and their versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from assessment.programme.models import Programme
from assessment.programme.rules.models import RulesVersion
from assessment.programme.rules.terms import RULES, rule_label, said
from assessment.showing import name_of


def rules_of(programme: Programme) -> dict[str, Any]:
    """Return the present rules by field name."""
    return {name: getattr(programme, name) for name in RULES}


def current_version(programme: Programme) -> RulesVersion | None:
    """Return the version that holds now; None for a draft."""
    return RulesVersion.objects.filter(programme=programme).order_by("-number").first()


def versions_of(programme: Programme) -> QuerySet[RulesVersion]:
    """Return the versions, newest first, with who wrote them."""
    return RulesVersion.objects.filter(programme=programme).select_related("changed_by__person")


@dataclass(frozen=True)
class VersionShown:
    """One version as its page shows it: who changed what, when and why."""

    number: int
    at: datetime
    who: str
    reason: str
    changes: list[tuple[str, str, str]]


def shown(version: RulesVersion) -> VersionShown:
    """Return a version in words: each changed rule with its old and its new value."""
    return VersionShown(
        version.number,
        version.changed_at,
        name_of(version.changed_by),
        version.reason,
        [
            (rule_label(name), said(name, old), said(name, new))
            for name, (old, new) in version.changed.items()
        ],
    )
