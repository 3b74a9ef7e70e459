"""Verification in public, the portfolio, the register."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.submitting.models import SubmissionState
from certificates.actions import revoke
from certificates.models import Certificate
from certificates.verification import masked_name
from certificates.views import MOST_TRIES
from schools.audit.models import AuditEntry
from schools.jobs.models import Job
from schools.jobs.running import run
from tests.cast import World, acting
from tests.stories import submission_at

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def issued(common_ground: World) -> None:
    """The first school's teacher has a certificate, printed once for all tests."""
    submission_at(common_ground.alpha, common_ground.alpha.schools[0], SubmissionState.ACCEPTED)
    with scopes_disabled():
        jobs = list(Job.objects.values_list("pk", flat=True))
    for job in jobs:
        run(job)


@pytest.fixture
def certificate(issued: None, world: World) -> Certificate:
    """An issued certificate of the first school's teacher."""
    with scopes_disabled():
        return Certificate.objects.select_related("person", "school", "pdf").get()


def public(client: Client, token: str) -> tuple[int, str]:
    answer = client.get(reverse("certificates:verified", args=[token]), headers=ENGLISH)
    return answer.status_code, answer.content.decode()


def by_number(client: Client, code: str) -> tuple[int, str]:
    answer = client.get(reverse("certificates:verify"), {"code": code}, headers=ENGLISH)
    return answer.status_code, answer.content.decode()


def test_anybody_verifies_by_token_or_number(client: Client, certificate: Certificate) -> None:
    for status, text in (
        public(client, certificate.token),
        by_number(client, f" {certificate.number.lower()} "),
    ):
        assert status == 200
        assert "Valid" in text and certificate.number in text and certificate.school.name in text
        assert masked_name(certificate.person.name) in text
        assert certificate.person.name not in text


def test_unknown_and_malformed_look_the_same(client: Client, certificate: Certificate) -> None:
    tokens = ("A" * 24, "x", "%00%ff", certificate.token[:-1])
    asked = [public(client, token) for token in tokens]
    assert {status for status, _text in asked} == {404}
    texts = [text.split("<main", 1)[1] for _status, text in asked]
    assert texts == [texts[0]] * len(texts)
    for code in ("341324-2022-A06-000123-X", "", "not a number", "\x00"):
        status, text = by_number(client, code)
        assert (status, text.split("<main", 1)[1]) == (404, texts[0])


def test_revoked_says_why(client: Client, world: World, certificate: Certificate) -> None:
    with scope(county=world.alpha.county, school=None):
        revoke(certificate=certificate, why="Issued by mistake.", by=acting(world.alpha["county-office"]))
    status, text = public(client, certificate.token)
    assert (status, "Revoked" in text, "Issued by mistake." in text) == (200, True, True)


def test_a_changed_snapshot_is_not_genuine(client: Client, certificate: Certificate) -> None:
    with scopes_disabled():
        changed = {**certificate.snapshot, "grade": 3}
        Certificate.objects.filter(pk=certificate.pk).update(snapshot=changed)
    status, text = public(client, certificate.token)
    assert (status, "Not genuine" in text, certificate.school.name in text) == (200, True, False)


def test_too_many_lookups_are_stopped(client: Client, db: None) -> None:
    statuses = [public(client, "x")[0] for _try in range(MOST_TRIES + 1)]
    assert statuses == [404] * MOST_TRIES + [429]
    assert by_number(client, "x")[0] == 429


@pytest.mark.parametrize(
    ("name", "masked"),
    [("李明", "李*"), ("李小明", "李*明"), ("阿依古丽", "阿**丽"), ("王", "王*"), ("", "*")],
)
def test_masked_name(name: str, masked: str) -> None:
    assert masked_name(name) == masked


def test_own_portfolio_and_pdf(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    client = signed_in_as(certificate.person)
    context = client.get(reverse("certificates:portfolio")).context
    assert [[row.pk for row in held] for _year, held in context["years"]] == [[certificate.pk]]
    assert [row.pk for row in context["work"]] == [certificate.submission_id]
    answer = client.get(reverse("certificates:own-pdf", args=[certificate.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_anothers_pdf_is_not_found(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    address = reverse("certificates:own-pdf", args=[certificate.pk])
    assert signed_in_as(world.alpha.schools[0]["teacher2"]).get(address).status_code == 404
    assert signed_in_as(world.beta.schools[0]["teacher"]).get(address).status_code == 404


def at(name: str, *args: object) -> str:
    return reverse(f"certificates:{name}", args=["alpha", *args])


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 1), ({"q": "东风"}, 1), ({"q": "西湖"}, 0), ({"state": "issued"}, 1), ({"state": "revoked"}, 0)],
)
def test_register_is_searched(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as, query, count
) -> None:
    context = signed_in_as(world.alpha["county-leader"]).get(at("register"), query).context
    assert (len(context["rows"]), context["due"], context["may_issue"]) == (count, 0, False)


def test_register_finds_a_number_as_typed(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    found = client.get(at("register"), {"q": certificate.number.lower()}).context["rows"]
    assert [row.pk for row in found] == [certificate.pk]


def test_opening_the_pdf_at_the_office_is_recorded(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-leader"])
    assert client.get(at("pdf", certificate.pk)).status_code == 200
    with scopes_disabled():
        entry = AuditEntry.objects.get(act="certificate-opened")
    assert (entry.subject, entry.user) == (certificate.number, world.alpha["county-leader"].user)


def test_revoking_wants_a_reason_and_the_right(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    def state() -> int:
        with scopes_disabled():
            return Certificate.objects.get(pk=certificate.pk).state

    leader = signed_in_as(world.alpha["county-leader"])
    assert leader.post(at("revoke", certificate.pk), {"note": "No."}).status_code == 403
    office = signed_in_as(world.alpha["county-office"])
    office.post(at("revoke", certificate.pk), {"note": " "})
    assert state() == 2
    office.post(at("revoke", certificate.pk), {"note": "Issued by mistake."})
    assert state() == 3
    page = office.get(at("certificate", certificate.pk))
    assert page.context["finding"].reason == "Issued by mistake."


def test_issuing_leads_to_the_job(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    answer = signed_in_as(world.alpha["county-office"]).post(at("issue"))
    with scopes_disabled():
        newest = Job.objects.order_by("-pk").first()
    assert answer["Location"] == reverse("schools:job", args=[newest.pk])


def test_another_countys_certificate_is_not_found(  # type: ignore[no-untyped-def]
    world: World, certificate: Certificate, signed_in_as
) -> None:
    client = signed_in_as(world.beta["county-office"])
    assert client.get(at("certificate", certificate.pk)).status_code == 404
    elsewhere = reverse("certificates:certificate", args=["beta", certificate.pk])
    assert client.get(elsewhere).status_code == 404
