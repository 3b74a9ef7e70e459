"""Adding, changing, trying and taking away a group chat of the county or of a school."""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.reminding.chats.addresses import target_of
from assessment.reminding.chats.models import ChatHook, ChatKind, ChatMessage
from assessment.showing import own_groups
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import County, School
from schools.people.sealing import seal
from schools.refusals import Forbidden, Refused


def may_keep(by: Actor, county: County, school: School | None) -> bool:
    """Say whether the actor keeps the chats of a place: the office the county's, the CIO the school's."""
    if school is None:
        return by.can(Permission.SET_RULES, county)
    helps = by.can(Permission.HELP_TEACHERS, school)
    return helps and own_groups(by, school, Permission.HELP_TEACHERS) is None


def check_right(by: Actor, county: County, school: School | None) -> None:
    if not may_keep(by, county, school):
        raise Forbidden(_("You may not do this here."), "forbidden")


def add(
    *,
    county: County,
    school: School | None,
    name: str,
    kind: ChatKind,
    url: str,
    with_names: bool,
    by: Actor,
) -> ChatHook:
    """Add a chat; its address is looked at and sealed."""
    check_right(by, county, school)
    target = target_of(url)
    try:
        with transaction.atomic():
            hook = ChatHook.objects.create(
                county=county,
                school=school,
                name=name.strip(),
                kind=kind,
                host=target.host,
                url_sealed=seal(url.strip()),
                with_names=with_names,
                added_by=by.user,
            )
            record(
                "add-chat", county=county, school=school, subject=f"chat {hook.pk}", by=by, host=target.host
            )
    except IntegrityError:
        raise Refused(_("There is a chat of this name already."), "name") from None
    return hook


@transaction.atomic
def switch(*, hook: ChatHook, is_on: bool, with_names: bool, by: Actor) -> None:
    """Switch a chat on or off, and names with it."""
    check_right(by, hook.county, hook.school)
    ChatHook.objects.filter(pk=hook.pk).update(is_on=is_on, with_names=with_names)
    record(
        "switch-chat", county=hook.county, school=hook.school, subject=f"chat {hook.pk}", by=by,
        is_on=is_on, with_names=with_names,
    )  # fmt: skip


@transaction.atomic
def ask_for_trial(*, hook: ChatHook, by: Actor) -> ChatMessage:
    """Let the chat hear one sentence, within a minute."""
    check_right(by, hook.county, hook.school)
    if not hook.is_on:
        raise Refused(_("This chat is switched off."), "off")
    record("try-chat", county=hook.county, school=hook.school, subject=f"chat {hook.pk}", by=by)
    return ChatMessage.objects.create(
        county_id=hook.county_id,
        hook=hook,
        step=f"trial:{secrets.token_hex(8)}",
        text=_("The micro-capability portal can post here."),
    )


@transaction.atomic
def remove(*, hook: ChatHook, by: Actor) -> None:
    """Take a chat away with all that waits for it."""
    check_right(by, hook.county, hook.school)
    record("remove-chat", county=hook.county, school=hook.school, subject=f"chat {hook.pk}", by=by)
    hook.delete()
