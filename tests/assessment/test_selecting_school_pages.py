"""Talking choices over, endorsing and confirming them."""

from django.contrib.messages import get_messages
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from assessment.selecting.models import Selection, SelectionState
from schools.organisations.models import TeachingGroup
from schools.people.models import Person
from tests.cast import SchoolCast, World, give_role, make_person
from tests.stories import CODES, confirmed_selection, programme, proposed_selection


def at(name: str, cast: SchoolCast, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def fresh(selection: Selection) -> Selection:
    with scopes_disabled():
        return Selection.objects.get(pk=selection.pk)


TALKED = {"version": 1, "note": "Start with A1; an open lesson in May."}


def into_other_group(cast: SchoolCast, who: str) -> None:
    """Put somebody into a second group of the school, which has no head."""
    with scopes_disabled():
        group = TeachingGroup.objects.create(county=cast.school.county, school=cast.school, name="数学组")
        Person.objects.filter(pk=cast[who].pk).update(group=group)


def test_group_head_sees_and_endorses_the_own_group_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    mine, other = proposed_selection(world.alpha, east), proposed_selection(world.alpha, east, "teacher2")
    into_other_group(east, "teacher2")
    client = signed_in_as(east["group-head"])
    listed = client.get(at("school-selections", east))
    assert [row.pk for row in listed.context["rows"]] == [mine.pk]
    assert client.get(at("school-selection", east, other.pk)).status_code == 404
    assert client.post(at("school-selection-endorse", east, other.pk)).status_code == 404
    client.post(at("school-selections-endorse", east), {"ids": [mine.pk, other.pk], "note": "Start with A1."})
    assert [fresh(mine).state, fresh(other).state] == [SelectionState.ENDORSED, SelectionState.PROPOSED]


def test_batch_confirms_the_endorsed_and_names_the_refused(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    good, early = proposed_selection(world.alpha, east), proposed_selection(world.alpha, east, "teacher2")
    signed_in_as(east["group-head"]).post(at("school-selection-endorse", east, good.pk), TALKED)
    answer = signed_in_as(east["cio"]).post(
        at("school-selections-confirm", east), {"ids": [good.pk, early.pk]}
    )
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert [fresh(good).state, fresh(early).state] == [SelectionState.CONFIRMED, SelectionState.PROPOSED]
    assert sum(sentence.startswith(f"{east['teacher2'].name} v1: ") for sentence in said) == 1


def test_choice_is_sent_back_with_words_and_not_without(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    selection = proposed_selection(world.alpha, east)
    client = signed_in_as(east["group-head"])
    client.post(at("school-selection-return", east, selection.pk), {"version": 1, "note": " "})
    assert fresh(selection).state == SelectionState.PROPOSED
    client.post(at("school-selection-return", east, selection.pk), {"version": 1, "note": "Take A2 first."})
    page = client.get(at("school-selection", east, selection.pk))
    assert (page.context["selection"].state, page.context["story"][0].note) == (4, "Take A2 first.")


def test_second_confirmation_shows_the_sentence_and_the_page_as_it_is(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    selection = confirmed_selection(world.alpha, east)
    answer = signed_in_as(east["cio"]).post(
        at("school-selection-confirm", east, selection.pk), {"version": 2}, follow=True
    )
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert answer.context["selection"].version == 3


def test_tabs_count_every_state_and_name_those_without_a_choice(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    confirmed_selection(world.alpha, east)
    answer = signed_in_as(east["cio"]).get(at("school-selections", east), {"state": "none"})
    counts = {tab.key: tab.count for tab in answer.context["tabs"]}
    assert counts == {"proposed": 0, "endorsed": 0, "confirmed": 1, "returned": 0, "none": 1}
    assert [row.person_id for row in answer.context["rows"]] == [east["teacher2"].pk]
    assert answer.context["names"] == east["teacher2"].name


def test_detail_names_the_points_and_what_would_be_replaced(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    earlier = confirmed_selection(world.alpha, east)
    later = proposed_selection(world.alpha, east, codes=("A2", "A5", "A9", "A11"))
    page = signed_in_as(east["cio"]).get(at("school-selection", east, later.pk))
    assert page.context["earlier"].pk == earlier.pk
    assert [row.point.code for row in page.context["earlier"].chosen.all()] == list(CODES)


def test_teachers_and_other_schools_stay_outside(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    selection = proposed_selection(world.alpha, east)
    assert signed_in_as(east["teacher"]).get(at("school-selections", east)).status_code == 403
    assert signed_in_as(east["group-head"]).post(at("school-selections-confirm", east)).status_code == 403
    client = signed_in_as(west["cio"])
    assert client.get(at("school-selection", east, selection.pk)).status_code == 404
    assert client.get(at("school-selection", west, selection.pk)).status_code == 404
    client.post(at("school-selections-confirm", west), {"ids": [selection.pk]})
    assert fresh(selection).state == SelectionState.PROPOSED


def test_list_asks_as_often_for_one_choice_as_for_four(
    world: World, signed_in_as, django_assert_num_queries: DjangoAssertNumQueries
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    for number in range(3):
        person = make_person(f"新{number}", world.alpha.county, east.school, group=east.group)
        give_role(person, "teacher", east.school)
        east.people[f"new{number}"] = person
    programme(world.alpha)
    client, counts = signed_in_as(east["cio"]), []
    for count, names in ((1, ["teacher"]), (4, ["new0", "new1", "new2"])):
        for who in names:
            proposed_selection(world.alpha, east, who)
        with (
            scope(county=world.alpha.county, school=None),
            django_assert_num_queries(50, exact=False) as asked,
        ):
            answer = client.get(at("school-selections", east), {"state": "proposed"})
        assert len(answer.context["rows"]) == count
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 15
