"""Papers to print: all lines, the heading with its numbers, and the lines to sign."""

from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.papers import SIGNATURES
from assessment.planning.models import Filing
from tests.access.building import add_teacher
from tests.cast import SchoolCast, World
from tests.stories import approved_plan, filed_return, programme


def at(name: str, cast: SchoolCast) -> str:
    document = ["plan"] if name.startswith("school-filing") else []
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *document])


def test_plans_paper_carries_heading_number_and_signature_lines(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    plan = approved_plan(world.alpha, east)
    with scopes_disabled():
        plan = Filing.objects.get(pk=plan.pk)
    answer = signed_in_as(east["principal"]).get(at("school-filing-paper", east))
    text, paper = answer.content.decode(), answer.context["paper"]
    year = programme(world.alpha)
    assert paper.number == f"341324-{year.year}-F{plan.pk:05d}-{plan.version}"
    for words in (paper.number, plan.number, world.alpha.county.office_name, year.name, "Quiet classes"):
        assert words in text
    assert text.count("signature-line") == len(SIGNATURES) == 3


def test_returns_paper_lists_everybody_on_one_paper(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    for number in range(60):
        add_teacher(east, f"more{number}")
    approved_plan(world.alpha, east)
    row = filed_return(world.alpha, east)
    own = signed_in_as(east["cio"]).get(at("school-return-paper", east))
    county = signed_in_as(world.alpha["county-leader"]).get(
        reverse("assessment:county-return-paper", args=["alpha", row.pk])
    )
    for answer in (own, county):
        assert len(answer.context["rows"]) == 62
        assert answer.content.decode().count('<th scope="row">') == 62


def test_paper_asks_as_often_for_two_people_as_for_thirty(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_max_num_queries
) -> None:
    east = world.alpha.schools[0]
    for number in range(30):
        add_teacher(east, f"more{number}")
    filed_return(world.alpha, east)
    client = signed_in_as(east["cio"])
    with django_assert_max_num_queries(15):
        client.get(at("school-return-paper", east))


def test_paper_of_a_plan_not_begun_does_not_exist(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    assert client.get(at("school-filing-paper", east)).status_code == 404
    assert client.get(at("school-return-paper", east)).status_code == 404
