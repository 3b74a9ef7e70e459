"""Messages that carry one act: a button that posts, such as “Undo”, or a link to the form of the next step."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Act:
    """What a message offers: a label and an address; `fields` are posted, without `is_post` it is a link."""

    label: str | Promise
    url: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
    is_post: bool = True


def say(request: HttpRequest, sentence: str | Promise, act: Act | None = None) -> None:
    """Tell that something was done, with an act beside it; the act travels in the message's tags."""
    messages.success(request, str(sentence), extra_tags=packed(act) if act else "")


def packed(act: Act) -> str:
    """Return the act as a message keeps it."""
    fields = {name: str(value) for name, value in act.fields.items()}
    return json.dumps({"label": str(act.label), "url": act.url, "fields": fields, "is_post": act.is_post})


def act_of(message: Message) -> Act | None:
    """Return what `say` put beside the message, or None."""
    tags = message.extra_tags or ""
    return Act(**json.loads(tags)) if tags.startswith("{") else None
