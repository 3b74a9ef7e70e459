"""Giving a school's panel into the hands of the county's training team, and taking it back."""

from typing import Any

from django.contrib.auth.models import Permission as NamedPermission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessment.guiding.places import holders, trainers
from assessment.reviewing.models import ItemGrade, Review, ReviewState
from assessment.reviewing.panels.models import Delegation
from assessment.workflow import PORTAL, move
from schools.access.actor import Actor
from schools.access.granting import REVIEW_CODENAME
from schools.access.models import SchoolGrant
from schools.access.permissions import Permission
from schools.clock import now, today
from schools.notices.telling import tell
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

REASON = gettext_noop("The panel is delegated to the training team.")
DELEGATED = gettext_noop("The review panel of %(school)s is delegated to the county's training team.")
GIVEN_BACK = gettext_noop("The review panel of %(school)s is the school's own again.")


def require_delegator(by: Actor, school: School) -> None:
    """The school's CIO or the county's office."""
    if not by.can(Permission.APPOINT_STAFF, school) and not by.can(Permission.APPOINT_LEADERS, school.county):
        raise Forbidden(_("You may not do this here."), "forbidden")


def trainers_for(school: School) -> list[Person]:
    """Return the county's trainers who have an account and do not work at the school or its managing unit."""
    units = {school.pk, school.managed_by_id} - {None}
    return [one for one in trainers(school.county) if one.user_id and one.school_id not in units]


@transaction.atomic
def delegate(*, school: School, reason: str = "", by: Actor) -> Delegation:
    """Let the training team judge for the school; pressed again, trainers who have come since are added."""
    require_delegator(by, school)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    team = trainers_for(school)
    if not team:
        raise Refused(_("The county has no trainer yet. Trainers are appointed first."), "no-trainers")
    found = Delegation.objects.filter(school=school, ended_at__isnull=True).first()
    is_new = found is None
    if found is None:
        found = Delegation.objects.create(
            county_id=school.county_id, school=school, reason=reason.strip()[:200], delegated_by=by.user
        )
    added = grants_for(school, team, by)
    if not is_new and not added:
        raise Refused(_("The panel is in the hands of the training team already."), "delegated")
    found.grants.add(*added)
    tell([*team, *holders(school, "cio")], DELEGATED, school=school.name)
    return found


def grants_for(school: School, team: list[Person], by: Actor) -> list[SchoolGrant]:
    """Give each trainer who does not hold it yet the right to review at the school; returns those given."""
    permission = NamedPermission.objects.get(
        codename=REVIEW_CODENAME, content_type__app_label="schools", content_type__model="school"
    )
    place: dict[str, Any] = {"permission": permission, "content_object": school}
    holding = SchoolGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today()), **place)
    have = set(holding.values_list("user_id", flat=True))
    return [
        SchoolGrant.objects.update_or_create(
            user_id=trainer.user_id,
            **place,
            defaults={"reason": REASON, "ends_on": None, "granted_by": by.user},
        )[0]
        for trainer in team
        if trainer.user_id not in have
    ]


@transaction.atomic
def take_back(*, school: School, by: Actor) -> None:
    """Give the panel back to the school: the grants given for it end, reviews not begun are taken back.

    Refused while somebody of the training team is in the middle of a review.
    """
    require_delegator(by, school)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    found = Delegation.objects.filter(school=school, ended_at__isnull=True).first()
    if found is None:
        raise Refused(_("The panel is the school's own already."), "not-delegated")
    users = list(found.grants.values_list("user_id", flat=True))
    open_ones = list(
        Review.objects.filter(
            school__in=schools_below(school), person__user__in=users, state=ReviewState.ASSIGNED
        ).select_related("submission")
    )
    refuse_begun(open_ones)
    for review in open_ones:
        move(review, "lapse", by=PORTAL)
    found.grants.update(ends_on=today())
    Delegation.objects.filter(pk=found.pk).update(ended_at=now(), ended_by=by.user)
    team = Person.objects.filter(user__in=users)
    tell([*team, *holders(school, "cio")], GIVEN_BACK, school=school.name)


def schools_below(school: School) -> list[int]:
    """Return the ids of the school and of those that it manages."""
    return [school.pk, *School.objects.filter(managed_by=school).values_list("pk", flat=True)]


def refuse_begun(reviews: list[Review]) -> None:
    """Nobody is torn out of a review that they have begun."""
    written = ItemGrade.objects.filter(review__in=[review.pk for review in reviews], is_kept=False)
    begun = {*written.values_list("review_id", flat=True), *(one.pk for one in reviews if one.advice)}
    if begun:
        raise Refused(
            ngettext(
                "The training team has begun %d review. Please wait until it is finished.",
                "The training team has begun %d reviews. Please wait until they are finished.",
                len(begun),
            )
            % len(begun),
            "begun",
        )
