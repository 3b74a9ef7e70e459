"""Inventories: what follows from the figures, what the county confirms, and what only then changes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment.planning.bodies.checks import environments_were_confirmed
from assessment.planning.inventory import actions
from assessment.planning.inventory.models import Inventory, InventoryState
from assessment.planning.inventory.thresholds import letters
from schools.audit.models import AuditEntry
from schools.notices.models import Notice
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused, Stale
from tests.cast import SchoolCast, World, acting

S = InventoryState
AB = {"multimedia_rooms": 12, "networked_rooms": 1, "platform": "智慧学校平台", "bandwidth": 100}
ABC = {**AB, "tablet_classes": 1}


def written(cast: SchoolCast, environments: str = "AB", reason: str = "", **facts: Any) -> Inventory:
    by = acting(cast["cio"])
    return actions.write(
        school=cast.school, facts={**AB, **facts}, environments=environments, reason=reason, by=by
    )


def stated(cast: SchoolCast, environments: str = "AB", **facts: Any) -> Inventory:
    row = written(cast, environments, **facts)
    actions.state(inventory=row, by=acting(cast["cio"]))
    return row


def environments(cast: SchoolCast) -> str:
    return School.objects.get(pk=cast.school.pk).environments


@pytest.mark.parametrize(
    ("facts", "proposed"),
    [
        ({}, ""),
        ({"interactive_displays": 1}, "A"),
        (AB, "AB"),
        ({**AB, "bandwidth": 49}, "A"),
        ({**AB, "platform": " "}, "A"),
        ({**AB, "networked_rooms": 0}, "A"),
        (ABC, "ABC"),
        ({**ABC, "bandwidth": 99}, "AB"),
        ({**ABC, "networked_rooms": 0}, "AC"),
    ],
)
def test_proposal_follows_the_stated_thresholds(facts: dict[str, Any], proposed: str) -> None:
    assert letters(Inventory(**facts)) == proposed


def test_only_a_confirmed_inventory_changes_the_environments(in_alpha: World) -> None:
    east, office = in_alpha.alpha.schools[0], acting(in_alpha.alpha["county-office"])
    row = stated(east)
    assert environments(east) == "ABC"
    actions.confirm(inventory=row, by=office)
    assert environments(east) == "AB"
    entry = AuditEntry.objects.get(act="environments-changed")
    assert (entry.school, entry.details) == (east.school, {"environments": ["ABC", "AB"]})
    assert Notice.objects.filter(person=east["cio"]).count() == 1
    assert environments(in_alpha.alpha.schools[1]) == "ABC"
    assert environments_were_confirmed() == (1, [])
    School.objects.filter(pk=east.school.pk).update(environments="A")
    assert len(environments_were_confirmed()[1]) == 1


def test_claim_beyond_the_proposal_needs_a_reason(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = written(east, "ABC")
    with pytest.raises(Refused) as refused:
        actions.state(inventory=row, by=acting(east["cio"]))
    assert refused.value.code == "reason"
    row = written(east, "CBA", "Tablets come in May.")
    actions.state(inventory=row, by=acting(east["cio"]))
    assert (row.environments, row.state, Inventory.objects.count()) == ("ABC", S.STATED, 1)


def test_nothing_is_claimed_or_written_by_the_wrong(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    with pytest.raises(Refused):
        written(east, "")
    with pytest.raises(Refused):
        written(east, "XYZ")
    for by in (acting(west["cio"]), acting(east["principal"])):
        with pytest.raises(Forbidden):
            actions.write(school=east.school, facts=AB, environments="A", reason="", by=by)
    row = stated(east)
    with pytest.raises(Refused):
        written(east)
    for by in (acting(east["cio"]), acting(in_alpha.alpha["county-leader"])):
        with pytest.raises(Forbidden):
            actions.confirm(inventory=row, by=by)
    assert environments(east) == "ABC"


def test_returned_is_changed_and_the_next_edition_begins_after_confirming(in_alpha: World) -> None:
    east, office = in_alpha.alpha.schools[0], acting(in_alpha.alpha["county-office"])
    row = stated(east)
    actions.send_back(inventory=row, remarks="Count the recording room.", by=office)
    assert "Count the recording room." in Notice.objects.get(person=east["cio"]).text
    row = written(east, recording_rooms=1)
    assert (row.state, row.edition) == (S.RETURNED, 1)
    actions.state(inventory=row, by=acting(east["cio"]))
    actions.confirm(inventory=row, by=office)
    with pytest.raises(Stale):
        actions.confirm(inventory=row, by=office)
    following = written(east, "A", "The network is being rebuilt.")
    assert (following.state, following.edition, environments(east)) == (S.DRAFT, 2, "AB")
    with pytest.raises(IntegrityError), transaction.atomic():
        Inventory.objects.create(county=east.school.county, school=east.school, edition=3, environments="A")


def test_school_writes_and_states_on_its_page(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, url = in_alpha.alpha.schools[0], "/alpha/east/inventory/"
    client = signed_in_as(east["cio"])
    zeros = {"tablet_classes": 0, "interactive_displays": 0, "recording_rooms": 0}
    asked = {**AB, **zeros, "notes": "Kept words", "environments": ["A", "B"], "reason": ""}
    wrong = client.post(f"{url}save/", {**asked, "bandwidth": "-1", "environments": []})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["bandwidth", "environments"])
    assert "Kept words" in wrong.content.decode()
    assert client.post(f"{url}save/", asked).headers["Location"] == url
    page = client.get(url)
    assert [(one.letter, one.is_met) for one in page.context["proposal"]] == [
        ("A", True), ("B", True), ("C", False),
    ]  # fmt: skip
    client.post(f"{url}state/", {"version": 0})
    page = client.get(url)
    assert (page.context["inventory"].state, page.context["form"]) == (S.STATED, None)


def test_county_filters_and_answers(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    School.objects.filter(pk=west.school.pk).update(is_rural=True)
    mine, other = stated(east), stated(west, "A", platform="", networked_rooms=0)
    client, url = signed_in_as(in_alpha.alpha["county-office"]), "/alpha/inventories/"
    found = {
        query: [row.pk for row in client.get(f"{url}?{query}").context["rows"]]
        for query in ("", "environment=B", "place=rural", "q=xxxx", "state=confirmed")
    }
    assert found == {
        "": [mine.pk, other.pk], "environment=B": [mine.pk], "place=rural": [other.pk], "q=xxxx": [],
        "state=confirmed": [],
    }  # fmt: skip
    client.post(f"{url}{mine.pk}/confirm/", {"version": mine.version})
    client.post(f"{url}{other.pk}/return/", {"version": other.version, "note": " "})
    assert [row.state for row in Inventory.objects.order_by("pk")] == [S.CONFIRMED, S.STATED]
    client.post(f"{url}{other.pk}/return/", {"version": other.version, "note": "Which platform?"})
    assert Inventory.objects.get(pk=other.pk).state == S.RETURNED
    assert client.get(f"{url}{mine.pk}/").status_code == 200
    assert (
        signed_in_as(in_alpha.beta["county-office"]).get(f"/beta/inventories/{mine.pk}/").status_code == 404
    )


def test_list_shows_the_last_edition_of_each_school_in_few_queries(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_max_num_queries
) -> None:
    east, office = in_alpha.alpha.schools[0], acting(in_alpha.alpha["county-office"])
    actions.confirm(inventory=stated(east), by=office)
    last = stated(east, "ABC", tablet_classes=2)
    client = signed_in_as(in_alpha.alpha["county-office"])
    with django_assert_max_num_queries(15):
        page = client.get("/alpha/inventories/?state=all")
    assert [row.pk for row in page.context["rows"]] == [last.pk]
    facts = {
        str(fact.label): fact.before for fact in client.get(f"/alpha/inventories/{last.pk}/").context["facts"]
    }
    assert [before for before in facts.values() if before is not None] == [0]
