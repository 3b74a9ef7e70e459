"""Asking somebody to judge a group's record, judging it, and taking the asking back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.events import Event
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.group_records.records import ACTIVITY, TOPIC, Record, makers
from assessment.reviewing.panel import candidates
from assessment.workflow import move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.notices.telling import tell
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

ASKED = gettext_noop("You are asked to judge “%(title)s” of %(group)s.")


def begin(record: Record, reviewer: Person) -> GroupRecordReview:
    """Write the review of a record by one person; raises Refused for the group's own people, and twice."""
    if reviewer.pk in makers(record):
        raise Refused(_("Nobody judges the record of their own group."), "own-group")
    subject = record.subject
    try:
        with transaction.atomic():
            return GroupRecordReview.objects.create(
                county_id=subject.county_id,
                school_id=subject.school_id,
                programme_id=subject.programme_id,
                group=record.group,
                filing=subject if record.kind == TOPIC else None,
                activity=subject if record.kind == ACTIVITY else None,
                person=reviewer,
            )
    except IntegrityError as error:
        raise Refused(_("%s judges this one already.") % reviewer.name, "twice") from error


@transaction.atomic
def ask(*, record: Record, reviewer: Person, by: Actor) -> GroupRecordReview:
    """Ask somebody of the school's panel, from inside or outside, to judge a record."""
    school = record.subject.school
    if not by.can(Permission.ASSIGN_REVIEWS, school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if reviewer.pk not in {person.pk for person in candidates(school)}:
        raise Refused(_("%s is not on this school's panel.") % reviewer.name, "not-on-panel")
    review = begin(record, reviewer)
    group = record.group.name
    tell([reviewer], ASKED, url=f"/me/group-records/{review.pk}/", title=record.title, group=group)
    return review


def judge(
    *, review: GroupRecordReview, grade: int | None, advice: str, by: Actor, version: int | None = None
) -> Event:
    """Give grade and advice; both are frozen then."""
    group_id = by.person.group_id if by.person else None
    changes = {"grade": grade, "advice": advice.strip(), "judged_at": now(), "person_group_id": group_id}
    return move(review, "judge", by=by, version=version, changes=changes)


@transaction.atomic
def judge_at_once(*, record: Record, grade: int | None, advice: str, by: Actor) -> GroupRecordReview:
    """The county office judges a record without having been asked."""
    if by.person is None or not by.can(Permission.INSPECT, record.subject.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    review = begin(record, by.person)
    judge(review=review, grade=grade, advice=advice, by=by)
    return review


def release(*, review: GroupRecordReview, by: Actor) -> Event:
    return move(review, "release", by=by)
