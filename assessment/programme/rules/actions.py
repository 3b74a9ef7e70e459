"""Changing the rules: each change writes a version, so that one sees later which rules held when."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Programme
from assessment.programme.rights import require, said_why
from assessment.programme.rules.models import RulesVersion
from assessment.programme.rules.queries import current_version, rules_of
from assessment.programme.rules.terms import RULES, TeamPost
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.refusals import Refused


@transaction.atomic
def change_rules(*, programme: Programme, rules: Mapping[str, Any], reason: str, by: Actor) -> list[str]:
    """Change rules by field name (those in RULES); returns what changed.

    A running programme keeps a version of each change as [old, new] with the reason; a draft needs none.
    """
    require(by, Permission.SET_RULES, programme.county)
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    known = [name for name in RULES if name in rules]
    pairs = {name: [getattr(held, name), rules[name]] for name in known}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    for name, (_old, new) in changed.items():
        setattr(held, name, new)
    check(held, changed)
    if not changed:
        return []
    if not held.is_draft:
        reason = said_why(reason, _("Please say why the rules are changed."))
        if current_version(held) is None:
            write_version(held, {}, "", by, {**rules_of(held), **{k: pair[0] for k, pair in changed.items()}})
        write_version(held, changed, reason, by)
        record("rules-changed", county=held.county, subject=held.name, by=by, **changed)
    held.save(update_fields=list(changed))
    for name, (_old, new) in changed.items():
        setattr(programme, name, new)
    return list(changed)


def check(held: Programme, changed: Mapping[str, Any]) -> None:
    """Refuse values out of bounds and rules that contradict each other."""
    try:
        held.clean_fields(exclude={field.name for field in held._meta.fields if field.name not in changed})
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "rules") from error
    if not held.environments or set(held.environments) - set("ABC"):
        raise Refused(_("At least one environment has to be allowed."), "environments")
    parts = held.online_hours + held.practice_hours
    if held.total_hours is not None and held.total_hours < parts:
        raise Refused(
            _("Online and practice hours already make %(parts)d; the hours in all cannot be fewer.")
            % {"parts": parts},
            "hours",
        )
    team = held.team_rule
    if not 1 <= team["least"] <= team["most"]:
        raise Refused(_("The team's fewest members cannot be more than its most."), "team")
    if set(team["posts"]) - set(TeamPost.values):
        raise Refused(_("The team's posts are those of the list."), "team")


def write_version(
    programme: Programme,
    changed: Mapping[str, Any],
    reason: str,
    by: Actor,
    rules: Mapping[str, Any] | None = None,
) -> RulesVersion:
    """Write the next version of the rules as they stand now, or as `rules` says they stood."""
    last = current_version(programme)
    return RulesVersion.objects.create(
        county_id=programme.county_id,
        programme=programme,
        number=last.number + 1 if last else 1,
        rules=dict(rules or rules_of(programme)),
        changed=dict(changed),
        reason=reason,
        changed_by=by.user,
    )
