"""First sign-in by the code of a slip."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from schools.clock import now
from schools.people.actions import issue_codes, reset_access
from schools.people.forms import WRONG_CODE
from schools.people.models import ActivationCode, Person, User
from tests.cast import World

PASSWORD = "willow-river-27"


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def newcomer(in_alpha: World) -> Person:
    """A teacher without an account."""
    cast = in_alpha.alpha
    return Person.objects.create(
        county=cast.county, school=cast.schools[0].school, name="李新", pinyin="lixin"
    )


def code_for(person: Person) -> str:
    with scope(county=person.county, school=None):
        return issue_codes(people=[person], county=person.county, by=None)[0][1]


def post(client: Client, code: str, username: str = "lixin", password: str = PASSWORD, again: str = PASSWORD):  # type: ignore[no-untyped-def]
    data = {"code": code, "username": username, "password": password, "password_again": again}
    return client.post(reverse("schools:activate"), data)


def user_of(person: Person) -> User | None:
    return User.objects.filter(person__pk=person.pk).first()


def test_activation_opens_the_account_and_signs_in(client: Client, newcomer: Person) -> None:
    answer = post(client, code_for(newcomer).lower().replace("-", " "))
    user = user_of(newcomer)
    assert user is not None
    assert (answer.status_code, answer["Location"]) == (302, reverse("portal:home"))
    assert (user.username, user.check_password(PASSWORD)) == ("lixin", True)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_code_works_once(client: Client, newcomer: Person) -> None:
    code = code_for(newcomer)
    post(client, code)
    answer = post(Client(), code, username="second", password="other-river-28", again="other-river-28")
    assert answer.context["form"].has_error("code", WRONG_CODE)
    assert user_of(newcomer).check_password(PASSWORD)  # type: ignore[union-attr]
    assert User.objects.filter(username="second").count() == 0


def test_wrong_code_opens_nothing(client: Client, newcomer: Person) -> None:
    code_for(newcomer)
    answer = post(client, "2222-2222-2222")
    assert answer.context["form"].has_error("code", WRONG_CODE)
    assert user_of(newcomer) is None


def test_void_and_expired_codes_look_like_wrong_ones(client: Client, newcomer: Person) -> None:
    void, expired = code_for(newcomer), code_for(newcomer)
    ActivationCode.objects.filter(person=newcomer, is_void=False).update(
        expires_at=now() - timedelta(seconds=1)
    )
    errors = [post(client, code).context["form"].errors["code"] for code in (void, expired, "2222-2222-2222")]
    assert errors[0] == errors[1] == errors[2]
    assert user_of(newcomer) is None


def test_twenty_wrong_codes_close_the_door_even_to_a_right_one(client: Client, newcomer: Person) -> None:
    code = code_for(newcomer)
    statuses = [post(client, "2222-2222-2222").status_code for _ in range(20)]
    assert statuses == [200] * 20
    assert post(client, code).status_code == 429
    assert user_of(newcomer) is None
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert post(elsewhere, code).status_code == 302


def test_right_code_with_a_slip_elsewhere_costs_no_try(client: Client, newcomer: Person) -> None:
    code = code_for(newcomer)
    for _ in range(25):
        assert post(client, code, again="not-the-same-29").status_code == 200
    assert post(client, code).status_code == 302


@pytest.mark.parametrize("username", ["", "ab/c", "TAKEN"])
def test_user_name_that_cannot_be_is_said_beside_its_field(
    client: Client, newcomer: Person, username: str
) -> None:
    User.objects.create(username="taken")
    answer = post(client, code_for(newcomer), username=username)
    assert list(answer.context["form"].errors) == ["username"]
    assert user_of(newcomer) is None


def test_taken_names_are_not_told_without_a_code(client: Client, newcomer: Person) -> None:
    User.objects.create(username="taken")
    answer = post(client, "2222-2222-2222", username="taken")
    assert list(answer.context["form"].errors) == ["code"]


def test_easy_password_is_refused(client: Client, newcomer: Person) -> None:
    answer = post(client, code_for(newcomer), password="12345678", again="12345678")
    assert list(answer.context["form"].errors) == ["password"]


def test_lost_password_keeps_the_user_name_and_ignores_the_field(client: Client, in_alpha: World) -> None:
    teacher = in_alpha.alpha.schools[0]["teacher"]
    name = teacher.user.username
    code = reset_access(person=teacher, by=None)
    wrong = post(client, code, username="another", again="not-the-same-29")
    assert wrong.context["form"].known_user == teacher.user
    assert name in wrong.content.decode()
    assert post(client, code, username="another").status_code == 302
    user = user_of(teacher)
    assert user is not None
    assert (user.username, user.check_password(PASSWORD)) == (name, True)


def test_second_factor_is_not_passed_by_a_code(client: Client, in_alpha: World) -> None:
    cio = in_alpha.alpha.schools[0]["cio"]
    Authenticator.objects.create(user=cio.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = post(client, reset_access(person=cio, by=None))
    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_activation_page_is_open_and_takes_no_code_from_the_address(client: Client, newcomer: Person) -> None:
    answer = client.get(reverse("schools:activate"), {"code": "7KQ2-M9XD-4TBC"})
    form = answer.context["form"]
    assert (answer.status_code, form.is_bound, form["code"].value()) == (200, False, None)
