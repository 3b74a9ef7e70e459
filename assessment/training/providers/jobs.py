"""Long files of providers as jobs: looked at, or committed, once."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.training.providers import importing
from assessment.training.providers.importing import Asked
from assessment.training.providers.models import HourImport
from schools.access.actor import actor_of
from schools.jobs.models import JobKind
from schools.jobs.running import Run, work


@work(JobKind.HOUR_IMPORT)
def hour_import(run: Run) -> None:
    """Look at a file or commit it, as the person who asked may do it now; safe to run twice."""
    params, by = run.job.params, actor_of(run.job.asked_by)
    found = HourImport.objects.select_related(
        "county", "programme__county", "provider", "mapping", "file"
    ).get(pk=params["hour_import"])
    rows = len(importing.table_of(found).rows)
    run.advance(0, rows)
    with translation.override(params["language"]), transaction.atomic():
        if params["act"] == "commit":
            asked = Asked(leave_out=params["leave_out"], is_recognised=params["is_recognised"])
            importing.commit(hour_import=found, asked=asked, by=by)
            message = _("Entered.")
        else:
            importing.look_again(hour_import=found, by=by)
            message = _("The report is ready.")
        run.advance(rows, rows)
        run.finish(message)
