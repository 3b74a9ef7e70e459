"""The help tells of every role, right, step and condition there is, and leads to one's own pages."""

import pytest
from django.test import Client
from django.urls import reverse

from assessment.workflow import WORKFLOWS, Step
from portal.help.finding import ABOUT, help_for
from portal.help.pages import PAGES
from portal.help.process import TOPICS
from portal.help.words import CONDITIONS, RIGHTS, TURNS
from schools.access.permissions import Permission
from schools.access.roles import ROLES
from tests.access.lines import ADDRESSES
from tests.cast import World
from tests.stories import programme

pytestmark = pytest.mark.django_db


def every_step() -> list[Step]:
    return [step for workflow in WORKFLOWS.values() for step in workflow.steps.values()]


def test_words_cover_every_right_turn_condition_and_workflow() -> None:
    policies = {policy.__name__ for step in every_step() for policy in step.policies}
    owners = {face.owner for workflow in WORKFLOWS.values() for face in workflow.faces.values()}
    assert set(RIGHTS) == set(Permission)
    assert set(CONDITIONS) == policies
    assert owners - set(TURNS) == set()
    assert set(TOPICS) == set(WORKFLOWS)
    assert {page.topic for page in PAGES} - {""} == set(TOPICS)


def test_every_right_leads_to_a_page_that_exists() -> None:
    assert set().union(*(page.acts | page.sees for page in PAGES)) == set(Permission)
    assert ({page.name for page in PAGES} | set(ABOUT)) - set(ADDRESSES) == set()
    assert [name for name in ABOUT if not help_for(name)] == []


def test_index_lists_every_role_and_every_workflow(client: Client) -> None:
    text = client.get(reverse("portal:help")).content.decode()
    wanted = [reverse("portal:help-role", args=[key]) for key in ROLES]
    wanted += [reverse("portal:help-steps", args=[key]) for key in WORKFLOWS]
    assert [url for url in wanted if f'href="{url}"' not in text] == []


@pytest.mark.parametrize("key", ROLES)
def test_role_is_told_with_all_its_rights(client: Client, key: str) -> None:
    answer = client.get(reverse("portal:help-role", args=[key]))
    rights = [words for words, _pages in answer.context["rights"]]
    assert sorted(rights) == sorted(RIGHTS[right] for right in ROLES[key].permissions)
    text = answer.content.decode()
    for giver in answer.context["appointed_by"]:
        assert reverse("portal:help-role", args=[giver.key]) in text


@pytest.mark.parametrize("key", TOPICS)
def test_workflow_is_told_step_by_step(client: Client, key: str) -> None:
    answer = client.get(reverse("portal:help-steps", args=[key]))
    text = answer.content.decode()
    assert [action for action in WORKFLOWS[key].steps if f'id="step-{action}"' not in text] == []
    told = {step.action: {role.key for role in step.roles} for step, _pages in answer.context["steps"]}
    for action, step in WORKFLOWS[key].steps.items():
        allowed = {role.key for role in ROLES.values() if role.permissions & set(step.permissions)}
        assert told[action] == allowed, action


def test_unknown_role_and_workflow_do_not_exist(client: Client) -> None:
    assert client.get(reverse("portal:help-role", args=["king"])).status_code == 404
    assert client.get(reverse("portal:help-steps", args=["war"])).status_code == 404


def test_words_find_points_by_code_and_roles_by_initials(client: Client) -> None:
    def urls(asked: str) -> list[str]:
        return [entry.url for entry in client.get(reverse("portal:help"), {"q": asked}).context["found"]]

    assert reverse("microcapabilities:point", args=["A11"]) in urls("a11")
    assert reverse("portal:help-role", args=["principal"]) in urls("xiaozhang")
    assert urls("qqqqzzzz") == []


def test_links_lead_to_ones_own_place(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["cio"])
    text = client.get(reverse("portal:help-steps", args=["filing"])).content.decode()
    assert reverse("assessment:school-plan", args=["alpha", "east"]) in text
    assert reverse("assessment:county-filings", args=["alpha"]) not in text
    assert "beta" not in text


def test_rules_are_those_of_ones_own_county(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    year = programme(world.alpha)
    client = signed_in_as(world.alpha.schools[0]["teacher"])
    rules = client.get(reverse("portal:help")).context["rules"]
    assert rules.programme == year
    assert str(year.credits) in [rule.value for rule in rules.about("selection").rules]
    south = world.beta.schools[0]["teacher"]
    assert signed_in_as(south).get(reverse("portal:help")).context["rules"] is None
    assert Client().get(reverse("portal:help")).context["rules"] is None


def test_help_asks_few_queries(world: World, signed_in_as, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    client = signed_in_as(world.alpha.schools[0]["cio"])
    for url in (reverse("portal:help"), reverse("portal:help-steps", args=["submission"])):
        with django_assert_max_num_queries(15):
            client.get(url)


def test_pages_carry_a_way_to_their_help(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha.schools[0]["cio"])
    page = client.get(reverse("assessment:school-plan", args=["alpha", "east"])).content.decode()
    assert f'class="help-mark" href="{reverse("portal:help-steps", args=["filing"])}"' in page


def test_refusal_names_the_right_its_holders_and_who_gives_it(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    answer = signed_in_as(east["teacher"]).get(reverse("schools:school-people", args=["alpha", "east"]))
    assert answer.status_code == 403
    assert answer.context["rights"] == [RIGHTS[Permission.SEE_PEOPLE]]
    holders = {key for key, role in ROLES.items() if Permission.SEE_PEOPLE in role.permissions}
    assert {role.key for role in answer.context["roles"]} == holders
    assert [role.key for role in answer.context["givers"]] == ["county-office", "cio"]


def test_masthead_names_the_school_on_ones_own_pages(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    answer = signed_in_as(east["teacher"]).get(reverse("assessment:hours"))
    assert answer.context["place"] == f"{world.alpha.county} · {east.school}"
    answer = signed_in_as(world.alpha["county-office"]).get(reverse("schools:county-schools", args=["alpha"]))
    assert answer.context["place"] == str(world.alpha.county)
