"""Keeping minutes, adding decisions, and making an issue of one."""

from collections.abc import Callable, Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.guiding.enclosures.actions import enclose, take_in
from assessment.guiding.inspections.models import Issue
from assessment.guiding.meetings.models import MeetingDecision, MeetingKind, Minutes
from assessment.guiding.places import need, refuse_future, refuse_past
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import County, School
from schools.refusals import Refused


def need_to_keep(by: Actor, county: County, school: School | None) -> None:
    """Minutes of the county are kept by whoever publishes there, those of a school by its CIO."""
    if school is None:
        need(by, Permission.PUBLISH, county)
    else:
        need(by, Permission.FILE_PLANS, school)


def keep(
    *,
    county: County,
    school: School | None,
    title: str,
    kind: MeetingKind,
    held_on: date,
    attendees: str,
    text: str = "",
    uploads: Sequence[UploadedFile] = (),
    by: Actor,
) -> Minutes:
    """Keep the minutes of a meeting that was held."""
    need_to_keep(by, county, school)
    refuse_future(held_on, "held_on")
    files = take_in(uploads, county=county, by=by)
    with transaction.atomic():
        row = Minutes.objects.create(
            county=county,
            school=school,
            title=title.strip(),
            kind=kind,
            held_on=held_on,
            attendees=attendees.strip(),
            text=text.strip(),
            kept_by=by.user,
        )
        enclose(row, files)
        record("minutes-kept", county=county, school=school, subject=f"minutes {row.pk}", by=by)
    return row


@transaction.atomic
def decide(
    *, minutes: Minutes, what: str, who: str = "", due_on: date | None = None, by: Actor
) -> MeetingDecision:
    """Add a decision to minutes; it gets the next number."""
    need_to_keep(by, minutes.county, minutes.school)
    if due_on is not None:
        refuse_past(due_on)
    Minutes.objects.select_for_update().get(pk=minutes.pk)
    row = MeetingDecision.objects.create(
        county_id=minutes.county_id,
        minutes=minutes,
        number=minutes.decisions.count() + 1,
        what=what.strip(),
        who=who.strip(),
        due_on=due_on,
    )
    place = {"county": minutes.county, "school": minutes.school}
    record("decision-added", **place, subject=f"decision {row.pk}", by=by)
    return row


@transaction.atomic
def make_issue(*, decision: MeetingDecision, raised: Callable[[], Issue | None], by: Actor) -> Issue | None:
    """Make an issue of a decision, once; `raised` names it and gives None where it could not."""
    need_to_keep(by, decision.minutes.county, decision.minutes.school)
    fresh = MeetingDecision.objects.select_for_update().get(pk=decision.pk)
    if fresh.issue_id is not None:
        raise Refused(_("This decision has become an issue already."), "issue")
    issue = raised()
    if issue is not None:
        fresh.issue = issue
        fresh.save(update_fields=["issue"])
    return issue
