"""The current programme's rules and dates in words, each with the workflow it belongs to."""

from dataclasses import dataclass
from datetime import datetime

from django_scopes import scope

from assessment.programme.models import PhaseKind, Programme
from assessment.programme.queries import calendar, current_programme
from assessment.programme.rules.terms import said
from portal.help.words import Words
from schools.access.actor import Actor
from schools.organisations.models import County

PHASE_TOPICS = {
    PhaseKind.PREPARE: ("filing",),
    PhaseKind.PLAN: ("filing",),
    PhaseKind.CHOOSE: ("selection",),
    PhaseKind.TRAIN: ("hour-claim",),
    PhaseKind.SUBMIT: ("submission",),
    PhaseKind.REVIEW: ("review", "submission"),
    PhaseKind.RETURN: ("return",),
    PhaseKind.CHECK: ("case", "certificate"),
    PhaseKind.SHARE: ("certificate",),
}


@dataclass(frozen=True)
class Rule:
    """One rule of the programme with its value."""

    label: Words
    value: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class PhaseShown:
    """One phase of the calendar; `state` is past, open or ahead."""

    label: Words
    opens_at: datetime
    closes_at: datetime
    state: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """What holds in the county this year."""

    programme: Programme
    rules: list[Rule]
    phases: list[PhaseShown]

    def about(self, topic: str) -> "Rules":
        """Return what belongs to one workflow."""
        return Rules(
            self.programme,
            [rule for rule in self.rules if topic in rule.topics],
            [phase for phase in self.phases if topic in phase.topics],
        )


def rules_for(actor: Actor, county: County | None) -> Rules | None:
    """Return the rules of the actor's county, or None for strangers and before a programme is set up."""
    county = county or (actor.person.county if actor.person else None)
    if county is None:
        return None
    with scope(county=county, school=None):
        programme = current_programme(county)
        if programme is None:
            return None
        phases = [
            PhaseShown(
                phase.get_kind_display(),
                phase.opens_at,
                phase.closes_at,
                state,
                PHASE_TOPICS[PhaseKind(phase.kind)],
            )
            for phase, state in calendar(programme)
        ]
        return Rules(programme, rules_of(programme), phases)


def rules_of(programme: Programme) -> list[Rule]:
    """Return the programme's rules under the names that its own page gives them."""

    names = {field.name: field.verbose_name for field in Programme._meta.fields}

    def rule(field: str, *topics: str) -> Rule:
        return Rule(str(names[field]), said(field, getattr(programme, field)), topics)

    rows = [
        rule("online_hours", "hour-claim"),
        rule("practice_hours", "hour-claim"),
        rule("attempts", "submission"),
        rule("reviews_needed", "review", "submission"),
        rule("publication_days", "return"),
        rule("panel_least", "review"),
        rule("needs_outsider", "review"),
        rule("is_blind", "review"),
        rule("sample_percent", "case"),
        rule("tolerance_percent", "case"),
        rule("confidence_percent", "case"),
        rule("experts_per_case", "case"),
        rule("experts_added", "case"),
        rule("allows_rectification", "case", "submission"),
        rule("appeal_days", "submission"),
        rule("certificate_moment", "certificate"),
    ]
    return [rule("credits", "selection", "submission"), *rows] if programme.credits else rows
