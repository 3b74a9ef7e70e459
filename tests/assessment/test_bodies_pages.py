"""Pages of bodies: the county's, their roster, a school's, and the teams side by side."""

from datetime import timedelta
from typing import Any

from django.contrib.messages import get_messages
from django.urls import reverse

from assessment.planning.bodies.actions import Holder
from assessment.planning.bodies.models import Body, Seat, Waiver
from schools.clock import today
from schools.people.models import Membership
from tests.assessment.test_bodies_teams import full_team, in_county, seated
from tests.cast import World, acting
from tests.stories import programme

COUNTY, EAST = "/alpha/bodies/", "/alpha/east/bodies/"


def asked_for(**changes: Any) -> dict[str, Any]:
    fields = {"place": "training-team:member", "name": "", "origin": "", "starts_on": today().isoformat()}
    return {**fields, "until": "", **changes}


def leader(world: World) -> Holder:
    return Holder(world.alpha["county-leader"])


def test_office_finds_a_person_and_gives_a_post_with_the_role(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    client = signed_in_as(in_alpha.alpha["county-office"])
    page = client.get(COUNTY, {"q": east["teacher2"].name})
    assert [pk for pk, _name in page.context["form"].fields["person"].choices] == ["", east["teacher2"].pk]
    assert client.get(COUNTY).context["form"].fields["person"].choices == [("", "—")]
    answer = client.post(f"{COUNTY}seats/add/", asked_for(person=east["teacher2"].pk, gives_role="on"))
    assert answer.headers["Location"] == COUNTY
    seat = Seat.objects.get()
    assert (seat.person, seat.body.kind, seat.body.school) == (east["teacher2"], "training-team", None)
    assert Membership.objects.filter(person=east["teacher2"], role="trainer", ends_on=None).count() == 1


def test_refused_posts_keep_what_was_typed(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    in_county(in_alpha, "leading-group", "head", holder=leader(in_alpha))
    client = signed_in_as(in_alpha.alpha["county-office"])
    before = today() - timedelta(days=1)
    wrongs = {
        "until": asked_for(name="王教授", origin="university", until=before.isoformat()),
        "origin": asked_for(name="王教授"),
        "person": asked_for(),
        "place": asked_for(place="leading-group:head", name="王教授", origin="university"),
    }
    for field, posted in wrongs.items():
        answer = client.post(f"{COUNTY}seats/add/", posted)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert answer.context["form"]["name"].value() == posted["name"]
    assert Seat.objects.count() == 1
    stranger = in_alpha.beta.schools[0]["teacher"].pk
    assert client.post(f"{COUNTY}seats/add/", asked_for(person=stranger)).status_code == 422
    assert Seat.objects.count() == 1


def test_schools_read_the_published_bodies_only(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    for kind, post in (("leading-group", "head"), ("executive-office", "office-director")):
        in_county(in_alpha, kind, post, holder=leader(in_alpha))
    client = signed_in_as(alpha["county-office"])
    client.post(f"{COUNTY}describe/", {"kind": "leading-group", "duties": "Leads.", "is_published": "on"})
    assert client.get(f"{COUNTY}roster/").content.decode().count(alpha["county-leader"].name) == 2
    page = signed_in_as(east["principal"]).get(EAST)
    assert [one.kind.value for one, _posts in page.context["published"]] == ["leading-group"]
    assert page.content.decode().count(alpha["county-leader"].name) == 1
    client = signed_in_as(alpha["county-office"])
    client.post(f"{COUNTY}describe/", {"kind": "leading-group", "duties": "Leads."})
    assert signed_in_as(east["principal"]).get(EAST).context["published"] == []
    assert Body.objects.get(kind="leading-group").duties == "Leads."


def test_cio_keeps_the_schools_bodies_and_sees_what_lacks(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    programme(in_alpha.alpha)
    client = signed_in_as(east["cio"])
    assert len(client.get(EAST).context["lacking"]) == 5
    posted = asked_for(place="management-team:principal", person=east["principal"].pk)
    assert client.post(f"{EAST}seats/add/", posted).headers["Location"] == EAST
    assert len(client.get(EAST).context["lacking"]) == 4
    foreign = client.post(f"{EAST}seats/add/", asked_for(person=west["teacher"].pk))
    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["person"])
    seat = Seat.objects.get()
    client.post(f"{EAST}seats/{seat.pk}/end/", {"note": ""})
    assert Seat.objects.get().ended_on is None
    client.post(f"{EAST}seats/{seat.pk}/end/", {"note": "New principal."})
    assert Seat.objects.get().ended_on == today()
    assert "New principal." in client.get(EAST).content.decode()


def test_seats_of_another_place_are_not_there(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    theirs = seated(west, "team", "member")
    ours = in_county(in_alpha, "leading-group", "head", holder=leader(in_alpha))
    posts = {
        (east["cio"], f"{EAST}seats/{theirs.pk}/end/"): 404,
        (east["cio"], f"/alpha/west/bodies/seats/{theirs.pk}/end/"): 404,
        (alpha["county-office"], f"{COUNTY}seats/{theirs.pk}/end/"): 404,
        (east["principal"], f"{EAST}seats/add/"): 403,
        (alpha["county-leader"], f"{COUNTY}seats/add/"): 403,
        (in_alpha.beta["county-office"], f"/beta/bodies/seats/{ours.pk}/end/"): 404,
    }
    answers = {key: signed_in_as(key[0]).post(key[1], {"note": "x"}).status_code for key in posts}
    assert answers == posts
    assert Seat.objects.filter(ended_on__isnull=False).count() == 0


def test_county_waives_on_the_page_of_teams(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    programme(alpha)
    full_team(alpha.schools[1])
    client, url = signed_in_as(alpha["county-office"]), f"{COUNTY}teams/"
    rows = {row.school.slug: row.lacks for row, _waivers in client.get(url).context["rows"]}
    assert rows == {"east": 5, "west": 0}
    assert [row.school.slug for row, _w in client.get(f"{url}?standing=lacking").context["rows"]] == ["east"]
    asked = {"school": east.school.pk, "about": "size", "reason": "Three teachers."}
    bad = client.post(f"{COUNTY}waivers/add/", {**asked, "reason": "", "about": "head"})
    assert (bad.status_code, sorted(bad.context["form"].errors)) == (422, ["about", "reason"])
    answer = client.post(f"{COUNTY}waivers/add/", asked)
    assert (answer.status_code, Waiver.objects.count()) == (302, 1)
    answer = client.post(f"{COUNTY}waivers/add/", asked)
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["success", "error"]
    assert "Three teachers." in signed_in_as(east["cio"]).get(EAST).content.decode()
    client = signed_in_as(alpha["county-office"])
    waiver = Waiver.objects.get()
    client.post(reverse("assessment:county-waiver-end", args=["alpha", waiver.pk]))
    assert Waiver.objects.get().ended_by == acting(alpha["county-office"]).user


def test_pages_ask_few_questions(in_alpha: World, signed_in_as, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    programme(in_alpha.alpha)
    full_team(east)
    for who in ("teacher", "teacher2", "reviewer"):
        in_county(in_alpha, "training-team", "member", holder=Holder(east[who]))
    pages = ((in_alpha.alpha["county-office"], COUNTY), (in_alpha.alpha["county-leader"], f"{COUNTY}roster/"),
             (in_alpha.alpha["county-office"], f"{COUNTY}teams/"), (east["cio"], EAST))  # fmt: skip
    for person, url in pages:
        client = signed_in_as(person)
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
