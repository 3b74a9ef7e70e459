"""Group chats of the county and of a school: the same page and forms at two addresses."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.reminding.chats import actions
from assessment.reminding.chats.forms import ChatForm
from assessment.reminding.chats.models import ChatHook, ChatKind
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused
from schools.toasts import say

FIELD_OF_REFUSAL = {"name": "name"}


@allow(Permission.SET_RULES)
@require_GET
def county_chats(request: HttpRequest) -> HttpResponse:
    """The county's chats and the form for another."""
    return page(request, ChatForm())


@allow(Permission.HELP_TEACHERS)
@require_GET
def school_chats(request: HttpRequest) -> HttpResponse:
    """The school's chats; a group head keeps none."""
    return page(request, ChatForm())


@allow(Permission.SET_RULES)
@require_POST
def county_chats_add(request: HttpRequest) -> HttpResponse:
    """Add a chat of the county."""
    return add(request)


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_chats_add(request: HttpRequest) -> HttpResponse:
    """Add a chat of the school."""
    return add(request)


@allow(Permission.SET_RULES)
@require_POST
def county_chat_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a chat of the county."""
    return switch(request, pk)


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_chat_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a chat of the school."""
    return switch(request, pk)


@allow(Permission.SET_RULES)
@require_POST
def county_chat_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a chat of the county hear one sentence."""
    return trial(request, pk)


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_chat_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a chat of the school hear one sentence."""
    return trial(request, pk)


@allow(Permission.SET_RULES)
@require_POST
def county_chat_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a chat of the county away."""
    return remove(request, pk)


@allow(Permission.HELP_TEACHERS)
@require_POST
def school_chat_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a chat of the school away."""
    return remove(request, pk)


def add(request: HttpRequest) -> HttpResponse:
    """Add a chat; what is refused comes back with its sentence and all that was typed."""
    check_keeper(request)
    form = ChatForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    given = form.cleaned_data
    try:
        actions.add(
            county=request.county,
            school=request.school,
            name=given["name"],
            kind=ChatKind(given["kind"]),
            url=given["url"],
            with_names=given["with_names"],
            by=request.actor,
        )
    except Refused as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code, "url"), str(refusal))
        return page(request, form, status=422)
    say(request, _("The chat is added. Try it now."))
    return redirect(address(request, "chats"))


def switch(request: HttpRequest, pk: int) -> HttpResponse:
    hook, wanted = chat_at(request, pk), request.POST

    def act() -> None:
        actions.switch(
            hook=hook, is_on="is_on" in wanted, with_names="with_names" in wanted, by=request.actor
        )

    return answer(request, act, _("Changed."), address(request, "chats"))


def trial(request: HttpRequest, pk: int) -> HttpResponse:
    hook = chat_at(request, pk)

    def act() -> None:
        actions.ask_for_trial(hook=hook, by=request.actor)

    return answer(request, act, _("The chat hears a sentence within a minute."), address(request, "chats"))


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    hook = chat_at(request, pk)
    done = _("The chat is taken away.")
    return answer(
        request, lambda: actions.remove(hook=hook, by=request.actor), done, address(request, "chats")
    )


def check_keeper(request: HttpRequest) -> None:
    """Answer 403 to a group head: chats are the whole school's."""
    if not actions.may_keep(request.actor, request.county, request.school):
        raise PermissionDenied


def chats_of(request: HttpRequest) -> QuerySet[ChatHook]:
    """Return the chats of the address's place: the county's own, or the school's."""
    check_keeper(request)
    hooks = ChatHook.objects.filter(county=request.county, school=request.school)
    return hooks.select_related("county", "school").order_by("name", "pk")


def chat_at(request: HttpRequest, pk: int) -> ChatHook:
    return get_object_or_404(chats_of(request), pk=pk)


def page(request: HttpRequest, form: ChatForm, status: int = 200) -> HttpResponse:
    rows, links = turned(request, chats_of(request))
    context: dict[str, Any] = {
        "chats": [(hook, {key: address(request, f"chat-{key}", hook.pk) for key in ("switch", "try", "remove")})
                  for hook in rows],
        "page": links,
        "form": form,
        "add_url": address(request, "chats-add"),
    }  # fmt: skip
    return render(request, "assessment/reminding/chats.html", context, status=status)


def address(request: HttpRequest, name: str, *args: int) -> str:
    """Return the address of a page of chats at the place of this one."""
    level, place = "county", [request.county.slug]
    if request.school:
        level, place = "school", [request.county.slug, request.school.slug]
    return reverse(f"assessment:{level}-{name}", args=[*place, *args])
