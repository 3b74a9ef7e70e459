"""The secret address of somebody's calendar: what it tells, and to whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from icalendar import Calendar

from assessment.programme.actions import close_phase, extend
from assessment.programme.dates import feeds
from assessment.programme.dates.models import CalendarFeed
from assessment.programme.models import PhaseKind
from schools.clock import today
from schools.people.models import User
from schools.refusals import Forbidden
from tests.assessment.test_programme_dates import office
from tests.cast import World, acting
from tests.stories import participant, programme

pytestmark = pytest.mark.django_db


def made_address(client: Client) -> str:
    client.post(reverse("assessment:my-calendar-renew"))
    url = client.get(reverse("assessment:my-calendar")).context["feed_url"]
    return str(url).removeprefix("http://testserver")


def events(url: str) -> dict[str, dict[str, object]]:
    answer = Client().get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    return {
        str(event["uid"]).split("-")[0]: {
            "uid": str(event["uid"]),
            "name": str(event["summary"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "sequence": int(event["sequence"]),
            "changed": event.decoded("last-modified"),
        }
        for event in read.walk("VEVENT")
    }


def test_the_feed_tells_whole_days_and_keeps_its_names_through_changes(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    made, east = programme(world.alpha), world.alpha.schools[0]
    url = made_address(signed_in_as(east["teacher"]))
    before = events(url)
    assert set(before) == set(PhaseKind.values)
    first, last = today() - timedelta(days=30), today() + timedelta(days=30)
    assert (before["submit"]["start"], before["submit"]["end"]) == (first, last + timedelta(days=1))
    assert type(before["submit"]["start"]) is date
    assert events(url) == before
    with scopes_disabled():
        row = participant(world.alpha, east["teacher"])
        extend(
            programme=made,
            kind=PhaseKind.SUBMIT,
            school=east.school,
            participant=row,
            until=last + timedelta(days=5),
            reason="Illness of Zhang",
            by=office(world),
        )
        close_phase(programme=made, kind=PhaseKind.PLAN, by=office(world))
    after = events(url)
    assert {key: after[key]["uid"] for key in after} == {key: before[key]["uid"] for key in before}
    assert after["submit"]["end"] == last + timedelta(days=6)
    assert after["plan"]["end"] == today() + timedelta(days=1)
    risen = {key for key in after if after[key]["sequence"] > before[key]["sequence"]}  # type: ignore[operator]
    assert risen == {"submit", "plan"}
    assert after["submit"]["changed"] >= before["submit"]["changed"]  # type: ignore[operator]
    text = Client().get(url).content.decode()
    people = (east["teacher"].name, "Zhang", east["teacher"].phone)
    assert [word for word in people if word in text] == []
    assert after["train"] == before["train"]


def test_the_secret_address_is_long_and_renewing_it_makes_the_old_one_useless(
    world: World,
    signed_in_as,  # type: ignore[no-untyped-def]
) -> None:
    programme(world.alpha)
    client = signed_in_as(world.alpha.schools[0]["teacher"])
    assert client.get(reverse("assessment:my-calendar")).context["feed_url"] == ""
    old = made_address(client)
    token = old.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    new = made_address(client)
    assert old != new
    codes = [Client().get(url).status_code for url in (old, new, "/calendar/x.ics", "/calendar/%00.ics")]
    assert codes == [404, 200, 404, 404]
    assert CalendarFeed.objects.count() == 1


def test_whoever_lost_the_account_loses_the_address(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    teacher = world.alpha.schools[0]["teacher"]
    url = made_address(signed_in_as(teacher))
    assert Client().get(url).status_code == 200
    User.objects.filter(pk=teacher.user_id).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_nobody_makes_an_address_for_somebody_else(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    with pytest.raises(Forbidden):
        feeds.renew(person=east["teacher2"], by=acting(east["teacher"]))


def test_the_office_reads_the_county_s_calendar_and_a_feed_works_without_a_programme(
    world: World,
    signed_in_as,  # type: ignore[no-untyped-def]
) -> None:
    client = signed_in_as(world.alpha["county-office"])
    url = made_address(client)
    assert events(url) == {}
    programme(world.alpha)
    assert set(events(url)) == set(PhaseKind.values)
    assert len(client.get(reverse("assessment:my-calendar")).context["rows"]) == len(PhaseKind)


def test_changed_at_is_told_in_utc(in_alpha: World) -> None:
    programme(in_alpha.alpha)
    teacher = in_alpha.alpha.schools[0]["teacher"]
    feed = feeds.renew(person=teacher, by=acting(teacher))
    text = feeds.written(feed).decode()
    stamps = [line for line in text.splitlines() if line.startswith("LAST-MODIFIED:")]
    assert stamps and all(line.endswith("Z") for line in stamps)
    assert datetime.now(UTC).strftime("%Y") in stamps[0]
