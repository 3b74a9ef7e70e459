"""Invariants of people and tenancy."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import models

from schools.access.fences import fenced_models
from schools.files.cleaning.models import Cleaned
from schools.files.models import Rendition
from schools.files.storing import location
from schools.invariants import Found, invariant
from schools.people.id_numbers import fault
from schools.people.models import Person
from schools.people.sealing import blind_index, unseal
from schools.roster.models import RosterImport, RosterRow


@invariant(9, "Evidence is immutable after submission; every row has a file of the same hash and size.")
def copies_lie_where_their_rows_say() -> Found:
    rows = Rendition._base_manager.values_list("pk", "path", "size")
    found, broken = 0, []
    for pk, path, size in rows.iterator():
        found += 1
        copy = Path(settings.MEDIA_ROOT) / path
        if not copy.exists() or copy.stat().st_size != size:
            broken.append(f"rendition {pk}: its file is missing or of another size")
    return found, broken


@invariant(9, "Evidence is immutable after submission; every row has a file of the same hash and size.")
def cleaned_copies_are_whole() -> Found:
    rows = Cleaned._base_manager.filter(copy__isnull=False).select_related("copy")
    found, broken = 0, []
    for row in rows.iterator():
        found += 1
        path = location(row.copy)
        if not path.exists() or path.stat().st_size != row.copy.size:
            broken.append(f"cleaned copy {row.pk}: its file is missing or of another size")
        if row.copy.stored_by_id is not None:
            broken.append(f"cleaned copy {row.pk}: its file names who stored it")
    return found, broken


@invariant(10, "A child's tenant equals its parent's.")
def children_stay_in_their_county() -> Found:
    rows, broken = 0, []
    for model, keys in fenced_models():
        for key in keys:
            linked = model._base_manager.exclude(**{f"{key.name}__isnull": True})
            rows += linked.count()
            strangers = linked.exclude(**{f"{key.name}__county": models.F("county")})
            broken += [f"{model.__name__} {pk}: {key.name}" for pk in strangers.values_list("pk", flat=True)]
    return rows, broken


@invariant(13, "An import applies wholly or not at all; each row names its file, line and confirmer.")
def imports_are_whole() -> Found:
    committed = RosterImport._base_manager.filter(committed_at__isnull=False)
    lines = Counter(RosterRow._base_manager.values_list("roster_import_id", flat=True))
    broken = []
    for row in committed.select_related("file"):
        listed = sum(row.counts.get(key, 0) for key in ("added", "changed", "transferred", "unchanged"))
        if lines[row.pk] != listed:
            broken.append(f"import {row.pk}: {lines[row.pk]} rows of {listed}")
        if row.counts.get("refused", 0) or row.committed_by_id is None or row.file_id is None:
            broken.append(f"import {row.pk}: committed without file, confirmer or with refusals")
    uncommitted = set(lines) - set(committed.values_list("pk", flat=True))
    broken += [f"import {pk}: rows without a commit" for pk in uncommitted]
    return committed.count() + sum(lines.values()), broken


@invariant(14, "Within a county one active person per identity number: 18 signs, valid check sign.")
def identity_numbers_are_sound() -> Found:
    return Person._base_manager.filter(is_active=True).exclude(id_number_index="").count(), unsound_numbers()


def unsound_numbers() -> Iterator[str]:
    """Yield people whose number is no number, does not match its index, or belongs to two."""
    seen: set[tuple[int, str]] = set()
    people = Person._base_manager.filter(is_active=True).exclude(id_number_index="")
    for person in people.only("pk", "county_id", "id_number_sealed", "id_number_index").iterator():
        number = unseal(person.id_number_sealed) if person.id_number_sealed else ""
        if fault(number) or blind_index(number) != person.id_number_index:
            yield f"person {person.pk}: identity number"
        if (person.county_id, person.id_number_index) in seen:
            yield f"person {person.pk}: identity number of another active person"
        seen.add((person.county_id, person.id_number_index))
