"""Files as pages name them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from assessment.guiding.enclosures.models import Enclosure
from schools.organisations.models import School
from schools.people.models import Person


@dataclass(frozen=True)
class FileShown:
    """One file: its name, how large it is, and where it is opened."""

    name: str
    size: int
    url: str


def files_of(enclosures: QuerySet[Enclosure], url_of: Callable[[int], str]) -> list[FileShown]:
    """Return the files for a page; `url_of` gives the address of an enclosure."""
    return [
        FileShown(row.file.name, row.file.size, url_of(row.pk)) for row in enclosures.select_related("file")
    ]


def enclosures_at(school: School) -> QuerySet[Enclosure]:
    """Return what lies with visits, inspections and minutes of the school."""
    at = Q(visit__school=school) | Q(inspection__school=school) | Q(minutes__school=school)
    return Enclosure.objects.filter(at).select_related("file")


def enclosures_of_trainer(trainer: Person) -> QuerySet[Enclosure]:
    """Return what the trainer laid with their own visits."""
    return Enclosure.objects.filter(visit__trainer=trainer).select_related("file")


def enclosures_of_county() -> QuerySet[Enclosure]:
    return Enclosure.objects.select_related("file")
