"""How much is left for each reviewer of a panel, measured by their own pace."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessment.programme.models import Programme
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.pace import LOOKED_AT, pace
from assessment.reviewing.panels.members import Member
from assessment.reviewing.panels.proposing import open_load


@dataclass(frozen=True)
class Forecast:
    """A member with open and finished reviews; `minutes_each` is None until their pace is known."""

    member: Member
    open: int
    done: int
    minutes_each: int | None
    hours_left: float | None


def forecasts(members: Sequence[Member], programme: Programme | None) -> list[Forecast]:
    """Return what is left for each member, the most loaded first; two queries for any number."""
    load = open_load(members)
    finished: dict[int, list[datetime]] = defaultdict(list)
    rows = Review.objects.filter(
        person__in=[one.pk for one in members],
        state=ReviewState.FINISHED,
        submission__programme=programme,
    ).order_by("person_id", "-finished_at")
    for person_id, at in rows.values_list("person_id", "finished_at"):
        finished[person_id].append(at)
    found = [forecast(one, load[one.pk], finished[one.pk]) for one in members]
    return sorted(found, key=lambda row: (-row.open, row.member.person.pinyin, row.member.pk))


def forecast(member: Member, waiting: int, finished: Sequence[datetime]) -> Forecast:
    """Return one member's forecast from their times of finishing, newest first."""
    each = pace(finished[:LOOKED_AT])
    return Forecast(
        member,
        waiting,
        len(finished),
        max(1, round(each / timedelta(minutes=1))) if each is not None else None,
        round(each * waiting / timedelta(hours=1), 1) if each is not None else None,
    )
