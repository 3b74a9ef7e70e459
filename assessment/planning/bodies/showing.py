"""Bodies as a page shows them: each with its posts in order, who sits there, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from assessment.planning.bodies.forms import DutiesForm
from assessment.planning.bodies.models import Body, BodyKind, PostKey, Seat
from assessment.planning.bodies.posts import posts_at
from assessment.planning.bodies.queries import ranked, seats_of
from schools.clock import today
from schools.organisations.models import County, School


@dataclass(frozen=True)
class SeatShown:
    """A seat that has not ended; one whose term lies behind, or ahead, is marked."""

    seat: Seat
    is_over: bool
    is_ahead: bool


@dataclass(frozen=True)
class BodyShown:
    """A body that a place may have: formed or not, its running seats, the posts nobody holds."""

    kind: BodyKind
    body: Body | None
    seats: list[SeatShown]
    empty: list[PostKey]
    past: list[Seat]

    @property
    def form(self) -> DutiesForm:
        """The form of its duties, as they stand."""
        said: dict[str, object] = {"kind": self.kind.value}
        if self.body:
            said |= {"duties": self.body.duties, "is_published": bool(self.body.published_at)}
        return DutiesForm(initial=said, auto_id=f"id_{self.kind.value}_%s")


MOST_PAST = 50


def shown_at(county: County, school: School | None) -> list[BodyShown]:
    """Return every body that the place may have, with running and past seats; three queries."""
    bodies = list(Body.objects.filter(county=county, school=school))
    return bodies_shown(bodies, seats_of(bodies), school, today())


def shown_to_school(unit: School, moment: date) -> tuple[list[BodyShown], list[BodyShown]]:
    """Return a school's bodies and those of the county that it may read, as they stand on a day; two queries."""
    readable = Q(school=unit) | Q(school__isnull=True, published_at__isnull=False)
    bodies = list(Body.objects.filter(readable, county_id=unit.county_id))
    seats = list(seats_of(bodies))
    own = [body for body in bodies if body.school_id]
    county = [body for body in bodies if not body.school_id]
    published = bodies_shown(county, seats, None, moment)
    return bodies_shown(own, seats, unit, moment), [one for one in published if one.body]


def bodies_shown(
    bodies: Iterable[Body], seats: Iterable[Seat], school: School | None, moment: date
) -> list[BodyShown]:
    """Return every body that a place may have out of what was read, in their order."""
    known = {BodyKind(body.kind): body for body in bodies}
    held: dict[int, list[Seat]] = {body.pk: [] for body in known.values()}
    for seat in seats:
        if seat.body_id in held:
            held[seat.body_id].append(seat)
    return [
        body_shown(kind, known[kind], posts, held[known[kind].pk], moment)
        if kind in known
        else BodyShown(kind, None, [], list(posts), [])
        for kind, posts in posts_at(school).items()
    ]


def body_shown(
    kind: BodyKind, body: Body, posts: Iterable[PostKey], seats: Iterable[Seat], moment: date
) -> BodyShown:
    """Return one body with its seats: those that run by post, those that ended latest first."""
    ordered = ranked(seats, is_school=body.school_id is not None)
    running = [seat for seat in ordered if seat.ended_on is None]
    past = [seat for seat in ordered if seat.ended_on is not None]
    past.sort(key=lambda seat: (str(seat.ended_on), seat.pk), reverse=True)
    held = {seat.post for seat in running}
    return BodyShown(
        kind=kind,
        body=body,
        seats=[
            SeatShown(seat, bool(seat.until and seat.until < moment), seat.starts_on > moment)
            for seat in running
        ],
        empty=[post for post in posts if post not in held],
        past=past[:MOST_PAST],
    )


def by_post(seats: Iterable[SeatShown]) -> Mapping[str, list[Seat]]:
    """Return the seats under the label of their post, as a printed roster lists them."""
    found: dict[str, list[Seat]] = {}
    for shown in seats:
        if not shown.is_over and not shown.is_ahead:
            found.setdefault(shown.seat.get_post_display(), []).append(shown.seat)
    return found
