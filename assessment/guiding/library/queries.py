"""Reading the library: what somebody may read, found by title, pinyin and key word."""

from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Sum

from assessment.guiding.library.models import LibraryDocument, LibraryReader, LibraryVersion
from schools.access.actor import Actor
from schools.organisations.models import School


def schools_of(actor: Actor) -> set[int]:
    """Return ids of the schools at which somebody works or holds a role."""
    found = {right.school_id for right in actor.rights if right.school_id}
    if actor.person is not None and actor.person.school_id:
        found.add(actor.person.school_id)
    return found


def may_read(actor: Actor, document: LibraryDocument) -> bool:
    """Say whether a document is for somebody: the county's for all its people, a school's for its own."""
    if actor.person is None or actor.person.county_id != document.county_id:
        return False
    return document.school_id is None or document.school_id in schools_of(actor)


def readable_by(actor: Actor) -> QuerySet[LibraryDocument, Any]:
    """Return the documents that somebody may read."""
    if actor.person is None:
        return LibraryDocument.objects.none()
    at = Q(school__isnull=True) | Q(school__in=schools_of(actor))
    return shelf(LibraryDocument.objects.filter(at, county_id=actor.person.county_id))


def of_place(school: School | None) -> QuerySet[LibraryDocument, Any]:
    """Return the documents of the school, or those of the county itself."""
    return shelf(LibraryDocument.objects.filter(school=school))


def shelf(documents: QuerySet[LibraryDocument, Any]) -> QuerySet[LibraryDocument, Any]:
    """Return documents with the number and days of their present version and how often any was opened."""
    latest = LibraryVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    return documents.select_related("school", "county").annotate(
        number=Max("versions__number"),
        downloads=Sum("versions__downloads"),
        effective_from=Subquery(latest.values("effective_from")[:1]),
        published_at=Subquery(latest.values("published_at")[:1]),
    )


def found(
    documents: QuerySet[LibraryDocument, Any], words: str = "", kind: str = ""
) -> QuerySet[LibraryDocument, Any]:
    """Narrow documents by part of title or key words, by pinyin or initials, and by kind."""
    if words:
        small = words.lower().replace(" ", "")
        documents = documents.filter(
            Q(name__icontains=words)
            | Q(tags__icontains=words)
            | Q(initials__contains=small)
            | Q(pinyin__contains=small)
        )
    if kind:
        documents = documents.filter(kind=kind)
    return documents.order_by("pinyin", "pk")


def versions_of(document: LibraryDocument) -> list[tuple[LibraryVersion, bool]]:
    """Return the versions, the latest first, each with whether it is the present one."""
    rows = document.versions.select_related("file", "published_by__person").order_by("-number")
    return [(row, place == 0) for place, row in enumerate(rows)]


def is_following(document: LibraryDocument, actor: Actor) -> bool:
    """Say whether somebody is told of the document's next version."""
    return LibraryReader.objects.filter(document=document, person=actor.person, is_following=True).exists()
