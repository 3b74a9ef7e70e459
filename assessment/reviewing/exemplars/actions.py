"""Asking a teacher for an exemplar, agreeing on its grades, and practising on it."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.events import Event
from assessment.reviewing.exemplars.models import (
    Exemplar,
    ExemplarGrade,
    ExemplarState,
    Practice,
    PracticeGrade,
)
from assessment.reviewing.exemplars.queries import may_practise
from assessment.reviewing.masking import wanted
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of, latest_submitted
from assessment.workflow import lock, move
from microcapabilities.grades import Grade
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.files.cleaning.asking import ask_for_cleaning
from schools.notices.telling import tell
from schools.refusals import Forbidden, Refused

RELEASED = (SubmissionState.PASSED, SubmissionState.FAILED, SubmissionState.ACCEPTED)
ASKED = gettext_noop("May your work for %(point)s be shown to reviewers as an exemplar, without your name?")


def keeper_right(*, is_for_county: bool) -> Permission:
    """Return the right with which an exemplar is kept."""
    return Permission.RUN_SPOT_CHECKS if is_for_county else Permission.ASSIGN_REVIEWS


def refuse_own(person_id: int, by: Actor) -> None:
    """Nobody makes an exemplar of their own work or agrees on its grades."""
    if by.person is not None and by.person.pk == person_id:
        raise Refused(_("This is your own work; somebody else has to do this."), "own-work")


@transaction.atomic
def ask(*, submission: Submission, is_for_county: bool, reason: str, by: Actor) -> Exemplar:
    """Ask the teacher of released work whether it may be shown as an exemplar."""
    if not by.can(keeper_right(is_for_county=is_for_county), submission.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    refuse_own(submission.person_id, by)
    fresh = lock(submission)
    attempt = latest_submitted(submission)
    if fresh.state not in RELEASED or attempt is None:
        raise Refused(_("Only work whose result is released can be an exemplar."), "not-released")
    if not reason.strip():
        raise Refused(_("Please write why this work is a good exemplar."), "reason")
    try:
        with transaction.atomic():
            made = Exemplar.objects.create(
                county_id=fresh.county_id,
                school_id=fresh.school_id,
                submission=submission,
                attempt=attempt,
                person_id=fresh.person_id,
                is_for_county=is_for_county,
                reason=reason.strip(),
            )
    except IntegrityError as error:
        raise Refused(_("The teacher was asked about this work already."), "twice") from error
    ask_for_cleaning(wanted(attempt.evidence.all()))
    tell([submission.person], ASKED, url="/me/exemplar-requests/", point=submission.point.code)
    return made


@transaction.atomic
def agree_on(
    *, exemplar: Exemplar, grades: Mapping[int, Grade], comments: Mapping[int, str], by: Actor
) -> None:
    """Keep the agreed grades and comments by item id, while the exemplar is not open for practice."""
    if not by.can(keeper_right(is_for_county=exemplar.is_for_county), exemplar.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    refuse_own(exemplar.person_id, by)
    fresh = lock(exemplar)
    if fresh.state != ExemplarState.AGREED:
        raise Refused(_("Agreed grades are written after the teacher agrees, and before practice."), "closed")
    known = {item.pk for item in items_of(exemplar.submission)}
    rows = [
        ExemplarGrade(
            exemplar=exemplar,
            item_id=item,
            grade=grade,
            comment=comments.get(item, "").strip(),
            county_id=exemplar.county_id,
            school_id=exemplar.school_id,
        )
        for item, grade in grades.items()
        if item in known
    ]
    ExemplarGrade.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["exemplar", "item"], update_fields=["grade", "comment"]
    )


def step(*, exemplar: Exemplar, action: str, by: Actor, version: int | None = None) -> Event:
    """Agree, decline, show or hide."""
    return move(exemplar, action, by=by, version=version)


@transaction.atomic
def practise(*, exemplar: Exemplar, grades: Mapping[int, Grade], by: Actor) -> Practice:
    """Grade an exemplar for practice; the agreed grades are seen only then, and it counts for nobody."""
    person = by.person
    if person is None or not may_practise(by, exemplar):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if lock(exemplar).state != ExemplarState.SHOWN:
        raise Refused(_("This exemplar is closed."), "closed")
    agreed = dict(exemplar.grades.values_list("item_id", "grade"))
    names = {item.pk: item.name for item in items_of(exemplar.submission)}
    lacking = [names.get(item, "") for item in agreed if item not in grades]
    if lacking:
        raise Refused(_("Not yet graded: %s") % _(", ").join(lacking), "ungraded")
    place = {"county_id": exemplar.county_id, "school_id": exemplar.school_id}
    try:
        with transaction.atomic():
            made = Practice.objects.create(exemplar=exemplar, person=person, **place)
    except IntegrityError as error:
        raise Refused(_("You have practised on this one already."), "twice") from error
    PracticeGrade.objects.bulk_create(
        PracticeGrade(practice=made, item_id=item, grade=grades[item], agreed=agreed[item], **place)
        for item in agreed
    )
    return made
