"""A school files its plan, the county returns it with a remark beside a goal, the school mends it and files again."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope

from assessment.planning.models import Filing, FilingKind, FilingState
from tests.cast import SchoolCast, World
from tests.filings_said import YEAR
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, WIDE, Visitor, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOAL = {"what": "每周采集学情", "baseline": "35%", "target": "80%", "measure": "课例抽看"}


@pytest.fixture
def west(set_out: World) -> SchoolCast:
    return set_out.alpha.schools[1]


def plan_of(world: World, school: SchoolCast) -> Filing:
    with scope(county=world.alpha.county, school=None):
        return Filing.objects.select_related("programme", "approved").get(
            school=school.school, kind=FilingKind.PLAN
        )


def settled(visitor: Visitor) -> None:
    """Wait until the page has saved itself."""
    visitor.page.locator("[data-autosave-status]", has_text=re.compile(r"\d:\d\d")).wait_for()


def write_the_plan(visitor: Visitor) -> None:
    """Fill the form by hand, save it, and see what is still missing."""
    page = visitor.page
    visitor.follow("/plan/")
    page.fill('textarea[name="problem"]', "课堂反馈慢，学情判断靠经验。")
    page.fill('textarea[name="basis"]', "班班有多媒体设备。")
    page.fill('textarea[name="measures"]', "教研组每周研修一课时。")
    for key, text in GOAL.items():
        page.fill(f'input[name="goals-0-{key}"]', text)
    settled(visitor)
    visitor.press("/filings/plan/save/")
    assert page.locator("#missing + ul li").count() == 1
    page.fill('input[name="goals-0-date"]', f"{YEAR}-12-01")
    settled(visitor)
    visitor.press("/filings/plan/save/")
    assert page.locator("#missing").count() == 0
    visitor.show("filing-written")
    assert axe_faults(page) == []
    visitor.press("/filings/plan/file/")


def remark_and_return(office: Visitor, filing: Filing) -> None:
    """Find the filing, remark beside its goal, and return it with nothing else."""
    office.go(reverse("assessment:county-filings", args=["alpha"]))
    office.follow(f"/filings/{filing.pk}/")
    office.page.locator("#at-goals li details summary").first.click()
    office.page.fill('textarea[id="remark-at-goals.0"]', "由谁抽看、每月几节？")
    office.press(f"/filings/{filing.pk}/remark/", "#at-goals li")
    office.show("filing-remarked")
    assert axe_faults(office.page) == []
    office.press(f"/filings/{filing.pk}/return/")


def mend_and_file(school: Visitor) -> None:
    """Change the goal beside which the remark stands, answer the remark, and file again."""
    school.go(reverse("assessment:school-plan", args=["alpha", "west"]))
    note = school.page.locator("#at-goals .note")
    assert "由谁抽看" in note.inner_text()
    school.page.fill('input[name="goals-0-measure"]', "教研组长每月抽看两节课例")
    settled(school)
    school.leave_by(school.page.locator(".form-actions button"))
    note.locator("details summary").click()
    school.page.locator('#at-goals textarea[name="answer"]').fill("已写明。")
    school.page.locator('#at-goals input[name="is_mended"]').check()
    school.show("filing-returned")
    assert axe_faults(school.page) == []
    with school.page.expect_navigation():
        school.page.locator("#at-goals .note button").click()
    school.press("/filings/plan/file/")


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_plan_comes_back_with_a_remark_and_is_approved_after_comparison(
    set_out: World, west: SchoolCast, enter: Enter, size: tuple[int, int]
) -> None:
    school = enter(west["cio"], size)
    school.go(reverse("assessment:school-filings", args=["alpha", "west"]))
    school.show("filings-of-school")
    write_the_plan(school)
    filing = plan_of(set_out, west)
    assert filing.state == FilingState.FILED

    office = enter(set_out.alpha["county-office"], size)
    remark_and_return(office, filing)
    mend_and_file(school)
    office.go(reverse("assessment:county-filing", args=["alpha", filing.pk]))
    assert "已写明" in office.tells("#followed + div, section:has(#followed)")
    office.follow("/compare/")
    assert "教研组长每月" in "".join(office.page.locator(".compared ins").all_inner_texts())
    office.show("filing-compared")
    assert axe_faults(office.page) == []
    office.go(reverse("assessment:county-filing", args=["alpha", filing.pk]))
    office.press(f"/filings/{filing.pk}/approve/")
    done = plan_of(set_out, west)
    assert (done.state, done.approved.number) == (FilingState.APPROVED, 2)
    assert done.number == f"341324-{done.programme.year}-P002"


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_teacher_comments_and_reads_the_reply(set_out: World, enter: Enter, size: tuple[int, int]) -> None:
    east = set_out.alpha.schools[0]
    teacher = enter(east["teacher"], size)
    teacher.go(reverse("assessment:plan"))
    teacher.page.fill("#comment", "每周几次？")
    teacher.press("/me/plan/comments/")
    cio = enter(east["cio"], size)
    cio.go(reverse("assessment:school-plan", args=["alpha", "east"]))
    cio.page.locator("#comments details summary").click()
    cio.page.locator('#comments textarea[name="text"]').fill("每周一次。")
    cio.press("/reply/", "#comments")
    teacher.go(reverse("assessment:plan"))
    teacher.show("plan-of-a-teacher")
    assert "每周一次。" in teacher.tells("#comments")
    assert axe_faults(teacher.page) == []
