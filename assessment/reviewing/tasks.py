"""What beat asks for: reviews of people who left the panel, also those of groups' records, are taken back."""

import contextvars

from celery import shared_task
from django.db.models import Q
from django_scopes import scope, scopes_disabled

from assessment.reviewing.group_records.models import GroupRecordReview, RecordState
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panel import candidates
from assessment.workflow import PORTAL, move
from schools.organisations.models import School


@shared_task(name="assessment.lapse_orphans")
def lapse_orphans() -> None:
    """Run in a context of its own, so that no scope stays on the worker."""
    contextvars.copy_context().run(lapse_all)


def lapse_all() -> int:
    """Take back open reviews whose reviewer is no longer on the school's panel; returns how many."""
    with scopes_disabled():
        open_reviews = Review.objects.filter(state=ReviewState.ASSIGNED)
        of_groups = GroupRecordReview.objects.filter(state=RecordState.ASKED)
        concerned = Q(pk__in=open_reviews.values("school_id")) | Q(pk__in=of_groups.values("school_id"))
        schools = list(School.objects.filter(concerned).select_related("county"))
    lapsed = 0
    for school in schools:
        with scope(county=school.county, school=None):
            panel = [person.pk for person in candidates(school)]
            open_here = Review.objects.filter(school=school, state=ReviewState.ASSIGNED)
            asked = GroupRecordReview.objects.filter(school=school, state=RecordState.ASKED)
            for review in (*open_here.exclude(person__in=panel), *asked.exclude(person__in=panel)):
                move(review, "lapse", by=PORTAL)
                lapsed += 1
    return lapsed
