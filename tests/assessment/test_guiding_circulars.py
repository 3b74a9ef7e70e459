"""Circulars: drafted, sent once to whom they name, read by a form, corrected, withdrawn."""

import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from assessment.guiding.checks import wrong_receipts
from assessment.guiding.circulars import actions
from assessment.guiding.models import Circular, Receipt
from schools.clock import today
from schools.notices.models import Notice
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused
from tests.assessment.guiding import drafted, office, told
from tests.cast import World, acting, cast_school
from tests.stories import picture

SENT = "Circular of the county: %(title)s"


def asked_for(**changes: Any) -> dict[str, Any]:
    return {"title": "Read this", "text": "Please.", "roles": ["cio"], "needs_receipt": "on", **changes}


def addressed(circular: Circular) -> list[str]:
    receipts = Receipt.objects.filter(circular=circular).select_related("person")
    return sorted(receipt.person.name for receipt in receipts)


def test_circular_reaches_the_roles_of_the_chosen_schools_once(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    circular = drafted(in_alpha, east)
    assert Notice.objects.count() == 0
    assert actions.send(circular=circular, by=office(in_alpha)) == 2
    assert addressed(circular) == sorted([east["principal"].name, east["cio"].name])
    assert (told(east["cio"]), told(east["teacher"]), told(west["cio"])) == ([SENT], [], [])
    with pytest.raises(Refused) as refused:
        actions.send(circular=circular, by=office(in_alpha))
    assert (refused.value.code, Notice.objects.count(), Receipt.objects.count()) == ("sent", 2, 2)
    receipt = Receipt.objects.filter(circular=circular).first()
    assert receipt is not None
    receipt.pk, receipt.notice = None, None
    receipt._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        receipt.save()


def test_circular_to_all_schools_reaches_them_all_and_no_other_county(in_alpha: World) -> None:
    circular = drafted(in_alpha, roles=["teacher"])
    actions.send(circular=circular, by=office(in_alpha))
    east, west = in_alpha.alpha.schools
    wanted = [cast[who].name for cast in (east, west) for who in ("teacher", "teacher2")]
    assert addressed(circular) == sorted(wanted)


def test_managed_school_is_reached_through_its_unit(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    point = School.objects.create(
        county=in_alpha.alpha.county, name="教学点", slug="point", managed_by=east.school
    )
    circular = drafted(in_alpha, roles=["cio"])
    circular.targets.create(county=in_alpha.alpha.county, school=point)
    Circular.objects.filter(pk=circular.pk).update(is_to_all_schools=False)
    actions.send(circular=circular, by=office(in_alpha))
    assert addressed(circular) == [east["cio"].name]


def test_circular_without_addressees_is_refused(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    empty = School.objects.create(county=in_alpha.alpha.county, name="新学校", slug="new")
    circular = drafted(in_alpha, roles=["cio"])
    circular.targets.create(county=in_alpha.alpha.county, school=empty)
    Circular.objects.filter(pk=circular.pk).update(is_to_all_schools=False)
    client = signed_in_as(in_alpha.alpha["county-office"])
    assert client.get(f"/alpha/circulars/{circular.pk}/").context["count"] == 0
    client.post(f"/alpha/circulars/{circular.pk}/send/")
    assert (Circular.objects.get().sent_at, Receipt.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"roles": []}, "roles"), ({"due_on": "2020-01-01"}, "due_on"), ({"text": " "}, "text")],
)
def test_refused_draft_keeps_what_was_typed(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, changes: dict[str, Any], field: str
) -> None:
    answer = signed_in_as(in_alpha.alpha["county-office"]).post(
        "/alpha/circulars/draft/", asked_for(**changes)
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["title"].value() == "Read this"
    assert Circular.objects.count() == 0


def test_draft_is_changed_until_it_is_sent(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(in_alpha.alpha["county-office"])
    client.post("/alpha/circulars/draft/", asked_for(files=[picture(1), picture(2)]))
    row = Circular.objects.get()
    url, (first, _second) = f"/alpha/circulars/{row.pk}/", row.enclosures.all()
    client.post(f"{url}save/", asked_for(title="Read that", without=[first.pk], files=[picture(3)]))
    assert Circular.objects.get().title == "Read that"
    assert [enclosed.file.name for enclosed in row.enclosures.all()] == ["picture-2.png", "picture-3.png"]
    client.post(f"{url}send/")
    client.post(f"{url}save/", asked_for(title="Changed"))
    assert Circular.objects.get().title == "Read that"


def test_reading_is_confirmed_by_the_form_and_never_by_opening(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    circular = drafted(in_alpha, east, uploads=[picture(4)])
    actions.send(circular=circular, by=office(in_alpha))
    client, url = signed_in_as(east["cio"]), f"/me/circulars/{circular.pk}/"
    page = client.get(url)
    (file,) = page.context["files"]
    assert b"".join(client.get(file.url)) == picture(4).read()
    receipt = Receipt.objects.get(person=east["cio"])
    assert (receipt.read_at, receipt.notice.read_at) == (None, None)
    client.post(f"/me/notices/{receipt.notice_id}/open/")
    office_client = signed_in_as(in_alpha.alpha["county-office"])
    readers = {"state": "people"}
    rows = office_client.get(f"/alpha/circulars/{circular.pk}/", readers | {"read": "opened"}).context["rows"]
    assert [row.person for row in rows] == [east["cio"]]
    client = signed_in_as(east["cio"])
    client.post(f"{url}read/")
    first = Receipt.objects.get(pk=receipt.pk).read_at
    client.post(f"{url}read/")
    assert first is not None
    assert Receipt.objects.get(pk=receipt.pk).read_at == first
    assert client.get("/me/circulars/", {"state": "unread"}).context["rows"] == []
    assert signed_in_as(east["teacher"]).get(url).status_code == 404
    assert signed_in_as(east["teacher"]).get(file.url).status_code == 404
    with pytest.raises(Forbidden):
        actions.confirm(receipt=receipt, by=acting(east["principal"]))


def test_county_sees_by_school_and_by_name_who_has_not_read(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    circular = drafted(in_alpha)
    actions.send(circular=circular, by=office(in_alpha))
    actions.confirm(receipt=Receipt.objects.get(person=east["cio"]), by=acting(east["cio"]))
    client, url = signed_in_as(in_alpha.alpha["county-office"]), f"/alpha/circulars/{circular.pk}/"
    rows = client.get(url).context["rows"]
    assert [(row["school__name"], row["addressed"], row["have_read"], row["unread"]) for row in rows] == [
        (east.school.name, 2, 1, 1),
        (west.school.name, 2, 0, 2),
    ]
    sheet = client.get(url, {"state": "people", "read": "unread", "export": "xlsx"})
    names = [row[0] for row in load_workbook(io.BytesIO(sheet.content)).worksheets[0].values][1:]
    assert sorted(names) == sorted([east["principal"].name, west["principal"].name, west["cio"].name])
    page = signed_in_as(east["cio"]).get(f"/alpha/east/circulars/{circular.pk}/")
    assert {row.person: bool(row.read_at) for row in page.context["rows"]} == {
        east["cio"]: True,
        east["principal"]: False,
    }
    assert west["cio"].name not in page.content.decode()


def test_withdrawn_circular_stays_marked_and_a_correction_names_it(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    circular = drafted(in_alpha, east)
    with pytest.raises(Refused):
        actions.withdraw(circular=circular, because="Wrong.", by=office(in_alpha))
    actions.send(circular=circular, by=office(in_alpha))
    client = signed_in_as(in_alpha.alpha["county-office"])
    client.post(f"/alpha/circulars/{circular.pk}/withdraw/", {"note": " "})
    assert Circular.objects.get().withdrawn_at is None
    client.post(f"/alpha/circulars/{circular.pk}/withdraw/", {"note": "Wrong day."})
    client.post("/alpha/circulars/draft/", asked_for(title="Right day", corrects=circular.pk))
    correction = Circular.objects.get(title="Right day")
    actions.send(circular=correction, by=office(in_alpha))
    assert told(east["cio"]) == [
        SENT,
        "Withdrawn: circular “%(title)s”",
        "Circular of the county, correcting an earlier one: %(title)s",
    ]
    reader = signed_in_as(east["cio"])
    page = reader.get(f"/me/circulars/{circular.pk}/")
    assert "Wrong day." in page.content.decode()
    assert page.context["corrections"] == [correction]
    assert reader.get(f"/me/circulars/{correction.pk}/").context["is_corrected_mine"]


def test_those_who_have_not_read_are_told_again_while_they_have_not_seen_it(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    circular = drafted(in_alpha, east)
    actions.send(circular=circular, by=office(in_alpha))
    actions.confirm(receipt=Receipt.objects.get(person=east["cio"]), by=acting(east["cio"]))
    counts = [actions.remind(circular=circular, by=office(in_alpha)) for _time in range(2)]
    assert (counts, len(told(east["principal"])), len(told(east["cio"]))) == ([1, 0], 2, 1)


def test_checker_finds_a_receipt_without_notice_and_a_second_notice(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    circular = drafted(in_alpha, east)
    actions.send(circular=circular, by=office(in_alpha))
    with scopes_disabled():
        assert list(wrong_receipts()) == []
        receipt = Receipt.objects.get(person=east["cio"])
        notice = receipt.notice
        notice.pk = None
        notice._state.adding = True
        notice.save()
        Receipt.objects.filter(person=east["principal"]).update(notice=None)
        assert len(list(wrong_receipts())) == 2


def test_only_the_office_sends(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    circular = drafted(in_alpha, east)
    for who in (east["cio"], in_alpha.alpha["county-leader"], in_alpha.beta["county-office"]):
        with pytest.raises(Forbidden):
            actions.send(circular=circular, by=acting(who))
    assert Receipt.objects.count() == 0


def test_pages_ask_as_often_for_one_as_for_many(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_num_queries
) -> None:
    alpha, counts = in_alpha.alpha, []
    for number in range(2):
        actions.send(
            circular=drafted(in_alpha, title=f"Circular {number}", due_on=today()), by=office(in_alpha)
        )
        row = []
        for who, url in (
            (alpha["county-office"], "/alpha/circulars/"),
            (alpha["county-office"], f"/alpha/circulars/{Circular.objects.first().pk}/"),
            (alpha.schools[0]["cio"], "/alpha/east/circulars/"),
            (alpha.schools[0]["cio"], "/me/circulars/"),
        ):
            client = signed_in_as(who)
            client.get(url)
            with django_assert_num_queries(200, exact=False) as asked:
                client.get(url)
            row.append(len(asked.captured_queries))
        counts.append(row)
        cast_school(alpha.county, f"第{number}小学", f"more-{number}")
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15
