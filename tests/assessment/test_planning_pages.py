"""The school's plan and the county's list of plans, through the browser's door."""

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from assessment.planning.models import Filing, FilingState
from tests.cast import SchoolCast, World
from tests.filings_said import YEAR
from tests.stories import approved_plan, programme

SENT: dict[str, object] = {
    "title": "Plan", "problem": "Quiet classes", "basis": "Tablets", "measures": "An hour a week", "focus": ["A1"],
    "goals-0-what": "Data lessons", "goals-0-baseline": "30 %", "goals-0-target": "60 %",
    "goals-0-measure": "open lessons", "goals-0-date": f"{YEAR}-12-01", "goals-0-auto": "", "goals-1-what": "",
}  # fmt: skip


def at(name: str, cast: SchoolCast, document: str = "plan") -> str:
    documents = [document] if name.startswith("school-filing-") else []
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *documents])


def office(name: str, world: World, *args: int) -> str:
    return reverse(f"assessment:{name}", args=[world.alpha.county.slug, *args])


def plan_of(world: World, cast: SchoolCast) -> Filing:
    with scope(county=world.alpha.county, school=None):
        return Filing.objects.get(school=cast.school)


def write(client: Client, east: SchoolCast, **changed: object):  # type: ignore[no-untyped-def]
    return client.post(at("school-filing-save", east), {**SENT, **changed})


def said(response) -> list[str]:  # type: ignore[no-untyped-def]
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_plan_is_written_filed_and_then_closed_to_edits(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    assert write(client, east).status_code == 302
    assert client.post(at("school-filing-file", east), {"version": 0}).status_code == 302
    plan = plan_of(world, east)
    assert (plan.state, plan.content["focus"]) == (FilingState.FILED, ["A1"])
    write(client, east, title="Other")
    assert plan_of(world, east).title == "Plan"


def test_plan_form_shows_what_was_typed_when_a_field_is_wrong(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    answer = write(signed_in_as(east["cio"]), east, title="", problem="Typed with care")
    assert answer.status_code == 422
    assert answer.context["form"]["problem"].value() == "Typed with care"
    assert list(answer.context["form"].errors) == ["title"]


def test_plan_offers_points_of_the_schools_environments_only(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    with scope(county=world.alpha.county, school=None):
        east.school.environments = "A"
        east.school.save()
    answer = signed_in_as(east["cio"]).get(at("school-plan", east))
    assert {code[0] for code, _label in answer.context["form"].fields["focus"].choices} == {"A"}
    assert write(signed_in_as(east["cio"]), east, focus=["C1"]).status_code == 422


def test_principal_reads_the_plan_and_writes_nothing(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    approved_plan(world.alpha, world.alpha.schools[0])
    east = world.alpha.schools[0]
    client = signed_in_as(east["principal"])
    answer = client.get(at("school-plan", east))
    assert (answer.status_code, answer.context["form"], answer.context["buttons"]) == (200, None, [])
    assert answer.context["filing"].number in answer.content.decode()
    assert write(client, east).status_code == 403


def test_county_returns_with_remarks_that_the_school_reads(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    write(client, east)
    client.post(at("school-filing-file", east))
    plan = plan_of(world, east)
    county = signed_in_as(world.alpha["county-office"])
    county.post(office("county-filing-return", world, plan.pk), {"version": plan.version, "note": ""})
    assert plan_of(world, east).state == FilingState.FILED
    county.post(
        office("county-filing-return", world, plan.pk), {"version": plan.version, "note": "Name a date."}
    )
    answer = signed_in_as(east["cio"]).get(at("school-plan", east))
    assert answer.context["story"][0].note == "Name a date."
    assert answer.context["form"] is not None


def test_county_approves_a_batch_and_names_who_was_quicker(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    for school in world.alpha.schools:
        client = signed_in_as(school["cio"])
        write(client, school)
        client.post(at("school-filing-file", school))
    first, second = (plan_of(world, school) for school in world.alpha.schools)
    county = signed_in_as(world.alpha["county-office"])
    sent = {"ids": [first.pk, second.pk], f"version-{first.pk}": first.version, f"version-{second.pk}": 0}
    answer = county.post(office("county-filings-approve", world), sent)
    assert [plan_of(world, school).state for school in world.alpha.schools] == [4, 2]
    assert len([sentence for sentence in said(answer) if sentence.startswith("Plan: ")]) == 1
    listed = county.get(office("county-filings", world))
    assert [plan.pk for plan in listed.context["rows"]] == [second.pk]


def test_second_approval_shows_a_sentence_and_keeps_the_number(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    plan = approved_plan(world.alpha, world.alpha.schools[0])
    county = signed_in_as(world.alpha["county-office"])
    answer = county.post(office("county-filing-approve", world, plan.pk), {"version": 1}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert plan_of(world, world.alpha.schools[0]).number == plan.number


def test_other_countys_filings_and_schools_do_not_exist(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    plan = approved_plan(world.alpha, world.alpha.schools[0])
    programme(world.beta)
    beta = signed_in_as(world.beta["county-office"])
    assert beta.get(office("county-filing", world, plan.pk)).status_code == 404
    assert beta.get(reverse("assessment:county-filing", args=["beta", plan.pk])).status_code == 404
    assert beta.post(reverse("assessment:county-filing-approve", args=["beta", plan.pk])).status_code == 404
    west = signed_in_as(world.alpha.schools[1]["cio"])
    assert west.get(at("school-plan", world.alpha.schools[0])).status_code == 404
