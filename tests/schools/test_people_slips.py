"""Slips carry a QR that opens the page with the code; codes are read forgivingly."""

import base64
import io

import pytest
import zxingcpp
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from PIL import Image

from schools.people.actions import find_code, issue_codes
from schools.people.codes import LENGTH, SIGNS, digest, new_code, plain
from schools.people.models import ActivationCode, Person
from schools.people.slips import picture_of
from schools.refusals import Refused
from tests.cast import World


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def newcomer(in_alpha: World) -> Person:
    school = in_alpha.alpha.schools[0].school
    return Person.objects.create(county=in_alpha.alpha.county, school=school, name="李新")


def read(picture: str) -> str:
    """Return what a phone reads in a data address."""
    head, _comma, data = picture.partition(",")
    assert head == "data:image/png;base64"
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(base64.b64decode(data))).convert("L"))
    return found.text


def test_slips_picture_opens_the_page_with_the_code_behind_the_fragment(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    east = world.alpha.schools[0]
    with scopes_disabled():
        for name in ("李新", "王新"):
            Person.objects.create(county=world.alpha.county, school=east.school, name=name)
    answer = signed_in_as(east["cio"]).post(reverse("schools:school-codes", args=["alpha", "east"]))
    slips = answer.context["slips"]
    address = f"{settings.PUBLIC_ADDRESS}{reverse('schools:activate')}"
    assert [read(slip.picture) for slip in slips] == [f"{address}#{slip.code}" for slip in slips]
    assert [slip.person.name for slip in slips] == ["李新", "王新"]
    assert answer.content.decode().count("data:image/png") == 2


def test_picture_stays_small() -> None:
    assert len(picture_of("https://portal.example.edu.cn/activate/#7KA2-M9XD-4TRC")) < 2_000


def test_codes_hold_no_signs_that_are_mistaken_for_each_other() -> None:
    assert set("01ILOQSZBGV") & set(SIGNS) == set()
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(plain(code)) for code in codes} == {LENGTH}
    assert set("".join(plain(code) for code in codes)) <= set(SIGNS)


@pytest.mark.parametrize(
    "typed",
    [
        "5DU2-86XA-9TRC",
        "5du286xa9trc",
        " 5DU2 86XA 9TRC ",
        "５ＤＵ２—８６ＸＡ—９ＴＲＣ",
        "SOVZ-BGXA-9TRC",
        "s0v2.bgxa.9trc",
    ],
)
def test_code_is_found_however_it_is_typed(newcomer: Person, typed: str) -> None:
    with scope(county=newcomer.county, school=None):
        issue_codes(people=[newcomer], county=newcomer.county, by=None)
        ActivationCode.objects.filter(person=newcomer).update(digest=digest("5DU2-86XA-9TRC"))
    assert find_code(typed).person == newcomer


def test_code_printed_with_the_earlier_signs_stays_good(newcomer: Person) -> None:
    with scope(county=newcomer.county, school=None):
        issue_codes(people=[newcomer], county=newcomer.county, by=None)
        ActivationCode.objects.filter(person=newcomer).update(digest=digest("SQVZ-BGXA-9TRC"))
    assert find_code("sqvz bgxa 9trc").person == newcomer
    with pytest.raises(Refused):
        find_code("SQVZ-BGXA-9TRD")


def test_code_of_the_wrong_length_is_said_and_costs_no_try(client, newcomer: Person) -> None:  # type: ignore[no-untyped-def]
    with scope(county=newcomer.county, school=None):
        code = issue_codes(people=[newcomer], county=newcomer.county, by=None)[0][1]
    sent = {"username": "lixin", "password": "willow-river-27", "password_again": "willow-river-27"}
    for _ in range(25):
        answer = client.post(reverse("schools:activate"), {"code": code[:-1], **sent})
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["code"])
    assert client.post(reverse("schools:activate"), {"code": code, **sent}).status_code == 302
