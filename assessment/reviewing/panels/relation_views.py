"""Declaring who is too near to whom: everybody for themselves, and the CIO for the school's people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.guiding.places import staff_of
from assessment.reviewing.panels import relations
from assessment.reviewing.panels.models import Relation, RelationKind
from schools.access.doors import allow
from schools.access.permissions import Permission as P
from schools.people.models import Person

SHOWN = 100


def own_person(request: HttpRequest) -> Person:
    """Return who one is in the county; an account without a person has no such page."""
    if request.actor.person is None:
        raise Http404
    found: Person = request.actor.person
    return found


@allow(P.REVIEW, P.JUDGE_CASES)
@require_GET
def own_relations(request: HttpRequest) -> HttpResponse:
    """Whose work one does not judge."""
    person = own_person(request)
    rows = [
        (row, row.other if row.person_id == person.pk else row.person)
        for row in relations.relations_of(person)[:SHOWN]
    ]
    context = {"rows": rows, "kinds": RelationKind.choices, "user_pk": request.user.pk}
    return render(request, "assessment/reviewing/panels/own_relations.html", context)


@allow(P.REVIEW, P.JUDGE_CASES)
@require_POST
def own_relation_declare(request: HttpRequest) -> HttpResponse:
    """Declare a relation of one's own."""
    person = own_person(request)
    return answer(
        request,
        lambda: relations.declare(
            person=person,
            other=relations.person_named(person.county_id, request.POST.get("other", "")),
            kind=request.POST.get("kind", ""),
            note=request.POST.get("note", ""),
            by=request.actor,
        ),
        _("Declared. You are not asked to judge each other's work."),
        reverse("assessment:own-relations"),
    )


@allow(P.REVIEW, P.JUDGE_CASES)
@require_POST
def own_relation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a relation that one has declared."""
    relation = get_object_or_404(relations.relations_of(own_person(request)), pk=pk)
    return answer(
        request,
        lambda: relations.end(relation=relation, by=request.actor),
        _("Ended. It stays on record."),
        reverse("assessment:own-relations"),
    )


def back(request: HttpRequest) -> str:
    return reverse("assessment:school-relations", args=[request.county.slug, request.school.slug])


@allow(P.ASSIGN_REVIEWS)
@require_GET
def school_relations(request: HttpRequest) -> HttpResponse:
    """The declared relations of the school's people."""
    context = {
        "rows": list(relations.relations_at(request.school)[:SHOWN]),
        "staff": staff_of(request.school),
        "kinds": RelationKind.choices,
    }
    return render(request, "assessment/reviewing/panels/school_relations.html", context)


@allow(P.ASSIGN_REVIEWS)
@require_POST
def school_relation_declare(request: HttpRequest) -> HttpResponse:
    """Declare a relation of somebody of the school."""
    wanted = request.POST.get("person", "")
    own = Person.objects.filter(school=request.school, is_active=True)
    person = get_object_or_404(own, pk=int(wanted) if wanted.isdigit() else 0)
    return answer(
        request,
        lambda: relations.declare(
            person=person,
            other=relations.person_named(person.county_id, request.POST.get("other", "")),
            kind=request.POST.get("kind", ""),
            note=request.POST.get("note", ""),
            by=request.actor,
            school=request.school,
        ),
        _("Declared. Neither is asked to judge the other's work."),
        back(request),
    )


@allow(P.ASSIGN_REVIEWS)
@require_POST
def school_relation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a relation of the school's people; it stays on record."""
    relation: Relation = get_object_or_404(relations.relations_at(request.school), pk=pk)
    return answer(
        request,
        lambda: relations.end(relation=relation, by=request.actor, school=request.school),
        _("Ended. It stays on record."),
        back(request),
    )
