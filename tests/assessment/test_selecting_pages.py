"""The teacher's page of choosing points."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.selecting import actions
from assessment.selecting.models import Selection, SelectionState
from tests.cast import World, acting
from tests.stories import approved_plan, confirmed_selection, programme, proposed_selection

PAGE = "/me/selection/"


def ticked(answer: Any) -> set[str]:
    rows = [row for sheet in answer.context["sheets"] for _label, rows in sheet.dimensions for row in rows]
    return {row.point.code for row in rows if row.is_ticked}


def chosen_codes(selection: Selection) -> set[str]:
    with scopes_disabled():
        return set(selection.chosen.values_list("point__code", flat=True))


def latest(client: Client) -> Selection:
    with scopes_disabled():
        return Selection.objects.order_by("-pk").first()


def said(client: Client) -> list[str]:
    return [str(message) for message in client.get(PAGE).context["messages"]]


def test_page_says_who_enrols_when_the_teacher_is_not_enrolled(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["teacher"])
    for name in ("selection", "hours", "me"):
        answer = client.get(reverse(f"assessment:{name}"))
        assert answer.templates[0].name == "assessment/selecting/not_enrolled.html"


def test_page_is_refused_to_people_without_own_work(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-leader"])
    addresses = [reverse(f"assessment:{name}") for name in ("selection", "hours", "me")]
    assert [client.get(address).status_code for address in addresses] == [403] * 3


def test_draft_is_kept_with_goal_and_problem_when_saved(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    client = signed_in_as(in_alpha.alpha.schools[0]["teacher"])
    asked = {"points": ["A1", "A11"], "goal": " Use data ", "measure": "Two lessons", "problem": "Quiet"}
    assert client.post(f"{PAGE}save/", asked).headers["Location"] == PAGE
    draft = latest(client)
    assert (draft.state, draft.goal, draft.problem) == (SelectionState.DRAFT, "Use data", "Quiet")
    assert chosen_codes(draft) == {"A1", "A11"}
    shown = client.get(PAGE)
    assert (ticked(shown), shown.context["total"], shown.context["missing"]) == ({"A1", "A11"}, 11, 9)


def test_ways_to_complete_reach_the_credits_when_something_is_missing(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    programme(in_alpha.alpha)
    east.school.environments = "A"
    east.school.save(update_fields=["environments"])
    client = signed_in_as(east["teacher"])
    client.post(f"{PAGE}save/", {"points": ["A1", "A11"]})
    ways = client.get(PAGE).context["completions"]
    assert [sum(point.credits for point in way.points) for way in ways] == [way.credits for way in ways]
    assert (len(ways), min(way.credits for way in ways)) == (6, 9)
    assert {point.environment for way in ways for point in way.points} == {"A"}


def test_points_of_missing_environments_are_disabled_with_the_reason(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    programme(in_alpha.alpha)
    east.school.environments = "A"
    east.school.save(update_fields=["environments"])
    client = signed_in_as(east["teacher"])
    client.post(f"{PAGE}save/", {"points": ["A1", "C1"]})
    answer = client.get(PAGE)
    closed = {sheet.letter: bool(sheet.closed_because) for sheet in answer.context["sheets"]}
    assert closed == {"A": False, "B": True, "C": True}
    assert ticked(answer) == {"A1"}
    assert answer.content.decode().count('" disabled>') == 17


def test_focus_points_of_the_plan_are_marked(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    approved_plan(in_alpha.alpha, east)
    sheets = signed_in_as(east["teacher"]).get(PAGE).context["sheets"]
    focus = [
        row.point.code
        for sheet in sheets
        for _label, rows in sheet.dimensions
        for row in rows
        if row.is_focus
    ]
    assert focus == ["A1"]


def test_proposal_goes_to_the_group_when_it_reaches_the_credits(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    approved_plan(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    said_too = {"problem": "Quiet", "goal": "Use data", "measure": "Two lessons"}
    client.post(f"{PAGE}propose/", {"points": ["A1", "A5", "A9", "A11"], **said_too})
    assert latest(client).state == SelectionState.PROPOSED
    answer = client.get(PAGE)
    assert (answer.context["pending"].pk, "form" in answer.context) == (latest(client).pk, False)


def test_draft_is_kept_when_the_proposal_is_refused(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    approved_plan(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    client.post(f"{PAGE}propose/", {"points": ["A1"], "goal": "Use data"})
    draft = latest(client)
    assert (draft.state, draft.goal, chosen_codes(draft)) == (SelectionState.DRAFT, "Use data", {"A1"})
    assert len(said(client)) == 1


def test_all_that_was_ticked_comes_back_when_a_code_is_unknown(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    client = signed_in_as(in_alpha.alpha.schools[0]["teacher"])
    answer = client.post(f"{PAGE}save/", {"points": ["A1", "Z9"], "goal": "Use data"})
    assert (answer.status_code, ticked(answer), answer.context["form"]["goal"].value()) == (
        200,
        {"A1"},
        "Use data",
    )
    assert Selection.objects.count() == 0


def test_stale_page_proposes_nothing(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    selection = proposed_selection(in_alpha.alpha, east)
    actions.send_back(selection=selection, note="Think of A11.", by=acting(east["group-head"]))
    client = signed_in_as(east["teacher"])
    client.post(f"{PAGE}propose/", {"points": ["A1", "A5", "A9", "A11"], "version": "0"})
    assert latest(client).state == SelectionState.RETURNED


def test_words_of_the_head_are_shown_when_the_choice_came_back(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    selection = proposed_selection(in_alpha.alpha, east)
    actions.send_back(selection=selection, note="Think of A11.", by=acting(east["group-head"]))
    answer = signed_in_as(east["teacher"]).get(PAGE)
    words = answer.context["came_back"]
    assert (words.note, words.actor_name) == ("Think of A11.", east["group-head"].name)
    assert answer.context["form"]["version"].value() == selection.version


def test_confirmed_choice_holds_while_a_new_one_is_drafted(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    confirmed = confirmed_selection(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    assert ticked(client.get(PAGE)) == {"A1", "A5", "A9", "A11"}
    client.post(f"{PAGE}save/", {"points": ["A1", "A5", "A9", "A12"]})
    answer = client.get(PAGE)
    assert (answer.context["confirmed"], answer.context["draft"].number) == (confirmed, 2)
    assert ticked(answer) == {"A1", "A5", "A9", "A12"}


@pytest.mark.parametrize("address", [PAGE, "/me/"])
def test_pages_ask_as_often_for_one_chosen_point_as_for_many(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_num_queries, address: str
) -> None:
    approved_plan(in_alpha.alpha, in_alpha.alpha.schools[0])
    client, counts = signed_in_as(in_alpha.alpha.schools[0]["teacher"]), []
    for codes in (["A1"], [f"A{number}" for number in range(1, 14)]):
        client.post(f"{PAGE}save/", {"points": codes})
        client.get(address)
        with django_assert_num_queries(200, exact=False) as asked:
            client.get(address)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
