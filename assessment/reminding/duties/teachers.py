"""What teachers have not done yet: choose, hand in, put right, complete their hours."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum

from assessment.programme.models import PhaseKind
from assessment.reminding.duties.pending import Pending, own_page
from assessment.reminding.look import Look
from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.models import Category, ClaimState, HourClaim
from assessment.training.queries import Hours, has_enough_hours
from schools.clock import SHANGHAI

ON_ITS_WAY = (SelectionState.PROPOSED, SelectionState.ENDORSED, SelectionState.CONFIRMED)


def without_choice(look: Look) -> set[int]:
    """Return the ids of participants with no choice on its way or confirmed."""
    chosen = Selection.objects.filter(programme=look.programme, state__in=ON_ITS_WAY)
    return set(look.participants) - set(chosen.values_list("participant_id", flat=True))


def not_chosen(look: Look) -> Iterator[Pending]:
    """Yield who has proposed nothing, or got the choice back."""
    url = own_page("selection")
    for pk in sorted(without_choice(look)):
        row = look.participants[pk]
        if due := look.due(PhaseKind.CHOOSE, row.school_id, pk):
            yield Pending(row.person_id, row.school_id, due, url)


def not_handed_in(look: Look) -> Iterator[Pending]:
    """Yield who has confirmed points that were never handed in; work sent back is another duty."""
    chosen: dict[int, set[int]] = defaultdict(set)
    points = SelectionPoint.objects.filter(
        selection__programme=look.programme, selection__state=SelectionState.CONFIRMED
    )
    for person, point in points.values_list("selection__person_id", "point_id"):
        chosen[person].add(point)
    handed = Submission.objects.filter(programme=look.programme).exclude(state=SubmissionState.DRAFT)
    for person, point in handed.values_list("person_id", "point_id"):
        chosen[person].discard(point)
    url = own_page("me")
    for row in look.participants.values():
        due = look.due(PhaseKind.SUBMIT, row.school_id, row.pk)
        if due and (count := len(chosen[row.person_id])):
            yield Pending(row.person_id, row.school_id, due, url, count)


def not_put_right(look: Look) -> Iterator[Pending]:
    """Yield work that was sent back, with its own due day."""
    sent_back = Submission.objects.filter(
        programme=look.programme, state=SubmissionState.RETURNED, due_at__isnull=False
    ).order_by("due_at", "pk")
    for pk, participant, due_at in sent_back.values_list("pk", "participant_id", "due_at"):
        if row := look.participants.get(participant):
            due = due_at.astimezone(SHANGHAI).date()
            yield Pending(row.person_id, row.school_id, due, own_page("submission", pk))


def claimed_hours(look: Look) -> dict[int, Hours]:
    """Return hours by person and category that count or are on their way; refused ones are neither."""
    totals: dict[int, Hours] = defaultdict(lambda: {category: Decimal(0) for category in Category.values})
    claims = HourClaim.objects.filter(programme=look.programme).exclude(state=ClaimState.REFUSED).order_by()
    for person, category, hours in claims.values_list("person_id", "category").annotate(Sum("hours")):
        totals[person][category] += hours
    return totals


def hours_lacking(look: Look) -> Iterator[Pending]:
    """Yield whose hours neither count nor are on their way, with what is lacking by category and in all."""
    programme, totals, url = look.programme, claimed_hours(look), own_page("hours")
    for row in look.participants.values():
        hours = totals[row.person_id]
        due = look.due(PhaseKind.TRAIN, row.school_id, row.pk)
        if due and not has_enough_hours(programme, hours):
            online = max(Decimal(0), programme.online_hours - hours[Category.ONLINE])
            practice = max(Decimal(0), programme.practice_hours - hours[Category.PRACTICE])
            in_all = max(online + practice, (programme.total_hours or 0) - sum(hours.values(), Decimal(0)))
            values = {"online": said(online), "practice": said(practice), "lacking": said(in_all)}
            yield Pending(row.person_id, row.school_id, due, url, values=values)


def said(hours: Decimal) -> str:
    """Return hours as a sentence says them: 5 or 2.5."""
    return f"{hours.normalize():f}" if hours else "0"
