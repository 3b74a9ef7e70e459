"""Trainers: assigned in balance to other schools, visits written in the assigned time, answered once."""

from datetime import timedelta
from typing import Any

import pytest

from assessment.guiding.models import TrainerAssignment, Visit
from assessment.guiding.visits import actions
from schools.clock import today
from schools.people.models import Person
from schools.refusals import Forbidden, Refused
from tests.assessment.guiding import assigned, office, told, visited
from tests.cast import World, acting
from tests.stories import participant, picture


def test_assigned_trainer_sees_the_school_with_its_figures(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    participant(in_alpha.alpha, east["teacher"])
    row = assigned(in_alpha, east)
    trainer = in_alpha.alpha["trainer"]
    (guided,) = signed_in_as(trainer).get("/me/guidance/").context["guided"]
    enrolled = 2
    assert (guided.assignment, guided.progress.participants, guided.visits, guided.is_running) == (
        row,
        enrolled,
        0,
        True,
    )
    assert told(trainer) == ["You guide %(school)s until %(day)s. Write your visits down here."]
    assert west.school.name not in signed_in_as(trainer).get("/me/guidance/").content.decode()


def test_trainer_is_never_assigned_to_the_own_school_nor_twice(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    assigned(in_alpha, east)
    Person.objects.filter(pk=in_alpha.alpha["trainer"].pk).update(school=west.school)
    in_alpha.alpha.people["trainer"] = Person.objects.get(pk=in_alpha.alpha["trainer"].pk)
    codes = []
    days = {"starts_on": today() + timedelta(days=5), "last_on": today() + timedelta(days=50)}
    for school, facts in ((west, {}), (east, days), (east, {"last_on": today() - timedelta(days=20)})):
        with pytest.raises(Refused) as refused:
            assigned(in_alpha, school, **facts)
        codes.append(refused.value.code)
    assert codes == ["own-school", "twice", "last_on"]
    with pytest.raises(Refused) as refused:
        actions.assign(
            trainer=east["teacher"], school=west.school, starts_on=today(), last_on=today(),
            by=office(in_alpha),
        )  # fmt: skip
    assert (refused.value.code, TrainerAssignment.objects.count()) == ("trainer", 1)


def test_page_assigns_several_schools_or_none(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    client = signed_in_as(in_alpha.alpha["county-office"])
    sent: dict[str, Any] = {
        "trainer": in_alpha.alpha["trainer"].pk, "schools": [east.school.pk, west.school.pk],
        "starts_on": today().isoformat(), "last_on": today().isoformat(), "focus": "Records",
    }  # fmt: skip
    assert client.post("/alpha/trainers/assign/", sent).status_code == 302
    page = client.get("/alpha/trainers/")
    assert [row.school_count for row in page.context["rows"]] == [2]
    assert page.context["unguided"] == 0
    again = client.post("/alpha/trainers/assign/", sent)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["schools"])
    assert again.context["form"]["focus"].value() == "Records"
    assert TrainerAssignment.objects.count() == 2


def test_visit_is_written_for_the_assigned_school_in_its_time(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = assigned(in_alpha, east)
    client = signed_in_as(in_alpha.alpha["trainer"])
    sent = {"kind": "on-site", "looked_at": "Two lessons", "observed": "Quiet", "advice": "Ask more"}
    url = f"/me/guidance/schools/{row.pk}/write/"
    for day in (
        row.starts_on - timedelta(days=1),
        row.last_on + timedelta(days=1),
        today() + timedelta(days=1),
    ):
        answer = client.post(url, {**sent, "day": day.isoformat()})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day"])
        assert answer.context["form"]["advice"].value() == "Ask more"
    files = [picture(1), picture(2)]
    assert client.post(url, {**sent, "day": today().isoformat(), "files": files}).status_code == 302
    visit = Visit.objects.get()
    assert (visit.school, visit.enclosures.count()) == (east.school, 2)
    assert told(east["cio"]) == told(east["principal"])
    assert told(east["cio"]) == ["%(trainer)s has written down the visit of %(day)s with advice."]


def test_visit_to_a_school_of_another_trainer_is_refused(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = assigned(in_alpha, east)
    row.trainer_id = in_alpha.alpha["expert"].pk
    with pytest.raises(Forbidden):
        visited(in_alpha, row)
    assert Visit.objects.count() == 0


def test_refused_file_leaves_no_visit(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    row = assigned(in_alpha, in_alpha.alpha.schools[0])
    bad = picture(3)
    bad.name = "plan.docx"
    sent = {"day": today().isoformat(), "kind": "online", "looked_at": "x", "observed": "x", "advice": "x"}
    client = signed_in_as(in_alpha.alpha["trainer"])
    answer = client.post(f"/me/guidance/schools/{row.pk}/write/", {**sent, "files": [picture(4), bad]})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["files"])
    assert Visit.objects.count() == 0


def test_school_answers_once(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    visit = visited(in_alpha, assigned(in_alpha, east))
    client = signed_in_as(east["cio"])
    url = f"/alpha/east/guidance/visits/{visit.pk}/answer/"
    client.post(url, {"note": " "})
    assert Visit.objects.get().answered_at is None
    client.post(url, {"note": "We will."})
    client.post(url, {"note": "Never mind."})
    assert Visit.objects.get().answer == "We will."
    assert told(in_alpha.alpha["trainer"])[-1] == "%(school)s has answered your visit of %(day)s."
    assert signed_in_as(west["cio"]).get(f"/alpha/west/guidance/visits/{visit.pk}/").status_code == 404


def test_ended_assignment_takes_no_later_visit_and_keeps_the_old(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    row = assigned(in_alpha, east)
    visited(in_alpha, row)
    actions.end(assignment=row, by=office(in_alpha))
    assert TrainerAssignment.objects.get(pk=row.pk).last_on == today()
    ahead = assigned(in_alpha, west, starts_on=today() + timedelta(days=1))
    actions.end(assignment=ahead, by=office(in_alpha))
    assert (TrainerAssignment.objects.count(), Visit.objects.count()) == (1, 1)


def test_county_filters_visits_by_trainer_school_and_month(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    for school in (east, west):
        visited(in_alpha, assigned(in_alpha, school))
    client = signed_in_as(in_alpha.alpha["county-office"])

    def schools(**query: Any) -> list[str]:
        rows = client.get("/alpha/visits/", query).context["rows"]
        return sorted(row.school.slug for row in rows)

    month, trainer = f"{today():%Y-%m}", in_alpha.alpha["trainer"].pk
    assert schools(school=east.school.pk, month=month, trainer=trainer) == ["east"]
    assert schools(month=f"{today() - timedelta(days=70):%Y-%m}") == []
    assert schools(q="xihu") == ["west"]
    assert schools(trainer=in_alpha.beta["trainer"].pk) == ["east", "west"]


def test_trainer_writes_nothing_for_a_school_of_another_county(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    row = assigned(in_alpha, in_alpha.alpha.schools[0])
    client = signed_in_as(in_alpha.beta["trainer"])
    assert client.get(f"/me/guidance/schools/{row.pk}/").status_code == 404
    assert client.post(f"/me/guidance/schools/{row.pk}/write/").status_code == 404
    assert acting(in_alpha.beta["trainer"]).person != row.trainer
