"""The template's word for what a message offers."""

from django import template
from django.contrib.messages.storage.base import Message

from schools.toasts import Act, act_of

register = template.Library()


@register.filter
def act(message: Message) -> Act | None:
    """Return the act beside a message, or None; samples of the style guide are no messages and have none."""
    return act_of(message) if isinstance(message, Message) else None
