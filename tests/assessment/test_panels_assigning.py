"""Assigning: even load, conflicts, rules of the programme, pins, spreading anew, and what stays short."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from assessment.reviewing import actions
from assessment.reviewing.models import Review, ReviewState
from assessment.reviewing.panels import relations
from assessment.reviewing.panels.conflicts import conflicting_with, relations_among
from assessment.reviewing.panels.models import RelationKind
from assessment.submitting.models import Submission
from schools.access.granting import grant_review
from schools.people.models import Membership
from schools.refusals import Forbidden, Refused
from tests.assessment.panelling import (
    asked,
    graded,
    loads,
    officer,
    reviewers,
    set_rules,
    teachers,
    waiting,
)
from tests.cast import World, acting

pytestmark = pytest.mark.django_db


def test_two_hundred_and_forty_come_out_even_in_few_queries(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    panel = reviewers(east, 10)
    waiting(alpha, east, teachers(east, 60))
    with CaptureQueriesContext(
        connection,
    ) as ran:
        proposal = actions.assign_waiting(school=east.school, by=officer(east))
    assert (len(proposal.pairs), proposal.short) == (480, [])
    found = loads(east.school.pk)
    assert set(found) == {person.pk for person in panel}
    assert all(47 <= count <= 49 for count in found.values())
    assert len(ran) < 40
    assert Review.objects.values("submission").distinct().count() == 240
    again = actions.assign_waiting(school=east.school, by=officer(east))
    assert (again.pairs, Review.objects.count()) == ([], 480)


def test_load_stays_even_where_reviewers_are_teachers_too(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    panel = reviewers(east, 10)
    set_rules(alpha, reciprocal_from=5)
    waiting(alpha, east, [*panel, *teachers(east, 50)])
    proposal = actions.assign_waiting(school=east.school, by=officer(east))
    assert (len(proposal.pairs), proposal.short) == (480, [])
    assert all(47 <= count <= 49 for count in loads(east.school.pk).values())
    judged = set(Review.objects.values_list("person_id", "submission__person_id"))
    assert [pair for pair in judged if pair[0] == pair[1] or pair[::-1] in judged] == []


def test_reciprocal_pairs_are_allowed_in_a_small_panel(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    first, second = reviewers(east, 3)[:2]
    set_rules(alpha, reciprocal_from=4, reviews_needed=1)
    mine, theirs = waiting(alpha, east, [first, second], ("A1",))
    asked(mine, second)
    actions.assign(submission=theirs, reviewer=first, by=officer(east))
    set_rules(alpha, reciprocal_from=3)
    Review.objects.filter(person=first).delete()
    with pytest.raises(Refused) as refusal:
        actions.assign(submission=theirs, reviewer=first, by=officer(east))
    assert refusal.value.code == "conflict"


def test_declared_relations_are_respected_and_named(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    panel = reviewers(east, 3)
    teacher = east["teacher"]
    (work,) = waiting(alpha, east, [teacher], ("A1",))
    for person in panel[:2]:
        relations.declare(person=teacher, other=person, kind=RelationKind.FAMILY, by=acting(teacher))
    assert conflicting_with(teacher.pk) == {teacher.pk, panel[0].pk, panel[1].pk}
    proposal = actions.assign_waiting(school=east.school, by=officer(east))
    assert [member.pk for _case, member in proposal.pairs] == [panel[2].pk]
    ((short, sentence),) = proposal.short
    assert (short.pk, "2 ×" in sentence) == (work.pk, True)
    with pytest.raises(Refused) as refusal:
        actions.assign(submission=work, reviewer=panel[0], by=officer(east))
    assert refusal.value.code == "conflict"


def test_ended_relation_stays_on_record_and_bars_nobody(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    teacher, other = east["teacher"], east["reviewer"]
    row = relations.declare(person=teacher, other=other, kind=RelationKind.OTHER, by=acting(teacher))
    with pytest.raises(Refused) as twice:
        relations.declare(person=other, other=teacher, kind=RelationKind.FAMILY, by=acting(other))
    with pytest.raises(Forbidden):
        relations.end(relation=row, by=acting(other))
    with pytest.raises(Forbidden):
        relations.declare(person=teacher, other=other, kind=RelationKind.FAMILY, by=acting(east["team"]))
    relations.end(relation=row, by=officer(east), school=east.school)
    row.refresh_from_db()
    assert (twice.value.code, row.ended_at is not None, relations_among()) == ("twice", True, {})


def test_small_panel_and_missing_outsider_are_refused_with_a_sentence(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    (work,) = waiting(alpha, east, [east["teacher"]], ("A1",))
    set_rules(alpha, panel_least=4)
    assert len(actions.assign_waiting(school=east.school, by=officer(east)).short) == 1
    set_rules(alpha, panel_least=3, needs_outsider=True)
    with pytest.raises(Refused) as refusal:
        actions.assign(submission=work, reviewer=east["reviewer"], by=officer(east))
    assert refusal.value.code == "panel-rules"
    assert Review.objects.count() == 0
    grant_review(west["reviewer"], east.school, "Guest", officer(east))
    proposal = actions.assign_waiting(school=east.school, by=officer(east))
    assert (len(proposal.pairs), proposal.short) == (2, [])
    assert west["reviewer"].pk in {member.pk for _case, member in proposal.pairs}


def test_outsiders_look_at_each_as_far_as_their_load_allows(in_alpha: World) -> None:
    alpha, (east, west) = in_alpha.alpha, in_alpha.alpha.schools
    set_rules(alpha, needs_outsider=True)
    reviewers(east, 4)
    grant_review(west["reviewer"], east.school, "Guest", officer(east))
    waiting(alpha, east, teachers(east, 10), ("A1", "A5"))
    actions.assign_waiting(school=east.school, by=officer(east))
    found = loads(east.school.pk)
    assert found[west["reviewer"].pk] == 16  # twice the even share of 40 over 5
    assert sorted(found.values())[:4] == [6, 6, 6, 6]


def test_other_groups_are_preferred_among_the_equal(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    panel = reviewers(east, 5)  # three of the teacher's own group, two of others
    waiting(alpha, east, [east["teacher"]], ("A1",))
    proposal = actions.assign_waiting(school=east.school, by=officer(east))
    assert {member.pk for _case, member in proposal.pairs} == {panel[3].pk, panel[4].pk}


def test_spreading_anew_moves_only_what_is_unbegun_and_unpinned(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    set_rules(alpha, reviews_needed=1)
    first = east["reviewer"]
    work = waiting(alpha, east, teachers(east, 9), ("A1",))
    with scopes_disabled():
        rows = {row.pk: row for row in Submission.objects.select_related("school", "point", "person")}
    pinned = actions.assign(submission=rows[work[0].pk], reviewer=first, by=officer(east))
    begun = asked(rows[work[1].pk], first)
    graded(begun)
    advised = asked(rows[work[2].pk], first)
    Review.objects.filter(pk=advised.pk).update(advice="Half written")
    for row in work[3:]:
        asked(rows[row.pk], first)
    assert actions.spread_anew(school=east.school, by=officer(east)) == 6
    assert sorted(loads(east.school.pk).values()) == [3, 3, 3]
    kept = Review.objects.filter(pk__in=[pinned.pk, begun.pk, advised.pk])
    assert {row.state for row in kept} == {ReviewState.ASSIGNED}
    assert Review.objects.filter(state=ReviewState.RELEASED).count() == 6  # all is retained
    assert actions.spread_anew(school=east.school, by=officer(east)) == 0


def test_spreading_anew_takes_work_from_those_who_became_too_near(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    set_rules(alpha, reviews_needed=1)
    (work,) = waiting(alpha, east, [east["teacher"]], ("A1",))
    asked(Submission.objects.select_related("school", "point").get(pk=work.pk), east["reviewer"])
    relations.declare(
        person=east["reviewer"],
        other=east["teacher"],
        kind=RelationKind.PREPARATION,
        by=acting(east["reviewer"]),
    )
    assert actions.spread_anew(school=east.school, by=officer(east)) == 1
    assert set(loads(east.school.pk)) <= {east["reviewer2"].pk, east["reviewer3"].pk}


def test_nobody_but_who_may_assigns(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    for person in (east["principal"], east["team"], west["cio"]):
        for act in (actions.assign_waiting, actions.spread_anew):
            with pytest.raises(Forbidden):
                act(school=east.school, by=acting(person))


def test_empty_panel_is_named(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    waiting(alpha, east, [east["teacher"]], ("A1",))
    Membership.objects.filter(role="reviewer", school=east.school).delete()
    proposal = actions.assign_waiting(school=east.school, by=officer(east))
    assert (proposal.pairs, len(proposal.short)) == ([], 1)
