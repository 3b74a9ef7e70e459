"""The progress report as a job: built row by row, stored and finished in one transaction."""

import io
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.programme.queries import current_programme
from assessment.reporting.rows import overview
from schools.access.actor import actor_of
from schools.access.permissions import Permission
from schools.clock import today
from schools.files.storing import keep_bytes
from schools.jobs.models import JobKind
from schools.jobs.running import Run, work
from schools.refusals import Forbidden, Refused
from schools.sheets.rows import MIME


@work(JobKind.PROGRESS_REPORT)
def progress_report(run: Run) -> None:
    """Build the workbook of the job's school, or of its whole county; safe to run twice."""
    job = run.job
    place = job.school or job.county
    asked_in = job.params.get("language")
    language = asked_in if asked_in in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        if not actor_of(job.asked_by).can(Permission.EXPORT, place):
            raise Forbidden(_("The right to this report has ended."), "forbidden")
        programme = current_programme(job.county)
        if programme is None:
            raise Refused(_("There is no current programme to report on."), "no-programme")
        workbook = import_module("schools.sheets.workbook")  # openpyxl is loaded by workers only
        content = io.BytesIO()
        count = workbook.write(overview(programme, job.school), content, run.advance)
        name = f"{place.name} {programme.year} {today().isoformat()}.xlsx"
        message = ngettext("%d row.", "%d rows.", count) % count
    with transaction.atomic():
        stored = keep_bytes(
            content.getvalue(), county=job.county, name=name, kind="sheet", mime=MIME, by=job.asked_by
        )
        run.finish(message, result=stored)
