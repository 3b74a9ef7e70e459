"""What a closed activity is worth: hours for everybody who signed in, by the conversion table."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.models import Participant
from assessment.training import actions as training
from assessment.training.activities.conversion import counted_before, left_this_year, rate_of
from assessment.training.activities.models import Activity, ConversionRate, SignIn
from assessment.training.activities.queries import ORIGIN
from assessment.training.models import Category, HourClaim, Source
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import SHANGHAI
from schools.refusals import Refused

YEAR = "year"  # the cut that the conversion table makes; any other is told in the words of the rule


def enter_hours(activity: Activity, by: Actor) -> list[HourClaim]:
    """Enter the hours of all who have none yet, within the year's limit; attest what the closer may attest."""
    waiting = SignIn.objects.filter(activity=activity, hours__isnull=True).order_by("participant_id")
    rows = list(waiting.select_related("participant", "person"))
    hold([row.participant_id for row in rows])
    rate = rate_of(activity.programme, activity.kind)
    before = counted_before(activity.programme, activity.kind, [row.person_id for row in rows])
    claims = []
    for row in rows:
        if claim := enter_one(activity, row, rate, before.get(row.person_id, Decimal(0))):
            claims.append(claim)
    SignIn.objects.bulk_update(rows, ["hours", "cut", "cut_because"])
    attest_others(activity, claims, by)
    return claims


def hold(participants: list[int]) -> None:
    """Keep the participants until the commit: two activities that end at once count one after the other."""
    list(
        Participant._base_manager.select_for_update().filter(pk__in=participants).order_by("pk").values("pk")
    )


def enter_one(activity: Activity, row: SignIn, rate: ConversionRate, before: Decimal) -> HourClaim | None:
    """Enter one person's hours and note on the sign-in what counts and what is cut."""
    whole = activity.hours or Decimal(0)
    left = left_this_year(rate, before)
    wanted = whole if left is None else min(whole, left)
    row.hours, row.cut, row.cut_because = wanted, whole - wanted, YEAR if wanted < whole else ""
    if not wanted:
        return None
    try:
        with transaction.atomic():
            claim = training.enter(
                participant=row.participant,
                category=Category.PRACTICE,
                hours=wanted,
                title=activity.title,
                held_on=activity.begins_at.astimezone(SHANGHAI).date(),
                source=Source.ACTIVITY,
                origin=f"{ORIGIN}{activity.pk}",
                begins_at=activity.begins_at,
                ends_at=activity.ends_at,
            )
    except Refused as refusal:
        row.hours, row.cut, row.cut_because = Decimal(0), whole, str(refusal)[:200]
        return None
    row.hours, row.cut = claim.hours, whole - claim.hours
    return claim


def attest_others(activity: Activity, claims: list[HourClaim], by: Actor) -> None:
    """Attest the claims of the own school but one's own, where the closer may; what is refused goes on waiting."""
    if by.person is None or not by.can(Permission.ATTEST_HOURS, activity.school):
        return
    for claim in claims:
        if claim.person_id != by.person.pk and claim.school_id == activity.school_id:
            try:
                training.attest(claim=claim, by=by)
            except Refused:
                continue


def cut_said(row: SignIn) -> str:
    """Return why hours were cut, or an empty text."""
    if row.cut_because == YEAR:
        return _("The most for this kind in a year is reached.")
    return row.cut_because
