"""Invariants of exemplars."""

from django.db.models import Exists, F, OuterRef

from assessment.events import Event
from assessment.reviewing.exemplars.models import EXEMPLAR, Exemplar, ExemplarGrade, ExemplarState, Practice
from schools.invariants import Found, invariant

OF_TEACHERS = ("agree", "decline")


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def exemplars_rest_on_consent() -> Found:
    rows = Exemplar._base_manager.all()
    owners = dict(rows.values_list("pk", "person_id"))
    events = Event.objects.filter(workflow=EXEMPLAR.name, action__in=OF_TEACHERS)
    broken = [
        f"exemplar {subject}: {action} by somebody else than its teacher"
        for subject, action, person in events.values_list("subject_id", "action", "actor__person__pk")
        if owners.get(subject) != person
    ]
    foreign = rows.exclude(person=F("submission__person"), attempt__submission=F("submission"))
    broken += [f"exemplar {pk}: of another teacher's work" for pk in foreign.values_list("pk", flat=True)]
    agreed = ExemplarGrade._base_manager.filter(exemplar=OuterRef("pk")).exclude(comment="")
    bare = rows.filter(state=ExemplarState.SHOWN).exclude(Exists(agreed))
    broken += [f"exemplar {pk}: shown without agreed grades" for pk in bare.values_list("pk", flat=True)]
    own = Practice._base_manager.filter(person=F("exemplar__person"))
    broken += [f"practice {pk}: on one's own work" for pk in own.values_list("pk", flat=True)]
    return rows.count() + Practice._base_manager.count(), broken
