"""Groups' records are judged by people from outside the group, through the pages."""

import pytest
from django.contrib.auth.models import Permission as NamedPermission
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checks import states_follow_their_events
from assessment.planning import actions as planning
from assessment.planning.models import FilingKind
from assessment.reviewing.group_records import actions
from assessment.reviewing.group_records.checks import (
    askings_rest_on_the_panel,
    no_group_judges_its_own_record,
)
from assessment.reviewing.group_records.models import GroupRecordReview, RecordState
from assessment.reviewing.group_records.queries import judged_records
from assessment.reviewing.group_records.records import record_named, records_at
from assessment.reviewing.tasks import lapse_all
from assessment.training.activities.actions import add_output
from assessment.training.activities.models import Activity
from microcapabilities.grades import Grade
from schools.access.models import SchoolGrant
from schools.clock import today
from schools.notices.models import Notice
from schools.organisations.models import TeachingGroup
from schools.people.models import Membership, Person
from schools.refusals import Refused
from tests import stories
from tests.assessment import activity_stories as walked
from tests.cast import World, acting, give_role, make_person
from tests.filings_said import topic_said

ADVICE = "Write down what changes in the next lesson."


@pytest.fixture(scope="module")
def records(common_ground: World) -> tuple[int, int]:
    """East's group has an agreed topic plan and a closed activity; reviewer3 belongs to another group."""
    alpha, east = common_ground.alpha, common_ground.alpha.schools[0]
    with scopes_disabled():
        year, head, cio = stories.programme(alpha), acting(east["group-head"]), acting(east["cio"])
        plan = planning.write(
            programme=year, school=east.school, kind=FilingKind.TOPIC, group=east.group, title="Errors",
            content=topic_said(year), by=head,
        )  # fmt: skip
        planning.file(filing=plan, by=head)
        planning.agree(filing=plan, by=cio)
        held = walked.opened(alpha, east, "group-head", title="Fractions talked over")
        add_output(activity=held, upload=stories.picture(31), by=head)
        walked.closed(alpha, held, east["group-head"])
        other = TeachingGroup.objects.create(county=alpha.county, school=east.school, name="数学组")
        Person.objects.filter(pk=east["reviewer3"].pk).update(group=other)
    return plan.pk, held.pk


def at(name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=["alpha", "east", *args])


def asked_of(world: World, records: tuple[int, int], who: str = "reviewer3") -> GroupRecordReview:
    east = world.alpha.schools[0]
    record = record_named("activity", records[1], east.school)
    assert record is not None
    return actions.ask(record=record, reviewer=east[who], by=acting(east["cio"]))


def test_cio_asks_and_only_people_from_outside_the_group_are_offered(
    world: World, records: tuple[int, int], signed_in_as
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client = signed_in_as(east["cio"])
    page = client.get(at("school-group-record", "topic", records[0]))
    assert [person.pk for person in page.context["panel"]] == [east["reviewer3"].pk]
    refused = client.post(at("school-group-record-ask", "topic", records[0]), {"person": east["reviewer"].pk})
    assert refused.status_code == 302
    with scopes_disabled():
        assert GroupRecordReview.objects.count() == 0
    client.post(at("school-group-record-ask", "topic", records[0]), {"person": east["reviewer3"].pk})
    with scopes_disabled():
        review = GroupRecordReview.objects.get()
        assert (review.filing_id, review.person_id, review.state) == (
            records[0], east["reviewer3"].pk, RecordState.ASKED,
        )  # fmt: skip
        assert Notice.objects.filter(person=east["reviewer3"], url=f"/me/group-records/{review.pk}/").exists()


def test_members_head_and_leader_are_refused(in_alpha: World, records: tuple[int, int]) -> None:
    for who in ("reviewer", "reviewer2"):
        with pytest.raises(Refused) as refusal:
            asked_of(in_alpha, records, who)
        assert refusal.value.code == "own-group"
    east = in_alpha.alpha.schools[0]
    Activity.objects.filter(pk=records[1]).update(leader=east["reviewer3"])
    with pytest.raises(Refused) as refusal:
        asked_of(in_alpha, records)
    assert refusal.value.code == "own-group"


def test_whoever_joins_the_group_after_being_asked_judges_no_more(
    in_alpha: World, records: tuple[int, int]
) -> None:
    east, review = in_alpha.alpha.schools[0], asked_of(in_alpha, records)
    Person.objects.filter(pk=east["reviewer3"].pk).update(group=east.group)
    with pytest.raises(Refused) as refusal:
        actions.judge(review=review, grade=2, advice=ADVICE, by=acting(east["reviewer3"]))
    assert refusal.value.code == "own-group"


def test_nobody_is_asked_twice_or_from_off_the_panel(in_alpha: World, records: tuple[int, int]) -> None:
    asked_of(in_alpha, records)
    with pytest.raises(Refused) as refusal:
        asked_of(in_alpha, records)
    assert refusal.value.code == "twice"
    with pytest.raises(Refused) as refusal:
        asked_of(in_alpha, records, "principal")
    assert refusal.value.code == "not-on-panel"


@pytest.mark.parametrize(
    ("grade", "advice", "code"), [(None, ADVICE, "ungraded"), (7, ADVICE, "ungraded"), (2, " ", "advice")]
)
def test_grade_and_advice_are_needed(
    in_alpha: World, records: tuple[int, int], grade: int | None, advice: str, code: str
) -> None:
    review = asked_of(in_alpha, records)
    with pytest.raises(Refused) as refusal:
        by = acting(in_alpha.alpha.schools[0]["reviewer3"])
        actions.judge(review=review, grade=grade, advice=advice, by=by)
    assert refusal.value.code == code


def test_reviewer_judges_and_the_head_reads_it(world: World, records: tuple[int, int], signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        review = asked_of(world, records)
    reviewer, own = signed_in_as(east["reviewer3"]), reverse("assessment:group-record", args=[review.pk])
    page = reviewer.get(own)
    assert "We found two good questions." in page.content.decode()
    output = page.context["outputs"][0]
    file = reverse("assessment:group-record-output", args=[review.pk, output.pk])
    assert reviewer.get(file).status_code == 200
    kept = reviewer.post(f"{own}judge/", {"advice": ADVICE})
    assert (kept.status_code, ADVICE in kept.content.decode()) == (422, True)
    assert reviewer.post(f"{own}judge/", {"grade": "3", "advice": ADVICE}).status_code == 302
    assert ADVICE in reviewer.get(own).content.decode()
    head = signed_in_as(east["group-head"])
    text = head.get(at("school-group-record", "activity", records[1])).content.decode()
    assert (ADVICE in text, "数学组" in text) == (True, False)
    with scopes_disabled():
        told = Notice.objects.filter(person=east["group-head"]).latest("pk")
        assert told.url == at("school-group-record", "activity", records[1])
        judged = judged_records(stories.programme(alpha), [east.school])
        assert [(row.activity_id, row.grade) for row in judged] == [(records[1], Grade.EXCELLENT)]
        assert list(judged_records(stories.programme(alpha), [alpha.schools[1].school])) == []
        assert (no_group_judges_its_own_record()[1], states_follow_their_events()[1]) == ([], [])


def test_another_groups_head_and_another_schools_cio_see_nothing(
    world: World, records: tuple[int, int], signed_in_as
) -> None:  # type: ignore[no-untyped-def]
    alpha, east, west = world.alpha, *world.alpha.schools
    with scopes_disabled():
        other = TeachingGroup.objects.get(name="数学组")
    stranger = make_person("数学组长", alpha.county, east.school, group=other)
    give_role(stranger, "group-head", east.school, other)
    client = signed_in_as(stranger)
    assert client.get(at("school-group-records")).context["rows"] == []
    assert client.get(at("school-group-record", "topic", records[0])).status_code == 404
    assert signed_in_as(west["cio"]).get(at("school-group-records")).status_code == 404
    foreign = reverse("assessment:school-group-record", args=["alpha", "west", "topic", records[0]])
    assert signed_in_as(west["cio"]).get(foreign).status_code == 404


def test_guest_reviewer_of_another_school_may_be_asked(in_alpha: World, records: tuple[int, int]) -> None:
    east, guest = in_alpha.alpha.schools[0], in_alpha.alpha.schools[1]["teacher"]
    may = NamedPermission.objects.get(codename="review_school", content_type__app_label="schools")
    SchoolGrant.objects.create(
        user_id=guest.user_id, permission=may, content_object=east.school, reason="Same subject"
    )
    record = record_named("topic", records[0], east.school)
    assert record is not None
    review = actions.ask(record=record, reviewer=guest, by=acting(east["cio"]))
    actions.judge(review=review, grade=1, advice=ADVICE, by=acting(guest))
    assert review.state == RecordState.JUDGED


def test_office_judges_without_being_asked(world: World, records: tuple[int, int], signed_in_as) -> None:  # type: ignore[no-untyped-def]
    office = signed_in_as(world.alpha["county-office"])
    address = at("school-group-record-judge", "topic", records[0])
    assert office.post(address, {"grade": "2", "advice": ""}).status_code == 422
    with scopes_disabled():
        assert GroupRecordReview.objects.count() == 0
    office.post(address, {"grade": "2", "advice": ADVICE})
    listed = office.get(reverse("assessment:county-group-records", args=["alpha"]), {"grade": "2"})
    assert [str(row) for row in listed.context["rows"]] == ["Errors"]
    page = office.get(at("school-group-record", "topic", records[0]))
    assert page.context["may_judge"] is False


def test_open_asking_is_taken_back(world: World, records: tuple[int, int], signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        review = asked_of(world, records)
    signed_in_as(east["cio"]).post(at("school-group-record-release", review.pk))
    with scopes_disabled():
        review.refresh_from_db()
        assert review.state == RecordState.RELEASED
        assert asked_of(world, records).pk != review.pk


def test_asking_lapses_when_the_reviewer_leaves_the_panel(world: World, records: tuple[int, int]) -> None:
    with scopes_disabled():
        review = asked_of(world, records)
        assert askings_rest_on_the_panel() == (1, [])
        held = Membership.objects.filter(person=review.person_id, role="reviewer")
        held.update(ends_on=today())
        assert len(list(askings_rest_on_the_panel()[1])) == 1
    assert lapse_all() == 1
    with scopes_disabled():
        review.refresh_from_db()
        assert (review.state, askings_rest_on_the_panel()) == (RecordState.RELEASED, (0, []))


def test_list_shows_where_each_record_stands(world: World, records: tuple[int, int], signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        asked_of(world, records)
    client = signed_in_as(east["principal"])
    rows = client.get(at("school-group-records")).context["rows"]
    assert {(row.record.kind, row.standing) for row in rows} == {("topic", 0), ("activity", 1)}
    for asked, kinds in (({"standing": "1"}, ["activity"]), ({"kind": "topic"}, ["topic"])):
        found = client.get(at("school-group-records"), asked).context["rows"]
        assert [row.record.kind for row in found] == kinds


def test_draft_plans_and_open_activities_are_no_records(in_alpha: World, records: tuple[int, int]) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    walked.opened(alpha, east, "group-head", title="Still open")
    found = records_at(east.school, stories.programme(alpha))
    assert sorted(record.title for record in found) == ["Errors", "Fractions talked over"]


def test_list_asks_as_much_for_thirty_records(world: World, records: tuple[int, int], signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    client, address = signed_in_as(east["cio"]), at("school-group-records")
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with scopes_disabled():
        held = Activity.objects.get(pk=records[1])
        for number in range(28):
            held.pk, held._state.adding, held.title = None, True, f"Meeting {number}"
            held.save()
        Activity.objects.filter(title__startswith="Meeting").update(state=3)
        for made in Activity.objects.filter(title__startswith="Meeting"):
            record = record_named("activity", made.pk, east.school)
            assert record is not None
            actions.ask(record=record, reviewer=east["reviewer3"], by=acting(east["cio"]))
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) == len(few)
    assert len(page.content) < 60_000
    own = signed_in_as(east["reviewer3"])
    assert len(own.get(reverse("assessment:group-records")).content) < 60_000


def test_database_refuses_a_judgement_of_the_own_group(in_alpha: World, records: tuple[int, int]) -> None:
    review = asked_of(in_alpha, records)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupRecordReview.objects.filter(pk=review.pk).update(person_group=review.group_id)
    Activity.objects.filter(pk=records[1]).update(leader=review.person_id)
    assert no_group_judges_its_own_record()[1] == [f"group record {review.pk}: judged by its own group"]
