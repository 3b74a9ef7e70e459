"""Completing a transfer: decided rows stay, open rows are carried, the choice is confirmed anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Participant
from assessment.programme.progress import count, ensure_row
from assessment.programme.queries import current_programme, participation_of
from assessment.reviewing.models import Review, ReviewState
from assessment.selecting.actions import new_version
from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from assessment.submitting.models import Attempt, Evidence, Submission, SubmissionState
from assessment.submitting.steps import COUNTED
from assessment.training.models import ClaimState, HourClaim
from assessment.workflow import PORTAL, move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now, today
from schools.people.actions import join, leave
from schools.people.models import Membership, Person, Transfer
from schools.refusals import Forbidden, Refused

OPEN_STATES = (SubmissionState.DRAFT, SubmissionState.RETURNED, SubmissionState.SUBMITTED)


@transaction.atomic
def complete(*, transfer: Transfer, by: Actor) -> None:
    """Move the person to the new school, with their open work; once only."""
    if not by.can(Permission.COMPLETE_TRANSFERS, transfer.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    still_open = Transfer.objects.filter(pk=transfer.pk, completed_at__isnull=True, refused_at__isnull=True)
    if not still_open.update(completed_at=now(), completed_by=by.user):
        raise Refused(_("This transfer has been dealt with already."), "done")
    person = transfer.person
    for membership in Membership.objects.filter(
        person=person, school_id=transfer.from_school_id, ends_on__isnull=True
    ):
        leave(membership=membership)
    Person.objects.filter(pk=person.pk).update(school=transfer.school, group=None)
    join(person=person, role="teacher", school=transfer.school, by=by.user)
    release_reviews_by(person, by)
    move_participation(person, transfer, by)
    record(
        "transfer-completed", county=transfer.county, school=transfer.school, subject=str(transfer.pk), by=by
    )


@transaction.atomic
def refuse(*, transfer: Transfer, by: Actor) -> None:
    """Refuse a transfer: the person stays."""
    if not by.can(Permission.COMPLETE_TRANSFERS, transfer.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    still_open = Transfer.objects.filter(pk=transfer.pk, completed_at__isnull=True, refused_at__isnull=True)
    if not still_open.update(refused_at=now(), refused_by=by.user):
        raise Refused(_("This transfer has been dealt with already."), "done")


def release_reviews_by(person: Person, by: Actor) -> None:
    """A reviewer who leaves a school holds no open assignment there."""
    for review in Review.objects.filter(person=person, state=ReviewState.ASSIGNED):
        move(review, "lapse", by=PORTAL)


def move_participation(person: Person, transfer: Transfer, by: Actor) -> None:
    """Close the participation at the old school and open one at the new, carrying open work."""
    old = participation_of(person)
    programme = current_programme(transfer.county)
    if old is None or programme is None or old.school_id == transfer.school_id:
        return
    Participant.objects.filter(pk=old.pk).update(ends_on=today())
    new = Participant.objects.create(
        county_id=old.county_id, school=transfer.school, programme=programme, person=person, starts_on=today()
    )
    ensure_row(programme, transfer.school_id)
    count(programme.pk, old.school_id, participants=-1)
    count(programme.pk, transfer.school_id, participants=1)
    carry_choice(old, new)
    for submission in Submission.objects.filter(participant=old, state__in=OPEN_STATES):
        carry(submission, new, by)
    carry_hours(old, new, by)


def carry_hours(old: Participant, new: Participant, by: Actor) -> None:
    """Carry hours that are not recognised yet; recognised ones stay and count wherever they were earned."""
    changes = {"participant": new, "school": new.school}
    for claim in (
        HourClaim.objects.filter(participant=old).exclude(state=ClaimState.RECOGNISED).order_by("pk")
    ):
        move(claim, "carry", by=by, changes=changes, details={"from_school": claim.school_id})


def carry_choice(old: Participant, new: Participant) -> None:
    """Copy the confirmed choice as a draft at the new school, where it has to be confirmed anew."""
    confirmed = Selection.objects.filter(participant=old, state=SelectionState.CONFIRMED).first()
    if confirmed is None:
        return
    draft = new_version(new, None)
    draft.goal, draft.measure, draft.problem = confirmed.goal, confirmed.measure, confirmed.problem
    draft.save(update_fields=["goal", "measure", "problem"])
    SelectionPoint.objects.bulk_create(
        SelectionPoint(
            county_id=new.county_id, school_id=new.school_id, selection=draft, point_id=row.point_id
        )
        for row in confirmed.chosen.all()
    )
    move(confirmed, "supersede", by=PORTAL)


def carry(submission: Submission, new: Participant, by: Actor) -> None:
    """Carry one open submission with its attempts and evidence; reviews not finished lapse."""
    for review in Review.objects.filter(submission=submission, state=ReviewState.ASSIGNED):
        move(review, "lapse", by=PORTAL)
    state = COUNTED[SubmissionState(submission.state)]
    count(submission.programme_id, submission.school_id, **{state: -1})
    move(
        submission,
        "carry",
        by=by,
        changes={"participant": new, "school": new.school},
        details={"from_school": submission.school_id},
    )
    Attempt.objects.filter(submission=submission).update(school=new.school)
    Evidence.objects.filter(attempt__submission=submission).update(school=new.school)
    Review.objects.filter(submission=submission).update(school=new.school)
    count(submission.programme_id, new.school_id, **{state: 1})
