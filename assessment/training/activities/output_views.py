"""The record of an activity and its output files."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.training.activities import actions
from assessment.training.activities.models import Output
from assessment.training.activities.views import activity_at, here, led_activity
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.serving import give
from schools.refusals import Refused


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def record_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the record."""
    row, text = led_activity(request, pk), request.POST.get("record", "")[:20_000]
    return answer(
        request,
        lambda: actions.write_record(activity=row, text=text, by=request.actor),
        _("The record is kept."),
        here(request, "school-activity", pk),
    )


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def output_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photo, the minutes or another file."""
    row, upload = led_activity(request, pk), request.FILES.get("file")

    def act() -> None:
        if upload is None:
            raise Refused(_("Please choose a file."), "file")
        actions.add_output(activity=row, upload=upload, by=request.actor)

    return answer(request, act, _("Added."), here(request, "school-activity", pk))


def output_of(request: HttpRequest, pk: int, output: int) -> Output:
    """Return a file of one of the school's activities; else answer 404."""
    activity = activity_at(request, pk)
    rows = Output.objects.select_related("file", "activity__school__county")
    return get_object_or_404(rows, pk=output, activity=activity)


@allow(Permission.SEE_SCHOOL)
@require_GET
def output_file(request: HttpRequest, pk: int, output: int) -> HttpResponseBase:
    """Give one file out."""
    return give(request, output_of(request, pk, output).file)


@allow(Permission.LEAD_ACTIVITIES)
@require_POST
def output_remove(request: HttpRequest, pk: int, output: int) -> HttpResponse:
    """Take one file away again."""
    led_activity(request, pk)
    row = output_of(request, pk, output)
    return answer(
        request,
        lambda: actions.remove_output(output=row, by=request.actor),
        _("Taken away."),
        here(request, "school-activity", pk),
    )
