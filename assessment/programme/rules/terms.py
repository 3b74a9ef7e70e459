"""The rules of a programme by the names of their fields, and how a value is said."""

from typing import Any

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import CertificateMoment, Programme
from microcapabilities.models import Environment

RULES = (
    "online_hours",
    "practice_hours",
    "total_hours",
    "most_hours_a_day",
    "credits",
    "environments",
    "team_rule",
    "panel_least",
    "needs_outsider",
    "reciprocal_from",
    "is_blind",
    "honours_percent",
    "reviews_needed",
    "attempts",
    "sample_percent",
    "tolerance_percent",
    "confidence_percent",
    "experts_per_case",
    "experts_added",
    "publication_days",
    "allows_rectification",
    "appeal_days",
    "certificate_moment",
)


class TeamPost(models.TextChoices):
    """A post that a school's management team has to have."""

    PRINCIPAL = "principal", _("Principal")
    DEPUTY_PRINCIPAL = "deputy-principal", _("Deputy principal")
    TEACHING_DIRECTOR = "teaching-director", _("Head of teaching")
    IT_BACKBONE = "it-backbone", _("IT teacher")
    GROUP_HEAD = "group-head", _("Head of a teaching group")
    RESEARCH_DIRECTOR = "research-director", _("Head of research")


def rule_label(name: str) -> str:
    """Return what a rule is called."""
    label = str(Programme._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def said(name: str, value: Any) -> str:
    """Return a rule's value in words."""
    if value is None:
        return gettext("not asked for")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "environments":
        return gettext(", ").join(str(Environment(letter).label) for letter in value)
    if name == "certificate_moment":
        return str(CertificateMoment(value).label)
    if name == "team_rule":
        return team_said(value)
    return f"{value} %" if name.endswith("_percent") else str(value)


def team_said(rule: dict[str, Any]) -> str:
    """Return the composition of the team in one line."""
    size = ngettext("%(least)d to %(most)d person", "%(least)d to %(most)d people", rule["most"]) % {
        "least": rule["least"],
        "most": rule["most"],
    }
    posts = gettext(", ").join(str(TeamPost(post).label) for post in rule["posts"] if post in TeamPost.values)
    shared = gettext("one person may hold several posts") if rule["may_share"] else gettext("a post each")
    return " · ".join(part for part in (size, posts, shared) if part)
