"""Bodies as a page shows them: each with its posts in order, who sits there, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.planning.bodies.forms import DutiesForm
from assessment.planning.bodies.models import Body, BodyKind, PostKey, Seat
from assessment.planning.bodies.posts import posts_at
from assessment.planning.bodies.queries import bodies_at, ranked, seats_of
from schools.clock import today
from schools.organisations.models import County, School


@dataclass(frozen=True)
class SeatShown:
    """A running seat; one whose term lies behind is marked."""

    seat: Seat
    is_over: bool


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
        said = {"kind": self.kind.value}
        if self.body:
            said |= {"duties": self.body.duties, "is_published": bool(self.body.published_at)}
        return DutiesForm(initial=said, auto_id=f"id_{self.kind.value}_%s")


MOST_PAST = 50


def shown_at(county: County, school: School | None) -> list[BodyShown]:
    """Return every body that the place may have, with running and past seats; three queries."""
    bodies = {BodyKind(body.kind): body for body in bodies_at(county, school)}
    running = list(seats_of(bodies.values()))
    past = list(seats_of(bodies.values(), is_ended=True).order_by("-ended_on", "-pk")[:MOST_PAST])
    return [
        body_shown(kind, bodies.get(kind), posts, running, past) for kind, posts in posts_at(school).items()
    ]


def body_shown(
    kind: BodyKind,
    body: Body | None,
    posts: Iterable[PostKey],
    running: Iterable[Seat],
    past: Iterable[Seat],
) -> BodyShown:
    """Return one body out of what was read for all."""
    if body is None:
        return BodyShown(kind, None, [], list(posts), [])
    own = ranked((seat for seat in running if seat.body_id == body.pk), is_school=body.school_id is not None)
    held = {seat.post for seat in own}
    moment = today()
    return BodyShown(
        kind=kind,
        body=body,
        seats=[SeatShown(seat, bool(seat.until and seat.until < moment)) for seat in own],
        empty=[post for post in posts if post not in held],
        past=[seat for seat in past if seat.body_id == body.pk],
    )


def published(county: County) -> list[BodyShown]:
    """Return the county's bodies whose roster the schools may read."""
    return [one for one in shown_at(county, None) if one.body and one.body.published_at]


def by_post(seats: Iterable[SeatShown]) -> Mapping[str, list[Seat]]:
    """Return the seats under the label of their post, as a printed roster lists them."""
    found: dict[str, list[Seat]] = {}
    for shown in seats:
        if not shown.is_over:
            found.setdefault(shown.seat.get_post_display(), []).append(shown.seat)
    return found
