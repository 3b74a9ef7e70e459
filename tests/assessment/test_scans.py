"""The stamped scan of a plan and of a return: who lays it, when it may be exchanged, and who sees it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment import scans
from assessment.checking.models import SchoolReturn
from assessment.planning import actions
from assessment.planning.models import Filing
from schools.audit.models import AuditEntry
from schools.files.models import StoredFile
from schools.refusals import Stale
from tests.cast import SchoolCast, World, acting
from tests.stories import approved_plan, document, filed_plan, filed_return, picture, programme


def at(name: str, cast: SchoolCast) -> str:
    document = ["plan"] if name.startswith("school-filing") else []
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *document])


def of_county(name: str, pk: int) -> str:
    return reverse(f"assessment:{name}", args=["alpha", pk])


def again(row: Any) -> Any:
    with scopes_disabled():
        return type(row).objects.select_related("scan", "school", "county").get(pk=row.pk)


def acts() -> list[str]:
    with scopes_disabled():
        return list(
            AuditEntry.objects.filter(act__startswith="scan").order_by("pk").values_list("act", flat=True)
        )


def send(client: Client, name: str, cast: SchoolCast, colour: int = 1) -> int:
    return client.post(at(name, cast), {"scan": picture(colour)}).status_code


@pytest.fixture
def plan(world: World) -> Filing:
    """East's plan, filed and not yet approved."""
    return filed_plan(world.alpha, world.alpha.schools[0])


def test_plans_scan_is_laid_replaced_and_seen_by_both(world: World, signed_in_as, plan: Filing) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    cio = signed_in_as(east["cio"])
    assert cio.get(at("school-filing-scan", east)).status_code == 404
    send(cio, "school-filing-scan-add", east, 1)
    first = again(plan).scan
    send(cio, "school-filing-scan-add", east, 2)
    second = again(plan).scan
    assert (first.name, second.name, acts()) == (
        "picture-1.png", "picture-2.png", ["scan-attached", "scan-replaced"],
    )  # fmt: skip
    own = b"".join(cio.get(at("school-filing-scan", east)))
    office = signed_in_as(world.alpha["county-office"])
    assert b"".join(office.get(of_county("county-filing-scan", plan.pk))) == own
    listed = office.get(reverse("assessment:county-filings", args=["alpha"])).content.decode()
    assert of_county("county-filing-scan", plan.pk) in listed
    with scopes_disabled():
        assert StoredFile.objects.filter(pk=first.pk).count() == 1


def test_approved_plan_keeps_its_scan_but_takes_a_missing_one(
    world: World, signed_in_as, plan: Filing
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        actions.approve(filing=plan, by=acting(world.alpha["county-office"]))
    cio = signed_in_as(east["cio"])
    assert cio.get(at("school-plan", east)).context["scan"].add_url
    send(cio, "school-filing-scan-add", east, 1)
    send(cio, "school-filing-scan-add", east, 2)
    assert (again(plan).scan.name, acts()) == ("picture-1.png", ["scan-attached"])
    assert not cio.get(at("school-plan", east)).context["scan"].add_url


def test_plan_that_is_not_filed_takes_no_scan_and_filing_anew_begins_without(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, plan: Filing
) -> None:
    east = world.alpha.schools[0]
    cio = signed_in_as(east["cio"])
    send(cio, "school-filing-scan-add", east, 1)
    with scopes_disabled():
        actions.send_back(filing=plan, remarks="How?", by=acting(world.alpha["county-office"]))
    send(cio, "school-filing-scan-add", east, 2)
    assert again(plan).scan.name == "picture-1.png"
    with scopes_disabled():
        actions.file(filing=again(plan), by=acting(east["cio"]))
    assert again(plan).scan is None


@pytest.mark.parametrize("role", ["principal", "team", "deputy", "teacher"])
def test_only_who_files_lays_the_plans_scan(world: World, signed_in_as, plan: Filing, role: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    assert send(signed_in_as(east[role]), "school-filing-scan-add", east) == 403
    assert again(plan).scan is None


def test_scan_is_a_picture_or_a_pdf_and_not_too_large(world: World, signed_in_as, plan: Filing) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    cio = signed_in_as(east["cio"])
    too_large = SimpleUploadedFile("scan.png", b"x" * (scans.MOST_MEGABYTES * 1_000_000 + 1), "image/png")
    for upload in (document(), too_large, SimpleUploadedFile("scan.png", b"no picture", "image/png")):
        answer = cio.post(at("school-filing-scan-add", east), {"scan": upload}, follow=True)
        assert "error" in [message.level_tag for message in answer.context["messages"]]
    assert cio.post(at("school-filing-scan-add", east), {}).status_code == 302
    assert (again(plan).scan, acts()) == (None, [])


def test_scan_sent_while_the_county_approves_is_refused(world: World, plan: Filing) -> None:
    east = world.alpha.schools[0]
    with scopes_disabled():
        seen = Filing.objects.select_related("school", "county").get(pk=plan.pk)
        actions.attach_scan(filing=seen, upload=picture(1), by=acting(east["cio"]))
        stale = Filing.objects.select_related("school", "county").get(pk=plan.pk)
        actions.approve(filing=plan, by=acting(world.alpha["county-office"]))
        with pytest.raises(Stale):
            actions.attach_scan(filing=stale, upload=picture(2), by=acting(east["cio"]))
    assert again(plan).scan.name == "picture-1.png"


def test_returns_scan_is_laid_by_principal_or_cio_after_filing(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    approved_plan(world.alpha, east)
    row = filed_return(world.alpha, east)
    send(signed_in_as(east["principal"]), "school-return-scan-add", east, 1)
    send(signed_in_as(east["cio"]), "school-return-scan-add", east, 2)
    assert again(row).scan.name == "picture-2.png"
    assert send(signed_in_as(east["deputy"]), "school-return-scan-add", east, 3) == 403
    office = signed_in_as(world.alpha["county-office"])
    assert b"".join(office.get(of_county("county-return-scan", row.pk)))[:4] == b"\x89PNG"
    assert (
        of_county("county-return-scan", row.pk)
        in office.get(reverse("assessment:county-returns", args=["alpha"])).content.decode()
    )


def test_return_in_preparation_takes_no_scan(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    cio = signed_in_as(east["cio"])
    cio.post(at("school-return-open", east))
    send(cio, "school-return-scan-add", east)
    with scopes_disabled():
        assert [row.scan_id for row in SchoolReturn.objects.filter(school=east.school)] == [None]


def test_other_schools_and_counties_find_no_scan(world: World, signed_in_as, plan: Filing) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    send(signed_in_as(east["cio"]), "school-filing-scan-add", east)
    assert signed_in_as(west["cio"]).get(at("school-filing-scan", east)).status_code == 404
    beta = signed_in_as(world.beta["county-office"])
    assert beta.get(reverse("assessment:county-filing-scan", args=["beta", plan.pk])).status_code == 404
    assert beta.get(of_county("county-filing-scan", plan.pk)).status_code == 404
