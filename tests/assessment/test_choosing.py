"""Choosing points: what has to be said, what can be chosen, what stays, what the county reads of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.programme import actions as programmes
from assessment.programme.models import PhaseKind
from assessment.selecting import actions
from assessment.selecting.models import Selection, SelectionState
from assessment.selecting.range import Range, range_for
from assessment.selecting.sheet import ways_to_complete
from assessment.submitting.models import SubmissionState
from microcapabilities.models import Point
from schools.clock import today
from schools.refusals import Refused
from tests import stories
from tests.cast import World, acting

pytestmark = pytest.mark.django_db
SAID = {"goal": "Use data", "measure": "Two lessons by June", "problem": "Quiet"}


def chosen(world: World, codes: tuple[str, ...] = stories.CODES, **said: str) -> Selection:
    """Return the draft of East's teacher with these points."""
    alpha, east = world.alpha, world.alpha.schools[0]
    row = stories.participant(alpha, east["teacher"])
    return actions.choose(participant=row, codes=codes, **{**SAID, **said}, by=acting(east["teacher"]))


def refusal_of_proposing(world: World, draft: Selection) -> str:
    with pytest.raises(Refused) as refused:
        actions.propose(selection=draft, by=acting(world.alpha.schools[0]["teacher"]))
    return refused.value.code


@pytest.mark.parametrize("name", ["problem", "goal", "measure"])
def test_problem_goal_and_measure_are_asked_for(in_alpha: World, name: str) -> None:
    stories.approved_plan(in_alpha.alpha, in_alpha.alpha.schools[0])
    assert refusal_of_proposing(in_alpha, chosen(in_alpha, **{name: " "})) == name


def test_programme_counts_only_its_environments(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    stories.approved_plan(in_alpha.alpha, east)
    year = stories.programme(in_alpha.alpha)
    type(year).objects.filter(pk=year.pk).update(environments="A")
    year.refresh_from_db()
    assert refusal_of_proposing(in_alpha, chosen(in_alpha, ("A1", "A5", "A9", "B1"))) == "environment"
    b1, a1 = Point.objects.get(code="B1"), Point.objects.get(code="A1")
    found = range_for(year, east.school)
    assert (found.allows(b1), found.allows(a1)) == (False, True)
    assert (bool(found.closes("A")), bool(found.closes("B"))) == (False, True)


def test_ways_to_complete_keep_to_a_binding_scheme(in_alpha: World) -> None:
    points = list(Point.objects.order_by("position"))
    bound = Range("ABC", "ABC", ("A11", "A12", "A13", "B1"), is_limited=True)
    ways = ways_to_complete(points, ticked=(), needed=20, range_of=bound)
    assert [[point.code for point in way.points] for way in ways] == [["A11", "A12", "A13"]]


def test_talk_is_recorded_and_a_talk_without_words_is_refused(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    selection = stories.proposed_selection(alpha, east)
    with pytest.raises(Refused) as refused:
        actions.endorse(selection=selection, agreed=" ", by=acting(east["group-head"]))
    assert refused.value.code == "note"
    event = actions.endorse(selection=selection, agreed="Start with A1.", by=acting(east["group-head"]))
    assert (event.note, event.role) == ("Start with A1.", "group-head")


def test_confirmed_choice_keeps_its_edition_of_the_catalogue(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    selection = stories.confirmed_selection(alpha, east)
    assert Selection.objects.get(pk=selection.pk).catalogue == stories.catalogue()


def test_begun_points_stay_and_others_may_go(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    stories.begun_submission(alpha, east, code="A1")
    assert refusal_of_proposing(in_alpha, chosen(in_alpha, ("A5", "A9", "A11", "A2"))) == "begun"
    actions.propose(selection=chosen(in_alpha, ("A1", "A9", "A11", "A2", "A3")), by=acting(east["teacher"]))
    held = Selection.objects.filter(person=east["teacher"], state=SelectionState.CONFIRMED)
    assert {row.point.code for row in held.get().chosen.all()} == set(stories.CODES)


def close_choosing(world: World) -> None:
    programmes.set_phase(
        programme=stories.programme(world.alpha),
        kind=PhaseKind.CHOOSE,
        opens_on=today() - timedelta(days=60),
        closes_on=today() - timedelta(days=1),
        by=acting(world.alpha["county-office"]),
    )


def test_finally_failed_point_is_replaced_after_choosing_has_closed(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    failed = stories.submission_at(alpha, east, SubmissionState.FAILED, code="A1")
    close_choosing(in_alpha)
    replacing = ("A2", "A5", "A9", "A11")
    assert refusal_of_proposing(in_alpha, chosen(in_alpha, replacing)) == "late"  # an attempt is left
    failed.rounds.update(rules=None)  # handed in before rules were kept: the present ones hold
    year = stories.programme(alpha)
    type(year).objects.filter(pk=year.pk).update(attempts=1)
    assert refusal_of_proposing(in_alpha, chosen(in_alpha, ("A2", "A5", "A9", "A12"))) == "late"
    actions.propose(selection=chosen(in_alpha, replacing), by=acting(east["teacher"]))
    failed.refresh_from_db()
    assert failed.state == SubmissionState.FAILED


def test_county_reads_its_choices_from_three_sides(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, west) = world.alpha, world.alpha.schools
    with scope(county=alpha.county, school=None):
        stories.confirmed_selection(alpha, east)
        stories.proposed_selection(alpha, east, "teacher2")
        stories.confirmed_selection(alpha, west)
    client: Client = signed_in_as(alpha["county-office"])
    place = [alpha.county.slug]
    schools = client.get(reverse("assessment:county-choices", args=place)).context["rows"]
    assert [(row.school.slug, row.confirmed, row.proposed, row.open) for row in schools] == [
        ("east", 1, 1, 1),
        ("west", 1, 0, 1),
    ]
    points = client.get(reverse("assessment:county-choices-points", args=place)).context["rows"]
    counted = {row.point.code: (row.teachers, row.schools) for row in points}
    assert (len(points), counted["A1"], counted["B1"]) == (30, (2, 2), (0, 0))
    teachers = client.get(reverse("assessment:county-choices-teachers", args=place)).context["rows"]
    assert [row.person for row in teachers] == [east["teacher"], west["teacher"]]


def test_task_sheet_lists_every_item_of_the_confirmed_points(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = world.alpha, world.alpha.schools[0]
    client: Client = signed_in_as(east["teacher"])
    with scopes_disabled():
        stories.proposed_selection(alpha, east)
    assert client.get(reverse("assessment:own-tasks")).context["sheet"] is None
    with scope(county=alpha.county, school=None):
        selection = Selection.objects.get(person=east["teacher"])
        actions.endorse(selection=selection, agreed="Open lesson in May.", by=acting(east["group-head"]))
        actions.confirm(selection=selection, by=acting(east["cio"]))
    sheet = client.get(reverse("assessment:own-tasks")).context["sheet"]
    assert ([task.point.code for task in sheet.tasks], sheet.credits) == (list(stories.CODES), 22)
    assert [len(task.items) for task in sheet.tasks] == [2, 3, 3, 3]
    assert sheet.agreed == "Open lesson in May."
