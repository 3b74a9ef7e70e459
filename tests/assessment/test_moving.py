"""The same step for many at once does what `move()` does one by one."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessment import workflow
from assessment.events import Event
from assessment.moving import move_all, move_each
from assessment.training.models import Category, ClaimState, HourClaim, Source
from assessment.workflow import move
from schools.access.actor import Actor
from schools.clock import today
from schools.refusals import Stale
from tests.cast import SchoolCast, World, acting, give_role
from tests.stories import participant

Told = tuple[list[int], list[tuple[int, str]]]


def claims_of(world: World, school: SchoolCast, count: int, who: str = "teacher") -> list[HourClaim]:
    """Return claims that were only just entered."""
    row = participant(world.alpha, school[who])
    return [
        HourClaim.objects.create(
            county=row.county, school=row.school, programme=row.programme, participant=row, person=row.person,
            category=Category.ONLINE, hours=Decimal(1), title=f"Course {number}", held_on=today(),
            source=Source.CLAIM,
        )
        for number in range(count)
    ]  # fmt: skip


def facts() -> list[tuple[Any, ...]]:
    """Return claims and events without what differs from run to run."""
    rows = list(HourClaim.objects.order_by("pk").values_list("pk", "state", "version", "school", "hours"))
    names = ("subject_id", "version", "action", "from_state", "to_state", "actor", "role", "note", "school")
    return rows + list(
        Event.objects.filter(workflow="hour-claim").order_by("subject_id", "version").values_list(*names)
    )


def one_by_one(claims: list[HourClaim], action: str, by: Actor, note: str, versions: dict[int, int]) -> Told:
    done, refused = move_each(
        claims, lambda claim: move(claim, action, by=by, note=note, version=versions.get(claim.pk))
    )
    return [claim.pk for claim in done], [(claim.pk, sentence) for claim, sentence in refused]


def at_once(claims: list[HourClaim], action: str, by: Actor, note: str, versions: dict[int, int]) -> Told:
    done, refused = move_all(claims, action, by=by, note=note, versions=dict(versions))
    return [claim.pk for claim in done], [(claim.pk, sentence) for claim, sentence in refused]


@pytest.mark.parametrize(
    ("action", "who", "note"),
    [
        ("attest", "cio", ""),
        ("attest", "teacher", ""),  # no right
        ("attest", "teacher2", ""),  # one is their own
        ("refuse", "cio", ""),  # needs words
        ("refuse", "cio", "No date."),
        ("recognise", "office", ""),
        ("vouch", "office", ""),  # came by no file
    ],
)
def test_move_all_equals_move_one_by_one(in_alpha: World, action: str, who: str, note: str) -> None:
    """Claims of two schools, in several states, the actor's own among them, one seen at an older version."""
    alpha = in_alpha.alpha
    east, west = alpha.schools
    claims = (
        claims_of(in_alpha, east, 3) + claims_of(in_alpha, west, 1) + claims_of(in_alpha, east, 1, "teacher2")
    )
    give_role(east["teacher2"], "team", east.school)
    move(claims[1], "attest", by=acting(east["cio"]))
    move(claims[2], "attest", by=acting(east["cio"]))
    by = acting(alpha["county-office"] if who == "office" else east[who])
    told = []
    ways: tuple[Callable[..., Told], ...] = (one_by_one, at_once)
    for way in ways:
        with transaction.atomic():
            rows = list(HourClaim.objects.order_by("pk").select_related("school"))
            answer = way(rows, action, by, note, {claims[2].pk: 0})
            told.append((*answer, facts(), [(row.state, row.version) for row in rows]))
            transaction.set_rollback(True)
    assert sorted(told[0][1]) == sorted(told[1][1])
    assert told[0] == told[1]


def test_queries_do_not_grow_with_the_rows(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    cio, counts = acting(east["cio"]), []
    for count in (1, 40):
        claims = claims_of(in_alpha, east, count)
        with CaptureQueriesContext(connection) as asked:
            move_all(claims, "attest", by=cio)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_row_that_changed_under_the_lock_takes_everything_back(
    in_alpha: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A race is played by a step's policy that moves a row behind the batch's back."""
    east = in_alpha.alpha.schools[0]
    claims = claims_of(in_alpha, east, 3)

    def meddling(call: workflow.Move) -> None:
        HourClaim.objects.filter(pk=claims[2].pk).update(version=7)

    step = HourClaim.workflow.steps["attest"]
    monkeypatch.setitem(HourClaim.workflow.steps, "attest", replace(step, policies=(meddling,)))
    with pytest.raises(Stale):
        move_all(claims, "attest", by=acting(east["cio"]))
    assert set(HourClaim.objects.values_list("state", flat=True)) == {ClaimState.CLAIMED}
    assert Event.objects.filter(workflow="hour-claim").count() == 0
    assert {claim.state for claim in claims} == {ClaimState.CLAIMED}


def test_the_same_row_twice_moves_once(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    (claim,) = claims_of(in_alpha, east, 1)
    done, refused = move_all([claim, claim], "attest", by=acting(east["cio"]))
    assert (done, refused, claim.version) == ([claim], [], 1)
    assert move_all([], "attest", by=acting(east["cio"])) == ([], [])
