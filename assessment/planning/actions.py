"""Writing, filing and approving a school's plan, and laying its stamped scan on it."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.planning.models import Filing, FilingState
from assessment.programme.models import Programme
from assessment.scans import ScanRule, attach
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused

SCAN = ScanRule((Permission.FILE_PLANS,), FilingState.FILED, FilingState.APPROVED)


@transaction.atomic
def write(
    *, programme: Programme, school: School, title: str, problem: str, goals: str, focus: list[str], by: Actor
) -> Filing:
    """Write the plan while it is a draft or returned."""
    if not by.can(Permission.FILE_PLANS, school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    plan, _made = Filing.objects.get_or_create(
        programme=programme, school=school, defaults={"county_id": school.county_id, "title": title}
    )
    if plan.state not in (FilingState.DRAFT, FilingState.RETURNED):
        raise Refused(_("The plan is with the county and cannot be edited now."), "filed")
    plan.title, plan.problem, plan.goals, plan.focus = title, problem, goals, focus
    plan.save(update_fields=["title", "problem", "goals", "focus"])
    return plan


def file(*, plan: Filing, by: Actor, version: int | None = None) -> Event:
    """File the plan; a scan of what was filed before is no scan of this."""
    return move(plan, "file", by=by, version=version, changes={"scan": None})


def attach_scan(*, plan: Filing, upload: UploadedFile, by: Actor) -> None:
    """Lay the stamped scan on the filed plan; it may be exchanged until the county has approved."""
    attach(subject=plan, rule=SCAN, upload=upload, by=by)


@transaction.atomic
def approve(*, plan: Filing, by: Actor, version: int | None = None) -> Event:
    """Approve the plan and give it the county's next filing number of the programme."""
    programme = Programme.objects.select_for_update().get(pk=plan.programme_id)
    serial = Filing.objects.filter(programme=programme).exclude(number="").count() + 1
    number = f"{programme.county.code}-{programme.year}-{serial:03d}"
    return move(plan, "approve", by=by, version=version, changes={"number": number})


def send_back(*, plan: Filing, remarks: str, by: Actor, version: int | None = None) -> Event:
    return move(plan, "return", by=by, note=remarks, version=version)
