"""Seating people on bodies, ending seats, publishing bodies, and waiving what a small school cannot meet."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.planning.bodies.models import SINGLE, Body, BodyKind, Origin, PostKey, Seat, Waiver
from assessment.planning.bodies.posts import posts_at, role_with
from assessment.planning.bodies.rule import ABOUT, rule_of
from assessment.programme.models import Programme
from schools.access.actor import Actor
from schools.access.appointing import appoint
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now, today
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


@dataclass(frozen=True)
class Holder:
    """Who is to sit: a person of the county, or a name from outside, and where they come from."""

    person: Person | None = None
    name: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Term:
    """From when until when a seat is meant to be held; without an end it is held until it is ended."""

    starts_on: date
    until: date | None = None


def require_keeper(county: County, school: School | None, by: Actor) -> None:
    """Refuse whoever may not keep the bodies of this place."""
    may = by.can(Permission.FILE_PLANS, school) if school else by.can(Permission.KEEP_BODIES, county)
    if not may:
        raise Forbidden(_("You may not do this here."), "forbidden")


@transaction.atomic
def seat(
    *,
    county: County,
    school: School | None,
    kind: str,
    post: str,
    holder: Holder,
    term: Term,
    by: Actor,
    subject: str = "",
    employment: str = "",
    gives_role: bool = False,
) -> Seat:
    """Give somebody a post on a body, and where wished the role that goes with it.

    A single post whose holder's term is over is ended by this; one that is held is not taken away.
    """
    require_keeper(county, school, by)
    body = body_of(county=county, school=school, kind=kind, by=by)
    if post not in posts_at(school)[BodyKind(body.kind)]:
        raise Refused(_("This body has no such post."), "post")
    check_holder(holder, county, school)
    if term.until and term.until < term.starts_on:
        raise Refused(_("The term ends before it begins. Please exchange the days."), "term")
    end_what_is_over(body, post, by)
    row = write_seat(body, post, holder, term, subject, employment)
    if gives_role:
        give_role(row, by)
    record(
        "seat-given", county=county, school=school, subject=f"seat {row.pk}", by=by, body=body.kind, post=post
    )
    return row


def body_of(*, county: County, school: School | None, kind: str, by: Actor) -> Body:
    """Return the body of this kind; it is formed with its first seat."""
    if kind not in posts_at(school):
        raise Refused(_("There is no such body here."), "body")
    body, made = Body.objects.get_or_create(county=county, school=school, kind=kind)
    if made:
        record("body-formed", county=county, school=school, subject=kind, by=by)
    return body


def check_holder(holder: Holder, county: County, school: School | None) -> None:
    """Refuse nobody, two at once, people who left, and people of another county or school."""
    person = holder.person
    if (person is None) == (not holder.name.strip()):
        raise Refused(_("Please choose a person, or write the name of somebody from outside."), "holder")
    if person is None:
        if holder.origin not in Origin.values:
            raise Refused(_("Please say where they come from."), "origin")
        return
    if not person.is_active:
        raise Refused(_("%(name)s has left the county's roster.") % {"name": person.name}, "left")
    if person.county_id != county.pk:
        raise Refused(_("%(name)s is not of this county.") % {"name": person.name}, "county")
    if school is not None and not belongs_to(person, school):
        raise Refused(_("%(name)s is not of this school.") % {"name": person.name}, "school")


def belongs_to(person: Person, school: School) -> bool:
    """Say whether a person may sit on a school's bodies: of the school, or of one that it manages."""
    return person.school is not None and school.pk in (person.school_id, person.school.managed_by_id)


def end_what_is_over(body: Body, post: str, by: Actor) -> None:
    """End the seat of a single post whose term lies behind; refuse where it is still held."""
    if post not in SINGLE:
        return
    held = Seat.objects.select_for_update().filter(body=body, post=post, ended_on__isnull=True).first()
    if held is None:
        return
    if held.until is None or held.until >= today():
        raise Refused(
            _("The post “%(post)s” is held by %(name)s. End that first.")
            % {"post": held.get_post_display(), "name": held.holder},
            "held",
        )
    close(held, held.until, _("The term was over."), by)


def write_seat(body: Body, post: str, holder: Holder, term: Term, subject: str, employment: str) -> Seat:
    """Write the seat; a person sits under a post only once."""
    person = holder.person
    origin = holder.origin or (Origin.SCHOOL if person and person.school_id else Origin.OFFICE)
    try:
        with transaction.atomic():
            return Seat.objects.create(
                county_id=body.county_id,
                body=body,
                post=post,
                person=person,
                name="" if person else holder.name.strip(),
                origin=origin,
                subject=subject.strip(),
                employment=employment,
                starts_on=term.starts_on,
                until=term.until,
            )
    except IntegrityError as error:
        raise Refused(_("This post is held already. The page now shows how things stand."), "held") from error


def give_role(row: Seat, by: Actor) -> None:
    """Give the role that goes with the seat, by the rules of appointing."""
    body = row.body
    role = role_with(body.kind, body.school, body.county, by)
    if not role or row.person is None:
        raise Forbidden(_("You may not appoint this role here."), "role")
    appoint(person=row.person, role=role, school=body.school, by=by)


@transaction.atomic
def end_seat(*, seat: Seat, because: str, by: Actor) -> None:
    """End a seat today; it stays in the history. A role that was given beside it is ended under the roles."""
    require_keeper(seat.body.county, seat.body.school, by)
    if not because.strip():
        raise Refused(_("Please say why it ends."), "reason")
    close(seat, today(), because.strip(), by)
    record(
        "seat-ended",
        county=seat.body.county,
        school=seat.body.school,
        subject=f"seat {seat.pk}",
        by=by,
        body=seat.body.kind,
        post=seat.post,
    )


def close(seat: Seat, day: date, because: str, by: Actor) -> None:
    """Write the end of a seat; one that has not begun ends on its first day."""
    ended = Seat.objects.filter(pk=seat.pk, ended_on__isnull=True).update(
        ended_on=max(day, seat.starts_on), ended_by=by.user, ended_because=because[:200]
    )
    if not ended:
        raise Refused(_("This seat has ended already."), "ended")


@transaction.atomic
def describe(*, county: County, kind: str, duties: str, is_published: bool, by: Actor) -> Body:
    """Write what a body of the county does, and whether the county's schools may read who sits on it."""
    require_keeper(county, None, by)
    body = body_of(county=county, school=None, kind=kind, by=by)
    body.duties = duties.strip()
    if is_published != (body.published_at is not None):
        body.published_at, body.published_by = (now(), by.user) if is_published else (None, None)
    body.save(update_fields=["duties", "published_at", "published_by"])
    record("body-described", county=county, subject=kind, by=by, is_published=is_published)
    return body


@transaction.atomic
def waive(*, programme: Programme, school: School, about: str, reason: str, by: Actor) -> Waiver:
    """Do not ask one school for a post, for the size of its team, or for a person per post."""
    require_waiver(by, programme.county)
    if about not in ABOUT or (about in PostKey.values and about not in rule_of(programme).posts):
        raise Refused(_("The programme does not ask for this; nothing has to be waived."), "about")
    if not reason.strip():
        raise Refused(_("Please say why it is waived."), "reason")
    waiver, made = Waiver.objects.get_or_create(
        programme=programme,
        school=school,
        about=about,
        ended_at__isnull=True,
        defaults={"county_id": school.county_id, "reason": reason.strip(), "granted_by": by.user},
    )
    if not made:
        raise Refused(_("This is waived for the school already."), "waived")
    record(
        "composition-waived",
        county=programme.county,
        school=school,
        subject=about,
        by=by,
        reason=reason.strip(),
    )
    return waiver


@transaction.atomic
def end_waiver(*, waiver: Waiver, by: Actor) -> None:
    """Ask again for what was waived."""
    require_waiver(by, waiver.school.county)
    open_still = Waiver.objects.filter(pk=waiver.pk, ended_at__isnull=True)
    if not open_still.update(ended_at=now(), ended_by=by.user):
        raise Refused(_("This waiver has ended already."), "ended")
    record("waiver-ended", county=waiver.school.county, school=waiver.school, subject=waiver.about, by=by)


def require_waiver(by: Actor, county: County) -> None:
    if not (by.can(Permission.SET_RULES, county) or by.can(Permission.KEEP_BODIES, county)):
        raise Forbidden(_("You may not do this here."), "forbidden")
