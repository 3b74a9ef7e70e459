"""Planning, opening, closing and cancelling activities; record, output files and the conversion table."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.events import Event
from assessment.programme.models import Participant, Programme
from assessment.training.activities.conversion import default_rate, rate_of, session_hours
from assessment.training.activities.hours import enter_hours
from assessment.training.activities.models import (
    Activity,
    ActivityKind,
    ActivityState,
    ConversionRate,
    Output,
    SignIn,
)
from assessment.training.activities.queries import may_lead
from assessment.training.activities.signing import add_from_list
from assessment.workflow import move
from microcapabilities.models import Point
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.files.receiving import receive
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

OUTPUT_LETTERS, OUTPUT_MEGABYTES, OUTPUTS_MOST = ("D", "P"), 20, 20
FIELDS = (
    "kind",
    "group",
    "title",
    "purpose",
    "problem",
    "place",
    "begins_at",
    "ends_at",
    "leader",
    "partner",
)


@transaction.atomic
def plan(
    *,
    programme: Programme,
    school: School,
    kind: str,
    title: str,
    purpose: str,
    place: str,
    begins_at: datetime,
    ends_at: datetime,
    leader: Person,
    by: Actor,
    group: TeachingGroup | None = None,
    problem: str = "",
    partner: School | None = None,
    points: Iterable[Point] = (),
) -> Activity:
    """Plan an activity of a group or, without one, of the whole school."""
    require_lead(by, school, group.pk if group else None)
    require_sense(school, begins_at, ends_at, partner)
    activity = Activity.objects.create(
        county_id=school.county_id,
        school=school,
        programme=programme,
        kind=kind,
        group=group,
        title=title.strip(),
        purpose=purpose.strip(),
        problem=problem.strip(),
        place=place.strip(),
        begins_at=begins_at,
        ends_at=ends_at,
        leader=leader,
        partner=partner,
    )
    activity.points.set(points)
    record("activity-planned", county=school.county, school=school, subject=f"activity {activity.pk}", by=by)
    return activity


@transaction.atomic
def change(*, activity: Activity, points: Iterable[Point], by: Actor, **facts: Any) -> None:
    """Change what is planned; once the sign-in was open it stays as it is."""
    held = locked(activity)
    require_lead(by, held.school, held.group_id)
    group = facts.get("group")
    require_lead(by, held.school, group.pk if group else None)
    if held.state != ActivityState.PLANNED:
        raise Refused(_("The sign-in was opened already; what was planned stays as it is."), "begun")
    require_sense(held.school, facts["begins_at"], facts["ends_at"], facts.get("partner"))
    for name in FIELDS:
        setattr(activity, name, facts.get(name))
    activity.save(update_fields=list(FIELDS))
    activity.points.set(points)
    record(
        "activity-changed",
        county=held.school.county,
        school=held.school,
        subject=f"activity {held.pk}",
        by=by,
    )


def open_sign_in(*, activity: Activity, by: Actor, version: int | None = None) -> Event:
    return move(activity, "open", by=by, version=version)


@transaction.atomic
def close(*, activity: Activity, by: Actor, version: int | None = None) -> Event:
    """Close the activity and enter the hours of everybody who signed in."""
    programme = activity.programme
    rate = kept_rate(programme, activity.kind)
    hours = session_hours(rate, activity.begins_at, activity.ends_at, programme.most_hours_a_day)
    event = move(activity, "close", by=by, version=version, changes={"hours": hours})
    enter_hours(activity, by)
    return event


def cancel(*, activity: Activity, because: str, by: Actor, version: int | None = None) -> Event:
    return move(activity, "cancel", by=by, note=because, version=version)


@transaction.atomic
def list_in(
    *, activity: Activity, participants: Iterable[Participant], reason: str = "", by: Actor
) -> list[SignIn]:
    """Add people from the list; after the closing their hours are entered at once."""
    rows = add_from_list(activity=activity, participants=participants, reason=reason, by=by)
    if rows:
        people = [row.person_id for row in rows]
        record(
            "listed-in",
            county=activity.school.county,
            school=activity.school,
            subject=f"activity {activity.pk}",
            by=by,
            people=people,
            reason=reason.strip(),
        )
    fresh = locked(activity)
    if fresh.state == ActivityState.CLOSED:
        enter_hours(fresh, by)
    return rows


@transaction.atomic
def strike(*, sign_in: SignIn, by: Actor) -> None:
    """Take somebody off the list again, before the closing."""
    held = locked(sign_in.activity)
    require_lead(by, held.school, held.group_id)
    if held.state != ActivityState.OPEN:
        raise Refused(
            _("The hours are entered; refuse them in the school's list of hours instead."), "closed"
        )
    record(
        "sign-in-struck",
        county=held.school.county,
        school=held.school,
        subject=f"activity {held.pk}",
        by=by,
        person=sign_in.person_id,
        how=sign_in.how,
    )
    sign_in.delete()


@transaction.atomic
def write_record(*, activity: Activity, text: str, by: Actor) -> None:
    """Keep the group's record of what was talked about and found."""
    held = locked(activity)
    require_lead(by, held.school, held.group_id)
    require_standing(held)
    activity.record = text.strip()
    activity.save(update_fields=["record"])


@transaction.atomic
def add_output(*, activity: Activity, upload: UploadedFile, by: Actor) -> Output:
    """Add a photo, the minutes or another file."""
    held = locked(activity)
    require_lead(by, held.school, held.group_id)
    require_standing(held)
    if held.outputs.count() >= OUTPUTS_MOST:
        raise Refused(_("An activity takes at most %d files.") % OUTPUTS_MOST, "full")
    stored = receive(
        upload,
        county=held.school.county,
        letters=OUTPUT_LETTERS,
        max_megabytes=OUTPUT_MEGABYTES,
        by=by.user,
    )
    return Output.objects.create(
        county_id=held.county_id, school_id=held.school_id, activity=held, file=stored, added_by=by.user
    )


@transaction.atomic
def remove_output(*, output: Output, by: Actor) -> None:
    """Take a file away again, before the closing; it is the proof of the hours afterwards."""
    held = locked(output.activity)
    require_lead(by, held.school, held.group_id)
    if held.state == ActivityState.CLOSED:
        raise Refused(_("The file is a proof of hours that were entered; it stays."), "closed")
    output.delete()


@transaction.atomic
def set_rate(
    *,
    programme: Programme,
    kind: str,
    basis: str,
    hours: Decimal,
    most_per_session: Decimal | None,
    most_per_year: Decimal | None,
    by: Actor,
) -> ConversionRate:
    """Set how one kind of activity counts from the next closing on; what is entered stays."""
    if not by.can(Permission.SET_RULES, programme.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    rate = kept_rate(programme, kind)
    rate.basis, rate.hours = basis, hours
    rate.most_per_session, rate.most_per_year = most_per_session, most_per_year
    rate.save()
    record("rate-set", county=programme.county, subject=str(kind), by=by, basis=basis, hours=str(hours))
    return rate


def kept_rate(programme: Programme, kind: str) -> ConversionRate:
    """Return the rate of a kind; on first need the whole table is written as it begins."""
    if not ConversionRate.objects.filter(programme=programme, kind=kind).exists():
        table = [default_rate(programme, each) for each in ActivityKind.values]
        ConversionRate.objects.bulk_create(table, ignore_conflicts=True)
    return rate_of(programme, kind)


def locked(activity: Activity) -> Activity:
    """Return the activity anew, held until the commit."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("school__county", "programme")
    return rows.get(pk=activity.pk)


def require_lead(by: Actor, school: School, group_id: int | None) -> None:
    if not may_lead(by, school, group_id):
        raise Forbidden(_("A group head plans for the own group only."), "forbidden")


def require_standing(activity: Activity) -> None:
    if activity.state == ActivityState.CANCELLED:
        raise Refused(_("This activity was cancelled; nothing is added to it any more."), "cancelled")


def require_sense(school: School, begins_at: datetime, ends_at: datetime, partner: School | None) -> None:
    """Refuse an end before the beginning, and a school as its own partner."""
    if ends_at <= begins_at:
        raise Refused(_("The end has to lie after the beginning."), "span")
    if partner is not None and partner.pk == school.pk:
        raise Refused(_("A partner is another school."), "partner")
