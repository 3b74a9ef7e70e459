"""What one search finds at a place: people, schools, points, certificates, plans, submissions; by right."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.listing import filings_of
from assessment.programme.models import Programme
from assessment.programme.queries import current_programme
from assessment.reviewing.school_queries import submissions_seen
from certificates.queries import registered
from microcapabilities.models import Point
from schools.access.actor import Actor, Place
from schools.access.permissions import Permission as P
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.id_numbers import fault
from schools.people.models import Person

SEARCHES = (P.SEE_COUNTY, P.SEE_PEOPLE, P.SEE_SUBMISSIONS)
WORDS_MOST, ROWS_MOST = 60, 8


@dataclass(frozen=True)
class Found:
    """One thing that was found: its name, what tells it from others, and its page."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """The first things of one kind, and the list that shows all of them."""

    key: str
    label: str | Promise
    rows: list[Found]
    has_more: bool
    all_url: str


def may_search(actor: Actor, place: Place) -> bool:
    return any(actor.can(permission, place) for permission in SEARCHES)


def asked_words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:WORDS_MOST]


def is_identity_number(words: str) -> bool:
    """Say whether somebody's identity number was typed: those find nothing, and are not to be looked for."""
    plain = re.sub(r"[\s-]", "", words).upper()
    return not fault(plain)


def found(request: HttpRequest, words: str) -> list[Group]:
    """Return what the words find at the place of the address, as far as the reader's rights there go."""
    if not words or is_identity_number(words):
        return []
    groups = at_school(request, words) if request.school else at_county(request, words)
    return [group for group in groups if group.rows]


def at_county(request: HttpRequest, words: str) -> list[Group]:
    """Return what is found in the county: one query for each kind."""
    county, groups = request.county, [points(words)]

    def add(permission: P, read: Callable[[], Group]) -> None:
        if request.actor.can(permission, county):
            groups.append(read())

    add(P.SEE_PEOPLE, lambda: people(request, words))
    add(P.SEE_COUNTY, lambda: schools(request, words))
    add(P.SEE_COUNTY, lambda: plans(request, words, current_programme(county)))
    add(P.SEE_REGISTER, lambda: certificates(request, words))
    return [*groups[1:], groups[0]]


def at_school(request: HttpRequest, words: str) -> list[Group]:
    """Return what is found in the school."""
    groups = []
    if request.actor.can(P.SEE_PEOPLE, request.school):
        groups.append(people(request, words))
    if request.actor.can(P.SEE_SUBMISSIONS, request.school):
        groups.append(submissions(request, words, current_programme(request.county)))
    return [*groups, points(words)]


def group(
    key: str,
    label: str | Promise,
    rows: QuerySet[Any] | Sequence[Any],
    all_url: str,
    said: Callable[[Any], Found],
) -> Group:
    """Return the first rows of one kind in one query."""
    first = list(rows[: ROWS_MOST + 1])
    return Group(key, label, [said(row) for row in first[:ROWS_MOST]], len(first) > ROWS_MOST, all_url)


def listed_at(request: HttpRequest, name: str, words: str, **more: str) -> str:
    """Return the address of a list of this place, narrowed to the words."""
    slugs = [request.county.slug, *([request.school.slug] if request.school else [])]
    return f"{reverse(name, args=slugs)}?{urlencode({'q': words, **more})}"


def people(request: HttpRequest, words: str) -> Group:
    """Find by name, pinyin, initials or continuing-education number."""
    rows = Person.objects.named_like(words).filter(is_active=True).select_related("school", "group")
    if request.school:
        rows = rows.filter(school=request.school)
    name = "schools:school-people" if request.school else "schools:county-people"
    everybody = listed_at(request, name, words)

    def said(person: Person) -> Found:
        place = person.school if request.school is None else person.group
        url = listed_at(request, name, person.name)
        if person.school:
            url = reverse("schools:person", args=[request.county.slug, person.school.slug, person.pk])
        return Found(person.name, str(place or ""), url)

    return group("people", _("People"), rows.order_by("pinyin", "pk"), everybody, said)


def schools(request: HttpRequest, words: str) -> Group:
    """Find by name, pinyin, initials or code; who may not see people is led to the school's page."""
    rows = School.objects.filter(school_named(words)).order_by("pinyin", "pk")

    def said(school: School) -> Found:
        url = reverse("assessment:school-home", args=[request.county.slug, school.slug])
        return Found(school.name, str(school.get_stage_display()), url)

    return group("schools", _("Schools"), rows, listed_at(request, "schools:county-schools", words), said)


def points(words: str) -> Group:
    """Find by code or name in the catalogue in force."""
    named = Q(code__istartswith=words) | Q(name_zh__contains=words) | Q(name_en__icontains=words)
    rows = Point.objects.filter(named, catalogue__is_current=True).order_by("position")

    def said(point: Point) -> Found:
        return Found(point.name, point.code, reverse("microcapabilities:point", args=[point.code]))

    return group("points", _("Points"), rows, reverse("microcapabilities:catalogue"), said)


def certificates(request: HttpRequest, words: str) -> Group:
    """Find in the register by number, and by whose they are."""
    rows = registered(request.county.pk, words=words, tab="all")

    def said(row: Any) -> Found:
        url = reverse("certificates:certificate", args=[request.county.slug, row.pk])
        return Found(row.number, f"{row.snapshot['name']} · {row.point_code}", url)

    register = listed_at(request, "certificates:register", words)
    return group("certificates", _("Certificates"), rows, register, said)


def plans(request: HttpRequest, words: str, programme: Programme | None) -> Group:
    """Find filings by number or school."""
    rows = filings_of(programme, words) if programme else []

    def said(plan: Any) -> Found:
        url = reverse("assessment:county-filing", args=[request.county.slug, plan.pk])
        return Found(plan.school.name, f"{plan.get_kind_display()} · {plan.number or plan.label}", url)

    everything = listed_at(request, "assessment:county-filings", words, state="all")
    return group("plans", _("Plans"), rows, everything, said)


def submissions(request: HttpRequest, words: str, programme: Programme | None) -> Group:
    """Find the school's submissions by whose they are."""
    rows = submissions_seen(programme, request.school, words) if programme else []

    def said(row: Any) -> Found:
        slugs = [request.county.slug, request.school.slug]
        url = reverse("assessment:school-submission", args=[*slugs, row.pk])
        return Found(row.person.name, f"{row.point.code} · {row.label}", url)

    everything = listed_at(request, "assessment:school-submissions", words, state="all")
    return group("submissions", _("Submissions"), rows, everything, said)
