"""Signing in: the code of the moment, when it is taken, how often one may err, and the leader's list."""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from assessment.programme.calendar import require_open
from assessment.programme.models import Participant, PhaseKind
from assessment.training.activities.models import Activity, ActivityState, How, SignIn, WrongCode
from assessment.training.activities.queries import may_lead
from schools.access.actor import Actor
from schools.clock import SHANGHAI, now
from schools.refusals import Forbidden, Refused

SECONDS, DIGITS = 30, 6
BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=15)
WRONG_MOST = 10


def code_at(activity: Activity, moment: datetime) -> str:
    """Return the code of the half minute in which `moment` lies."""
    return code_of_step(activity, int(moment.timestamp()) // SECONDS)


def code_of_step(activity: Activity, step: int) -> str:
    """Return the code of one half minute: it follows from a secret of the activity and a key of the portal."""
    mac = salted_hmac("assessment.sign-in", f"{activity.secret}:{activity.pk}:{step}", algorithm="sha256")
    return f"{int.from_bytes(mac.digest()[:8]) % 10**DIGITS:0{DIGITS}d}"


def seconds_left(moment: datetime) -> int:
    """Return for how many seconds more the present code stands on the screen."""
    return SECONDS - int(moment.timestamp()) % SECONDS


def is_taken(activity: Activity, code: str, moment: datetime) -> bool:
    """Say whether this is the present code or the one before."""
    step = int(moment.timestamp()) // SECONDS
    wanted = [code_of_step(activity, step), code_of_step(activity, step - 1)]
    return any([hmac.compare_digest(code.encode(), each.encode()) for each in wanted])


def opening(activity: Activity) -> datetime:
    """Return from when on one may sign in."""
    return activity.begins_at - BEFORE


def closing(activity: Activity) -> datetime:
    """Return until when one may sign in."""
    return activity.ends_at + AFTER


def said_at(moment: datetime) -> str:
    """Return a moment as people say it in Shanghai: the time today, else day and time."""
    local = moment.astimezone(SHANGHAI)
    is_today = local.date() == now().astimezone(SHANGHAI).date()
    return f"{local:%H:%M}" if is_today else f"{local:%Y-%m-%d %H:%M}"


def require_open_now(activity: Activity, moment: datetime) -> None:
    """Refuse unless the sign-in stands open and the moment lies in its time."""
    if activity.state == ActivityState.PLANNED:
        raise Refused(_("The sign-in is not open yet; the leader opens it."), "not-open")
    if activity.state == ActivityState.CANCELLED:
        raise Refused(_("This activity was cancelled; look at the others."), "cancelled")
    if moment < opening(activity):
        raise Refused(
            _("The sign-in begins at %s; please come back then.") % said_at(opening(activity)), "early"
        )
    if moment > closing(activity):
        raise Refused(
            _("The sign-in closed at %s; the leader can add you from the list with a reason.")
            % said_at(closing(activity)),
            "late-sign-in",
        )
    if activity.state == ActivityState.CLOSED:
        raise Refused(
            _("The activity is closed; the leader can add you from the list with a reason."), "closed"
        )


def require_may_come(activity: Activity, participant: Participant) -> None:
    """Refuse who belongs neither to the school nor to its partner, who is excluded, or comes out of phase."""
    if participant.school_id not in (activity.school_id, activity.partner_id):
        raise Refused(
            _("This is an activity of %(school)s; sign in at those of your own school.")
            % {"school": activity.school.name},
            "other-school",
        )
    if (
        participant.programme_id != activity.programme_id
        or participant.ends_on
        or participant.excluded_because
    ):
        raise Refused(_("Only those who take part in the programme sign in; ask your CIO."), "no-participant")
    require_open(activity.programme, PhaseKind.TRAIN, participant.school, participant)


def sign_in(*, activity: Activity, participant: Participant, code: str, how: How, by: Actor) -> SignIn:
    """Sign oneself in by the code on the screen; a second time changes nothing.

    A wrong code is counted, and stays counted: this is no transaction as a whole.
    """
    if by.person is None or by.person.pk != participant.person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")
    if how not in (How.CODE, How.QR):
        raise Forbidden(_("Only the leader adds people from the list."), "forbidden")
    require_may_come(activity, participant)
    if known := SignIn.objects.filter(activity=activity, person=participant.person_id).first():
        return known
    moment = now()
    require_open_now(activity, moment)
    spend_a_try(activity, participant)
    if not is_taken(activity, "".join(code.split()), moment):
        raise Refused(_("This is not the code on the screen now; it changes every 30 seconds."), "wrong-code")
    with transaction.atomic():
        WrongCode.objects.filter(activity=activity, person=participant.person_id).update(tries=F("tries") - 1)
        held = Activity.objects.select_for_update().get(pk=activity.pk)
        require_open_now(held, moment)
        return noted(held, participant, how=how, by=by)


def spend_a_try(activity: Activity, participant: Participant) -> None:
    """Count one more try; refuse where ten were wrong already."""
    tries, _made = WrongCode.objects.get_or_create(
        activity=activity, person=participant.person, defaults={"county_id": activity.county_id}
    )
    if not WrongCode.objects.filter(pk=tries.pk, tries__lt=WRONG_MOST).update(tries=F("tries") + 1):
        raise Refused(
            _("Ten codes were wrong; no more are taken. The leader can add you from the list."), "too-many"
        )


def noted(activity: Activity, participant: Participant, *, how: How, by: Actor, reason: str = "") -> SignIn:
    """Write the one row that somebody was there."""
    row, _made = SignIn.objects.get_or_create(
        activity=activity,
        person_id=participant.person_id,
        defaults={
            "county_id": activity.county_id,
            "school_id": activity.school_id,
            "participant": participant,
            "how": how,
            "reason": reason,
            "signed_at": now(),
            "signed_by": by.user,
        },
    )
    return row


def require_listing(activity: Activity, by: Actor, reason: str) -> None:
    """Refuse a list of somebody who does not lead it, one too early, and a late one without a reason."""
    if not may_lead(by, activity.school, activity.group_id):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if activity.state not in (ActivityState.OPEN, ActivityState.CLOSED):
        raise Refused(_("Open the sign-in first; then people can be added from the list."), "not-open")
    moment = now()
    if moment < opening(activity):
        raise Refused(
            _("The sign-in begins at %s; please come back then.") % said_at(opening(activity)), "early"
        )
    if moment > activity.ends_at and not reason.strip():
        raise Refused(_("It is over: please write why these people are added only now."), "reason")


def add_from_list(
    *, activity: Activity, participants: Iterable[Participant], reason: str, by: Actor
) -> list[SignIn]:
    """Add people of the school from the leader's list; returns those who were not noted before."""
    with transaction.atomic():
        rows = Activity.objects.select_for_update(of=("self",)).select_related("school", "programme")
        held = rows.get(pk=activity.pk)
        require_listing(held, by, reason)
        known = set(held.sign_ins.values_list("person_id", flat=True))
        fresh = [row for row in participants if row.person_id not in known]
        for participant in fresh:
            require_may_come(held, participant)
        return [
            noted(held, participant, how=How.LIST, by=by, reason=reason.strip()[:200])
            for participant in fresh
        ]
