"""Panels in the hands of the training team, guests of the managing unit, and what is left for each reviewer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panel import candidates
from assessment.reviewing.panels import delegating
from assessment.reviewing.panels.forecast import forecasts
from assessment.reviewing.panels.members import Source, panel_of
from assessment.submitting.models import Submission
from schools.access.granting import grant_review
from schools.access.permissions import Permission
from schools.clock import now
from schools.organisations.models import School
from schools.refusals import Forbidden, Refused
from tests.assessment.panelling import asked, graded, officer, set_rules, waiting
from tests.cast import World, acting

pytestmark = pytest.mark.django_db


def test_delegated_panel_judges_and_is_given_back(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    trainer, office = alpha["trainer"], acting(alpha["county-office"])
    set_rules(alpha, reviews_needed=1, needs_outsider=True)
    (work,) = waiting(alpha, east, [east["teacher"]], ("A1",))
    delegating.delegate(school=east.school, reason="Three teachers only", by=office)
    panel = panel_of(east.school)
    assert [(one.pk, one.source) for one in panel.askable] == [(trainer.pk, Source.TRAINERS)]
    with pytest.raises(Refused) as stranger:
        actions.assign(submission=work, reviewer=east["reviewer"], by=officer(east))
    actions.assign_waiting(school=east.school, by=officer(east))
    review = Review.objects.get()
    assert (stranger.value.code, review.person_id) == ("not-on-panel", trainer.pk)
    with pytest.raises(Refused) as again:
        delegating.delegate(school=east.school, by=officer(east))
    assert again.value.code == "delegated"
    delegating.take_back(school=east.school, by=officer(east))
    review.refresh_from_db()
    assert review.state == ReviewState.RELEASED
    assert trainer.pk not in {person.pk for person in candidates(east.school)}
    assert len(panel_of(east.school).askable) == 3


def test_begun_review_keeps_the_panel_where_it_is(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    (work,) = waiting(alpha, east, [east["teacher"]], ("A1",))
    delegating.delegate(school=east.school, by=officer(east))
    row = Submission.objects.select_related("school", "point").get(pk=work.pk)
    graded(asked(row, alpha["trainer"]))
    with pytest.raises(Refused) as refusal:
        delegating.take_back(school=east.school, by=officer(east))
    assert refusal.value.code == "begun"


def test_guest_of_before_stays_after_the_delegation(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    grant_review(alpha["trainer"], east.school, "Guest", officer(east))
    with pytest.raises(Refused):
        delegating.take_back(school=east.school, by=officer(east))
    delegating.delegate(school=east.school, by=officer(east))
    delegating.take_back(school=east.school, by=officer(east))
    assert acting(alpha["trainer"]).can(Permission.REVIEW, east.school)
    assert alpha["trainer"].pk in {person.pk for person in candidates(east.school)}


def test_only_cio_and_office_delegate(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    for person in (east["principal"], west["cio"], alpha["county-leader"], east["reviewer"]):
        with pytest.raises(Forbidden):
            delegating.delegate(school=east.school, by=acting(person))


def test_panel_of_the_managing_unit_judges_below_it(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    School.objects.filter(pk=east.school.pk).update(managed_by=west.school)
    below = School.objects.get(pk=east.school.pk)
    grant_review(in_alpha.alpha["expert"], west.school, "Guest", officer(west))
    sources = {one.pk: one.source for one in panel_of(below).members}
    assert (sources[west["reviewer"].pk], sources[in_alpha.alpha["expert"].pk]) == (
        Source.INSIDE, Source.OUTSIDE,
    )  # fmt: skip


def test_hours_left_follow_from_the_reviewers_own_pace(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    reviewer = east["reviewer"]
    work = waiting(alpha, east, [east["teacher"], east["teacher2"]])
    rows = list(
        Submission.objects.select_related("school", "point", "programme").filter(pk__in=[r.pk for r in work])
    )
    for number, row in enumerate(rows):
        review = asked(row, reviewer)
        if number < 5:
            finished = now() - timedelta(minutes=12 * number)
            Review.objects.filter(pk=review.pk).update(state=ReviewState.FINISHED, finished_at=finished)
    found = {row.member.pk: row for row in forecasts(panel_of(east.school).members, rows[0].programme)}
    mine = found[reviewer.pk]
    assert (mine.open, mine.done, mine.minutes_each, mine.hours_left) == (3, 5, 12, 0.6)
    assert found[east["reviewer2"].pk].hours_left is None


def test_pages_show_the_forecast(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        (work,) = waiting(alpha, east, [east["teacher"]], ("A1",))
        asked(Submission.objects.select_related("school", "point").get(pk=work.pk), east["reviewer"])
    page = signed_in_as(east["cio"]).get(reverse("assessment:school-panel", args=["alpha", "east"]))
    assert next((row.member.pk, row.open) for row in page.context["rows"]) == (east["reviewer"].pk, 1)
    own = signed_in_as(east["reviewer"]).get(reverse("assessment:reviews"))
    assert own.context["progress"].minutes_left is None


def test_county_page_delegates_and_asks_as_often_for_each_school(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_max_num_queries
) -> None:
    alpha, east = world.alpha, world.alpha.schools[0]
    client = signed_in_as(alpha["county-office"])
    address = reverse("assessment:county-panels", args=["alpha"])
    client.get(address)
    with django_assert_max_num_queries(25) as first:
        client.get(address)
    with scopes_disabled():
        for number in range(30):
            School.objects.create(county=alpha.county, name=f"School {number}", slug=f"s{number}")
    with django_assert_max_num_queries(25) as second:
        page = client.get(address)
    assert (len(first), len(page.content) < 60_000) == (len(second), True)
    client.post(reverse("assessment:county-panel-delegate", args=["alpha", east.school.pk]))
    with scopes_disabled():
        assert panel_of(east.school).delegation is not None
