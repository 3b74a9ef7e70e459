"""Long lists as a job: the list is opened once more as the person who asked, and what it gives is kept."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from schools.access.actor import actor_of
from schools.access.doors import Door, door_of
from schools.access.middleware import check_door, find_place
from schools.files.storing import keep_bytes
from schools.jobs.models import JobKind
from schools.jobs.running import Run, work
from schools.paging.turning import EXPORT
from schools.people.models import User
from schools.refusals import Forbidden
from schools.sheets.rows import MIME


def opened(address: str, user: User) -> tuple[HttpRequest, ResolverMatch]:
    """Return the request with which `user` asks for the sheet of the list at `address`.

    The place is found and the door checked as for any page: raises Http404 or PermissionDenied.
    """
    parts = urlsplit(address)
    match = resolve(parts.path)
    if not hasattr(match.func, "listing"):
        raise Http404
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", parts.path, parts.path
    query = QueryDict(parts.query, mutable=True)
    query[EXPORT] = "xlsx"
    request.GET = query
    request.user, request.actor, request.resolver_match = user, actor_of(user), match
    request.county = request.school = request.region = None
    find_place(request, match.kwargs)
    check_door(door_of(match.func) or Door(), request.actor, request)
    return request, match


@work(JobKind.LIST_EXPORT)
def list_export(run: Run) -> None:
    """Make the sheet of the job's list; safe to run twice."""
    job = run.job
    asked_in = job.params.get("language")
    language = asked_in if asked_in in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            request, match = opened(job.params["list"], job.asked_by)
            request.run = run
            with scope(county=request.county, school=request.school):
                response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except (Http404, PermissionDenied) as error:
            raise Forbidden(_("The right to this list has ended."), "forbidden") from error
        message = ngettext("%d row.", "%d rows.", response.count) % response.count  # type: ignore[attr-defined]
    with transaction.atomic():
        stored = keep_bytes(
            response.content,
            county=job.county,
            name=response.name,  # type: ignore[attr-defined]
            kind="sheet",
            mime=MIME,
            by=job.asked_by,
        )
        run.finish(message, result=stored)
