"""What pages of several stages show alike: a subject's story, tabs of a list, and whose groups one sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.workflow import Stateful, history
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.access.roles import ROLES
from schools.organisations.models import School
from schools.paging import address


@dataclass(frozen=True)
class Happening:
    """One line of a story, as the timeline component wants it."""

    label: str | Promise
    at: datetime
    actor_name: str
    role: str | Promise
    note: str
    tone: str


def story_of(subject: Stateful) -> list[Happening]:
    """Return what happened to the subject, newest first, in one query."""
    workflow = subject.workflow
    return [
        Happening(
            label=workflow.steps[event.action].label if event.action in workflow.steps else event.action,
            at=event.at,
            actor_name=name_of(event.actor),
            role=ROLES[event.role].label if event.role in ROLES else _("Portal"),
            note=event.note,
            tone=workflow.faces[event.to_state].tone,
        )
        for event in reversed(history(subject))
    ]


def name_of(user: object) -> str:
    """Return the name of the person behind an account, or an empty text."""
    person = getattr(user, "person", None)
    return person.name if person else ""


@dataclass(frozen=True)
class Tab:
    """One view of a list, as the filter component wants it."""

    key: str
    label: str | Promise
    url: str
    is_current: bool
    count: int


def tabs_of(
    request: HttpRequest, choices: Iterable[tuple[str, str | Promise, int]], default: str
) -> tuple[list[Tab], str]:
    """Return tabs for (key, label, count) and the key that `?state=` asks for; the search words are kept."""
    choices = list(choices)
    asked = request.GET.get("state", default)
    current = asked if asked in {key for key, _label, _count in choices} else default
    tabs = []
    for key, label, count in choices:
        tabs.append(Tab(key, label, address(request, state=key), key == current, count))
    return tabs, current


def own_groups(actor: Actor, school: School, *permissions: Permission) -> set[int] | None:
    """Return the groups to which the actor's right here is limited; None where it is the whole school."""
    found = [
        right for right in actor.rights if right.reaches(school) and right.permissions & set(permissions)
    ]
    if any(right.group_id is None for right in found):
        return None
    return {right.group_id for right in found if right.group_id}


def row_version(request: HttpRequest, pk: int) -> int | None:
    """Return the version of one row of a batch as the page showed it, or None."""
    value = request.POST.get(f"version-{pk}", "")
    return int(value) if value.isdigit() else None
