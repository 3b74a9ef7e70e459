"""Acts on appeals: lodge, withdraw, ask people to hear it, vote, grant, dismiss."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.checking import masking
from assessment.checking.appeals.models import Against, Appeal, AppealState, Hearing
from assessment.checking.appeals.queries import (
    FEWEST_HEARERS,
    eligible_hearers,
    result_of,
)
from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.results.renewing import set_aside
from assessment.events import Event
from assessment.programme.actions import extend
from assessment.programme.models import PhaseKind
from assessment.submitting.actions import require_own
from assessment.submitting.models import Submission
from assessment.submitting.queries import latest_submitted
from assessment.workflow import PORTAL, lock, move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import SHANGHAI, now, today
from schools.notices.telling import tell
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused

DAYS_TO_DECIDE_ANEW = 14
LODGED = gettext_noop("An appeal about %(point)s was lodged.")
ASKED_TO_HEAR = gettext_noop("You are asked to hear appeal %(code)s.")


@transaction.atomic
def lodge(*, submission: Submission, reason: str, by: Actor) -> Appeal:
    """Object to the standing result of one's own work, once, while the window is open."""
    require_own(submission, by)
    fresh = lock(submission)
    result = result_of(fresh)
    if result is None:
        raise Refused(_("There is no result here to object to."), "no-result")
    if now() > result.until:
        raise Refused(
            _("The time to object ended on %s.") % f"{result.until.astimezone(SHANGHAI):%Y-%m-%d}", "late"
        )
    words = reason.strip()
    if not words:
        raise Refused(_("Please write what was judged wrongly, and where one can see it."), "note")
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                county_id=fresh.county_id,
                school_id=fresh.school_id,
                submission=fresh,
                attempt=latest_submitted(fresh),
                against=result.against,
                released_at=result.released_at,
                reason=words,
            )
    except IntegrityError as error:
        raise Refused(_("You have objected to this result already."), "twice") from error
    office = Membership.objects.filter(role="county-office", ends_on__isnull=True).values("person_id")
    url = f"/{fresh.county.slug}/appeals/{appeal.pk}/"
    tell(Person.objects.filter(pk__in=office), LODGED, url=url, point=fresh.point.code)
    return appeal


def withdraw(*, appeal: Appeal, by: Actor, version: int | None = None) -> Event:
    """Take one's appeal back before it is heard."""
    return move(appeal, "withdraw", by=by, version=version)


@transaction.atomic
def ask(*, appeal: Appeal, people: list[Person], by: Actor) -> list[Hearing]:
    """Ask people to hear an appeal; none of them had a part in the first judgement."""
    if not by.can(Permission.RUN_SPOT_CHECKS, appeal.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    fresh = lock(appeal)
    if fresh.state != AppealState.LODGED:
        raise Refused(_("This appeal is heard already."), "heard")
    allowed = {person.pk for person in eligible_hearers(fresh.submission)}
    if barred := [person.name for person in people if person.pk not in allowed]:
        raise Refused(
            _("%s may not hear this appeal: own school, or a part in the first judgement.")
            % _(", ").join(barred),
            "related",
        )
    held = set(fresh.hearings.values_list("person_id", flat=True))
    if len(held | {person.pk for person in people}) < FEWEST_HEARERS:
        raise Refused(_("At least %d people have to hear an appeal.") % FEWEST_HEARERS, "few")
    tenant = {"county_id": fresh.county_id, "school_id": fresh.school_id}
    new = [person for person in people if person.pk not in held]
    made = Hearing.objects.bulk_create(Hearing(**tenant, appeal=fresh, person=person) for person in new)
    masking.prepare(fresh)
    tell(new, ASKED_TO_HEAR, url=f"/me/hearings/{fresh.pk}/", code=fresh.code)
    return made


@transaction.atomic
def vote(*, hearing: Hearing, is_for: bool | None, reasons: str, by: Actor) -> None:
    """Give one's vote with its reasons; the last vote closes the hearing."""
    if by.person is None or by.person.pk != hearing.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    appeal = lock(hearing.appeal)
    if is_for is None:
        raise Refused(_("Please say whether the appeal is right."), "vote")
    if not reasons.strip():
        raise Refused(_("Please write your reasons."), "advice")
    if appeal.state != AppealState.LODGED:
        raise Refused(_("This appeal is no longer open."), "heard")
    waiting = Hearing.objects.filter(pk=hearing.pk, voted_at__isnull=True)
    if not waiting.update(is_for=is_for, reasons=reasons.strip(), voted_at=now()):
        raise Refused(_("You have voted already; a vote is frozen."), "frozen")
    if not appeal.hearings.filter(voted_at__isnull=True).exists():
        move(appeal, "hear", by=PORTAL)


@transaction.atomic
def grant(*, appeal: Appeal, note: str, by: Actor, version: int | None = None) -> Event:
    """Grant what the votes grant: a failed submission is decided anew by others, an overturned one stands."""
    event = move(appeal, "grant", by=by, note=note, version=version)
    submission = appeal.submission
    if appeal.against == Against.DECISION:
        changes, details = {"grade": None}, {"appeal": appeal.pk}
        move(submission, "hear-anew", by=by, note=note, changes=changes, details=details)
        set_aside(submission)
        extend(
            programme=submission.programme,
            kind=PhaseKind.REVIEW,
            school=submission.school,
            until=today() + timedelta(days=DAYS_TO_DECIDE_ANEW),
            reason=_("Appeal %s was granted.") % appeal.code,
            by=by,
        )
    else:
        case = SpotCheckCase.objects.filter(submission=submission, state=CaseState.OVERTURNED).latest("pk")
        details = {"appeal": appeal.pk, "case": case.pk}
        changes = {"grade": case.listed_grade}
        move(submission, "restore", by=by, note=note, changes=changes, details=details)
        move(case, "restore", by=PORTAL, note=note, details={"appeal": appeal.pk})
    return event


def dismiss(*, appeal: Appeal, note: str, by: Actor, version: int | None = None) -> Event:
    """Dismiss what the votes dismiss: the result stands."""
    return move(appeal, "dismiss", by=by, note=note, version=version)
