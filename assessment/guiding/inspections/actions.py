"""Recording inspections, raising issues and moving them on."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.events import Event
from assessment.guiding.enclosures.actions import enclose, take_in
from assessment.guiding.inspections.models import Inspection, Issue, Level, Severity, Topic
from assessment.guiding.places import holders, need, refuse_future, refuse_past
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import SHANGHAI, now
from schools.files.receiving import receive
from schools.notices.telling import tell
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

PROOF_LETTERS = ("D", "P")
PROOF_MEGABYTES = 20


def inspect(
    *,
    school: School,
    level: Level,
    topic: Topic,
    day: date,
    members: str,
    summary: str,
    uploads: Sequence[UploadedFile] = (),
    by: Actor,
) -> Inspection:
    """Record an inspection of a school; the city's and the province's are recorded by the county too."""
    need(by, Permission.INSPECT, school.county)
    refuse_future(day)
    files = take_in(uploads, county=school.county, by=by)
    with transaction.atomic():
        row = Inspection.objects.create(
            county_id=school.county_id,
            school=school,
            level=level,
            topic=topic,
            day=day,
            members=members.strip(),
            summary=summary.strip(),
            recorded_by=by.user,
        )
        enclose(row, files)
        place = {"county": school.county, "school": school}
        record("inspection-recorded", **place, subject=f"inspection {row.pk}", by=by, level=level)
        sentence = gettext_noop("The inspection of %(day)s is recorded; its issues stand with it.")
        url = reverse("assessment:school-inspection", args=[school.county.slug, school.slug, row.pk])
        tell(holders(school, "principal", "cio"), sentence, url=url, day=day.isoformat())
    return row


@transaction.atomic
def raise_issue(
    *,
    school: School,
    title: str,
    area: str,
    severity: Severity,
    owner: Person,
    due_on: date,
    by: Actor,
    inspection: Inspection | None = None,
    group: TeachingGroup | None = None,
) -> Issue:
    """Name something to be mended; the owner, the CIO and the heads of a named group are told."""
    right = Permission.FILE_PLANS if by.can(Permission.FILE_PLANS, school) else Permission.INSPECT
    if inspection is not None:
        right = Permission.INSPECT
        if inspection.school_id != school.pk:
            raise Forbidden(_("This inspection was at another school."), "school")
    need(by, right, school)
    refuse_past(due_on)
    if not owner.is_active or owner.school_id not in {school.pk, school.managed_by_id}:
        raise Refused(_("Whoever is responsible works at the school. Choose somebody from there."), "owner")
    if group is not None and group.school_id != school.pk:
        raise Refused(_("This teaching group belongs to another school."), "group")
    issue = Issue.objects.create(
        county_id=school.county_id,
        school=school,
        inspection=inspection,
        title=title.strip(),
        area=area,
        severity=severity,
        owner=owner,
        group=group,
        due_on=due_on,
        raised_by=by.user,
    )
    place = {"county": school.county, "school": school}
    record("issue-raised", **place, subject=f"issue {issue.pk}", by=by)
    tell_school(issue, gettext_noop("To be mended until %(day)s: %(title)s"))
    return issue


def tell_school(issue: Issue, sentence: str) -> None:
    """Tell the owner, the CIO and the heads of the group that the issue names."""
    school = issue.school
    heads = holders(school, "group-head", group=issue.group) if issue.group else []
    url = reverse("assessment:school-issue", args=[school.county.slug, school.slug, issue.pk])
    people = [issue.owner, *holders(school, "cio"), *heads]
    tell(people, sentence, url=url, title=issue.title[:80], day=issue.due_on.isoformat())


def mend(
    *, issue: Issue, words: str, proof: UploadedFile | None, by: Actor, version: int | None = None
) -> Event:
    """Report an issue as mended, with words and a proof."""
    need(by, Permission.FILE_PLANS, issue.school)
    if not words.strip():
        raise Refused(_("Please write what was done."), "note")
    stored = None
    if proof is not None:
        stored = receive(
            proof, county=issue.county, letters=PROOF_LETTERS, max_megabytes=PROOF_MEGABYTES, by=by.user
        )
    return move(
        issue,
        "mend",
        by=by,
        note=words,
        version=version,
        changes={"proof": stored, "mended_at": now(), "mended_by": by.user},
        details={"file": stored.pk if stored else None},
    )


@transaction.atomic
def close(*, issue: Issue, by: Actor, version: int | None = None) -> Event:
    """Close a mended issue."""
    event = move(issue, "close", by=by, version=version)
    tell_school(issue, gettext_noop("Closed, as it is mended: %(title)s"))
    return event


@transaction.atomic
def reopen(
    *, issue: Issue, because: str, due_at: datetime | None, by: Actor, version: int | None = None
) -> Event:
    """Open an issue again with words and a further day; the earlier proof stays in its story."""
    day = due_at.astimezone(SHANGHAI).date() if due_at else None
    event = move(issue, "reopen", by=by, note=because, version=version, changes={"due_on": day})
    tell_school(issue, gettext_noop("Opened again, to be mended until %(day)s: %(title)s"))
    return event
