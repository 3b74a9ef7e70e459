"""One's own notices: read day by day, opened one by one, or marked as read all at once."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from schools.access.doors import signed_in
from schools.notices import actions
from schools.notices.queries import by_day, own_notices, unread_of
from schools.paging import turned
from schools.toasts import Act, say


@signed_in
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first; `?state=unread` leaves what is not read yet."""
    person = request.actor.person
    only_unread = request.GET.get("state") == "unread"
    page, links = turned(request, unread_of(person) if only_unread else own_notices(person))
    rows = list(page)
    unread = unread_of(person).count()
    context = {
        "rows": rows,
        "days": by_day(rows),
        "page": links,
        "unread": unread,
        "only_unread": only_unread,
        "tabs": [
            {"label": _("All"), "url": "?", "is_current": not only_unread, "count": None},
            {"label": _("Unread"), "url": "?state=unread", "is_current": only_unread, "count": unread},
        ],
    }
    return render(request, "schools/notices/notices.html", context)


@signed_in
@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and lead to what it tells of, or back to the list."""
    notice = get_object_or_404(own_notices(request.actor.person), pk=pk)
    actions.read(notice)
    stays = "stay" in request.POST or not url_has_allowed_host_and_scheme(notice.url, None)
    return redirect(reverse("schools:notices") if stays else notice.url)


@signed_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read; the answer offers to undo it."""
    moment = actions.read_all(request.actor.person)
    undo = Act(_("Undo"), reverse("schools:notices-unread"), {"moment": moment.isoformat()})
    say(request, _("All notices are marked as read."), act=undo)
    return redirect("schools:notices")


@signed_in
@require_POST
def notices_unread(request: HttpRequest) -> HttpResponse:
    """Undo a marking of everything: what was marked at that moment is unread again."""
    try:
        moment = datetime.fromisoformat(request.POST.get("moment", ""))
    except ValueError:
        return redirect("schools:notices")
    count = actions.unread_since(request.actor.person, moment) if moment.tzinfo else 0
    messages.success(
        request, ngettext("%d notice is unread again.", "%d notices are unread again.", count) % count
    )
    return redirect("schools:notices")
