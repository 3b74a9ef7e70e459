"""Assigning trainers to schools, writing visits down, and the school's answer."""

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.guiding.enclosures.actions import enclose, take_in
from assessment.guiding.places import holders, need, refuse_future
from assessment.guiding.visits.models import TrainerAssignment, Visit, VisitKind
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now, today
from schools.notices.telling import tell
from schools.organisations.models import School
from schools.organisations.queries import held_today
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


@transaction.atomic
def assign(
    *, trainer: Person, school: School, starts_on: date, last_on: date, focus: str = "", by: Actor
) -> TrainerAssignment:
    """Let a trainer of the county guide a school for a time; never their own, never twice at once."""
    need(by, Permission.APPOINT_LEADERS, school.county)
    if not held_today().filter(person=trainer, role="trainer", school__isnull=True).exists():
        raise Refused(_("%s is no trainer of the county. Appoint them first.") % trainer.name, "trainer")
    if trainer.school_id == school.pk:
        raise Refused(
            _("%(name)s works at %(school)s; choose somebody from elsewhere.")
            % {"name": trainer.name, "school": school.name},
            "own-school",
        )
    if last_on < starts_on:
        raise Refused(_("The last day lies before the first."), "last_on")
    Person.objects.select_for_update().get(pk=trainer.pk)
    mine = TrainerAssignment.objects.filter(trainer=trainer, school=school)
    if mine.filter(starts_on__lte=last_on, last_on__gte=starts_on).exists():
        raise Refused(
            _("%(name)s guides %(school)s in this time already.")
            % {"name": trainer.name, "school": school.name},
            "twice",
        )
    row = TrainerAssignment.objects.create(
        county_id=school.county_id,
        school=school,
        trainer=trainer,
        starts_on=starts_on,
        last_on=last_on,
        focus=focus.strip(),
        assigned_by=by.user,
    )
    place = {"county": school.county, "school": school}
    record("trainer-assigned", **place, subject=f"assignment {row.pk}", by=by, trainer=trainer.pk)
    sentence = gettext_noop("You guide %(school)s until %(day)s. Write your visits down here.")
    url = reverse("assessment:guidance-school", args=[row.pk])
    tell([trainer], sentence, url=url, school=school.name, day=last_on.isoformat())
    return row


@transaction.atomic
def end(*, assignment: TrainerAssignment, by: Actor) -> None:
    """End an assignment with today; one that has not begun is taken back."""
    need(by, Permission.APPOINT_LEADERS, assignment.county)
    day = today()
    if assignment.last_on < day:
        raise Refused(_("This assignment has ended already."), "ended")
    place = {"county": assignment.county, "school": assignment.school}
    record("trainer-assignment-ended", **place, subject=f"assignment {assignment.pk}", by=by)
    if assignment.starts_on > day:
        assignment.delete()
        return
    assignment.last_on = day
    assignment.save(update_fields=["last_on"])


def write(
    *,
    assignment: TrainerAssignment,
    day: date,
    kind: VisitKind,
    looked_at: str,
    observed: str,
    advice: str,
    uploads: Sequence[UploadedFile] = (),
    by: Actor,
) -> Visit:
    """Write a visit down: by the trainer, for the assigned school, on a day of the assigned time."""
    check_own_time(assignment, day, by)
    files = take_in(uploads, county=assignment.county, by=by)
    with transaction.atomic():
        visit = Visit.objects.create(
            county_id=assignment.county_id,
            school=assignment.school,
            assignment=assignment,
            trainer_id=assignment.trainer_id,
            day=day,
            kind=kind,
            looked_at=looked_at.strip(),
            observed=observed.strip(),
            advice=advice.strip(),
        )
        enclose(visit, files)
        tell_school(visit, assignment.trainer)
    return visit


def check_own_time(assignment: TrainerAssignment, day: date, by: Actor) -> None:
    """Refuse a visit to somebody else's school, outside the assigned time, or ahead."""
    need(by, Permission.GUIDE_SCHOOLS, assignment.county)
    if by.person is None or by.person.pk != assignment.trainer_id:
        raise Forbidden(_("This school is assigned to somebody else."), "own")
    if not assignment.starts_on <= day <= assignment.last_on:
        raise Refused(
            _("The school is yours from %(first)s to %(last)s; choose a day in between.")
            % {"first": assignment.starts_on.isoformat(), "last": assignment.last_on.isoformat()},
            "day",
        )
    refuse_future(day)


def tell_school(visit: Visit, trainer: Person) -> None:
    """Tell those who lead the school of a visit."""
    school = visit.school
    sentence = gettext_noop("%(trainer)s has written down the visit of %(day)s with advice.")
    url = reverse("assessment:school-visit", args=[school.county.slug, school.slug, visit.pk])
    people = holders(school, "principal", "cio")
    tell(people, sentence, url=url, trainer=trainer.name, day=visit.day.isoformat())


@transaction.atomic
def answer(*, visit: Visit, words: str, by: Actor) -> None:
    """Answer a visit for the school, once."""
    need(by, Permission.FILE_PLANS, visit.school)
    if not words.strip():
        raise Refused(_("Please write what the school makes of the advice."), "note")
    unanswered = Visit.objects.filter(pk=visit.pk, answered_at__isnull=True)
    if not unanswered.update(answer=words.strip(), answered_at=now(), answered_by=by.user):
        raise Refused(_("The school has answered this visit already."), "answered")
    sentence = gettext_noop("%(school)s has answered your visit of %(day)s.")
    url = reverse("assessment:guidance-visit", args=[visit.pk])
    tell([visit.trainer], sentence, url=url, school=visit.school.name, day=visit.day.isoformat())
