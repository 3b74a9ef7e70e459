"""Reading polishing rounds: one's own, those of the group, those of a school; who may note and who finishes."""

from django.db.models import Count, Prefetch, Q, QuerySet

from assessment.programme.models import Participant, Programme
from assessment.training.activities.queries import may_lead
from assessment.training.polishing.models import Draft, PeerNote, Polish
from schools.access.actor import Actor
from schools.organisations.models import School


def counted(rows: QuerySet[Polish]) -> QuerySet[Polish]:
    """Return pieces with what a list shows: drafts and notes are counted."""
    return rows.select_related("person", "group", "point", "school").annotate(
        drafts_made=Count("drafts", distinct=True), notes_made=Count("drafts__notes", distinct=True)
    )


def seen_by(participant: Participant) -> QuerySet[Polish]:
    """Return the participant's own pieces and those of the group, the latest first."""
    mine = Q(person_id=participant.person_id)
    if participant.person.group_id:
        mine |= Q(school_id=participant.school_id, group_id=participant.person.group_id)
    return Polish.objects.filter(mine, programme_id=participant.programme_id).order_by("-begun_at", "-pk")


def found_at(
    school: School, programme: Programme | None, *, q: str, group: str, state: str
) -> QuerySet[Polish]:
    """Return the school's pieces that words and filters leave."""
    rows = Polish.objects.filter(school=school, programme=programme)
    if q:
        rows = rows.filter(
            Q(topic__icontains=q) | Q(person__name__contains=q) | Q(person__initials__startswith=q)
        )
    if group:
        rows = rows.filter(group_id=int(group))
    if state:
        rows = rows.filter(finished_at__isnull=state == "open")
    return counted(rows)


def drafts_of(polish: Polish) -> list[Draft]:
    """Return the drafts in order with file and notes, in two queries."""
    notes = PeerNote.objects.select_related("person")
    rows = Draft.objects.filter(polish=polish).select_related("file").order_by("number")
    return list(rows.prefetch_related(Prefetch("notes", notes)))


def rounds_of(polish: Polish) -> int:
    """Return how many rounds took place: drafts at which somebody noted something."""
    return Draft.objects.filter(polish=polish, notes__isnull=False).distinct().count()


def may_note(by: Actor, polish: Polish) -> bool:
    """Say whether somebody is a colleague of the group, or leads it; never the author."""
    if by.person is None or by.person.pk == polish.person_id:
        return False
    is_peer = bool(polish.group_id) and by.person.group_id == polish.group_id
    return is_peer or may_lead(by, polish.school, polish.group_id)
