"""Invariants of the reviews of groups' records."""

from django.db.models import F, Q

from assessment.reviewing.group_records.models import GroupRecordReview, RecordState
from assessment.reviewing.panel import candidates
from schools.invariants import Found, invariant
from schools.organisations.models import School


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def no_group_judges_its_own_record() -> Found:
    rows = GroupRecordReview._base_manager.all()
    own = rows.filter(Q(person_group=F("group")) | Q(person=F("activity__leader")))
    broken = [f"group record {pk}: judged by its own group" for pk in own.values_list("pk", flat=True)]
    elsewhere = rows.exclude(filing__isnull=True).exclude(filing__group=F("group"))
    broken += [f"group record {pk}: of another group" for pk in elsewhere.values_list("pk", flat=True)]
    moved = rows.exclude(activity__isnull=True).exclude(activity__group=F("group"))
    broken += [f"group record {pk}: of another group" for pk in moved.values_list("pk", flat=True)]
    unsaid = rows.filter(state=RecordState.JUDGED, advice="")
    broken += [f"group record {pk}: judged without advice" for pk in unsaid.values_list("pk", flat=True)]
    return rows.count(), broken


@invariant(15, "A removed role or account holds no open assignment.")
def askings_rest_on_the_panel() -> Found:
    rows = GroupRecordReview._base_manager.filter(state=RecordState.ASKED).select_related("person__user")
    schools = School._base_manager.in_bulk(set(rows.values_list("school_id", flat=True)))
    panels = {pk: {person.pk for person in candidates(school)} for pk, school in schools.items()}
    broken = [
        f"group record {row.pk}: asked of somebody who is not on the panel"
        for row in rows
        if row.person_id not in panels[row.school_id]
        or (row.person.user is not None and not row.person.user.is_active)
    ]
    return rows.count(), broken
