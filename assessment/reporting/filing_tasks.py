"""What the school's filings ask for: what came back, topic plans to agree to, comments without a reply."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.planning.models import FilingKind, FilingState
from assessment.programme.models import PhaseKind
from assessment.reporting.school_tasks import Desk, Task
from schools.access.permissions import Permission as P

OTHERS = (FilingKind.BODIES, FilingKind.SCHEME, FilingKind.TRAINING)


def filing_tasks(desk: Desk) -> Iterator[Task]:
    """Yield what waits beside the plan itself. No query."""
    if not desk.may(P.FILE_PLANS):
        return
    own = [filing for filing in desk.filings if filing.school_id == desk.school.pk]
    returned = [one for one in own if one.kind in OTHERS and one.state == FilingState.RETURNED]
    if returned:
        names = _(", ").join(one.get_kind_display() for one in returned)
        sentence = _("The county returned with remarks: %(names)s.") % {"names": names}
        yield desk.task(
            sentence,
            len(returned),
            PhaseKind.PLAN,
            "school-filings",
            _("Read and change"),
            "attention",
        )
    waiting = sum(one.kind == FilingKind.TOPIC and one.state == FilingState.FILED for one in own)
    if waiting:
        sentence = ngettext("A topic plan waits for you.", "Topic plans wait for you.", waiting)
        yield desk.task(sentence, waiting, None, "school-filings", _("Read"))
    count = sum(one.unanswered for one in own)  # type: ignore[attr-defined]
    if count:
        sentence = ngettext("A teacher's comment has no reply.", "Comments of teachers have no reply.", count)
        yield desk.task(sentence, count, None, "school-filings", _("Reply"))
