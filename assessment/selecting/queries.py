"""Reading choices."""

from django.db.models import Prefetch, QuerySet, Sum

from assessment.programme.models import Participant
from assessment.selecting.models import Selection, SelectionPoint, SelectionState
from schools.organisations.models import School


def latest_selection(participant: Participant) -> Selection | None:
    return participant.selections.order_by("-number").first()


def confirmed_codes(participant: Participant) -> set[str]:
    """Return the codes of the points in the participant's confirmed choice."""
    rows = SelectionPoint.objects.filter(
        selection__participant=participant, selection__state=SelectionState.CONFIRMED
    )
    return set(rows.values_list("point__code", flat=True))


def selections_of(school: School, *states: int) -> QuerySet[Selection]:
    """Return the school's choices in these states with person, points and credits, oldest first."""
    points = (
        SelectionPoint.objects.filter(county_id=school.county_id)
        .select_related("point")
        .order_by("point__position")
    )
    return (
        Selection.objects.filter(school=school, state__in=states)
        .select_related("person__group", "participant", "programme", "school")
        .annotate(credits=Sum("chosen__point__credits"))
        .prefetch_related(Prefetch("chosen", queryset=points))
        .order_by("pk")
    )


def versions_of(participant: Participant) -> list[Selection]:
    """Return all versions of the participant's choice with points and credits, newest first."""
    points = SelectionPoint.objects.select_related("point").order_by("point__position")
    return list(
        participant.selections.annotate(credits=Sum("chosen__point__credits"))
        .select_related("programme", "school")
        .prefetch_related(Prefetch("chosen", queryset=points))
        .order_by("-number")
    )
