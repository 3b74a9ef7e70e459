"""What beat asks for: reconcile accepted work with certificates."""

import contextvars

from celery import shared_task
from django_scopes import scope, scopes_disabled

from assessment.programme.models import Programme
from assessment.workflow import PORTAL
from certificates.issuing import reconcile
from schools.jobs.models import Job, JobKind
from schools.jobs.queueing import ask_for


@shared_task(name="certificates.reconcile")
def reconcile_certificates() -> None:
    """Run through all current programmes in a context of its own."""
    contextvars.copy_context().run(reconcile_all)


def reconcile_all() -> None:
    """Revoke what lost its ground; ask for a job where certificates are due and none is open."""
    with scopes_disabled():
        programmes = list(Programme.objects.filter(is_current=True).select_related("county", "catalogue"))
    for programme in programmes:
        with scope(county=programme.county, school=None):
            _revoked, waiting = reconcile(programme)
            is_asked = Job.objects.filter(kind=JobKind.ISSUE_CERTIFICATES, status__in=("waiting", "running"))
            if waiting and not is_asked.exists():
                ask_for(JobKind.ISSUE_CERTIFICATES, county=programme.county, by=PORTAL)
