"""How pages carry out an act: do it, say so, or show the sentence that refused it; then back to the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.moving import move_each
from assessment.offering import Offer, offers
from assessment.workflow import Stateful
from schools.access.actor import Actor
from schools.clock import SHANGHAI
from schools.refusals import Refused
from schools.toasts import Act, say


@dataclass(frozen=True)
class Button:
    """An offered step as the actions component wants it."""

    action: str
    label: str | Promise
    url: str
    tone: str
    consequence: str | Promise
    needs_note: bool
    needs_due: bool
    is_open: bool
    refusal: str
    asks: str | Promise = ""


def buttons(subject: Stateful, by: Actor, url_of: Callable[[str], str | None]) -> list[Button]:
    """Return the steps open to the actor; `url_of` gives the address of an action, None leaves it out."""
    found = []
    for offer in offers(subject, by):
        if url := url_of(offer.step.action):
            found.append(button(offer, url))
    return found


def button(offer: Offer, url: str) -> Button:
    step = offer.step
    return Button(
        step.action,
        step.label,
        url,
        step.tone,
        step.consequence,
        step.needs_note,
        step.needs_due,
        offer.is_open,
        offer.refusal,
        step.asks,
    )


def answer(
    request: HttpRequest, act: Callable[[], Any], done: str | Promise, back: str, undo: Act | None = None
) -> HttpResponse:
    """Carry out `act`; show `done` (with `undo` beside it) or the refusal; go back to the page as it now is."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, done, undo)
    return redirect(back)


def answer_batch(
    request: HttpRequest,
    subjects: list[Any],
    act: Callable[[Any], Any],
    back: str,
    told: Callable[[int], str] | None = None,
) -> HttpResponse:
    """Carry out `act` for each subject by itself; say how many were done and name each refusal.

    `told` words the count of those done.
    """
    return answer_all(request, subjects, lambda chosen: move_each(chosen, act), back, told)


def answer_all(
    request: HttpRequest,
    subjects: list[Any],
    act: Callable[[list[Any]], tuple[list[Any], list[tuple[Any, str]]]],
    back: str,
    told: Callable[[int], str] | None = None,
) -> HttpResponse:
    """Carry out `act` for all subjects together; it returns those done and those refused with the sentence."""
    if not subjects:
        messages.error(request, _("Nothing was ticked. Please tick at least one row."))
        return redirect(back)
    done, refused = act(subjects)
    if done:
        count = len(done)
        messages.success(request, told(count) if told else ngettext("%d done.", "%d done.", count) % count)
    if refused:
        sentence = ngettext("%d was refused:", "%d were refused:", len(refused)) % len(refused)
        messages.warning(request, sentence)
    for subject, sentence in refused[:20]:
        messages.error(request, f"{subject}: {sentence}")
    if len(refused) > 20:
        messages.error(request, _("and %d more refused.") % (len(refused) - 20))
    return redirect(back)


def posted_version(request: HttpRequest) -> int | None:
    """Return the version the page was made with, or None when the form did not say."""
    value = request.POST.get("version", "")
    return int(value) if value.isdigit() else None


def posted_ids(request: HttpRequest, name: str = "ids") -> list[int]:
    """Return the ticked ids of a batch."""
    return [int(value) for value in request.POST.getlist(name) if value.isdigit()]


def posted_due(request: HttpRequest) -> datetime | None:
    """Return the end of the posted day `due_at` in Shanghai, or None when it is empty or no day."""
    try:
        day = date.fromisoformat(request.POST.get("due_at", ""))
    except ValueError:
        return None
    return datetime.combine(day, time.max, SHANGHAI)
