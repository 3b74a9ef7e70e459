"""Hours: the teacher's ledger, the school that attests, the county that recognises."""

from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scopes_disabled

from assessment.training import actions
from assessment.training.models import Category, ClaimState, HourClaim
from schools.clock import today
from tests.cast import SchoolCast, World, acting
from tests.stories import participant, picture

LEDGER = "/me/hours/"
_serial = count(10)


def claimed(
    world: World, school: SchoolCast, who: str = "teacher", hours: str = "2.0", **facts: Any
) -> HourClaim:
    """Return a fresh claim of practice hours with a picture as proof."""
    proof = picture(next(_serial))
    asked = {"category": Category.PRACTICE, "title": "Open lesson", "proof": proof, **facts}
    row = participant(world.alpha, school[who])
    return actions.claim(
        participant=row, hours=Decimal(hours), held_on=today(), by=acting(school[who]), **asked
    )


def attested(world: World, school: SchoolCast, **facts: Any) -> HourClaim:
    claim = claimed(world, school, **facts)
    actions.attest(claim=claim, by=acting(school["cio"]))
    return claim


def states() -> list[int]:
    with scopes_disabled():
        return list(HourClaim.objects.order_by("pk").values_list("state", flat=True))


def asked_for(**changes: Any) -> dict[str, Any]:
    """Return what the claim form posts."""
    fields = {"category": "practice", "title": "Open lesson", "held_on": today().isoformat(), "hours": "2"}
    return {**fields, "proof": picture(2), **changes}


def test_claimed_hours_stand_in_the_ledger_on_their_way(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    participant(in_alpha.alpha, east["teacher"])
    client = signed_in_as(east["teacher"])
    assert client.post(f"{LEDGER}claim/", asked_for()).headers["Location"] == LEDGER
    answer = client.get(LEDGER)
    sums = {part.category: (part.recognised, part.waiting, part.needed) for part in answer.context["sums"]}
    assert sums == {"online": (0, 0, 30), "practice": (0, 2, 30)}
    (row,) = answer.context["rows"]
    assert (row.claim.title, row.claim.state, row.words) == ("Open lesson", ClaimState.CLAIMED, "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"proof": ""}, "proof"),
        ({"proof": SimpleUploadedFile("photo.png", b"")}, "proof"),
        ({"proof": SimpleUploadedFile("photo.png", b"MZ" + b"0" * 90)}, "proof"),
        ({"held_on": "2999-01-01"}, "held_on"),
        ({"hours": "0"}, "hours"),
        ({"hours": "13"}, "hours"),
        ({"title": " "}, "title"),
    ],
)
def test_refused_claim_keeps_what_was_typed(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, changes: dict[str, Any], field: str
) -> None:
    east = in_alpha.alpha.schools[0]
    participant(in_alpha.alpha, east["teacher"])
    answer = signed_in_as(east["teacher"]).post(f"{LEDGER}claim/", asked_for(**changes))
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (200, [field])
    assert form["category"].value() == "practice"
    assert HourClaim.objects.count() == 0


def test_refused_hours_show_the_words_and_are_claimed_again(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    claim = claimed(in_alpha, east)
    actions.refuse(claim=claim, because="The photo shows no date.", by=acting(east["cio"]))
    client = signed_in_as(east["teacher"])
    (row,) = client.get(LEDGER).context["rows"]
    client.post(f"{LEDGER}{claim.pk}/again/", {"version": claim.version})
    assert (row.words, states()) == ("The photo shows no date.", [ClaimState.CLAIMED])


def test_claim_of_another_teacher_is_not_there(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    claim = claimed(in_alpha, east)
    actions.refuse(claim=claim, because="No date.", by=acting(east["cio"]))
    client = signed_in_as(east["teacher2"])
    answers = [client.get(f"{LEDGER}{claim.pk}/proof/"), client.post(f"{LEDGER}{claim.pk}/again/")]
    assert ([answer.status_code for answer in answers], states()) == ([404, 404], [ClaimState.REFUSED])


def test_proof_is_shown_to_owner_school_and_county_only(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    claim = attested(in_alpha, east)
    seen = {
        (who.name, address): signed_in_as(who).get(address).status_code
        for who, address in (
            (east["teacher"], f"{LEDGER}{claim.pk}/proof/"),
            (east["cio"], f"/alpha/east/hours/{claim.pk}/proof/"),
            (west["cio"], f"/alpha/west/hours/{claim.pk}/proof/"),
            (west["cio"], f"/alpha/east/hours/{claim.pk}/proof/"),
            (in_alpha.alpha["county-office"], f"/alpha/hours/{claim.pk}/proof/"),
            (in_alpha.beta["county-office"], f"/beta/hours/{claim.pk}/proof/"),
        )
    }
    assert list(seen.values()) == [200, 200, 404, 404, 200, 404]


def test_school_attests_what_is_ticked_and_nothing_of_another_school(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    claims = [claimed(in_alpha, east), claimed(in_alpha, east, "teacher2"), claimed(in_alpha, west)]
    client = signed_in_as(east["cio"])
    client.post("/alpha/east/hours/attest/", {"ids": [claims[0].pk, claims[2].pk]})
    assert states() == [ClaimState.ATTESTED, ClaimState.CLAIMED, ClaimState.CLAIMED]
    client.post("/alpha/east/hours/attest/", {"ids": [claims[1].pk], f"version-{claims[1].pk}": "7"})
    client.post("/alpha/east/hours/attest/", {})
    assert states() == [ClaimState.ATTESTED, ClaimState.CLAIMED, ClaimState.CLAIMED]


def test_school_refuses_one_with_words_only(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    mine, foreign = claimed(in_alpha, east), claimed(in_alpha, west)
    client = signed_in_as(east["team"])
    client.post(f"/alpha/east/hours/{mine.pk}/refuse/", {"note": " "})
    assert client.post(f"/alpha/east/hours/{foreign.pk}/refuse/", {"note": "No."}).status_code == 404
    assert states() == [ClaimState.CLAIMED, ClaimState.CLAIMED]
    client.post(f"/alpha/east/hours/{mine.pk}/refuse/", {"note": "No date."})
    assert states() == [ClaimState.REFUSED, ClaimState.CLAIMED]


def test_school_list_shows_the_asked_state_with_the_words(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    waiting, refused = claimed(in_alpha, east), claimed(in_alpha, east, "teacher2")
    actions.refuse(claim=refused, because="No date.", by=acting(east["cio"]))
    client = signed_in_as(east["cio"])
    assert client.get("/alpha/east/hours/").context["rows"] == [(waiting, "", [])]
    assert client.get("/alpha/east/hours/", {"state": "4"}).context["rows"] == [(refused, "No date.", [])]


def test_county_sees_attested_hours_by_school(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    attested(in_alpha, east, hours="2.5")
    attested(in_alpha, east, who="teacher2", hours="10", category=Category.ONLINE, proof=None)
    claimed(in_alpha, west)
    client = signed_in_as(in_alpha.alpha["county-office"])
    (row,) = client.get("/alpha/hours/").context["rows"]
    shown = [row[name] for name in ("school__slug", "people", "claims", "online", "practice")]
    assert shown == ["east", 2, 2, Decimal("10"), Decimal("2.5")]
    assert len(client.get("/alpha/hours/", {"school": "east"}).context["rows"]) == 2
    assert client.get("/alpha/hours/", {"school": "south"}).status_code == 404


def test_county_recognises_the_ticked_or_a_whole_school(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    claims = [attested(in_alpha, east), attested(in_alpha, east, who="teacher2"), attested(in_alpha, west)]
    client = signed_in_as(in_alpha.alpha["county-office"])
    answer = client.post("/alpha/hours/recognise/", {"ids": [claims[0].pk], "at": "east"})
    assert answer.headers["Location"] == "/alpha/hours/?school=east"
    assert states() == [ClaimState.RECOGNISED, ClaimState.ATTESTED, ClaimState.ATTESTED]
    client.post("/alpha/hours/recognise/", {"school": east.school.pk})
    assert states() == [ClaimState.RECOGNISED, ClaimState.RECOGNISED, ClaimState.ATTESTED]
    client.post(f"/alpha/hours/{claims[2].pk}/refuse/", {"note": "Counted twice."})
    assert states()[2] == ClaimState.REFUSED


def test_hours_are_moved_by_the_right_people_only(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    claim = attested(in_alpha, east)
    leader, principal = in_alpha.alpha["county-leader"], east["principal"]
    assert signed_in_as(leader).post("/alpha/hours/recognise/", {"ids": [claim.pk]}).status_code == 403
    assert signed_in_as(principal).post("/alpha/east/hours/attest/", {"ids": [claim.pk]}).status_code == 403
    assert signed_in_as(east["cio"]).post("/alpha/hours/recognise/", {"ids": [claim.pk]}).status_code == 403
    beta = signed_in_as(in_alpha.beta["county-office"])
    beta.post("/beta/hours/recognise/", {"ids": [claim.pk]})
    assert (beta.get("/alpha/hours/").status_code, states()) == (404, [ClaimState.ATTESTED])


def test_lists_ask_as_often_for_one_claim_as_for_many(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_num_queries
) -> None:
    east = in_alpha.alpha.schools[0]
    counts: list[list[int]] = []
    for who, category in (
        ("teacher", Category.PRACTICE),
        ("teacher2", Category.ONLINE),
        ("teacher", Category.ONLINE),
    ):
        attested(in_alpha, east, who=who, category=category)
        claimed(in_alpha, east, who=who, category=category)
        row = []
        for person, address in (
            (east["teacher"], LEDGER),
            (east["cio"], "/alpha/east/hours/"),
            (in_alpha.alpha["county-office"], "/alpha/hours/"),
            (in_alpha.alpha["county-office"], "/alpha/hours/?school=east"),
        ):
            client = signed_in_as(person)
            client.get(address)
            with django_assert_num_queries(200, exact=False) as asked:
                client.get(address)
            row.append(len(asked.captured_queries))
        counts.append(row)
    assert counts[0] == counts[1] == counts[2]
