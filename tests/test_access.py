"""Who may open what: every address for every role, at one's own place and at all others, with real objects.

The tables in `tests/access/table_*.py` say it line by line; `expected` in `tests/access/cells.py` states the
rules for everybody else.
"""

import logging

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django_scopes import scopes_disabled

from assessment.programme.models import Participant
from assessment.reviewing import actions
from schools.access.doors import door_of
from schools.access.models import SchoolGrant
from schools.access.roles import ROLES
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person
from tests.access.building import build
from tests.access.cells import fingerprint, pairs, url_of, walk, whole_matrix
from tests.access.lines import ADDRESSES, NAMESPACES, PUBLIC
from tests.access.stage import Stage
from tests.access.table_county import TABLE
from tests.cast import World, acting, give_role

pytestmark = pytest.mark.django_db

GROUPS = {
    *("admin/", "accounts/", "accounts/2fa/", "i18n/"),  # unfold's and allauth's own
}
PARTS = 8
PUBLIC_PAGES = {
    "portal:front",
    "portal:health",
    "portal:styleguide",
    "portal:help",
    "portal:help-role",
    "portal:help-steps",
    "microcapabilities:catalogue",
    "microcapabilities:point",
    "assessment:calendar-feed",
    "certificates:verify",
    "certificates:verified",
    "schools:activate",
}


@pytest.fixture(scope="module")
def stage(common_ground: World) -> Stage:
    """The stage stands for all tests of the module and is taken back after the last."""
    return build()


@pytest.fixture(autouse=True)
def no_word_about_refusals(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are expected here; their tracebacks would only cost time."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


def told(found: list[str]) -> str:
    return "\n".join([f"{len(found)} cells differ:", *found])


def test_every_address_stands_in_the_table() -> None:
    assert sorted(set(ADDRESSES) - {line.name for line in TABLE}) == []
    patterns = get_resolver().url_patterns
    groups = {str(one.pattern) for one in patterns if getattr(one, "namespace", None) not in NAMESPACES}
    assert groups == GROUPS
    assert [one for one in patterns if isinstance(one, URLPattern)] == []


def test_every_view_has_a_door() -> None:
    doors = {name: door_of(address.view) for name, address in ADDRESSES.items()}
    assert [name for name, door in doors.items() if door is None] == []
    assert {name for name, door in doors.items() if door and door.is_public} == PUBLIC_PAGES
    assert {line.name for line in TABLE if line.roles == PUBLIC} == PUBLIC_PAGES


def test_pairs_reach_every_address_and_every_role_in_every_stage() -> None:
    chosen = pairs()
    assert {cell.line.name for cell in chosen} == set(ADDRESSES)
    groups = {address.group for address in ADDRESSES.values()}
    pairs_wanted = {(role, group) for role in ROLES for group in groups}
    assert pairs_wanted - {(cell.who.role, cell.line.address.group) for cell in chosen} == set()
    for line in TABLE:
        sorts = {cell.sort for cell in chosen if cell.line is line}
        is_public = line.roles == PUBLIC
        assert sorts >= {"allowed", "anonymous"} | (set() if is_public else {"other school", "other county"})


def test_access_pairwise(stage: Stage) -> None:
    found = walk(stage, pairs(), fingerprint())
    assert found == [], told(found)


@pytest.mark.full
@pytest.mark.parametrize("part", range(PARTS))
def test_access_everything(stage: Stage, part: int) -> None:
    """The whole matrix, cut into parts that several processes walk beside each other."""
    found = walk(stage, whole_matrix()[part::PARTS], fingerprint())
    assert found == [], told(found)


def test_forms_only_addresses_answer_405_when_merely_opened(stage: Stage) -> None:
    readable = {line.name for line in TABLE if line.method == "get"}
    for cell in pairs():
        if cell.sort == "allowed" and cell.line.name not in readable:
            assert stage.clients[cell.who.name].get(url_of(stage, cell)).status_code == 405, cell.line.name


def test_administration_is_closed_to_everybody_of_the_cast(stage: Stage) -> None:
    for name in ("admin:index", "admin:schools_person_changelist", "admin:assessment_submission_changelist"):
        anonymous = stage.clients["anonymous"].get(reverse(name), follow=True)
        assert anonymous.redirect_chain[-1][0].split("?")[0] == reverse(settings.LOGIN_URL)
        for who in ("county-office@alpha", "cio@east", "observer@suzhou"):
            assert stage.clients[who].get(reverse(name)).status_code in (302, 403), (name, who)


def test_ended_membership_has_no_effect_from_the_next_request(stage: Stage) -> None:
    client, address = stage.clients["cio@east"], reverse("assessment:school-panel", args=["alpha", "east"])
    assert client.get(address).status_code == 200
    with scopes_disabled():
        held = Membership.objects.filter(person=stage.east["cio"])
        held.update(ends_on=today())
    assert client.get(address).status_code == 404
    with scopes_disabled():
        give_role(stage.east["cio"], "teacher", stage.east.school)
    assert client.get(address).status_code == 403


def test_region_sees_sums_and_nobody_by_name(stage: Stage) -> None:
    address = reverse("assessment:region-home", args=["suzhou"])
    text = stage.clients["observer@suzhou"].get(address).content.decode()
    with scopes_disabled():
        names = set(Person.objects.values_list("name", flat=True))
        names |= set(School.objects.values_list("name", flat=True))
    assert ("甲县" in text, "乙县" in text) == (True, True)
    assert [name for name in sorted(names) if name in text] == []
    with scopes_disabled():
        enrolled = Participant.objects.filter(county=stage.world.alpha.county, ends_on__isnull=True).count()
    assert f">{enrolled}<" in text


def test_grant_opens_the_assigned_review_and_nothing_else(stage: Stage) -> None:
    outsider, client = stage.west["reviewer3"], stage.clients["reviewer3@west"]
    with scopes_disabled():
        cio = acting(stage.east["cio"])
        given = actions.assign(submission=stage.sent, reviewer=outsider, by=cio)
    at_east = ["alpha", "east"]
    opened = {
        reverse("assessment:review", args=[given.pk]): 200,
        reverse("assessment:review-evidence", args=[given.pk, stage.sent_piece.pk]): 200,
        reverse("assessment:review", args=[stage.review.pk]): 404,
        reverse("assessment:review-evidence", args=[given.pk, stage.case_piece.pk]): 404,
        reverse("assessment:school-submission", args=[*at_east, stage.sent.pk]): 403,
        reverse("assessment:school-evidence", args=[*at_east, stage.sent.pk, stage.sent_piece.pk]): 403,
        reverse("assessment:school-home", args=at_east): 403,
        reverse("assessment:school-panel", args=at_east): 403,
        reverse("schools:school-people", args=at_east): 403,
        reverse("assessment:school-home", args=["alpha", "centre"]): 404,
    }
    assert {url: client.get(url).status_code for url in opened} == opened
    with scopes_disabled():
        SchoolGrant.objects.filter(user=outsider.user).update(ends_on=today())
    after = client.get(reverse("assessment:review", args=[given.pk])).status_code
    assert after == 404
