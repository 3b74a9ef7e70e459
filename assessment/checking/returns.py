"""Acts on school returns: publish, sign, file, send back, accept."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.checking.lines import lines_of
from assessment.checking.models import ReturnLine, ReturnPoint, ReturnState, SchoolReturn
from assessment.checking.queries import latest_return, listed_points
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.scans import ScanRule, attach
from assessment.submitting.models import Submission, SubmissionState
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.jobs.models import JobKind
from schools.jobs.queueing import ask_for
from schools.organisations.models import School
from schools.refusals import Forbidden

SCAN = ScanRule((Permission.PREPARE_RETURN, Permission.SIGN_RETURN), ReturnState.FILED, ReturnState.ACCEPTED)


@transaction.atomic
def open_round(*, programme: Programme, school: School, by: Actor) -> SchoolReturn:
    """Return the school's open round; after an accepted one the next (make-up) round is opened."""
    if not (by.can(Permission.PREPARE_RETURN, school) or by.can(Permission.SIGN_RETURN, school)):
        raise Forbidden(_("You may not do this here."), "forbidden")
    latest = latest_return(programme, school)
    if latest is not None and latest.state != ReturnState.ACCEPTED:
        return latest
    return SchoolReturn.objects.create(
        county_id=school.county_id,
        school=school,
        programme=programme,
        round=latest.round + 1 if latest else 1,
    )


def publish(*, school_return: SchoolReturn, by: Actor, version: int | None = None) -> Event:
    return move(school_return, "publish", by=by, version=version, changes={"published_at": now()})


def sign(*, school_return: SchoolReturn, by: Actor, version: int | None = None) -> Event:
    changes = {"signed_at": now(), "signed_by_id": by.user.pk if by.user else None}
    return move(school_return, "sign", by=by, version=version, changes=changes)


@transaction.atomic
def file(*, school_return: SchoolReturn, by: Actor, version: int | None = None) -> Event:
    """File the return: its lines are computed once more and frozen."""
    number = school_return.filings + 1
    changes = {"filings": number, "scan": None}  # a scan of an earlier filing is no scan of this one
    event = move(school_return, "file", by=by, version=version, changes=changes)
    for line in lines_of(school_return.programme, school_return.school):
        tenant = {"county_id": school_return.county_id, "school_id": school_return.school_id}
        row = ReturnLine.objects.create(
            **tenant,
            school_return=school_return,
            filing=number,
            participant=line.participant,
            name=line.participant.person.name,
            online_hours=line.online_hours,
            practice_hours=line.practice_hours,
            credits=line.credits,
            outcome=line.outcome,
            reason=line.reason,
        )
        ReturnPoint.objects.bulk_create(
            ReturnPoint(
                **tenant, line=row, submission=work, code=work.point.code, state=work.state, grade=work.grade
            )
            for work in line.submissions
        )
    return event


def attach_scan(*, school_return: SchoolReturn, upload: UploadedFile, by: Actor) -> None:
    """Lay the stamped scan on the filed return; it may be exchanged until the county has accepted."""
    attach(subject=school_return, rule=SCAN, upload=upload, by=by)


@transaction.atomic
def send_back(*, school_return: SchoolReturn, why: str, by: Actor, version: int | None = None) -> Event:
    """Send the return back: it is open again, unsigned; what was filed stays on record."""
    changes = {"signed_at": None, "signed_by": None, "published_at": None}
    return move(school_return, "send-back", by=by, note=why, version=version, changes=changes)


@transaction.atomic
def accept(*, school_return: SchoolReturn, by: Actor, version: int | None = None) -> Event:
    """Accept the return and every listed passed row, drawn or not; certificates are asked for."""
    event = move(school_return, "accept", by=by, version=version, changes={"is_suspended": False})
    listed = listed_points(school_return).values("submission_id")
    passed = Submission.objects.filter(pk__in=listed, state=SubmissionState.PASSED)
    for submission in passed.select_related("point", "person", "programme", "school").order_by("pk"):
        move(submission, "accept", by=by, details={"return": school_return.pk})
    ask_for(
        JobKind.ISSUE_CERTIFICATES,
        county=school_return.county,
        school=school_return.school,
        by=by,
        school_return=school_return.pk,
    )
    return event
