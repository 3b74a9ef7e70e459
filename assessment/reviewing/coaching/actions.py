"""Naming a coach for a teacher whose last attempt at a point failed or is the last one left."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.coaching.queries import coaches_for, ended_work, is_at_its_end
from assessment.submitting.models import Submission
from assessment.workflow import lock
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.notices.telling import tell
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

YOUR_COACH = gettext_noop("%(coach)s coaches you with %(point)s from now on.")
YOU_COACH = gettext_noop("You are named as coach of %(teacher)s, %(school)s, for %(point)s.")


@transaction.atomic
def name_coach(*, submission: Submission, coach: Person, by: Actor) -> Coach:
    """Name the coach; an earlier one is ended. Teacher and coach are told."""
    school = submission.school
    if not by.can(Permission.DECIDE, school) and not by.can(Permission.APPOINT_LEADERS, school.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    lock(submission)
    fresh = ended_work(submission.programme).filter(pk=submission.pk).first()
    if fresh is None or not is_at_its_end(fresh):
        raise Refused(
            _("A coach is named when the last attempt has failed, or when the last one is left."), "not-ended"
        )
    if coach.pk == fresh.person_id:
        raise Refused(_("Nobody coaches themselves."), "self")
    if coach.pk not in {person.pk for person in coaches_for(school)}:
        raise Refused(_("Please choose a trainer of the county or of the school."), "no-trainer")
    earlier = Coach.objects.filter(submission=fresh, ended_at__isnull=True)
    if earlier.filter(person=coach).exists():
        raise Refused(_("%s is the coach already.") % coach.name, "twice")
    earlier.update(ended_at=now(), ended_by=by.user)
    made = Coach.objects.create(
        county_id=fresh.county_id, school_id=fresh.school_id, submission=fresh, person=coach, named_by=by.user
    )
    point = fresh.point.code
    tell([fresh.person], YOUR_COACH, url=f"/me/submissions/{fresh.pk}/", coach=coach.name, point=point)
    tell([coach], YOU_COACH, teacher=fresh.person.name, school=fresh.school.name, point=point)
    return made
