"""A three-teacher school runs its year under its central school: nobody of its own but the teachers."""

from pathlib import Path

import pytest
from django_scopes import scope, scopes_disabled

from assessment.programme import actions as programmes
from assessment.reviewing.models import Review
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from schools.organisations.models import School
from schools.people.models import Person
from tests.cast import World, acting, give_role, make_person
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, Visitor, grade
from tests.journeys.props import evidence
from tests.stories import programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VILLAGE = "/alpha/village"


def village_of(world: World) -> list[Person]:
    """Make the village school below East with three teachers, enrolled; none of them has another role."""
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        school = School.objects.create(
            county=alpha.county, name="小李庄教学点", slug="village", environments="AB",
            central=east.school, managed_by=east.school,
        )  # fmt: skip
        people = [make_person(name, alpha.county, school) for name in ("田雨", "田禾", "田苗")]
        for person in people:
            give_role(person, "teacher", school)
    with scope(county=alpha.county, school=None):
        programmes.enrol_school(programme=programme(alpha), school=school, by=acting(alpha["county-office"]))
    return people


def choose(teacher: Visitor) -> None:
    """On a phone: four points, what for, and how it will be seen."""
    teacher.go("/me/selection/")
    for code in ("A1", "A5", "A9", "A11"):
        teacher.page.check(f'input[name="points"][value="{code}"]')
    teacher.page.fill('textarea[name="problem"]', "三个年级一间教室，顾不上每个孩子。")
    teacher.page.fill('textarea[name="goal"]', "每周知道每个孩子学到哪里。")
    teacher.page.fill('input[name="measure"]', "六月前三份学情记录。")
    teacher.show("village-choice")
    teacher.press("/selection/propose/")


def hand_in(teacher: Visitor, files: list[Path]) -> None:
    teacher.go("/me/")
    teacher.press("/begin/A9/")
    items = teacher.page.locator('article[id^="item-"]').count()
    for number, path in zip(range(1, items + 1), files, strict=True):
        form = f"#item-{number} form[data-uploads]"
        teacher.page.locator(f'{form} input[type="file"]').first.set_input_files(path)
        teacher.page.locator(f"#item-{number} .file").first.wait_for(timeout=20_000)
    teacher.page.check('input[name="is_own_work"]')
    teacher.press("/submit/", within="#submit")


def confirm(cio: Visitor, teacher: Person) -> None:
    """The central school's CIO talks over and confirms: the village has no head."""
    for state, act in (("proposed", "endorse"), ("endorsed", "confirm")):
        cio.go(f"{VILLAGE}/selections/?state={state}")
        cio.page.check("[data-select-all]")
        if act == "endorse":
            cio.page.fill("#batch-note", "复式班先做学情记录，中心校每月来听一次。")
        cio.leave_by(cio.page.locator("[data-batch-submit]"))
    assert Selection._base_manager.get(person=teacher).state == SelectionState.CONFIRMED


def judge(cio: Visitor, enter: Enter, submission: Submission) -> None:
    """The central school's panel reviews, its CIO decides."""
    cio.go(f"{VILLAGE}/panel/")
    cio.leave_by(cio.page.locator('button[name="all"]'))
    for review in Review._base_manager.filter(submission=submission).select_related("person"):
        reviewer = enter(review.person)
        reviewer.go(f"/me/reviews/{review.pk}/")
        grade(reviewer, [1, 1, 1], "记录真实，再写写怎样用它分层布置作业。")
        reviewer.press("/finish/")
    cio.go(f"{VILLAGE}/submissions/{submission.pk}/")
    cio.page.fill("#decide-note", "复式班里做得到，难得。")
    cio.show("village-decide")
    cio.press("/decide/")
    assert Submission._base_manager.get(pk=submission.pk).state == SubmissionState.PASSED


def file(cio: Visitor, principal: Visitor, name: str) -> None:
    """Published, signed by the central school's principal, filed."""
    cio.go(f"{VILLAGE}/return/")
    cio.press("/return/open/")
    cio.press("/return/publish/")
    principal.go(f"{VILLAGE}/return/")
    assert name in principal.tells()
    principal.press("/return/sign/")
    cio.go(f"{VILLAGE}/return/")
    cio.press("/return/file/")
    cio.show("village-filed")


def test_village_school_runs_its_year_under_the_central_school(
    set_out: World, enter: Enter, tmp_path: Path
) -> None:
    east = set_out.alpha.schools[0]
    tian, *_others = village_of(set_out)
    teacher, cio = enter(tian, size=PHONE), enter(east["cio"])
    choose(teacher)
    confirm(cio, tian)

    plan, picture, _film = evidence(tmp_path / "evidence")
    report = plan.with_name("体会.docx")
    report.write_bytes(plan.read_bytes())
    hand_in(teacher, [plan, picture, report])
    judge(cio, enter, Submission._base_manager.get(person=tian))
    file(cio, enter(east["principal"]), tian.name)
