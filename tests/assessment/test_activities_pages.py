"""Activities in the pages: planning, the screen, the phone, the list, what closing shows, lists and exports."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from assessment.training.activities import signing
from assessment.training.activities.models import Activity, ActivityState, How, SignIn
from assessment.training.models import HourClaim
from schools.clock import now, today
from tests.assessment.activity_stories import closed, opened, planned, signed_in
from tests.cast import World
from tests.stories import participant, picture, programme

SCHOOL = "/alpha/east/activities/"
ENGLISH = {"accept-language": "en"}


def asked_for(world: World, **changes: Any) -> dict[str, Any]:
    """Return what the form of a plan posts."""
    east = world.alpha.schools[0]
    return {
        "kind": "discussion", "group": "", "title": "Fractions talked over", "purpose": "Better questions",
        "problem": "Quiet", "day": today().isoformat(), "begins": "14:30", "ends": "16:00", "place": "Room 3",
        "leader": east["cio"].pk, "partner": "", **changes,
    }  # fmt: skip


def test_leader_plans_and_changes(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    client = signed_in_as(in_alpha.alpha.schools[0]["cio"])
    assert client.get(f"{SCHOOL}new/").status_code == 200
    client.post(f"{SCHOOL}plan/", asked_for(in_alpha))
    activity = Activity.objects.get()
    assert (signing.said_at(activity.begins_at), activity.group) == ("14:30", None)
    page = f"{SCHOOL}{activity.pk}/"
    assert client.get(f"{page}edit/").context["form"]["begins"].value().strftime("%H:%M") == "14:30"
    client.post(f"{page}change/", asked_for(in_alpha, title="Anew", begins="15:00"))
    activity.refresh_from_db()
    assert (activity.title, signing.said_at(activity.begins_at)) == ("Anew", "15:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "14:00"}, "ends"),
        ({"title": " "}, "title"),
        ({"day": "2026-02-30"}, "day"),
        ({"kind": "party"}, "kind"),
        ({"group": "999999"}, "group"),
        ({"leader": ""}, "leader"),
    ],
)
def test_form_with_errors_keeps_what_was_typed(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, changes: dict[str, str], field: str
) -> None:
    programme(in_alpha.alpha)
    client = signed_in_as(in_alpha.alpha.schools[0]["cio"])
    answer = client.post(f"{SCHOOL}plan/", asked_for(in_alpha, **changes))
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), Activity.objects.count()) == (422, [field], 0)
    assert form["purpose"].value() == "Better questions"


def test_head_plans_for_the_own_group_only(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    programme(in_alpha.alpha)
    client = signed_in_as(east["group-head"])
    choices = client.get(f"{SCHOOL}new/").context["form"].fields["group"].choices
    assert choices == [(str(east.group.pk), east.group.name)]
    assert client.post(f"{SCHOOL}plan/", asked_for(in_alpha)).status_code == 422
    client.post(f"{SCHOOL}plan/", asked_for(in_alpha, group=east.group.pk))
    assert Activity.objects.get().group == east.group
    whole = planned(in_alpha.alpha, east)
    assert client.get(f"{SCHOOL}{whole.pk}/").status_code == 200
    assert client.get(f"{SCHOOL}{whole.pk}/list/").status_code == 404
    assert client.post(f"{SCHOOL}{whole.pk}/open/").status_code == 404


def test_screen_shows_the_code_and_no_name(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    signed_in(in_alpha.alpha, activity, east["teacher"])
    client = signed_in_as(east["cio"])
    answer = client.get(f"{SCHOOL}{activity.pk}/screen/code/")
    code = signing.code_at(activity, now())
    known = {code, signing.code_at(activity, now() - signing.timedelta(seconds=30))}
    assert answer.context["code"].replace(" ", "") in known
    text = answer.content.decode()
    assert ("<strong>1</strong> / 2" in text, "<path" in text, 'hx-trigger="every 2s"' in text) == (True,) * 3
    assert [one.name for one in east.people.values() if one.name in text] == []
    page = client.get(f"{SCHOOL}{activity.pk}/screen/").content.decode()
    assert east["teacher"].name not in page


def test_teacher_signs_in_by_code_and_by_picture(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    page = f"/me/activities/{activity.pk}/sign-in/"
    client = signed_in_as(east["teacher"])
    assert client.get("/me/activities/").context["today"] == [(activity, None)]
    code = signing.code_at(activity, now())
    shown = client.get(page, {"code": code})
    assert (f'value="{code}"' in shown.content.decode(), SignIn.objects.count()) == (True, 0)
    for _double in range(2):
        client.post(f"{page}send/", {"code": code, "how": "qr"})
    other = signed_in_as(east["teacher2"])
    other.post(f"{page}send/", {"code": "12"})
    other.post(f"{page}send/", {"code": f"{code[:3]} {code[3:]}"})
    rows = SignIn.objects.order_by("pk").values_list("person_id", "how")
    assert list(rows) == [(east["teacher"].pk, How.QR), (east["teacher2"].pk, How.CODE)]
    assert other.get(page).context["signed"].person == east["teacher2"]


def test_activity_is_not_there_for_another_schools_teacher(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    activity = opened(in_alpha.alpha, east)
    participant(in_alpha.alpha, west["teacher"])
    client, page = signed_in_as(west["teacher"]), f"/me/activities/{activity.pk}/"
    code = signing.code_at(activity, now())
    answers = [
        client.get(page),
        client.get(f"{page}sign-in/"),
        client.post(f"{page}sign-in/send/", {"code": code}),
    ]
    assert ([answer.status_code for answer in answers], SignIn.objects.count()) == ([404, 404, 404], 0)
    assert client.get("/me/activities/").context["today"] == []


def test_list_adds_the_ticked_of_the_school_only(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    activity = opened(in_alpha.alpha, east)
    ids = [participant(in_alpha.alpha, school["teacher"]).pk for school in (east, west)]
    client, page = signed_in_as(east["school-trainer"]), f"{SCHOOL}{activity.pk}/list/"
    assert len(client.get(page).context["rows"]) == 2
    client.post(f"{page}add/", {"ids": ids})
    row = SignIn.objects.get()
    assert (row.person, row.how) == (east["teacher"], How.LIST)
    client.post(f"{page}{row.pk}/strike/")
    assert SignIn.objects.count() == 0


def test_record_files_and_closing(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    activity = opened(in_alpha.alpha, east)
    signed_in(in_alpha.alpha, activity, east["teacher"])
    client, page = signed_in_as(east["cio"]), f"{SCHOOL}{activity.pk}/"
    client.post(f"{page}close/", {"version": 1})
    assert HourClaim.objects.count() == 0
    client.post(f"{page}record/", {"record": "Two good questions."})
    client.post(f"{page}outputs/add/", {"file": picture(5)})
    (output,) = activity.outputs.all()
    assert client.get(f"{page}outputs/{output.pk}/")["Content-Type"] == "image/png"
    client.post(f"{page}close/", {"version": 1})
    client.post(f"{page}close/", {"version": 1})
    activity.refresh_from_db()
    assert (activity.state, HourClaim.objects.count()) == (ActivityState.CLOSED, 1)
    own = signed_in_as(east["teacher"]).get(f"/me/activities/{activity.pk}/").context
    assert (own["signed"].hours, own["form"] is not None) == (1, True)


def test_school_list_filters_and_exports(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    of_school = opened(in_alpha.alpha, east, kind="workshop", title="Slides")
    of_group = planned(in_alpha.alpha, east, "group-head")
    planned(in_alpha.alpha, west)
    client = signed_in_as(east["cio"])
    found = {
        query: {row.pk for row in client.get(f"{SCHOOL}?{query}").context["rows"]}
        for query in ("", "kind=workshop", "group=school", f"group={east.group.pk}", "state_is=2", "q=slid")
    }
    one, other = {of_school.pk}, {of_group.pk}
    assert list(found.values()) == [one | other, one, one, other, one, one]
    assert client.get(f"{SCHOOL}?export=xlsx").status_code == 200


def test_county_list_filters(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    rows = [planned(in_alpha.alpha, school) for school in (east, west)]
    with scopes_disabled():
        type(west.school).objects.filter(pk=west.school.pk).update(is_rural=True)
    client = signed_in_as(in_alpha.alpha["county-leader"])
    found = [
        {row.pk for row in client.get("/alpha/activities/", query).context["rows"]}
        for query in ({}, {"place": "rural"}, {"q": "东风"}, {"kind": "workshop"})
    ]
    assert found == [{rows[0].pk, rows[1].pk}, {rows[1].pk}, {rows[0].pk}, set()]


def test_conversion_table_is_set_by_the_office(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(in_alpha.alpha)
    page = "/alpha/activities/rates/"
    asked = {
        "kind": "showing",
        "basis": "session",
        "hours": "3",
        "most_per_session": "",
        "most_per_year": "9",
    }
    client = signed_in_as(in_alpha.alpha["county-office"])
    answer = client.post(f"{page}set/", {**asked, "hours": "0"})
    assert (answer.status_code, answer.context["sent"]) == (422, "showing")
    client.post(f"{page}set/", asked)
    said = {rate.kind: told for rate, told, _form in client.get(page, headers=ENGLISH).context["rows"]}
    assert said["showing"] == "3 hours per session, at most 9 a year"
    assert signed_in_as(in_alpha.alpha["county-leader"]).post(f"{page}set/", asked).status_code == 403


def test_pages_ask_as_often_for_one_as_for_many(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_num_queries
) -> None:
    east = in_alpha.alpha.schools[0]
    counts: list[list[int]] = []
    for _round in range(3):
        activity = opened(in_alpha.alpha, east)
        for who in ("teacher", "teacher2"):
            signed_in(in_alpha.alpha, activity, east[who])
        closed(in_alpha.alpha, activity, east["cio"])
        row = []
        for person, address in (
            (east["teacher"], "/me/activities/"),
            (east["cio"], SCHOOL),
            (east["cio"], f"{SCHOOL}{activity.pk}/"),
            (in_alpha.alpha["county-office"], "/alpha/activities/"),
        ):
            client = signed_in_as(person)
            client.get(address)
            with django_assert_num_queries(200, exact=False) as asked:
                client.get(address)
            row.append(len(asked.captured_queries))
        counts.append(row)
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 20, counts[0]
