"""The school's list of choices by state, as far as the reader's groups go."""

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.events import Event
from assessment.programme.models import Participant, Programme
from assessment.selecting.models import SELECTION, Selection, SelectionState
from assessment.selecting.queries import selections_of
from schools.organisations.models import School

NONE = "none"
STATE_OF = {
    "proposed": SelectionState.PROPOSED,
    "endorsed": SelectionState.ENDORSED,
    "confirmed": SelectionState.CONFIRMED,
    "returned": SelectionState.RETURNED,
}
Groups = set[int] | None


def seen_selections(programme: Programme, school: School, groups: Groups) -> QuerySet[Selection]:
    """Return the choices shown to somebody limited to `groups` (None: the whole school)."""
    rows = selections_of(school, *STATE_OF.values(), SelectionState.SUPERSEDED).filter(programme=programme)
    return rows if groups is None else rows.filter(person__group_id__in=groups)


def without_choice(programme: Programme, school: School, groups: Groups) -> QuerySet[Participant]:
    """Return participants who have proposed nothing yet, by name."""
    chosen = Selection.objects.filter(
        programme=programme, school=school, state__in=list(STATE_OF.values())
    ).values("participant_id")
    people = Participant.objects.filter(
        programme=programme, school=school, ends_on__isnull=True, excluded_because=""
    ).exclude(pk__in=chosen)
    if groups is not None:
        people = people.filter(person__group_id__in=groups)
    return people.select_related("person__group").order_by("person__pinyin", "pk")


def counts_by_state(
    programme: Programme, school: School, groups: Groups
) -> list[tuple[str, str | Promise, int]]:
    """Return (key, label, count) for every tab, in two queries."""
    rows = Selection.objects.filter(programme=programme, school=school)
    if groups is not None:
        rows = rows.filter(person__group_id__in=groups)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    tabs: list[tuple[str, str | Promise, int]] = [
        (key, state.label, counts.get(state, 0)) for key, state in STATE_OF.items()
    ]
    return [*tabs, (NONE, _("None chosen"), without_choice(programme, school, groups).count())]


def replaced_by(selection: Selection) -> Selection | None:
    """Return the confirmed choice that this one would replace, with its points."""
    earlier = Selection.objects.filter(
        participant_id=selection.participant_id, state=SelectionState.CONFIRMED
    ).exclude(pk=selection.pk)
    return earlier.prefetch_related("chosen__point").first()


def agreed_about(selection: Selection) -> str:
    """Return what was agreed when the choice was last talked over, or an empty text."""
    talks = Event.objects.filter(workflow=SELECTION.name, subject_id=selection.pk, action="endorse")
    return talks.order_by("-version").values_list("note", flat=True).first() or ""
