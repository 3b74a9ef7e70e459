"""The county's training team: nominated, selected within the quota, renewed or retired."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessment.planning.bodies import service
from assessment.planning.bodies.checks import retired_trainers_hold_no_role
from assessment.planning.bodies.models import Seat
from assessment.planning.nominations import actions, terms
from assessment.planning.nominations.models import Nomination, NominationState, TeamQuota
from assessment.planning.nominations.quotas import places_of, trainers
from schools.access.permissions import Permission
from schools.audit.models import AuditEntry
from schools.clock import today
from schools.notices.models import Notice
from schools.people.models import Membership, Person
from schools.refusals import Forbidden, Refused, Stale
from tests.cast import SchoolCast, World, acting
from tests.stories import programme

S = NominationState


def office_of(world: World):  # type: ignore[no-untyped-def]
    return acting(world.alpha["county-office"])


def nominated(world: World, cast: SchoolCast, who: str = "teacher", **asked: Any) -> Nomination:
    facts = {"subject": "数学", "employment": "part", "reason": "Leads by example.", "person": cast[who]}
    year = programme(world.alpha)
    by = acting(cast["cio"])
    return actions.nominate(**{"programme": year, "school": cast.school, "by": by, **facts, **asked})


def selected(world: World, cast: SchoolCast, who: str = "teacher", **asked: Any) -> Nomination:
    row = nominated(world, cast, who, **asked)
    actions.select(nomination=row, until=today() + timedelta(days=365), by=office_of(world))
    return row


def quota(world: World, places: int, school: SchoolCast | None = None, subject: str = "") -> TeamQuota:
    return actions.set_quota(
        programme=programme(world.alpha),
        school=school.school if school else None,
        subject=subject,
        places=places,
        by=office_of(world),
    )


def refusal(act: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code, str(refused.value)


def test_selected_get_a_seat_with_a_term_and_the_role(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = selected(in_alpha, east)
    row.refresh_from_db()
    assert (row.state, row.seat.person, row.seat.post) == (S.SELECTED, east["teacher"], "member")
    assert (row.seat.subject, row.seat.employment, row.seat.origin) == ("数学", "part", "school")
    assert row.seat.until == today() + timedelta(days=365)
    assert acting(east["teacher"]).can(Permission.GUIDE_SCHOOLS, in_alpha.alpha.county)
    assert [notice.person for notice in Notice.objects.filter(person=east["teacher"])] == [east["teacher"]]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"subject": " "}, "incomplete"),
        ({"reason": ""}, "incomplete"),
        ({"employment": "never"}, "incomplete"),
    ],
)
def test_nomination_says_what_it_must(in_alpha: World, asked: dict[str, str], code: str) -> None:
    assert refusal(nominated, in_alpha, in_alpha.alpha.schools[0], **asked)[0] == code


def test_nobody_nominates_themselves_strangers_or_anybody_twice(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    assert refusal(nominated, in_alpha, east, "cio")[0] == "self"
    assert refusal(nominated, in_alpha, east, person=west["teacher"])[0] == "school"
    assert refusal(nominated, in_alpha, east, person=in_alpha.beta.schools[0]["teacher"])[0] == "school"
    with pytest.raises(Forbidden):
        nominated(in_alpha, east, by=acting(west["cio"]))
    with pytest.raises(Forbidden):
        nominated(in_alpha, east, by=acting(east["principal"]))
    nominated(in_alpha, east)
    assert refusal(nominated, in_alpha, east)[0] == "twice"
    selected(in_alpha, east, "teacher2")
    assert refusal(nominated, in_alpha, east, "teacher2")[0] == "trainer"
    assert Nomination.objects.count() == 2


def test_quota_is_refused_with_its_figures_until_the_county_raises_it(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    quota(in_alpha, 1, east)
    first = nominated(in_alpha, east)
    code, sentence = refusal(nominated, in_alpha, east, "teacher2")
    assert (code, "1" in sentence, east.school.name in sentence) == ("quota", True, True)
    nominated(in_alpha, west)
    quota(in_alpha, 2, east)
    second = nominated(in_alpha, east, "teacher2")
    quota(in_alpha, 1, subject="数学")
    until, office = today() + timedelta(days=365), office_of(in_alpha)
    actions.select(nomination=first, until=until, by=office)
    code, sentence = refusal(actions.select, nomination=second, until=until, by=office)
    assert (code, "数学" in sentence) == ("quota", True)
    second.refresh_from_db()
    assert (second.state, trainers().count()) == (S.NOMINATED, 1)
    places = {
        row.quota.subject: (row.quota.places, row.taken, row.waiting) for row in places_of(first.programme)
    }
    assert places == {"": (2, 1, 1), "数学": (1, 1, 2)}
    quota(in_alpha, 2, subject="数学")
    actions.select(nomination=second, until=until, by=office)
    assert trainers().count() == 2


def test_places_of_another_subject_or_school_stay_free(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    quota(in_alpha, 0, east, "数学")
    assert refusal(nominated, in_alpha, east)[0] == "quota"
    assert nominated(in_alpha, east, subject="语文").state == S.NOMINATED
    assert nominated(in_alpha, west).state == S.NOMINATED


def test_declined_needs_words_that_the_school_reads(in_alpha: World) -> None:
    east, office = in_alpha.alpha.schools[0], office_of(in_alpha)
    row = nominated(in_alpha, east)
    assert refusal(actions.decline, nomination=row, why=" ", by=office)[0] == "note"
    with pytest.raises(Forbidden):
        actions.decline(nomination=row, why="No.", by=acting(east["cio"]))
    actions.decline(nomination=row, why="Two of this subject are enough.", by=office)
    told = Notice.objects.get(person=east["cio"])
    assert "Two of this subject are enough." in told.text
    assert nominated(in_alpha, east).state == S.NOMINATED


def test_withdrawn_nominations_are_not_selected(in_alpha: World) -> None:
    row = nominated(in_alpha, in_alpha.alpha.schools[0])
    actions.withdraw(nomination=row, by=acting(in_alpha.alpha.schools[0]["cio"]))
    with pytest.raises(Stale):
        actions.select(nomination=row, until=today() + timedelta(days=9), by=office_of(in_alpha))
    assert trainers().count() == 0


def test_selection_needs_a_day_ahead_and_a_person_still_there(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    row, office = nominated(in_alpha, east), office_of(in_alpha)
    for until in (None, today()):
        assert refusal(actions.select, nomination=row, until=until, by=office)[0] == "due"
    Person.objects.filter(pk=east["teacher"].pk).update(school=west.school)
    later = today() + timedelta(days=9)
    assert refusal(actions.select, nomination=row, until=later, by=office)[0] == "left"
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=row.pk).update(seat=Seat.objects.create(
            county=in_alpha.alpha.county, body=selected(in_alpha, west).seat.body, post="member", name="王",
            origin="school", starts_on=today(),
        ))  # fmt: skip


def test_term_is_renewed_with_a_reason_and_the_old_one_stays(in_alpha: World) -> None:
    east, office = in_alpha.alpha.schools[0], office_of(in_alpha)
    seat = selected(in_alpha, east).seat
    later = seat.until + timedelta(days=365)
    assert refusal(terms.renew, seat=seat, until=later, reason="", by=office)[0] == "reason"
    assert refusal(terms.renew, seat=seat, until=seat.until, reason="Good.", by=office)[0] == "term"
    renewed = terms.renew(seat=seat, until=later, reason="Twelve visits.", by=office)
    rows = Seat.objects.filter(person=east["teacher"]).order_by("pk")
    assert [(row.pk, row.until, row.ended_on) for row in rows] == [
        (seat.pk, seat.until, today()), (renewed.pk, later, None),
    ]  # fmt: skip
    assert service.service_of([east["teacher"].pk]) == {east["teacher"].pk: {"terms": 2}}
    assert refusal(terms.renew, seat=seat, until=later, reason="Again.", by=office)[0] == "ended"
    entry = AuditEntry.objects.get(act="term-renewed")
    assert (entry.details["before"], entry.details["reason"]) == (seat.pk, "Twelve visits.")


def test_retired_trainer_loses_post_and_role_at_once(in_alpha: World) -> None:
    east, office = in_alpha.alpha.schools[0], office_of(in_alpha)
    seat = selected(in_alpha, east).seat
    assert refusal(terms.retire, seat=seat, reason=" ", by=office)[0] == "reason"
    with pytest.raises(Forbidden):
        terms.retire(seat=seat, reason="No visit.", by=acting(in_alpha.alpha["county-leader"]))
    terms.retire(seat=seat, reason="No visit in a year.", by=office)
    seat.refresh_from_db()
    assert (seat.ended_on, seat.ended_because, trainers().count()) == (today(), "No visit in a year.", 0)
    assert not acting(east["teacher"]).can(Permission.GUIDE_SCHOOLS, in_alpha.alpha.county)
    assert retired_trainers_hold_no_role() == (1, [])
    Membership.objects.filter(person=east["teacher"], role="trainer").update(
        starts_on=today() - timedelta(days=9), ends_on=None
    )
    assert len(retired_trainers_hold_no_role()[1]) == 1


def test_figures_of_service_are_registered_by_their_stages(in_alpha: World, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(service, "FIGURES", dict(service.FIGURES))
    service.figure("visits", "Visits")(lambda ids: {ids[0]: 7})
    person = selected(in_alpha, in_alpha.alpha.schools[0]).person_id
    assert service.service_of([person, person]) == {person: {"terms": 1, "visits": 7}}
    assert service.service_of([]) == {}


def test_school_nominates_on_its_page_and_reads_the_answer(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, url = in_alpha.alpha.schools[0], "/alpha/east/nominations/"
    programme(in_alpha.alpha)
    quota(in_alpha, 1, east)
    client = signed_in_as(east["cio"])
    asked = {"person": east["teacher"].pk, "subject": "数学", "employment": "full", "reason": "Good."}
    assert client.post(f"{url}add/", asked).headers["Location"] == url
    again = client.post(f"{url}add/", {**asked, "person": east["teacher2"].pk, "reason": "Kept words"})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["subject"])
    assert "Kept words" in again.content.decode()
    own = client.post(f"{url}add/", {**asked, "person": east["cio"].pk})
    assert (own.status_code, list(own.context["form"].errors)) == (422, ["person"])
    row = Nomination.objects.get()
    client.post(f"{url}{row.pk}/withdraw/", {"version": row.version})
    row.refresh_from_db()
    assert row.state == S.WITHDRAWN
    assert signed_in_as(in_alpha.alpha.schools[1]["cio"]).post(f"{url}{row.pk}/withdraw/").status_code == 404


def test_county_selects_renews_and_retires_on_its_pages(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = nominated(in_alpha, east)
    client = signed_in_as(in_alpha.alpha["county-office"])
    assert [one.pk for one in client.get("/alpha/nominations/").context["rows"]] == [row.pk]
    page = client.get(f"/alpha/nominations/{row.pk}/")
    assert [button.action for button in page.context["buttons"]] == ["select", "decline"]
    until = today() + timedelta(days=300)
    client.post(f"/alpha/nominations/{row.pk}/select/", {"version": 0, "due_at": until.isoformat()})
    seat = trainers().get()
    assert seat.until == until
    (trainer,) = client.get("/alpha/bodies/trainers/").context["rows"]
    assert (trainer.seat, trainer.figures) == (seat, {"terms": 1})
    at = reverse("assessment:county-trainer", args=["alpha", seat.pk])
    early = client.post(f"{at}renew/", {"until": today().isoformat(), "reason": "Kept words"})
    assert (early.status_code, list(early.context["renew_form"].errors)) == (422, ["until"])
    assert "Kept words" in early.content.decode()
    client.post(f"{at}renew/", {"until": (until + timedelta(days=9)).isoformat(), "reason": "Good."})
    assert client.get(at).status_code == 404
    at = reverse("assessment:county-trainer", args=["alpha", trainers().get().pk])
    assert client.post(f"{at}retire/", {"reason": "Done."}).headers["Location"] == "/alpha/bodies/trainers/"
    assert trainers().count() == 0
    beta = signed_in_as(in_alpha.beta["county-office"])
    assert beta.get(f"/beta/nominations/{row.pk}/").status_code == 404


def test_lists_ask_as_often_for_one_as_for_four(
    in_alpha: World, signed_in_as, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    pages = ("/alpha/nominations/?state=selected", "/alpha/bodies/trainers/")
    counts = []
    for people in (("teacher",), ("teacher2", "reviewer", "team")):
        for who in people:
            selected(in_alpha, east, who)
        client, asked = signed_in_as(in_alpha.alpha["county-office"]), []
        for page in pages:
            client.get(page)
            with django_assert_num_queries(15, exact=False) as queries:
                client.get(page)
            asked.append(len(queries.captured_queries))
        counts.append(asked)
    assert counts[0] == counts[1]
