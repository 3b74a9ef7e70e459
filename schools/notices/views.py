"""One's own notices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from schools.access.doors import signed_in
from schools.clock import now
from schools.notices.models import Notice
from schools.organisations.queries import turned


@signed_in
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first."""
    own = Notice.objects.filter(person=request.actor.person)
    page, links = turned(request, own.order_by("-told_at", "-pk"))
    context = {"rows": list(page), "page": links, "unread": own.filter(read_at__isnull=True).count()}
    return render(request, "schools/notices/notices.html", context)


@signed_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    unread = Notice.objects.filter(person=request.actor.person, read_at__isnull=True)
    unread.update(read_at=now())
    messages.success(request, _("All notices are marked as read."))
    return redirect("schools:notices")
