"""Experts of a case: drawn by lot, none of them near; a split asks further ones, once."""

from django_scopes import scope

from assessment.checking import spot_checks
from assessment.checking.cases.models import CaseState, Judgement, SpotCheckCase
from assessment.checking.experts import eligible_experts, spread
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.reviewing.panels import relations
from assessment.reviewing.panels.models import RelationKind
from assessment.submitting.models import SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.people.models import Person
from tests.cast import World, acting, give_role, make_person
from tests.stories import draw_all, filed_return, submission_at


def more_experts(world: World, count: int) -> list[Person]:
    made = [make_person(f"专家{number}", world.alpha.county) for number in range(count)]
    for person in made:
        give_role(person, "expert")
    return made


def drawn(world: World) -> SpotCheckCase:
    """A case of East's passed work, with nobody yet."""
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.PASSED)
    made = draw_all(world.alpha, [filed_return(world.alpha, east)])
    with scope(county=world.alpha.county, school=None):
        return made.cases.select_related("submission", "school", "draw__programme").get()


def judge(judgement: Judgement, grade: Grade) -> None:
    by = acting(judgement.expert)
    grades = {item.pk: grade for item in items_of(judgement.case.submission)}
    spot_checks.save_judgement(judgement=judgement, grades=grades, advice="Seen.", by=by)
    spot_checks.finish_judgement(judgement=judgement, by=by)


def test_three_experts_who_disagree_get_two_more_once(world: World) -> None:
    more_experts(world, 5)
    case = drawn(world)
    with scope(county=world.alpha.county, school=None):
        Programme.objects.update(experts_per_case=3, experts_added=2)
        case.draw.programme.refresh_from_db()
        (chosen,) = spread([case], 3, case.draw).values()
        spot_checks.give_to_experts(case=case, experts=chosen, by=acting(world.alpha["county-office"]))
        for judgement, grade in zip(case.judgements.order_by("pk"), (1, 1, 2), strict=True):
            judge(judgement, Grade(grade))
        case.refresh_from_db()
        assert (case.state, case.judgements.count()) == (CaseState.ASSIGNED, 5)
        for judgement in case.judgements.filter(finished_at__isnull=True):
            judge(judgement, Grade.PASS)
        case.refresh_from_db()
        assert (case.state, case.judgements.count()) == (CaseState.JUDGED, 5)
        assert spot_checks.judged_grade(case) == Grade.PASS
        assert Event.objects.filter(workflow="case", action="add-experts").count() == 1


def test_experts_who_agree_are_enough(world: World) -> None:
    more_experts(world, 3)
    case = drawn(world)
    with scope(county=world.alpha.county, school=None):
        Programme.objects.update(experts_per_case=2, experts_added=2)
        case.draw.programme.refresh_from_db()
        (chosen,) = spread([case], 2, case.draw).values()
        spot_checks.give_to_experts(case=case, experts=chosen, by=acting(world.alpha["county-office"]))
        for judgement, grade in zip(case.judgements.all(), (2, 3), strict=True):
            judge(judgement, Grade(grade))
        case.refresh_from_db()
        assert (case.state, case.judgements.count()) == (CaseState.JUDGED, 2)


def test_the_lot_is_the_same_on_every_machine_and_another_for_another_seed(world: World) -> None:
    more_experts(world, 6)
    case = drawn(world)
    with scope(county=world.alpha.county, school=None):
        chosen = [[person.pk for person in spread([case], 3, case.draw)[case.pk]] for _again in range(2)]
        assert chosen[0] == chosen[1]
        found = set()
        for seed in "abcdefgh":
            case.draw.seed = seed
            found.add(tuple(person.pk for person in spread([case], 3, case.draw)[case.pk]))
        assert len(found) > 3


def test_nobody_near_to_the_teacher_may_judge(world: World) -> None:
    near, own, free = more_experts(world, 3)
    east = world.alpha.schools[0]
    give_role(own, "reviewer", east.school)
    case = drawn(world)
    with scope(county=world.alpha.county, school=None):
        relations.declare(person=near, other=east["teacher"], kind=RelationKind.FAMILY, by=acting(near))
        may = {person.pk for person in eligible_experts(case)}
    assert (near.pk in may, own.pk in may, free.pk in may) == (False, False, True)
