"""Reading the catalogue's files and refusing what is malformed, naming file and point."""

import json
from pathlib import Path
from typing import Any

from microcapabilities.models import KINDERGARTEN, Dimension, Environment, Kind, Level

Row = dict[str, Any]

# Si County's table (2022, annex 2): number of points and credits of each environment.
EXPECTED = {"2.0": {"A": (13, 69), "B": (10, 63), "C": (7, 62)}}

STAGES = ("", KINDERGARTEN)

CATALOGUE_FIELDS: dict[str, type | tuple[type, ...]] = {
    "slug": str,
    "title_zh": str,
    "title_en": str,
    "source": str,
    "verified": bool,
    "is_current": bool,
}
POINT_FIELDS: dict[str, type | tuple[type, ...]] = {
    "code": str,
    "name_zh": str,
    "name_en": str,
    "dimension": str,
    "environment": str,
    "credits": int,
    "looks_at_zh": str,
    "looks_at_en": str,
    "source": str,
    "verified": bool,
    "items": list,
}
ITEM_FIELDS: dict[str, type | tuple[type, ...]] = {
    "number": int,
    "stage": str,
    "name_zh": str,
    "name_en": str,
    "kinds": list,
    "is_required": bool,
    "max_megabytes": int,
    "max_minutes": (int, type(None)),
    "guidance_zh": str,
    "guidance_en": str,
    "source": str,
    "verified": bool,
    "criteria": list,
}
CRITERION_FIELDS: dict[str, type | tuple[type, ...]] = {
    "level": str,
    "text_zh": str,
    "text_en": str,
    "source": str,
    "verified": bool,
}


class MalformedCatalogue(Exception):
    """The files can't be loaded; the text names the file, the place in it and what is wrong."""


def read_catalogue(folder: Path) -> tuple[Row, list[Row]]:
    """
    The catalogue's own row and its points, in the order of a.json, b.json, c.json.

    Shapes are those of CATALOGUE_FIELDS and POINT_FIELDS with items and criteria nested; everything is
    checked. Raises MalformedCatalogue.
    """
    catalogue = _parse(folder / "catalogue.json")
    _check_fields(catalogue, CATALOGUE_FIELDS, "catalogue.json")
    points: list[Row] = []
    for environment in Environment:
        points += _read_points(folder / f"{environment.value.lower()}.json", environment)
    codes = [point["code"] for point in points]
    for code in codes:
        _demand(codes.count(code) == 1, f"{code[:1].lower()}.json, {code}", "the code appears twice")
    _check_sums(points, EXPECTED.get(catalogue["slug"], {}))
    return catalogue, points


def _parse(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MalformedCatalogue(f"{path.name}: the file is missing from {path.parent.name}") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise MalformedCatalogue(f"{path.name}: not readable as JSON ({error})") from error


def _read_points(path: Path, environment: Environment) -> list[Row]:
    points = _parse(path)
    _demand(isinstance(points, list), path.name, "a list of points is expected")
    for place, point in enumerate(points, start=1):
        code = point.get("code") if isinstance(point, dict) else None
        where = f"{path.name}, {code or f'point no. {place}'}"
        _check_fields(point, POINT_FIELDS, where)
        _demand(point["environment"] == environment, where, f"environment must be {environment.value}")
        _demand(point["dimension"] in Dimension.values, where, f"unknown dimension {point['dimension']}")
        _demand(point["credits"] > 0, where, "credits must be above zero")
        _demand(bool(point["items"]), where, "there is no evidence item")
        keys = []
        for item in point["items"]:
            _check_item(item, where)
            keys.append((item["number"], item["stage"]))
        _demand(len(set(keys)) == len(keys), where, "two items share number and stage")
    return points


def _check_item(item: Row, point: str) -> None:
    number = item.get("number") if isinstance(item, dict) else None
    where = f"{point}, item {number}"
    _check_fields(item, ITEM_FIELDS, where)
    kinds, minutes = item["kinds"], item["max_minutes"]
    _demand(item["number"] > 0, where, "number must be above zero")
    _demand(item["stage"] in STAGES, where, f"unknown stage {item['stage']}")
    right_kinds = bool(kinds) and all(kind in Kind.values for kind in kinds)
    _demand(right_kinds, where, f"kinds must be out of D V R P, not {kinds}")
    _demand(item["max_megabytes"] > 0, where, "max_megabytes must be above zero")
    _demand(minutes is None or minutes > 0, where, "max_minutes must be above zero or null")
    _demand(
        ("V" in kinds) == (minutes is not None), where, "max_minutes belongs to items that may be a video"
    )
    for criterion in item["criteria"]:
        _check_fields(criterion, CRITERION_FIELDS, f"{where}, criteria")
    levels = [criterion["level"] for criterion in item["criteria"]]
    _demand(set(levels) == set(Level.values), where, "criteria must cover excellent and pass, nothing else")


def _check_fields(row: Any, fields: dict[str, type | tuple[type, ...]], where: str) -> None:
    _demand(isinstance(row, dict), where, "an object is expected")
    lacking, unknown = sorted(fields.keys() - row.keys()), sorted(row.keys() - fields.keys())
    _demand(not lacking, where, f"missing: {', '.join(lacking)}")
    _demand(not unknown, where, f"unknown: {', '.join(unknown)}")
    for field, kind in fields.items():
        value = row[field]
        # bool is an int to Python, not to a catalogue.
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        _demand(right, where, f"{field} has the wrong type")
        _demand(field == "stage" or value != "", where, f"{field} is empty")


def _check_sums(points: list[Row], expected: dict[str, tuple[int, int]]) -> None:
    for environment, (count, credits) in expected.items():
        here = [point["credits"] for point in points if point["environment"] == environment]
        where = f"{environment.lower()}.json"
        _demand(len(here) == count, where, f"{count} points are expected, not {len(here)}")
        _demand(sum(here) == credits, where, f"the credits must add up to {credits}, not {sum(here)}")


def _demand(holds: bool, where: str, problem: str) -> None:
    if not holds:
        raise MalformedCatalogue(f"{where}: {problem}")
