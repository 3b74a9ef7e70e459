"""Writing a catalogue's files into the database without undoing what a county has confirmed."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.db import models, transaction

from microcapabilities.models import Catalogue, Criterion, EvidenceItem, Point
from microcapabilities.reading import Row, read_catalogue

CREATED, UPDATED, UNCHANGED, CONFIRMED = "created", "updated", "unchanged", "kept as confirmed"


@transaction.atomic
def load(folder: Path) -> Counter[str]:
    """
    Bring the database in line with the files of `folder`; a second run changes nothing.

    Returns how many rows (catalogue, points, items, criteria) were "created", "updated", "unchanged" or
    "kept as confirmed": a row confirmed in the database and unconfirmed in the files is the county's and
    stays; confirming the catalogue confirms the points' own texts, not their items. Rows the files don't
    name stay too. Which edition is current is set only when it is first loaded. Raises
    MalformedCatalogue before anything is written.
    """
    row, points = read_catalogue(folder)
    tally: Counter[str] = Counter()
    catalogue = _put_catalogue(row, tally)
    is_confirmed = catalogue.verified and not row["verified"]
    for position, point_row in enumerate(points, start=1):
        _put_point(catalogue, point_row | {"position": position}, is_confirmed, tally)
    return tally


def _put_catalogue(row: Row, tally: Counter[str]) -> Catalogue:
    values = {field: value for field, value in row.items() if field not in ("slug", "is_current")}
    catalogue = Catalogue.objects.filter(slug=row["slug"]).first()
    if catalogue:
        _bring_in_line(catalogue, values, catalogue.verified and not row["verified"], tally)
        return catalogue
    if row["is_current"]:
        Catalogue.objects.filter(is_current=True).update(is_current=False)
    tally[CREATED] += 1
    return Catalogue.objects.create(**row)


def _put_point(catalogue: Catalogue, row: Row, is_confirmed: bool, tally: Counter[str]) -> None:
    values = {field: value for field, value in row.items() if field not in ("code", "items")}
    known = catalogue.points.filter(code=row["code"]).prefetch_related("items__criteria").first()
    if known:
        _bring_in_line(known, values, is_confirmed, tally)
        items = {(item.number, item.stage): item for item in known.items.all()}
    else:
        known = Point.objects.create(catalogue=catalogue, code=row["code"], **values)
        tally[CREATED] += 1
        items = {}
    for item_row in row["items"]:
        _put_item(known, items.get((item_row["number"], item_row["stage"])), item_row, tally)


def _put_item(point: Point, known: EvidenceItem | None, row: Row, tally: Counter[str]) -> None:
    values = {field: value for field, value in row.items() if field != "criteria"}
    criteria: dict[tuple[str, int], Criterion] = {}
    if known:
        _bring_in_line(known, values, known.verified and not row["verified"], tally)
        criteria = {(criterion.level, criterion.number): criterion for criterion in known.criteria.all()}
    else:
        known = EvidenceItem.objects.create(point=point, **values)
        tally[CREATED] += 1
    numbers: Counter[str] = Counter()
    fresh = []
    for criterion_row in row["criteria"]:
        numbers[criterion_row["level"]] += 1
        number = numbers[criterion_row["level"]]
        criterion = criteria.get((criterion_row["level"], number))
        if criterion:
            is_confirmed = criterion.verified and not criterion_row["verified"]
            _bring_in_line(criterion, criterion_row, is_confirmed, tally)
        else:
            fresh.append(Criterion(item=known, number=number, **criterion_row))
    if fresh:
        Criterion.objects.bulk_create(fresh)
        tally[CREATED] += len(fresh)


def _bring_in_line(
    row: models.Model, values: dict[str, Any], is_confirmed: bool, tally: Counter[str]
) -> None:
    changed = [field for field, value in values.items() if getattr(row, field) != value]
    if not changed:
        tally[UNCHANGED] += 1
    elif is_confirmed:
        tally[CONFIRMED] += 1
    else:
        for field in changed:
            setattr(row, field, values[field])
        row.save(update_fields=changed)
        tally[UPDATED] += 1
