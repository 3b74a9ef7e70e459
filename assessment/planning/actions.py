"""Writing, filing, answering and amending what schools file, and laying stamped scans on it."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.planning.bodies.queries import snapshot
from assessment.planning.content import shaped
from assessment.planning.kinds import KINDS
from assessment.planning.models import Filing, FilingKind, FilingState, FilingVersion
from assessment.planning.steps import may_write
from assessment.programme.models import Programme
from assessment.scans import ScanRule, attach
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import School, TeachingGroup
from schools.refusals import Forbidden, Refused

SCAN = ScanRule((Permission.FILE_PLANS,), FilingState.FILED, FilingState.APPROVED)
EDITABLE = (FilingState.DRAFT, FilingState.RETURNED)
APPROVING = ("approve", "agree")


@transaction.atomic
def write(
    *,
    programme: Programme,
    school: School,
    kind: FilingKind,
    title: str,
    content: Mapping[str, Any],
    by: Actor,
    group: TeachingGroup | None = None,
) -> Filing:
    """Write the filing while it is a draft or returned; what is none of the kind's fields is left out."""
    check_place(by, kind, school, group)
    filing, _made = Filing.objects.get_or_create(
        programme=programme,
        school=school,
        kind=kind,
        group=group,
        defaults={"county_id": school.county_id, "title": title},
    )
    filing = Filing.objects.select_for_update().get(pk=filing.pk)
    if filing.state not in EDITABLE:
        raise Refused(_("It is filed and cannot be edited now."), "filed")
    filing.title, filing.content = title, shaped(KINDS[kind], content)
    filing.save(update_fields=["title", "content"])
    return filing


def check_place(by: Actor, kind: FilingKind, school: School, group: TeachingGroup | None) -> None:
    """Refuse where the actor writes no such filing, or the group is not the school's."""
    if not may_write(by, kind, school, group):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if (kind == FilingKind.TOPIC) != (group is not None) or (group and group.school_id != school.pk):
        raise Refused(_("A topic plan belongs to one of the school's teaching groups."), "group")


def file(*, filing: Filing, by: Actor, version: int | None = None) -> Event:
    """File it; a scan of what was filed before is no scan of this. Bodies are taken as they now are."""
    changes: dict[str, Any] = {"scan": None}
    if KINDS[filing.kind].is_snapshot:
        changes["content"] = {"bodies": snapshot(filing.programme, filing.school)}
    return move(filing, "file", by=by, version=version, changes=changes)


def attach_scan(*, filing: Filing, upload: UploadedFile, by: Actor) -> None:
    """Lay the stamped scan on what is filed; it may be exchanged until it is approved."""
    attach(subject=filing, rule=SCAN, upload=upload, by=by)


def approve(*, filing: Filing, by: Actor, version: int | None = None) -> Event:
    """Approve it and give it the county's next filing number of the programme and kind."""
    return numbered(filing, "approve", by, version)


def agree(*, filing: Filing, by: Actor, version: int | None = None) -> Event:
    """Agree to a group's topic plan and number it."""
    return numbered(filing, "agree", by, version)


@transaction.atomic
def numbered(filing: Filing, action: str, by: Actor, version: int | None) -> Event:
    """Take the approving step with number and version; an approved amendment keeps the number with a suffix."""
    programme = Programme.objects.select_for_update().get(pk=filing.programme_id)
    present = Filing.objects.select_for_update().get(pk=filing.pk)
    last = FilingVersion.objects.filter(filing=filing).order_by("-number").first()
    changes = {"number": next_number(programme, present), "approved": last}
    details = {"number": changes["number"], "version": last.number if last else 0}
    return move(filing, action, by=by, version=version, changes=changes, details=details)


def next_number(programme: Programme, filing: Filing) -> str:
    """Return the number that the filing gets now, such as `341324-2026-P003` or, amended, `…-P003-2`."""
    if filing.number:
        approvals = Event.objects.filter(
            workflow=Filing.workflow.name, subject_id=filing.pk, action__in=APPROVING
        )
        first = "-".join(filing.number.split("-")[:3])
        return f"{first}-{approvals.count() + 1}"
    numbered = Filing.objects.filter(programme=programme, kind=filing.kind).exclude(number="")
    letter, serial = KINDS[filing.kind].letter, numbered.count() + 1
    return f"{programme.county.code}-{programme.year}-{letter}{serial:03d}"


def send_back(*, filing: Filing, remarks: str, by: Actor, version: int | None = None) -> Event:
    """Return it with the remarks drafted beside its fields; `remarks` about the whole may be empty then."""
    return move(filing, "return", by=by, note=remarks, version=version)


def give_back(*, filing: Filing, why: str, by: Actor, version: int | None = None) -> Event:
    """Give a group's topic plan back to its head."""
    return move(filing, "give-back", by=by, note=why, version=version)


def amend(*, filing: Filing, why: str, by: Actor, version: int | None = None) -> Event:
    """Open an approved filing for an amendment; what was approved goes on holding."""
    return move(filing, "amend", by=by, note=why, version=version)


def keep(*, filing: Filing, by: Actor, version: int | None = None) -> Event:
    """Drop the amendment; the approved version stands again."""
    changes = {}
    if filing.approved is not None:
        changes = {"content": filing.approved.content, "title": filing.approved.title}
    return move(filing, "keep", by=by, version=version, changes=changes)


@transaction.atomic
def open_for_comment(*, filing: Filing, is_open: bool, by: Actor) -> None:
    """Let the teachers read and comment a draft, or no longer."""
    if not by.can(Permission.FILE_PLANS, filing.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if not KINDS[filing.kind].is_read_by_teachers:
        raise Refused(_("Teachers comment on the plan and the scheme."), "not-for-comment")
    filing.is_open_for_comment = is_open
    filing.save(update_fields=["is_open_for_comment"])
    record(
        "filing-opened" if is_open else "filing-closed",
        county=filing.county,
        school=filing.school,
        subject=f"filing {filing.pk}",
        by=by,
    )
