"""Cells of the access matrix: who asks at which address, what the rules say, and what really happens."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.urls import reverse

from tests.access.lines import COUNTY_ROLES, PUBLIC, SCHOOL_ROLES, SIGNED_IN, Line
from tests.access.stage import ALPHA_SCHOOLS, Stage
from tests.access.table_county import TABLE

SLUGS = {
    "alpha": {"county": "alpha"}, "beta": {"county": "beta"}, "south": {"county": "beta", "school": "south"},
    "suzhou": {"region": "suzhou"}, "bozhou": {"region": "bozhou"},
} | {school: {"county": "alpha", "school": school} for school in ALPHA_SCHOOLS}  # fmt: skip
HOME = {"school": "east", "county": "alpha", "region": "suzhou"}
OTHER_SCHOOL, OTHER_COUNTY = ("west",), ("south", "beta", "bozhou")
ROOMS = ("schools", "microcapabilities", "assessment", "certificates")
_clients = count(1)


@dataclass(frozen=True)
class Who:
    """Somebody of the cast, by key and place; an empty place is nobody."""

    key: str
    place: str

    @property
    def name(self) -> str:
        return f"{self.key}@{self.place}" if self.place else "anonymous"

    @property
    def role(self) -> str:
        return self.key.rstrip("0123456789")


NOBODY = Who("anonymous", "")
EVERYBODY = (
    NOBODY,
    *(Who(role, "alpha") for role in COUNTY_ROLES),
    *(Who(role, school) for school in ALPHA_SCHOOLS for role in SCHOOL_ROLES),
    *(Who(role, "south") for role in SCHOOL_ROLES),
    *(Who(role, "beta") for role in COUNTY_ROLES),
    Who("observer", "suzhou"),
    Who("observer", "bozhou"),
    Who("teacher2", "east"),
    Who("teacher3", "east"),
    Who("teacher4", "east"),
    Who("teacher6", "east"),
    Who("reviewer2", "east"),
    Who("expert2", "alpha"),
)


@dataclass(frozen=True)
class Cell:
    """One question: `who` asks for the line's address at `place` with the things of East (or of Alpha)."""

    line: Line
    who: Who
    place: str

    @property
    def is_foreign(self) -> bool:
        """Whether the place is not the one that the object belongs to."""
        return self.line.kind in HOME and self.place != HOME[self.line.kind]

    @property
    def sort(self) -> str:
        """Return the part of the matrix: allowed, lacking, other school, other county, anonymous."""
        if self.who.place == "":
            return "anonymous"
        is_observer_below = self.who.place == "suzhou" and self.line.kind in ("school", "county")
        if self.who.place in OTHER_COUNTY or self.place in OTHER_COUNTY or is_observer_below:
            return "other county"
        if self.who.place in OTHER_SCHOOL or self.is_foreign:
            return "other school"
        return "allowed" if is_allowed(self.line, self.who) else "lacking"


def is_allowed(line: Line, who: Who) -> bool:
    """Say whether the table names the role."""
    return line.roles in (PUBLIC, SIGNED_IN) or who.role in line.roles


def belongs(who: Who, place: str) -> bool:
    """Say whether somebody belongs to a place: there, to its county, or to the unit that manages it.

    Whoever is of a school belongs to its county too: the county may be known to them.
    """
    if who.place == place:
        return True
    if place in ALPHA_SCHOOLS:
        return who.place == "alpha" or (place == "east" and who.place == "centre")
    return who.place in {"alpha": ALPHA_SCHOOLS, "beta": ("south",), "south": ("beta",)}.get(place, ())


def expected(cell: Cell) -> int:
    """Return the status that the rules of tenancy ask for.

    Nobody: to the sign-in. Not of the place: 404. Of the place without the right: 403. With the right: the
    page; but 404 for another place's object, another person's object, another group's choice.
    """
    line, who = cell.line, cell.who
    if line.roles == PUBLIC:
        return line.status
    if who == NOBODY:
        return 302
    if line.kind in HOME and not belongs(who, cell.place):
        return 404
    if not is_allowed(line, who):
        return 403
    if cell.is_foreign:
        return 404 if line.has_object or not line.refers else line.status
    if line.owner and {"pk", "key"} & set(line.at) and who.name != line.owner:
        return 404
    if line.refused and who.role != line.mover.partition("@")[0]:
        return line.refused
    if line.in_group and line.has_object and who == Who("group-head", "centre"):
        return 404
    return line.status


def shows_the_object(cell: Cell) -> bool:
    """Say whether the answer is to show the text of the line."""
    line, who = cell.line, cell.who
    if line.owner:
        return who.name == line.owner
    return not (line.in_group and who == Who("group-head", "centre"))


def cells_of(line: Line) -> Iterator[Cell]:
    """Yield everybody at the object's own address, then strangers at their own with the object's id."""
    home = HOME.get(line.kind, "")
    for who in EVERYBODY:
        yield Cell(line, who, home)
    if not (line.has_object or line.refers) or line.kind not in ("school", "county"):
        return
    sides = ("west", "centre", "south") if line.kind == "school" else ("beta",)
    for side in sides:
        for who in EVERYBODY:
            if who.place and who.key == who.role and belongs(who, side):
                yield Cell(line, who, side)


def whole_matrix() -> list[Cell]:
    return [cell for line in TABLE for cell in cells_of(line)]


def pairs() -> list[Cell]:
    """Return for each line a cell of each sort, then whatever pair of role and stage is still missing.

    Of several candidates the pair of role and stage seen least often is taken: always the same pick.
    """
    seen: Counter[tuple[str, str]] = Counter()
    chosen: list[Cell] = []

    def take(candidates: list[Cell]) -> None:
        best = min(candidates, key=lambda cell: seen[cell.who.role, cell.line.address.group])
        seen[best.who.role, best.line.address.group] += 1
        chosen.append(best)

    rest: dict[tuple[str, str], list[Cell]] = {}
    for number, line in enumerate(TABLE):
        sorts: dict[str, list[Cell]] = {}
        for cell in cells_of(line):
            sorts.setdefault(cell.sort, []).append(cell)
            rest.setdefault((cell.who.role, line.address.group), []).append(cell)
        for turn, (sort, cells) in enumerate(sorts.items()):
            if line.roles == PUBLIC and sort.startswith("other"):
                continue
            foreign = [cell for cell in cells if cell.is_foreign]
            if sort.startswith("other") and foreign and (number + turn) % 2:
                cells = foreign
            owners = [cell for cell in cells if cell.who.name in (line.owner, line.mover)]
            take(owners if sort == "allowed" and owners else cells)
    for pair, cells in rest.items():
        if not seen[pair]:
            take(cells)
    return chosen


def fingerprint() -> tuple[tuple[object, ...], ...]:
    """Return one row per table of the rooms: rows, filled nullable fields, sums of numbers; one query."""
    parts = []
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            fields = model._meta.concrete_fields
            filled = [f"COUNT({quoted(field)})" for field in fields if field.null]
            sums = [f"COALESCE(SUM({quoted(field)}), 0)" for field in fields if is_number(field)]
            table = model._meta.db_table
            columns = ", ".join(("COUNT(*)", " + ".join(filled) or "0", " + ".join(sums) or "0"))
            parts.append(f"SELECT '{table}', {columns} FROM {connection.ops.quote_name(table)}")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return tuple(sorted(cursor.fetchall()))


class Watch:
    """Notes whether any statement writes: where none did, no row can have changed."""

    has_written = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.has_written = self.has_written or sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, params, many, context)


def quoted(field: models.Field) -> str:  # type: ignore[type-arg]
    return str(connection.ops.quote_name(field.column or ""))


def is_number(field: models.Field) -> bool:  # type: ignore[type-arg]
    """Say whether a field counts something: states, versions, grades, totals, but no ids."""
    is_key = field.primary_key or field.is_relation
    return not is_key and isinstance(field, models.IntegerField)


def url_of(stage: Stage, cell: Cell) -> str:
    """Return the address with the slugs of the cell's place and the ids of the line's things."""
    slugs = SLUGS[cell.place] if cell.place else {}
    slugs = {name: slug for name, slug in slugs.items() if name in cell.line.address.kwargs}
    return reverse(cell.line.name, kwargs=slugs | cell.line.kwargs(stage, cell.who.role))


def walk(stage: Stage, cells: Iterable[Cell], before: object) -> list[str]:
    """Ask every question in a savepoint that is taken back; return what went otherwise, a line each."""
    return [found for cell in cells for found in troubles(stage, cell, before)]


def troubles(stage: Stage, cell: Cell, before: object) -> list[str]:
    """Ask one question and compare: status, where it leads, the text, and the rows."""
    line, who, wanted = cell.line, cell.who, expected(cell)
    url, client, serial = url_of(stage, cell), stage.clients[who.name], next(_clients)
    # An address of its own: verification and activation count the tries of each client.
    client.defaults["REMOTE_ADDR"] = f"10.{serial >> 16}.{serial >> 8 & 255}.{serial & 255}"
    with transaction.atomic():
        with connection.execute_wrapper(watch := Watch()):
            answer = getattr(client, line.method)(url, line.data(stage, who.role))
            content = b"".join(answer) + answer.get("Content-Disposition", "").encode()
        after = fingerprint() if watch.has_written else before
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)
    at = f"{line.method.upper()} {line.name} {who.name} at {url}"
    found = []
    if answer.status_code != wanted:
        found.append(f"{at}: expected {wanted}, got {answer.status_code}")
    elif who == NOBODY and line.roles != PUBLIC:
        if not answer["Location"].startswith(reverse(settings.LOGIN_URL)):
            found.append(f"{at}: leads to {answer['Location']}, not to the sign-in")
    elif wanted == 200:
        found += [f"{at}: {trouble}" for trouble in text_troubles(stage, cell, content)]
    found += [f"{at}: {trouble}" for trouble in row_troubles(cell, wanted, before != after)]
    return found


def text_troubles(stage: Stage, cell: Cell, content: bytes) -> Iterator[str]:
    """Say where the object's own text is missing or stands before a stranger, or another tenant's stands."""
    line = cell.line
    if line.shows:
        text = line.shows(stage)
        raw = text.encode() if isinstance(text, str) else text
        told = repr(raw[:40].decode(errors="replace"))
        if shows_the_object(cell) and raw not in content:
            yield f"does not show {told}"
        elif not shows_the_object(cell) and raw in content:
            yield f"shows {told}, which is another's"
    for other in line.must_hide:
        if other.encode() in content:
            yield f"shows {other!r} of another place"


def row_troubles(cell: Cell, wanted: int, is_changed: bool) -> Iterator[str]:
    """Say where a refusal changed rows, or where a form of somebody who may changed none."""
    line = cell.line
    is_refused = wanted in (403, 404) or cell.who == NOBODY or cell.is_foreign
    if is_refused and is_changed:
        yield "refused, and yet rows changed"
    if line.method == "post" and not line.is_idle and not is_refused and not is_changed and is_actor(cell):
        yield "changed no row: what is sent reaches nothing"


def is_actor(cell: Cell) -> bool:
    """Say whether the stage stands ready for the sender: the one named, else Alpha's and East's."""
    line, who = cell.line, cell.who
    ready = line.owner or line.mover
    return who.name == ready if ready else who.place in ("alpha", "east")
