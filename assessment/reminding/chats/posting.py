"""Posting to group chats: counts and a link, written with what they tell of, sent by a task, never redirected."""

import http.client
import json
import socket
import ssl
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.programme.models import Programme
from assessment.reminding import outbox
from assessment.reminding.chats.addresses import Target, public_address, target_of
from assessment.reminding.chats.models import ChatHook, ChatKind, ChatMessage
from assessment.reminding.mailing import full
from assessment.reminding.rules import Due
from schools.clock import now
from schools.organisations.models import School
from schools.people.models import Person
from schools.people.sealing import unseal
from schools.refusals import Refused

SECONDS = 5
MOST_BYTES = 4096
MOST_NAMES = 30


def announce(programme: Programme, day: date, told: Sequence[Due]) -> int:
    """Write a message per chat that is on and has something to hear; returns how many. Once per chat and day."""
    hooks = ChatHook.objects.filter(county_id=programme.county_id, is_on=True).select_related("school")
    rows = list(hooks) if told else []
    with translation.override(settings.LANGUAGE_CODE):
        messages = [
            ChatMessage(
                county_id=programme.county_id,
                hook=hook,
                step=f"reminders:{day.isoformat()}",
                text=text_for(programme, hook, heard),
            )
            for hook in rows
            if (heard := [due for due in told if hook.school_id in (None, due.pending.school_id)])
        ]
        ChatMessage.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def text_for(programme: Programme, hook: ChatHook, heard: Sequence[Due]) -> str:
    """Return what a chat hears: a count per duty; names (a county's chat: schools) only where it is set so."""
    by_duty: dict[str, list[Due]] = defaultdict(list)
    for due in heard:
        by_duty[due.rule.duty.key].append(due)
    place = hook.school.name if hook.school else programme.county.name
    lines = [_("%(place)s: reminders of today") % {"place": place}]
    for rows in by_duty.values():
        line = _("%(duty)s: %(people)d people, by %(due)s") % {
            "duty": rows[0].rule.duty.label,
            "people": len(rows),
            "due": min(due.pending.due for due in rows).isoformat(),
        }
        names = names_for(hook, rows) if hook.with_names else ""
        lines.append(f"{line} ({names})" if names else line)
    return "\n".join([*lines, full("/")])


def names_for(hook: ChatHook, rows: Sequence[Due]) -> str:
    """Return the names that a chat may hear, at most thirty: people at a school, schools in the county."""
    if hook.school_id:
        found = Person.objects.filter(pk__in={due.pending.person_id for due in rows})
        names = list(found.order_by("pinyin", "pk").values_list("name", flat=True)[: MOST_NAMES + 1])
    else:
        schools = School.objects.filter(pk__in={due.pending.school_id for due in rows})
        names = list(schools.order_by("pinyin", "pk").values_list("name", flat=True)[: MOST_NAMES + 1])
    return _(", ").join([*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])])


def payload(kind: str, text: str) -> dict[str, Any]:
    """Return the body that a provider's robot takes."""
    if kind == ChatKind.FEISHU:
        return {"msg_type": "text", "content": {"text": text}}
    if kind in (ChatKind.WECOM, ChatKind.DINGTALK):
        return {"msgtype": "text", "text": {"content": text}}
    return {"text": text}


class Pinned(http.client.HTTPSConnection):
    """A connection to a number that was looked at, under the name whose certificate it has to show."""

    def __init__(self, target: Target, number: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.number, self.is_secure = number, target.is_secure

    def connect(self) -> None:
        plain = socket.create_connection((self.number, self.port), SECONDS)
        secured = ssl.create_default_context().wrap_socket if self.is_secure else None
        self.sock = secured(plain, server_hostname=self.host) if secured else plain


def post(kind: str, url: str, text: str) -> str:
    """Post one text; returns an empty text or what went wrong. A redirect is an answer like any other: no."""
    target = target_of(url)
    connection = Pinned(target, public_address(target))
    try:
        body = json.dumps(payload(kind, text), ensure_ascii=False).encode()
        connection.request("POST", target.path, body, {"Content-Type": "application/json; charset=utf-8"})
        answer = connection.getresponse()
        said = answer.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        return f"HTTP {answer.status}"
    return trouble_in(said) if kind != ChatKind.PLAIN else ""


def trouble_in(said: bytes) -> str:
    """Return the provider's own word of a failure, which comes with status 200."""
    try:
        found = json.loads(said)
    except ValueError:
        return ""
    code = found.get("errcode", found.get("code", 0)) if isinstance(found, dict) else 0
    return f"{code} {found.get('errmsg', found.get('msg', ''))}"[:200] if code else ""


def send(batch: list[ChatMessage]) -> None:
    """Post claimed messages; a chat that was switched off hears nothing."""
    hooks = ChatHook._base_manager.in_bulk([row.hook_id for row in batch])
    for row in batch:
        hook = hooks[row.hook_id]
        if not hook.is_on:
            outbox.off(row)
        elif outbox.hold(row):
            send_one(row, hook)


def send_one(row: ChatMessage, hook: ChatHook) -> None:
    """Post one message, mark it, and keep with the chat how it went."""
    is_final = False
    try:
        trouble = post(hook.kind, unseal(hook.url_sealed), row.text)
    except Refused as refusal:
        trouble, is_final = str(refusal), refusal.code in ("host", "url")
    if trouble:
        outbox.failed(row, trouble, is_final=is_final)
    else:
        outbox.sent(row)
    ChatHook._base_manager.filter(pk=hook.pk).update(last_at=now(), last_result=trouble)
