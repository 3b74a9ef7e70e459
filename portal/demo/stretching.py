"""The minutes in which the demonstration was made, stretched over the year's calendar.

Every time is moved by one rising function, so that nothing changes its order; certificates keep the day on
which they were really signed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Max, Min

from assessment.checking.appeals.models import Appeal, Hearing
from assessment.checking.cases.models import Judgement
from assessment.checking.drawing.models import Draw, Enlargement
from assessment.checking.models import SchoolReturn
from assessment.checking.process.models import ProcessSample
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.models import Decision, Review
from assessment.reviewing.panels.models import Delegation, Relation
from assessment.submitting.likeness.models import Likeness
from assessment.submitting.models import Attempt, Evidence
from assessment.workflow import Stateful
from schools.notices.models import Notice
from schools.organisations.models import TenantModel

# The first event of a kind lies so many days back: within the windows of `county.windows`.
BACK: tuple[tuple[str, str, float], ...] = (
    ("filing", "file", 88),
    ("selection", "propose", 80),
    ("hour-claim", "attest", 66),
    ("submission", "submit", 58),
    ("review", "finish", 46),
    ("submission", "pass", 38),
    ("return", "publish", 9),
    ("case", "assign", 4.5),
    ("return", "accept", 3),
)
TIMES: tuple[tuple[type[TenantModel], tuple[str, ...]], ...] = (
    (Attempt, ("opened_at", "submitted_at")),
    (Evidence, ("added_at",)),
    (Likeness, ("seen_at", "found_at")),
    (Review, ("assigned_at", "finished_at")),
    (Decision, ("decided_at",)),
    (SchoolReturn, ("published_at", "signed_at")),
    (Draw, ("planned_at", "drawn_at", "abandoned_at")),
    (Enlargement, ("made_at",)),
    (Judgement, ("assigned_at", "finished_at")),
    (Appeal, ("released_at", "lodged_at")),
    (Hearing, ("asked_at", "voted_at")),
    (ProcessSample, ("drawn_at",)),
    (HonourName, ("put_forward_at", "withdrawn_at")),
    (Coach, ("named_at", "ended_at")),
    (Relation, ("declared_at", "ended_at")),
    (Delegation, ("delegated_at", "ended_at")),
    (Notice, ("told_at",)),
)
PIECE = 500
Anchor = tuple[datetime, datetime]


def stretch(programme: Programme) -> None:
    """Move the times of all that happened in the programme's county back along the calendar."""
    anchors = anchors_of(programme)
    if len(anchors) < 2:
        return
    events = Event._base_manager.filter(county=programme.county).exclude(workflow="certificate")
    move_times(list(events.only("pk", "at")), ("at",), anchors)
    for model, names in TIMES:
        move_times(list(model._base_manager.filter(county=programme.county)), names, anchors)


def anchors_of(programme: Programme) -> list[Anchor]:
    """Return when each kind of event began and when it shall have begun, both rising; the last is now."""
    events = Event._base_manager.filter(county=programme.county).exclude(workflow="certificate")
    last = events.aggregate(last=Max("at"))["last"]
    found: list[Anchor] = []
    for workflow, action, days in BACK:
        first = events.filter(workflow=workflow, action=action).aggregate(first=Min("at"))["first"]
        if first is not None and (not found or first > found[-1][0]):
            found.append((first, last - timedelta(days=days)))
    return [*found, (last, last)] if found else []


def moved(moment: datetime, anchors: Sequence[Anchor]) -> datetime:
    """Return where a moment comes to lie: between its anchors in proportion, before the first as far off."""
    begun = [begin for begin, _shall in anchors]
    number = bisect_right(begun, moment) - 1
    if number < 0:
        return anchors[0][1] - (begun[0] - moment)
    begin, shall = anchors[number]
    if number + 1 == len(anchors):
        return shall + (moment - begin)
    next_begin, next_shall = anchors[number + 1]
    return shall + (next_shall - shall) * ((moment - begin) / (next_begin - begin))


def move_times(
    rows: Sequence[Event | Stateful | TenantModel], names: Sequence[str], anchors: Sequence[Anchor]
) -> None:
    """Write the moved times of the rows."""
    if not rows:
        return
    for row in rows:
        for name in names:
            if moment := getattr(row, name):
                setattr(row, name, moved(moment, anchors))
    type(rows[0])._base_manager.bulk_update(rows, names, batch_size=PIECE)
