"""Reading a county's schools, and turning long lists into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person

ROWS_PER_PAGE = 50
LEADERS = ("principal", "cio")
EXPERTS = ("expert", "trainer")
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class PageLinks:
    """Where a list stands among its pages, as the pager shows it."""

    text: str
    previous_url: str
    next_url: str


def turned(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> tuple[Page, PageLinks]:
    """Return the page of `rows` that `?page=` asks for and its links, which keep search and filters."""
    paginator = Paginator(rows, ROWS_PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    text = _("Page %(page)s of %(pages)s · %(rows)s in all") % {
        "page": page.number,
        "pages": paginator.num_pages,
        "rows": paginator.count,
    }
    links = PageLinks(
        text=text if paginator.num_pages > 1 else "",
        previous_url=address(page.previous_page_number()) if page.has_previous() else "",
        next_url=address(page.next_page_number()) if page.has_next() else "",
    )
    return page, links


def schools_listed(words: str) -> QuerySet[School]:
    """Return the county's schools whose name holds `words`, with the count of their active people."""
    schools = School.objects.select_related("central", "managed_by").order_by("pinyin", "pk")
    if words:
        schools = schools.filter(name__contains=words)
    return schools.annotate(people_count=Count("people", filter=Q(people__is_active=True)))


def leaders_of(schools: Sequence[School]) -> dict[int, dict[str, list[Membership]]]:
    """Return who leads each school today: school id → {"principal": […], "cio": […]}, in one query."""
    found: dict[int, dict[str, list[Membership]]] = {
        school.pk: {role: [] for role in LEADERS} for school in schools
    }
    held = held_today().filter(school__in=found, role__in=LEADERS)
    for membership in held:
        found[membership.school_id][membership.role].append(membership)
    return found


def held_today() -> QuerySet[Membership]:
    """Return the memberships that hold today, each with its person and group."""
    day = today()
    return (
        Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
        .select_related("person", "group")
        .order_by("starts_on", "pk")
    )


def experts_held() -> QuerySet[Membership]:
    """Return the county's experts and trainers of today, with their schools."""
    held = held_today().filter(school__isnull=True, role__in=EXPERTS)
    return held.select_related("person__school", "person__user").order_by("role", "person__pinyin", "pk")


def people_named(words: str) -> list[Person]:
    """Return at most 20 active people of the county that `words` find; nobody for no words."""
    if not words.strip():
        return []
    found = Person.objects.named_like(words).filter(is_active=True).select_related("school")
    return list(found.order_by("school__pinyin", "pinyin", "pk")[:MOST_CANDIDATES])
