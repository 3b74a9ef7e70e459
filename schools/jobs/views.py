"""One's own long work: the list, one job, its progress, and the file that came of it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from schools.access.doors import signed_in
from schools.audit.recording import record
from schools.files.serving import give
from schools.jobs.models import Job, JobStatus
from schools.paging import turned


@dataclass(frozen=True)
class JobCard:
    """A job as its card shows it."""

    title: str
    state_label: str
    done: int
    total: int
    message: str
    url: str
    file_url: str
    fragment_url: str
    is_running: bool


def card_of(job: Job) -> JobCard:
    """Return the card of `job`."""
    has_file = job.status == JobStatus.DONE and job.result_id is not None
    return JobCard(
        title=job.params.get("title") or job.get_kind_display(),
        state_label=job.get_status_display(),
        done=job.done,
        total=job.total,
        message=job.message,
        url=reverse("schools:job", args=[job.pk]),
        file_url=reverse("schools:job-file", args=[job.pk]) if has_file else "",
        fragment_url=reverse("schools:job-progress", args=[job.pk]),
        is_running=job.is_open,
    )


def own_jobs(request: HttpRequest) -> QuerySet[Job]:
    """Return the jobs that the person asked for."""
    return Job.objects.filter(asked_by=request.actor.user).select_related("county", "school", "result")


@signed_in
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first."""
    page, links = turned(request, own_jobs(request).order_by("-pk"))
    context = {"rows": [(job, card_of(job)) for job in page], "page": links}
    return render(request, "schools/jobs/jobs.html", context)


@signed_in
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job of one's own."""
    shown = get_object_or_404(own_jobs(request), pk=pk)
    return render(request, "schools/jobs/job.html", {"job_row": shown, "job": card_of(shown)})


@signed_in
@require_GET
def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is, as a piece of a page."""
    shown = get_object_or_404(own_jobs(request), pk=pk)
    return render(request, "_components/job.html", {"job": card_of(shown)})


@signed_in
@require_GET
def job_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a finished job, for whom still belongs to the place it tells of."""
    shown = get_object_or_404(own_jobs(request), pk=pk, status=JobStatus.DONE, result__isnull=False)
    if shown.result is None or not request.actor.belongs(shown.school or shown.county):
        raise Http404
    record(
        "downloaded",
        county=shown.county,
        school=shown.school,
        subject=f"job {pk}",
        by=request.actor,
        file=shown.result_id,
    )
    return give(request, shown.result)
