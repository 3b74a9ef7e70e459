"""Inspections and issues: named with person and day, mended with a proof, closed by somebody else."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from assessment.guiding.checks import issues_are_closed_by_others
from assessment.guiding.inspections import actions
from assessment.guiding.inspections.models import Inspection, Issue, IssueState
from assessment.guiding.meetings import actions as meetings
from assessment.guiding.meetings.models import MeetingKind
from assessment.guiding.models import MeetingDecision
from schools.clock import SHANGHAI, today
from schools.refusals import Forbidden, Refused
from tests.assessment.guiding import inspected, issue, mended, office, told
from tests.cast import World, acting, give_role
from tests.stories import picture


def at_end_of(days: int) -> datetime:
    return datetime.combine(today() + timedelta(days=days), time.max, SHANGHAI)


def asked_for(person: int, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Lists", "severity": 2, "owner": person,
        "due_on": (today() + timedelta(days=5)).isoformat(), **changes,
    }  # fmt: skip


def test_inspection_is_recorded_and_its_issues_named(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    client = signed_in_as(in_alpha.alpha["county-office"])
    sent = {
        "school": east.school.pk, "level": "province", "topic": "hours", "day": today().isoformat(),
        "members": "Three", "summary": "Two things", "files": [picture(1)],
    }  # fmt: skip
    answer = client.post("/alpha/inspections/record/", sent)
    row = Inspection.objects.get()
    assert answer.headers["Location"] == f"/alpha/inspections/{row.pk}/"
    group = {"group": east.group.pk}
    client.post(f"/alpha/inspections/{row.pk}/issue/", asked_for(east["team"].pk, **group))
    made = Issue.objects.get()
    assert (made.inspection, made.state, made.owner, made.group) == (
        row,
        IssueState.OPEN,
        east["team"],
        east.group,
    )
    named = "To be mended until %(day)s: %(title)s"
    assert [told(east[who])[-1:] for who in ("team", "group-head", "cio", "teacher")] == [
        [named],
        [named],
        [named],
        [],
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": ""}, "due_on"),
        ({"title": " "}, "title"),
        ({"owner": ""}, "owner"),
        ({"owner": "stranger"}, "owner"),
        ({"group": "stranger"}, "group"),
    ],
)
def test_refused_issue_keeps_what_was_typed(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, changes: dict[str, str], field: str
) -> None:
    east, west = in_alpha.alpha.schools
    strangers = {"owner": west["team"].pk, "group": west.group.pk}
    changes = {key: strangers[key] if value == "stranger" else value for key, value in changes.items()}
    row = inspected(in_alpha, east)
    client = signed_in_as(in_alpha.alpha["county-office"])
    answer = client.post(f"/alpha/inspections/{row.pk}/issue/", asked_for(east["team"].pk, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Issue.objects.count() == 0


def test_inspection_ahead_is_refused(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    sent = {
        "school": east.school.pk, "level": "county", "topic": "whole", "members": "Two", "summary": "All",
        "day": (today() + timedelta(days=1)).isoformat(),
    }  # fmt: skip
    answer = signed_in_as(in_alpha.alpha["county-office"]).post("/alpha/inspections/record/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day"])
    assert answer.context["form"]["summary"].value() == "All"


def test_mending_needs_words_and_a_proof(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = issue(in_alpha, east)
    client, url = signed_in_as(east["cio"]), f"/alpha/east/guidance/issues/{row.pk}/mend/"
    for sent, field in (({"words": "Done."}, "proof"), ({"proof": picture(2)}, "words")):
        answer = client.post(url, sent)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Issue.objects.get().state == IssueState.OPEN
    client.post(url, {"words": "Done.", "proof": picture(2)})
    after = Issue.objects.get()
    assert (after.state, after.mended_by) == (IssueState.MENDED, east["cio"].user)


def test_county_closes_or_opens_again_with_a_new_day(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = mended(in_alpha, east)
    client, url = signed_in_as(in_alpha.alpha["county-office"]), f"/alpha/issues/{row.pk}/"
    day = today() + timedelta(days=3)
    for sent in (
        {"note": "Not all."},
        {"due_at": day.isoformat()},
        {"note": "Not all.", "due_at": (today() - timedelta(days=1)).isoformat()},
    ):
        client.post(f"{url}reopen/", sent)
        assert Issue.objects.get().state == IssueState.MENDED
    client.post(f"{url}reopen/", {"note": "Not all.", "due_at": day.isoformat()})
    again = Issue.objects.get()
    assert (again.state, again.due_on) == (IssueState.OPEN, day)
    actions.mend(issue=again, words="All.", proof=picture(6), by=acting(east["cio"]))
    client.post(f"{url}close/")
    assert Issue.objects.get().state == IssueState.CLOSED
    assert told(east["team"])[-1] == "Closed, as it is mended: %(title)s"
    story = client.get(url).context["story"]
    assert [happening.note for happening in story] == ["", "All.", "Not all.", "Done."]


def test_nobody_closes_what_they_mended(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = mended(in_alpha, east)
    give_role(east["cio"], "county-office")
    both = acting(east["cio"])
    with pytest.raises(Refused) as refused:
        actions.close(issue=row, by=both)
    with pytest.raises(Refused) as reopened:
        actions.reopen(issue=row, because="No.", due_at=at_end_of(3), by=both)
    assert (refused.value.code, reopened.value.code) == ("own-work", "own-work")
    assert Issue.objects.get().state == IssueState.MENDED
    with pytest.raises(Forbidden):
        actions.close(issue=row, by=acting(east["principal"]))


def test_checker_finds_an_issue_closed_by_who_mended_it(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = mended(in_alpha, east)
    actions.close(issue=row, by=office(in_alpha))
    with scopes_disabled():
        assert issues_are_closed_by_others() == (1, [])
        closer = in_alpha.alpha["county-office"].user_id
        with connection.cursor() as cursor:
            tampering = (
                "UPDATE assessment_event SET actor_id = %s WHERE action = 'mend' AND workflow = 'issue'"
            )
            cursor.execute(tampering, [closer])
        assert issues_are_closed_by_others() == (1, [f"issue {row.pk}: closed by who mended it"])


def test_board_shows_what_is_overdue_by_school_and_state(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    late, fresh = issue(in_alpha, east, title="Late"), issue(in_alpha, west, title="Fresh")
    done = mended(in_alpha, east, title="Done")
    Issue.objects.filter(pk__in=[late.pk, done.pk]).update(due_on=today() - timedelta(days=1))
    client = signed_in_as(in_alpha.alpha["county-office"])

    def titles(**query: Any) -> list[str]:
        return [row.title for row in client.get("/alpha/issues/", query).context["rows"]]

    assert titles(due="overdue") == ["Late"]
    assert titles(school=west.school.pk) == [fresh.title]
    assert titles(state="2") == ["Done"]
    page = signed_in_as(east["principal"]).get("/alpha/east/guidance/")
    assert (page.context["waiting"], page.context["late"]) == (1, 1)
    assert [row.title for row in page.context["rows"]] == ["Late", "Done"]


def test_decision_becomes_an_issue_once(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = meetings.keep(
        county=in_alpha.alpha.county, school=None, title="Monday", kind=MeetingKind.LEADERS,
        held_on=today(), attendees="All", by=office(in_alpha),
    )  # fmt: skip
    decision = meetings.decide(minutes=row, what="East mends its lists", by=office(in_alpha))
    client, url = signed_in_as(in_alpha.alpha["county-office"]), f"/alpha/minutes/decisions/{decision.pk}/"
    form = client.get(url, {"school": "east"}).context["form"]
    assert form["title"].value() == "East mends its lists"
    bad = client.post(f"{url}raise/", asked_for(east["team"].pk, school="east", due_on="2020-01-01"))
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["due_on"])
    for _time in range(2):
        client.post(f"{url}raise/", asked_for(east["team"].pk, school="east"))
    made = Issue.objects.get()
    assert MeetingDecision.objects.get(pk=decision.pk).issue == made
    assert client.get(f"/alpha/minutes/{row.pk}/").context["decisions"][0][2] == f"/alpha/issues/{made.pk}/"


def test_minutes_of_a_school_stay_at_the_school(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    client = signed_in_as(east["cio"])
    sent = {"title": "Week one", "kind": "school", "held_on": today().isoformat(), "attendees": "All"}
    assert client.post("/alpha/east/minutes/keep/", {**sent, "held_on": "2999-01-01"}).status_code == 422
    assert client.post("/alpha/east/minutes/keep/", {**sent, "files": [picture(9)]}).status_code == 302
    (row, url) = client.get("/alpha/east/minutes/").context["rows"][0]
    assert client.get(url).context["files"][0].name == "picture-9.png"
    assert signed_in_as(west["cio"]).get(f"/alpha/west/minutes/{row.pk}/").status_code == 404
    assert signed_in_as(in_alpha.alpha["county-office"]).get(f"/alpha/minutes/{row.pk}/").status_code == 404
