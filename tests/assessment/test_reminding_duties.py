"""What is due for whom: each duty finds those who have not done it and nobody else."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.checking import returns
from assessment.planning import actions as plans
from assessment.planning.models import FilingKind
from assessment.programme import actions as programmes
from assessment.programme.models import Participant, PhaseKind
from assessment.programme.queries import away
from assessment.reminding.duties.pending import Pending
from assessment.reminding.duties.table import DUTIES, TABLE
from assessment.reminding.look import Look
from assessment.reviewing import actions as reviewing
from assessment.selecting import actions as selecting
from assessment.submitting.models import SubmissionState
from assessment.training import actions as training
from assessment.training.models import Category
from microcapabilities.grades import Grade
from schools.clock import today
from schools.people.models import Membership, Person
from tests import stories
from tests.assessment.reminding import ends_in
from tests.cast import World, acting, give_role
from tests.filings_said import plan_said


def rows(world: World, key: str, *, days: int = 0) -> list[Pending]:
    programme = stories.programme(world.alpha)
    return DUTIES[key].rows(Look(programme, today() + timedelta(days=days)))


def whose(world: World, key: str, **more: Any) -> dict[str, int]:
    """Return who has a duty to do, by name, with how many things."""
    found = rows(world, key, **more)
    names = dict(Person.objects.values_list("pk", "name"))
    return {names[row.person_id]: row.count for row in found}


def everybody(world: World) -> set[str]:
    stories.programme(world.alpha)
    return set(Participant.objects.filter(ends_on__isnull=True).values_list("person__name", flat=True))


def test_choosing_is_due_for_all_but_those_who_proposed(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    assert set(whose(in_alpha, "choose")) == everybody(in_alpha)
    proposed = stories.proposed_selection(in_alpha.alpha, east)
    assert set(whose(in_alpha, "choose")) == everybody(in_alpha) - {east["teacher"].name}
    selecting.send_back(selection=proposed, note="Too many.", by=acting(east["group-head"]))
    assert set(whose(in_alpha, "choose")) == everybody(in_alpha)
    assert {row.url for row in rows(in_alpha, "choose")} == {"/me/selection/"}
    assert {west["teacher"].pk, east["teacher"].pk} <= {row.person_id for row in rows(in_alpha, "choose")}


def test_nothing_is_due_before_the_phase_opens_and_long_after_its_end(in_alpha: World) -> None:
    count = len(everybody(in_alpha))
    counts = [len(rows(in_alpha, "choose", days=days)) for days in (-31, -30, 30, 44, 45)]
    assert counts == [0, count, count, count, 0]


def test_excluded_and_left_people_owe_nothing(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    excluded, left = (stories.participant(alpha, east[who]) for who in ("teacher", "teacher2"))
    Participant.objects.filter(pk=excluded.pk).update(excluded_because="Retires")
    Participant.objects.filter(pk=left.pk).update(ends_on=today())
    gone = {east["teacher"].name, east["teacher2"].name}
    for key in ("choose", "hours"):
        assert set(whose(in_alpha, key)) & gone == set()
        assert len(whose(in_alpha, key)) == len(everybody(in_alpha) - gone)
    assert away(stories.programme(alpha), today()) == {excluded.pk, left.pk}
    assert away(stories.programme(alpha), today() - timedelta(days=1)) == {excluded.pk}


def test_extensions_move_the_due_day_for_those_who_have_them(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, programme = alpha.schools[0], stories.programme(alpha)
    office, later = acting(alpha["county-office"]), today() + timedelta(days=50)
    one = stories.participant(alpha, east["teacher"])
    programmes.extend(
        programme=programme, kind=PhaseKind.CHOOSE, school=east.school, participant=one, until=later,
        reason="Ill", by=office,
    )  # fmt: skip
    due = {row.person_id: row.due for row in rows(in_alpha, "choose")}
    assert due.pop(east["teacher"].pk) == later
    assert set(due.values()) == {today() + timedelta(days=30)}


def test_hours_count_when_recognised_or_on_their_way_but_not_when_refused(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = stories.participant(in_alpha.alpha, east["teacher"])
    teacher, cio = acting(east["teacher"]), acting(east["cio"])

    def claim(category: Category, hours: int) -> Any:
        return training.claim(
            participant=row, category=category, hours=Decimal(hours), title="Lesson",
            held_on=today() - timedelta(days=hours),
            proof=stories.picture(hours), by=teacher,
        )  # fmt: skip

    online = [claim(Category.ONLINE, 30)]
    practice = [claim(Category.PRACTICE, hours) for hours in (10, 12)]
    training.attest(claim=practice[0], by=cio)
    training.attest(claim=online[0], by=cio)
    training.recognise(claim=online[0], by=acting(in_alpha.alpha["county-office"]))
    lacking = {row.person_id: row.values for row in rows(in_alpha, "hours")}
    assert lacking[east["teacher"].pk] == {"online": "0", "practice": "8", "lacking": "8"}
    assert lacking[east["teacher2"].pk] == {"online": "30", "practice": "30", "lacking": "60"}
    training.refuse(claim=practice[1], because="Whose?", by=cio)
    assert {row.person_id: row.values for row in rows(in_alpha, "hours")}[east["teacher"].pk][
        "practice"
    ] == "20"
    claim(Category.PRACTICE, 11)
    claim(Category.PRACTICE, 9)
    assert east["teacher"].pk not in {row.person_id for row in rows(in_alpha, "hours")}
    assert whose(in_alpha, "attest") == {east["cio"].name: 2}


def test_choices_go_to_the_groups_head_and_to_the_cio_without_one(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    stories.proposed_selection(in_alpha.alpha, east)
    stories.proposed_selection(in_alpha.alpha, east, "teacher2")
    assert whose(in_alpha, "endorse") == {east["group-head"].name: 2}
    assert whose(in_alpha, "confirm") == {}
    Membership.objects.filter(person=east["group-head"]).update(ends_on=today())
    assert whose(in_alpha, "endorse") == {east["cio"].name: 2}


def test_nobody_is_asked_to_confirm_the_own_choice(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    for who in ("teacher", "cio"):
        give_role(east["cio"], "teacher", east.school) if who == "cio" else None
        if who == "cio":
            programmes.enrol_school(
                programme=stories.programme(in_alpha.alpha),
                school=east.school,
                by=acting(in_alpha.alpha["county-office"]),
            )
        choice = stories.proposed_selection(in_alpha.alpha, east, who)
        selecting.endorse(selection=choice, agreed="Agreed.", by=acting(east["group-head"]))
    assert whose(in_alpha, "confirm") == {east["cio"].name: 1, east["deputy"].name: 1}


def test_plan_is_due_at_schools_without_one_and_at_the_managing_unit(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    programme = stories.programme(in_alpha.alpha)
    assert whose(in_alpha, "plan") == {east["cio"].name: 1, west["cio"].name: 1}
    stories.approved_plan(in_alpha.alpha, east)
    assert whose(in_alpha, "plan") == {west["cio"].name: 1}
    west.school.managed_by = east.school
    west.school.save()
    assert whose(in_alpha, "plan") == {}
    plan = plans.write(
        programme=programme, school=west.school, kind=FilingKind.PLAN, title="Plan",
        content=plan_said(programme), by=acting(west["cio"]),
    )  # fmt: skip
    assert whose(in_alpha, "plan") == {west["cio"].name: 1}
    plans.file(filing=plan, by=acting(west["cio"]))
    assert (whose(in_alpha, "plan"), whose(in_alpha, "approve")) == (
        {},
        {in_alpha.alpha["county-office"].name: 1},
    )


def test_chosen_points_are_due_until_they_are_handed_in(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    stories.confirmed_selection(alpha, east)
    name = east["teacher"].name
    assert whose(in_alpha, "submit") == {name: 4}
    stories.submission_at(alpha, east, SubmissionState.DRAFT, code="A1")
    assert whose(in_alpha, "submit") == {name: 4}
    stories.submission_at(alpha, east, SubmissionState.SUBMITTED, code="A5")
    stories.submission_at(alpha, east, SubmissionState.RETURNED, code="A9")
    assert (whose(in_alpha, "submit"), whose(in_alpha, "redo")) == ({name: 2}, {name: 1})
    (redo,) = rows(in_alpha, "redo")
    assert redo.due == today() + timedelta(days=7)
    assert redo.url.startswith("/me/submissions/")


def test_reviews_and_decisions_reach_those_who_owe_them(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    cio = acting(east["cio"])
    sent = stories.submission_at(alpha, east, SubmissionState.SUBMITTED)
    assert (whose(in_alpha, "assign"), whose(in_alpha, "review")) == ({east["cio"].name: 1}, {})
    reviews = [
        reviewing.assign(submission=sent, reviewer=east[who], by=cio) for who in ("reviewer", "reviewer2")
    ]
    both = {east["reviewer"].name: 1, east["reviewer2"].name: 1}
    assert (whose(in_alpha, "assign"), whose(in_alpha, "review"), whose(in_alpha, "decide")) == ({}, both, {})
    stories.grade_all(reviews[0], Grade.PASS)
    assert whose(in_alpha, "review") == {east["reviewer2"].name: 1}
    stories.grade_all(reviews[1], Grade.PASS)
    assert (whose(in_alpha, "review"), whose(in_alpha, "decide")) == ({}, {east["cio"].name: 1})
    reviewing.decide(submission=sent, advice=stories.ADVICE, by=cio)
    assert whose(in_alpha, "decide") == {}


def test_returns_pass_from_the_cio_to_the_principal_and_to_the_office(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    submission = stories.submission_at(alpha, east, SubmissionState.PASSED)
    programme, cio, others = stories.programme(alpha), acting(east["cio"]), {west["cio"].name: 1}
    assert whose(in_alpha, "file") == {east["cio"].name: 1} | others
    row = returns.open_round(programme=programme, school=east.school, by=cio)
    returns.publish(school_return=row, by=cio)
    assert (whose(in_alpha, "file"), whose(in_alpha, "sign")) == (others, {east["principal"].name: 1})
    returns.sign(school_return=row, by=acting(east["principal"]))
    assert (whose(in_alpha, "file"), whose(in_alpha, "sign")) == ({east["cio"].name: 1} | others, {})
    returns.file(school_return=row, by=cio)
    office = alpha["county-office"].name
    assert (whose(in_alpha, "file"), whose(in_alpha, "accept")) == (others, {office: 1})
    returns.send_back(school_return=row, why="Once more.", by=acting(alpha["county-office"]))
    assert whose(in_alpha, "file") == {east["cio"].name: 1} | others
    stories.drawn_case(alpha, east, submission)
    assert whose(in_alpha, "judge") == {alpha["expert"].name: 1}


@pytest.mark.parametrize("key", [duty.key for duty in TABLE])
def test_another_countys_people_are_never_found(in_alpha: World, key: str) -> None:
    ends_in(in_alpha.alpha, stories.programme(in_alpha.alpha), PhaseKind.PLAN, 3)
    stories.submission_at(in_alpha.alpha, in_alpha.alpha.schools[0], SubmissionState.SUBMITTED)
    counties = Person.objects.filter(pk__in={row.person_id for row in rows(in_alpha, key)})
    assert set(counties.values_list("county", flat=True)) <= {in_alpha.alpha.county.pk}


def test_duties_ask_the_same_number_of_questions_for_many(  # type: ignore[no-untyped-def]
    in_alpha: World, django_assert_max_num_queries
) -> None:
    programme = stories.programme(in_alpha.alpha)
    stories.submission_at(in_alpha.alpha, in_alpha.alpha.schools[0], SubmissionState.SUBMITTED)
    stories.proposed_selection(in_alpha.alpha, in_alpha.alpha.schools[1])
    look = Look(programme, today())
    with django_assert_max_num_queries(26):
        for duty in TABLE:
            duty.rows(look)
