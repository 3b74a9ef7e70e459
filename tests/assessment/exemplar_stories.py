"""Stories of exemplars that several tests begin with, walked by real actions."""

from django_scopes import scopes_disabled

from assessment.reviewing.exemplars import actions
from assessment.reviewing.exemplars.models import Exemplar
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.people.models import Person
from tests import stories
from tests.cast import World, acting

NAME = "独孤求败"
WHY = "Shows each grade clearly."


def passed_work(world: World) -> int:
    """A passed work of East's teacher, whose name stands nowhere else."""
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        Person.objects.filter(pk=east["teacher"].pk).update(name=NAME)
    return stories.submission_at(alpha, east, SubmissionState.PASSED, "teacher", "A5").pk


def the_work(pk: int) -> Submission:
    return Submission.objects.select_related("school__county", "person", "point", "programme").get(pk=pk)


def asked(world: World, work: int, *, is_for_county: bool = False) -> Exemplar:
    by = acting(world.alpha["county-office"] if is_for_county else world.alpha.schools[0]["cio"])
    return actions.ask(submission=the_work(work), is_for_county=is_for_county, reason=WHY, by=by)


def opened(world: World, work: int, *, is_for_county: bool = False, grade: Grade = Grade.PASS) -> Exemplar:
    """The teacher agrees, every item gets the same agreed grade, and it is opened."""
    east, found = world.alpha.schools[0], asked(world, work, is_for_county=is_for_county)
    keeper = acting(world.alpha["county-office"] if is_for_county else east["cio"])
    actions.step(exemplar=found, action="agree", by=acting(east["teacher"]))
    items = [item.pk for item in items_of(found.submission)]
    actions.agree_on(
        exemplar=found,
        grades=dict.fromkeys(items, grade),
        comments=dict.fromkeys(items, "The goal is clear, the data are missing."),
        by=keeper,
    )
    actions.step(exemplar=found, action="show", by=keeper)
    return found


def grades_for(work: int, grade: Grade) -> dict[int, Grade]:
    return dict.fromkeys((item.pk for item in items_of(the_work(work))), grade)
