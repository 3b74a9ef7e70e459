"""The school's home: tasks by role, the board, stragglers."""

from django.urls import reverse
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from assessment.submitting.models import SubmissionState
from schools.organisations.models import TeachingGroup
from schools.people.models import Person
from tests.cast import SchoolCast, World
from tests.stories import CODES, confirmed_selection, programme, proposed_selection, submission_at


def home(cast: SchoolCast) -> str:
    return reverse("assessment:school-home", args=[cast.school.county.slug, cast.school.slug])


def tasks(client, cast: SchoolCast) -> dict[str, int | None]:  # type: ignore[no-untyped-def]
    """Return the page of each task with its count."""
    found = client.get(home(cast)).context["tasks"]
    return {task.url.removeprefix(home(cast)).partition("/")[0]: task.count for task in found}


def test_school_without_a_plan_is_asked_for_it_first(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    assert tasks(signed_in_as(east["cio"]), east) == {"plan": None}
    assert tasks(signed_in_as(east["principal"]), east) == {}


def test_tasks_go_to_those_who_can_do_them(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    proposed_selection(world.alpha, east)
    submission_at(world.alpha, east, SubmissionState.SUBMITTED, "teacher2")
    assert tasks(signed_in_as(east["group-head"]), east) == {"selections": 1}
    assert tasks(signed_in_as(east["cio"]), east) == {"panel": 1}
    assert tasks(signed_in_as(east["principal"]), east) == {}


def test_group_head_sees_the_own_group_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    with scopes_disabled():
        other = TeachingGroup.objects.create(county=world.alpha.county, school=east.school, name="数学组")
        Person.objects.filter(pk=east["teacher2"].pk).update(group=other)
    rows = signed_in_as(east["group-head"]).get(home(east)).context["rows"]
    assert [row.line.participant.person_id for row in rows] == [east["teacher"].pk]
    assert len(signed_in_as(east["principal"]).get(home(east)).context["rows"]) == 2


def test_stragglers_are_named_for_copying(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    confirmed_selection(world.alpha, east)
    found = signed_in_as(east["cio"]).get(home(east)).context["stragglers"]
    assert [group.names for group in found] == [[east["teacher2"].name], [east["teacher"].name]]


def test_home_is_closed_to_teachers_and_unknown_to_other_schools(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    assert signed_in_as(east["teacher"]).get(home(east)).status_code == 403
    assert signed_in_as(west["cio"]).get(home(east)).status_code == 404
    assert signed_in_as(world.beta["county-office"]).get(home(east)).status_code == 404


def test_home_asks_as_often_for_much_work_as_for_little(
    world: World, signed_in_as, django_assert_num_queries: DjangoAssertNumQueries
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client, counts = signed_in_as(east["cio"]), []
    for codes in (CODES[:1], CODES[1:]):
        for code in codes:
            submission_at(world.alpha, east, SubmissionState.SUBMITTED, code=code)
            submission_at(world.alpha, east, SubmissionState.SUBMITTED, "teacher2", code)
        with django_assert_num_queries(60, exact=False) as asked:
            client.get(home(east))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
