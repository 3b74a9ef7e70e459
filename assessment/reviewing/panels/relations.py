"""Declaring that two people are too near to judge each other, and ending that."""

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from assessment.reviewing.panels.models import Relation, RelationKind
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


def is_of(school: School | None, *people: Person) -> bool:
    """Say whether one of the people works at the school."""
    return school is not None and any(one.school_id == school.pk for one in people)


def require_declarer(by: Actor, school: School | None, *people: Person) -> None:
    """One of the two, or at one's own school who appoints its panel."""
    if by.person is not None and by.person.pk in {one.pk for one in people}:
        return
    if school is None or not is_of(school, *people) or not by.can(Permission.ASSIGN_REVIEWS, school):
        raise Forbidden(_("You may not do this here."), "forbidden")


def declare(
    *, person: Person, other: Person, kind: str, note: str = "", by: Actor, school: School | None = None
) -> Relation:
    """Say that two people of one county do not judge each other's work; `school` is where the CIO says so."""
    require_declarer(by, school, person, other)
    if person.pk == other.pk:
        raise Refused(_("Please choose somebody else: nobody judges themselves anyway."), "self")
    if person.county_id != other.county_id:
        raise Refused(_("Both people belong to the same county."), "county")
    if kind not in RelationKind.values:
        raise Refused(_("Please say what kind of relation it is."), "kind")
    first, second = sorted((person, other), key=lambda one: one.pk)
    try:
        with transaction.atomic():
            return Relation.objects.create(
                county_id=person.county_id,
                person=first,
                other=second,
                kind=kind,
                note=note.strip()[:200],
                declared_by=by.user,
            )
    except IntegrityError as error:
        raise Refused(_("This is declared already."), "twice") from error


def end(*, relation: Relation, by: Actor, school: School | None = None) -> None:
    """End a declared relation; it stays on record. Only who declared it, or the CIO of one of the two, ends it."""
    is_own = relation.declared_by_id == getattr(by.user, "pk", None)
    is_officer = (
        school is not None
        and by.can(Permission.ASSIGN_REVIEWS, school)
        and is_of(school, relation.person, relation.other)
        and (by.person is None or by.person.pk not in (relation.person_id, relation.other_id))
    )
    if not is_own and not is_officer:
        raise Forbidden(_("Only who declared it, or the school's CIO, may end it."), "forbidden")
    rows = Relation.objects.filter(pk=relation.pk, ended_at__isnull=True)
    if not rows.update(ended_at=now(), ended_by=by.user):
        raise Refused(_("This has ended already."), "ended")


def relations_of(person: Person) -> QuerySet[Relation]:
    """Return the relations of one person, those that hold first."""
    return named(Relation.objects.filter(Q(person=person) | Q(other=person)))


def relations_at(school: School) -> QuerySet[Relation]:
    """Return the relations of the school's people, those that hold first."""
    return named(Relation.objects.filter(Q(person__school=school) | Q(other__school=school)))


def named(rows: QuerySet[Relation]) -> QuerySet[Relation]:
    rows = rows.select_related("person__school", "other__school", "declared_by__person")
    return rows.order_by(F("ended_at").asc(nulls_first=True), "-declared_at", "-pk")


def person_named(county_id: int, words: str) -> Person:
    """Return the one active person of the county with this name or continuing-education number; else refuse."""
    words = words.strip()
    rows = Person.objects.filter(county_id=county_id, is_active=True)
    found = list(rows.filter(Q(name=words) | Q(training_number=words))[:2]) if words else []
    if not found:
        raise Refused(_("Nobody of the county has this name or number. Please write it in full."), "unknown")
    if len(found) > 1:
        raise Refused(
            _("Several people have this name. Please write the continuing-education number."), "several"
        )
    return found[0]
