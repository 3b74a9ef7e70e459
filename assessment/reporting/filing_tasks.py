"""What the school's filings ask for: what came back, topic plans to agree to, comments without a reply."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.planning.models import Filing, FilingKind, FilingState
from assessment.planning.queries import unanswered
from assessment.programme.models import PhaseKind
from assessment.reporting.school_tasks import Desk, Task
from schools.access.permissions import Permission as P


def filing_tasks(desk: Desk) -> Iterator[Task]:
    """Yield what waits beside the plan itself, in two queries."""
    if not desk.may(P.FILE_PLANS):
        return
    rows = Filing.objects.filter(programme=desk.programme, school=desk.school)
    standing = list(rows.exclude(kind=FilingKind.PLAN).values_list("kind", "state"))
    came_back = [kind for kind, state in standing if state == FilingState.RETURNED and kind != FilingKind.TOPIC]
    if came_back:
        names = _(", ").join(str(FilingKind(kind).label) for kind in came_back)
        sentence = _("The county returned with remarks: %(names)s.") % {"names": names}
        page = "school-filings"
        yield desk.task(
            sentence, len(came_back), PhaseKind.PLAN, page, _("Read and change"), "attention"
        )
    waiting = standing.count((FilingKind.TOPIC, FilingState.FILED))
    if waiting:
        sentence = ngettext("A topic plan waits for you.", "Topic plans wait for you.", waiting)
        yield desk.task(sentence, waiting, None, "school-filings", _("Read"))
    if count := unanswered(desk.programme, desk.school):
        sentence = ngettext(
            "A teacher's comment has no reply.", "Comments of teachers have no reply.", count
        )
        yield desk.task(sentence, count, None, "school-filings", _("Reply"))
