"""Transfers, returns, draws and cases at the county office; the expert's blind pages."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.checking.cases.models import CaseGrant, CaseState, Judgement, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.models import SchoolReturn
from assessment.submitting.models import Evidence, Submission, SubmissionState
from schools.people.models import Person, Transfer
from tests.access.copies import give_cleaned
from tests.cast import World
from tests.schools.cleaning import clean_all
from tests.stories import drawn_case, filed_return, submission_at

PLAN = {"claim": "county", "tolerance": 10, "confidence": 95, "percent": 100}


def office(name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=["alpha", *args])


@pytest.fixture(scope="module", autouse=True)
def passed(common_ground: World) -> Submission:
    """One submission of the first school has passed before every test."""
    return submission_at(common_ground.alpha, common_ground.alpha.schools[0], SubmissionState.PASSED)


@pytest.fixture
def filed(world: World) -> SchoolReturn:
    """The passed submission is listed in a filed return."""
    return filed_return(world.alpha, world.alpha.schools[0])


@pytest.fixture
def drawn(world: World, passed: Submission) -> SpotCheckCase:
    """A case of the first school with the expert."""
    return drawn_case(world.alpha, world.alpha.schools[0], passed)


def judge(client: Client, case: SpotCheckCase, grade: int) -> None:
    page = client.get(reverse("assessment:case", args=[case.pk]))
    posted = {f"item-{item.pk}": grade for item, _given in page.context["items"]}
    client.post(reverse("assessment:case-finish", args=[case.pk]), {**posted, "advice": "Seen."})


def draw(client: Client, filed: SchoolReturn) -> None:
    """Plan a draw of everything that the return lists, and draw."""
    client.post(office("draws-freeze"), {"ids": [filed.pk], **PLAN})
    with scopes_disabled():
        planned = Draw.objects.order_by("-pk").first()
    client.post(office("draw-make", planned.pk))


def state_of(row) -> int:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        return type(row).objects.get(pk=row.pk).state


def test_a_transfer_is_completed_once(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    with scopes_disabled():
        transfer = Transfer.objects.create(
            county=world.alpha.county, school=west.school, from_school=east.school, person=east["teacher2"]
        )
    client = signed_in_as(world.alpha["county-office"])
    assert [row.pk for row in client.get(office("transfers")).context["rows"]] == [transfer.pk]
    client.post(office("transfer-complete", transfer.pk))
    client.post(office("transfer-refuse", transfer.pk))
    with scopes_disabled():
        transfer.refresh_from_db()
        assert Person.objects.get(pk=east["teacher2"].pk).school_id == west.school.pk
    assert (transfer.completed_by, transfer.refused_by) == (world.alpha["county-office"].user, None)
    assert list(client.get(office("transfers")).context["rows"]) == []


def test_returns_show_every_school_and_what_is_filed(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as
) -> None:
    rows = signed_in_as(world.alpha["county-leader"]).get(office("county-returns")).context["rows"]
    east, west = world.alpha.schools
    shown = {
        row.school.pk: (row.school_return and row.school_return.pk, row.passed, row.failed) for row in rows
    }
    assert shown == {east.school.pk: (filed.pk, 1, 0), west.school.pk: (None, 0, 0)}


def test_returns_ask_as_often_for_one_school_as_for_two(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as, django_assert_num_queries
) -> None:
    client, counts = signed_in_as(world.alpha["county-office"]), []
    for state in ("filed", ""):
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(office("county-returns"), {"state": state})
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 17


def test_an_undrawn_return_is_refused_with_a_sentence(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    page = client.get(office("county-return", filed.pk), headers={"accept-language": "en"})
    closed = {button.action: button.refusal for button in page.context["buttons"]}
    assert closed == {
        "accept": "This return has not been part of a draw yet.",
        "send-back": "",
        "rectify": "No spot-check case of this return was overturned.",
    }
    assert [line.name for line in page.context["lines"]]
    client.post(office("county-return-accept", filed.pk))
    assert state_of(filed) == 3


def test_a_return_is_sent_back_with_words(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    client.post(office("county-return-send-back", filed.pk), {"note": ""})
    assert state_of(filed) == 3
    client.post(office("county-return-send-back", filed.pk), {"note": "Hours are missing."})
    assert state_of(filed) == 1


def test_leaders_change_nothing(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-leader"])
    posts = [
        office("county-returns-accept"),
        office("draws-freeze"),
        office("draw-assign", drawn.draw_id),
        office("draw-uphold", drawn.draw_id),
        office("county-case-uphold", drawn.pk),
        office("county-case-overturn", drawn.pk),
        office("county-case-rectify", drawn.pk),
    ]
    assert [client.post(address).status_code for address in posts] == [403] * len(posts)


def test_a_draw_is_made_given_out_judged_and_the_return_accepted(  # type: ignore[no-untyped-def]
    world: World, filed: SchoolReturn, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    page = client.get(office("draws"))
    assert ([row.pk for row, _size in page.context["waiting"]], page.context["frame"]) == ([filed.pk], 1)
    draw(client, filed)
    draw(client, filed)
    with scopes_disabled():
        drawn, case = Draw.objects.get(), SpotCheckCase.objects.get()
        assert (drawn.size, Judgement.objects.count()) == (1, 0)
        client.post(office("draw-assign", drawn.pk))
        expert = Judgement.objects.get().expert
    judge(signed_in_as(expert), case, 2)
    client = signed_in_as(world.alpha["county-office"])
    assert client.get(office("draw", drawn.pk)).context["borne_out"] == 1
    client.post(office("draw-uphold", drawn.pk))
    assert state_of(case) == CaseState.UPHELD
    client.post(office("county-returns-accept"), {"ids": [filed.pk]})
    assert state_of(filed) == 4


def test_spreading_begins_with_the_least_loaded(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    west = world.alpha.schools[1]
    submission_at(world.alpha, west, SubmissionState.PASSED)
    other = filed_return(world.alpha, west)
    client = signed_in_as(world.alpha["county-office"])
    draw(client, other)
    with scopes_disabled():
        second = Draw.objects.exclude(pk=drawn.draw_id).get()
    client.post(office("draw-assign", second.pk))
    with scopes_disabled():
        asked = list(Judgement.objects.filter(case__draw=second).values_list("expert", flat=True))
    assert asked == [world.alpha["expert2"].pk]


def test_an_overturned_case_may_be_rectified(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    judge(signed_in_as(world.alpha["expert"]), drawn, 1)
    client = signed_in_as(world.alpha["county-office"])
    page = client.get(office("county-case", drawn.pk))
    assert (page.context["judged"], page.context["is_borne_out"]) == (1, False)
    assert client.get(office("draw", drawn.draw_id)).context["borne_out"] == 0
    client.post(office("county-case-overturn", drawn.pk), {"note": "Not from the own lesson."})
    assert state_of(drawn) == CaseState.OVERTURNED
    client.post(office("county-case-rectify", drawn.pk), {"note": "Film it anew.", "due_at": "2099-01-01"})
    with scopes_disabled():
        assert Submission.objects.get(pk=drawn.submission_id).state == SubmissionState.RETURNED


def test_draw_asks_as_often_for_one_case_as_for_two(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    east, counts = world.alpha.schools[0], []
    submission_at(world.alpha, east, SubmissionState.PASSED, code="A5")
    filing = filed_return(world.alpha, east)
    client = signed_in_as(world.alpha["county-office"])
    draw(client, filing)
    with scopes_disabled():
        drawn = Draw.objects.get()
    with django_assert_num_queries(100, exact=False) as asked:
        assert len(client.get(office("draw", drawn.pk)).context["rows"]) == 2
    counts.append(len(asked.captured_queries))
    with scopes_disabled():
        SpotCheckCase.objects.filter(draw=drawn, position=2).delete()
    with django_assert_num_queries(100, exact=False) as asked:
        assert len(client.get(office("draw", drawn.pk)).context["rows"]) == 1
    counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 17


def test_blind_pages_name_nobody(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["expert"])
    east = world.alpha.schools[0]
    with scopes_disabled():
        clean_all()
    with scope(county=world.alpha.county, school=None):
        pieces = list(Evidence.objects.filter(attempt=drawn.attempt_id).select_related("file"))
    pages = (reverse("assessment:cases"), reverse("assessment:case", args=[drawn.pk]))
    text = "".join(client.get(page).content.decode() for page in pages)
    assert drawn.code in text
    telling = [east["teacher"].name, east.school.name, east.school.slug]
    telling += [piece.file.name for piece in pieces]
    assert [word for word in telling if word in text] == []
    address = reverse("assessment:case-evidence", args=[drawn.pk, pieces[0].pk])
    given = client.get(address)["Content-Disposition"]
    assert given.endswith(f"filename*=UTF-8''{drawn.code}-1{pieces[0].file.extension}")


def test_expert_without_grant_finds_nothing(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    with scopes_disabled():
        piece = Evidence.objects.filter(attempt=drawn.attempt_id).first()
        give_cleaned(piece.file, b"without names")
    addresses = [
        reverse("assessment:case", args=[drawn.pk]),
        reverse("assessment:case-evidence", args=[drawn.pk, piece.pk]),
    ]
    client = signed_in_as(world.alpha["expert2"])
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert list(client.get(reverse("assessment:cases")).context["rows"]) == []
    client = signed_in_as(world.alpha["expert"])
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    CaseGrant.objects.all().delete()
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_evidence_of_other_work_is_not_given(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    other = submission_at(world.alpha, world.alpha.schools[1], SubmissionState.SUBMITTED)
    with scopes_disabled():
        piece = Evidence.objects.filter(attempt__submission=other).first()
    client = signed_in_as(world.alpha["expert"])
    assert client.get(reverse("assessment:case-evidence", args=[drawn.pk, piece.pk])).status_code == 404


def test_saving_answers_the_page_in_json_until_it_is_finished(  # type: ignore[no-untyped-def]
    world: World, drawn: SpotCheckCase, signed_in_as
) -> None:
    client = signed_in_as(world.alpha["expert"])
    address, quiet = reverse("assessment:case-save", args=[drawn.pk]), {"X-Requested-With": "XMLHttpRequest"}
    assert client.post(address, {"advice": "So far"}, headers=quiet).status_code == 200
    with scopes_disabled():
        assert Judgement.objects.get(case=drawn).advice == "So far"
    judge(client, drawn, 2)
    assert state_of(drawn) == CaseState.JUDGED
    assert client.post(address, {"advice": "Later"}, headers=quiet).status_code == 409
