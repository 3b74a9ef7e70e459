"""Courses: who keeps them, attendance with its hours, coverage of posts, anonymous ratings."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.training.courses import actions, queries
from assessment.training.courses.models import Attendance, Course
from assessment.training.models import HourClaim, Source
from assessment.training.ratings import actions as ratings
from assessment.training.ratings.models import Rated, Rating
from assessment.training.ratings.queries import verdict_of, verdict_on
from schools.audit.models import AuditEntry
from schools.clock import today
from schools.people.models import Person
from schools.refusals import Refused
from tests.assessment.activity_stories import course
from tests.assessment.test_activities_hours import broken
from tests.cast import World, acting
from tests.stories import programme

COUNTY, SCHOOL = "/alpha/courses/", "/alpha/east/courses/"


def asked_for(**changes: Any) -> dict[str, Any]:
    day = today().isoformat()
    return {"kind": "team", "title": "Leading by data", "begins_on": day, "ends_on": day, "category": "online",
            "hours": "6", "counts": "on", "for_roles": ["principal", "cio"], **changes}  # fmt: skip


def attended(world: World, row: Course, *people: Person) -> None:
    actions.note_attendance(course=row, people=people, school=None, by=acting(world.alpha["county-office"]))


def test_attendance_enters_the_hours_of_those_who_take_part(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = course(in_alpha.alpha)
    for _twice in range(2):
        attended(in_alpha, row, east["teacher"], east["principal"])
    claim = HourClaim.objects.get()
    assert (claim.person, claim.source, claim.hours) == (east["teacher"], Source.COURSE, Decimal(6))
    assert (claim.origin, Attendance.objects.count()) == (f"course:{row.pk}", 2)
    plain = course(in_alpha.alpha, counts=False)
    attended(in_alpha, plain, east["teacher"])
    assert (HourClaim.objects.count(), broken()) == (1, [])


def refusal(act) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_only_who_holds_a_course_notes_its_attendance(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    of_county, of_east = course(in_alpha.alpha), course(in_alpha.alpha, east)
    ahead = course(in_alpha.alpha, begins_on=today() + timedelta(days=1), ends_on=today() + timedelta(days=1))
    office, people = acting(in_alpha.alpha["county-office"]), [east["teacher"]]
    tries = [
        {"course": of_county, "school": east.school, "by": acting(east["cio"])},
        {"course": of_east, "school": None, "by": office},
        {"course": of_east, "school": west.school, "by": acting(west["cio"])},
        {"course": of_east, "school": east.school, "by": acting(east["group-head"])},
        {"course": ahead, "school": None, "by": office},
    ]
    codes = [refusal(lambda one=one: actions.note_attendance(people=people, **one)) for one in tries]
    assert codes == ["forbidden"] * 4 + ["future"]
    assert Attendance.objects.count() == 0
    actions.note_attendance(course=of_east, people=people, school=east.school, by=acting(east["team"]))
    assert Attendance.objects.count() == 1


def test_office_keeps_ticks_and_strikes_in_the_pages(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    programme(in_alpha.alpha)
    client = signed_in_as(in_alpha.alpha["county-office"])
    answer = client.post(f"{COUNTY}keep/", asked_for(ends_on="2020-01-01"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["ends_on"])
    client.post(f"{COUNTY}keep/", asked_for())
    row = Course.objects.get()
    page = f"{COUNTY}{row.pk}/"
    listed = {person.pk for person in client.get(page).context["rows"]}
    assert listed == {school[post].pk for school in (east, west) for post in ("principal", "cio")}
    ids = [east["principal"].pk, east["teacher"].pk, in_alpha.beta.schools[0]["principal"].pk]
    client.post(f"{page}attendance/mark/", {"ids": ids})
    assert Attendance.objects.get().person == east["principal"]
    assert client.post(f"{page}change/", asked_for(title="Anew")).status_code == 422
    client.post(f"{page}attendance/strike/", {"person": east["principal"].pk})
    assert Attendance.objects.count() == 0
    client.post(f"{page}change/", asked_for(title="Anew"))
    assert Course.objects.get().title == "Anew"


def test_school_keeps_its_own_and_reads_the_countys(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    of_county, of_west = course(in_alpha.alpha), course(in_alpha.alpha, west)
    client = signed_in_as(east["cio"])
    client.post(f"{SCHOOL}keep/", asked_for(title="Second training", for_roles=[]))
    own = Course.objects.get(title="Second training")
    shown = {row.pk for row, _url in client.get(SCHOOL).context["rows"]}
    assert shown == {of_county.pk, own.pk}
    assert client.get(f"{SCHOOL}{of_county.pk}/").context["may_keep"] is False
    assert client.get(f"{SCHOOL}{of_west.pk}/").status_code == 404
    assert client.post(f"{SCHOOL}{of_county.pk}/attendance/mark/", {"ids": [1]}).status_code == 404
    client.post(f"{SCHOOL}{own.pk}/attendance/mark/", {"ids": [east["teacher"].pk, west["teacher"].pk]})
    assert [row.person for row in Attendance.objects.all()] == [east["teacher"]]
    head = signed_in_as(east["group-head"])
    assert [head.get(f"{SCHOOL}{path}").status_code for path in ("", "new/")] == [200, 403]


def test_coverage_counts_posts_by_school(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    attended(in_alpha, course(in_alpha.alpha), east["principal"], east["cio"], west["cio"])
    lines = {line.school.slug: line for line in queries.coverage(programme(in_alpha.alpha), q="", state="")}
    told = {slug: [str(post) for post in line.posts.values()] for slug, line in lines.items()}
    assert told == {"east": ["1/1", "1/1", "0/1", "0/1"], "west": ["0/1", "1/1", "0/1", "0/1"]}
    assert [lines[slug].missing for slug in ("east", "west")] == [2, 3]
    client = signed_in_as(in_alpha.alpha["county-leader"])
    assert len(client.get(f"{COUNTY}coverage/?trained=complete").context["rows"]) == 0
    leaders = client.get(f"{COUNTY}coverage/?school=east").context["rows"]
    trained = {leader.person.name for leader, _posts in leaders if leader.courses}
    assert trained == {east["principal"].name, east["cio"].name}
    assert client.get(f"{COUNTY}coverage/?school=south").status_code == 404


def rate(row: Course, person: Person, mark: int = 4) -> None:
    ratings.rate(subject=row, content=mark, trainer=mark, use=1, text=f"By {mark}", by=acting(person))


def test_averages_are_shown_from_five_ratings_on(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    row = course(in_alpha.alpha, trainers=[in_alpha.alpha["trainer"]])
    people = [school[who] for school in (east, west) for who in ("teacher", "teacher2", "principal")]
    attended(in_alpha, row, *people)
    for number, person in enumerate(people[:4]):
        rate(row, person, number + 1)
    few = verdict_of(row)
    assert (few.count, few.is_shown, few.averages, few.texts) == (4, False, [], [])
    rate(row, people[4], 5)
    for verdict in (verdict_of(row), verdict_on(in_alpha.alpha["trainer"])):
        assert [one.value for one in verdict.averages] == [3.0, 3.0, 1.0]
        assert sorted(verdict.texts) == [f"By {mark}" for mark in range(1, 6)]
    assert verdict_on(in_alpha.alpha["expert"]).count == 0


def test_rating_is_once_for_those_who_came_and_tied_to_nobody(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = course(in_alpha.alpha)
    attended(in_alpha, row, east["teacher"])
    entries = AuditEntry.objects.count()
    rate(row, east["teacher"])
    codes = [refusal(lambda who=who: rate(row, who)) for who in (east["teacher"], east["teacher2"])]
    assert (codes, Rated.objects.count(), Rating.objects.count()) == (["rated", "not-there"], 1, 1)
    links = {field.name for field in Rating._meta.fields if field.is_relation}
    assert links == {"county", "course", "activity"}
    assert (Rating.objects.get().pk == Rated.objects.get().pk, AuditEntry.objects.count()) == (False, entries)


def test_attendee_rates_in_the_page_and_trainer_reads(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = course(in_alpha.alpha, trainers=[in_alpha.alpha["trainer"]])
    attended(in_alpha, row, east["teacher"])
    page, client = f"/me/courses/{row.pk}/", signed_in_as(east["teacher"])
    assert client.post(f"{page}rate/", {"content": 5, "trainer": 9}).status_code == 422
    client.post(f"{page}rate/", {"content": 5, "trainer": 4, "use": 3, "text": "Good"})
    assert (Rating.objects.count(), client.get(page).context["form"]) == (1, None)
    assert client.get("/me/courses/").context["rows"] == [(row, True)]
    assert signed_in_as(east["teacher2"]).get(page).status_code == 404
    trainer = signed_in_as(in_alpha.alpha["trainer"])
    assert (trainer.get("/me/courses/").context["given"], trainer.get(page).status_code) == ([row], 200)
    assert "Good" not in trainer.get(page).content.decode()
