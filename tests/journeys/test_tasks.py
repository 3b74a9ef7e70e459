"""Each role's commonest tasks, done with what is to be seen from the role's home on: at most eight taps each."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from assessment.checking.cases.models import Judgement
from assessment.checking.drawing.models import Draw
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.planning.models import Filing, FilingState
from assessment.reviewing.models import Decision, Review, ReviewState
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from assessment.training.models import ClaimState, HourClaim
from microcapabilities.grades import Grade
from schools.clock import today
from schools.people.models import Person, User
from tests.cast import SchoolCast, World
from tests.journeys import scenes
from tests.journeys.conftest import Enter
from tests.journeys.hand import Done, Hand, table
from tests.journeys.pages import PHONE, WIDE, Scheme
from tests.journeys.props import evidence
from tests.stories import (
    CODES,
    confirmed_selection,
    filed_return,
    grade_all,
    proposed_selection,
    submission_at,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [pytest.param((WIDE, "light"), id="wide-light"), pytest.param((PHONE, "dark"), id="phone-dark")]
GRADES = "[data-grading-item] >> nth={item} >> .grades label >> nth={choice}"
ADVICE = "目标清楚；下次请说明数据怎样改变了您的教学安排。"
HOW_COUNTED = (
    "点按次数从各角色的首页数起：链接、按钮、勾选、点进一个输入框、选一个文件各算一次，"
    "下拉选择算两次；时间由程序操作测得，不含人读和打字的时间。"
)
COPY = "复制落后人员的催办文字"
Come = Callable[[Person | User, str], Hand]


@pytest.fixture(scope="module")
def done() -> Iterator[list[Done]]:
    """All tasks done; with PORTAL_TASKS they are written there as a table."""
    rows: list[Done] = []
    yield rows
    if path := os.environ.get("PORTAL_TASKS"):
        lines = ["# 常用任务要点几下", "", HOW_COUNTED, "", *table(rows)]
        Path(path).write_text("\n".join(lines) + "\n")


@pytest.fixture(params=LOOKS)
def come(request: pytest.FixtureRequest, enter: Enter, done: list[Done]) -> Come:
    """A function that gives somebody a browser of this test's size and colours, with taps counted."""
    look: tuple[tuple[int, int], Scheme] = request.param
    return lambda person, role: Hand(enter(person, *look), role, done)


@pytest.fixture
def east(set_out: World) -> SchoolCast:
    return set_out.alpha.schools[0]


@pytest.fixture(autouse=True)
def unscoped() -> Iterator[None]:
    with scopes_disabled():
        yield


def copied(hand: Hand) -> str:
    """Return what lies in the clipboard."""
    return hand.visitor.page.evaluate("navigator.clipboard.readText()")


def copy_names(hand: Hand, person: Person) -> None:
    """Copy the sentence for the chat group about those who have not chosen yet."""
    with hand.task(COPY):
        hand.tap("[data-copy]")
        expect(hand.seen("[data-copy]")).to_have_text(
            hand.seen("[data-copy]").get_attribute("data-copied") or ""
        )
    assert person.name in copied(hand)


def grade(hand: Hand, words: str, choice: int = 1) -> None:
    """Grade every item, say why and finish."""
    for item in range(hand.visitor.page.locator("[data-grading-item]").count()):
        hand.tap(GRADES.format(item=item, choice=choice))
    hand.write("#advice", words)
    hand.leave("#grade .button-primary")


def test_teacher_chooses_and_proposes(set_out: World, east: SchoolCast, come: Come) -> None:
    hand = come(east["teacher"], "教师")
    with hand.task("选满 20 学分，写明问题和目标并提交"):
        hand.follow("^/me/selection/$")
        for code in CODES:
            hand.tap(f'input[name="points"][value="{code}"]')
        hand.write('textarea[name="problem"]', "学生课堂上不敢发言。")
        hand.write('textarea[name="goal"]', "每节课用一次数据。")
        hand.write('input[name="measure"]', "期末前两节课的学情数据，组内展示。")
        hand.leave("[data-selection-submit]")
    [choice] = Selection.objects.filter(person=east["teacher"])
    codes = sorted(one.point.code for one in choice.chosen.all())
    assert (choice.state, codes, choice.problem) == (
        SelectionState.PROPOSED, sorted(CODES), "学生课堂上不敢发言。",
    )  # fmt: skip


def test_teacher_hands_a_point_in_and_claims_hours(
    set_out: World, east: SchoolCast, come: Come, tmp_path: Path
) -> None:
    confirmed_selection(set_out.alpha, east)
    plan, picture, film = evidence(tmp_path)
    report = plan.with_name("反思.docx")
    report.write_bytes(plan.read_bytes())
    hand = come(east["teacher"], "教师")
    with hand.task("上传一个微能力点的全部材料并提交"):
        hand.leave('form[action$="/begin/A5/"] button')
        for number, path in enumerate((plan, film, report), start=1):
            hand.choose_file(f'#item-{number} form[data-uploads] input[type="file"]', path)
            expect(hand.seen(f"#item-{number} .file")).to_be_visible(timeout=20_000)
        hand.tap('input[name="is_own_work"]')
        hand.leave("#submit form .button-primary")
    assert Submission.objects.get(person=east["teacher"]).state == SubmissionState.SUBMITTED
    with hand.task("申报一次实践学时并附上证明"):
        hand.follow("^/me/hours/$")
        hand.tap('input[name="category"][value="practice"]')
        hand.write('input[name="title"]', "分数公开课")
        hand.write('input[name="held_on"]', today().isoformat())
        hand.write('input[name="hours"]', "2")
        hand.choose_file('input[name="proof"]', picture)
        hand.leave("#claim form .button-primary")
    [claim] = HourClaim.objects.filter(person=east["teacher"], state=ClaimState.CLAIMED)
    assert (claim.title, claim.hours, claim.proof_id is not None) == ("分数公开课", 2, True)


def test_group_head_talks_choices_over(set_out: World, east: SchoolCast, come: Come) -> None:
    hand = come(east["group-head"], "教研组长")
    copy_names(hand, east["teacher"])
    for who in ("teacher", "teacher2"):
        proposed_selection(set_out.alpha, east, who)
    with hand.task("把一份选点写明意见后退回"):
        hand.follow("/selections/")
        hand.follow(r"/selections/\d+/")
        hand.tap('.step:has(form[action$="/return/"]) summary')
        hand.write('form[action$="/return/"] textarea[name="note"]', "请再想一想。")
        hand.leave('form[action$="/return/"] button')
    returned = Selection.objects.get(state=SelectionState.RETURNED)
    proposed_selection(set_out.alpha, east, "teacher" if returned.person == east["teacher"] else "teacher2")
    with hand.task("记下协商结果，同意本组全部选点"):
        hand.follow("/selections/")
        hand.choose_all()
        hand.write("#batch-note", "从学情分析做起，五月上一节研讨课。")
        hand.leave("[data-batch-submit]")
    assert Selection.objects.filter(state=SelectionState.ENDORSED).count() == 2


def test_cio_confirms_assigns_and_releases(set_out: World, east: SchoolCast, come: Come) -> None:
    for who in ("teacher", "teacher2"):
        scenes.endorsed_selection(set_out.alpha, east, who)
    hand = come(east["cio"], "学校 CIO")
    with hand.task("确认全部已同意的选点"):
        hand.follow("/selections/")
        hand.choose_all()
        hand.leave("[data-batch-submit]")
    assert Selection.objects.filter(state=SelectionState.CONFIRMED).count() == 2
    for who in ("teacher", "teacher2"):
        submission_at(set_out.alpha, east, SubmissionState.SUBMITTED, who)
    with hand.task("把全部待评考核材料分给评审人"):
        hand.follow("/panel/$")
        hand.leave('button[name="all"]')
    assert Review.objects.count() == 4
    for review in Review.objects.all():
        grade_all(review, Grade.PASS)
    with hand.task("写上建议并公布一个结果"):
        hand.follow("/submissions/")
        hand.follow(r"/submissions/\d+/")
        hand.write("#decide-note", ADVICE)
        hand.leave('form[action$="/decide/"] .button')
    assert [one.advice for one in Decision.objects.all()] == [ADVICE]


def test_principal_signs_and_files(set_out: World, east: SchoolCast, come: Come, tmp_path: Path) -> None:
    scenes.published_return(set_out.alpha, east)
    hand = come(east["principal"], "校长")
    copy_names(hand, east["teacher2"])
    with hand.task("审阅并签署学校结果上报"):
        hand.follow("/return/$")
        hand.leave('form[action$="/sign/"] button')
    row = SchoolReturn.objects.get()
    assert (row.state, row.signed_by) == (ReturnState.SIGNED, east["principal"].user)
    with hand.task("上报结果并附上盖章扫描件"):
        hand.follow("/return/$")
        hand.leave('form[action$="/return/file/"] button')
        hand.choose_file('form[data-upload] input[type="file"]', evidence(tmp_path)[1])
        hand.leave("form[data-upload] button")
    row.refresh_from_db()
    assert (row.state, row.scan_id is not None) == (ReturnState.FILED, True)


def test_reviewer_finishes_one_after_the_other(set_out: World, east: SchoolCast, come: Come) -> None:
    reviews = scenes.asked_reviews(set_out.alpha, east)
    hand = come(east["reviewer"], "评审人")
    with hand.task("打开下一份，评完并提交"):
        hand.follow(r"^/me/reviews/\d+/$")
        grade(hand, ADVICE)
    for _each in range(3):
        with hand.task("不离开页面接着评下一份（连评三份，每份）", is_here=True):
            grade(hand, ADVICE)
    assert {review.state for review in Review.objects.all()} == {ReviewState.FINISHED}
    with hand.task("重读自己以前的建议"):
        hand.follow(f"^/me/reviews/{reviews[0].pk}/$")
        assert ADVICE in hand.visitor.tells("#grade")


def test_county_office_works_in_batches(set_out: World, east: SchoolCast, come: Come) -> None:
    alpha = set_out.alpha
    scenes.filed_plans(alpha)
    scenes.attested_hours(alpha, east)
    hand = come(alpha["county-office"], "县教体局")
    with hand.task("成批批准学校推进方案"):
        hand.follow("/filings/")
        hand.choose_all()
        hand.leave("[data-batch-submit]")
    assert Filing.objects.filter(state=FilingState.APPROVED).count() == 3
    with hand.task("认定一所学校的全部学时"):
        hand.follow("/hours/")
        hand.leave('button[name="school"]')
    assert set(HourClaim.objects.values_list("state", flat=True)) == {ClaimState.RECOGNISED}
    submission_at(alpha, east, SubmissionState.PASSED)
    filed_return(alpha, east)
    with hand.task("定抽查方案，冻结抽样框，记下见证人的话并抽取样本"):
        hand.follow("/draws/$")
        hand.leave("[data-batch-submit]")
        hand.leave('form[action$="/draws/freeze/"] button')
        hand.write('input[name="words"]', "当日福彩开奖号 05 12 23")
        hand.leave('form[action$="/draw/"] button')
    scenes.upheld(alpha, Draw.objects.get())
    with hand.task("验收一所学校的上报结果"):
        hand.follow("/returns/")
        hand.tap("[data-batch-item]")
        hand.leave("[data-batch-submit]")
    assert SchoolReturn.objects.get().state == ReturnState.ACCEPTED


def test_expert_judges_case_after_case(set_out: World, east: SchoolCast, come: Come) -> None:
    scenes.cases_with_the_expert(set_out.alpha, east)
    hand = come(set_out.alpha["expert"], "专家")
    with hand.task("评判一个抽查案例"):
        hand.follow(r"^/me/cases/\d+/$")
        grade(hand, "证据与标准相符。")
    with hand.task("不离开页面接着评判下一个", is_here=True):
        grade(hand, "证据与标准相符。")
    judged = Judgement.objects.order_by("pk")
    assert [row.finished_at is not None for row in judged] == [True, True]
    with hand.task("重读自己以前的评判"):
        hand.follow(f"^/me/cases/{judged[0].case_id}/$")
        assert "证据与标准相符。" in hand.visitor.tells("#grade")


def test_leader_and_observer_find_how_far_a_place_is(set_out: World, east: SchoolCast, come: Come) -> None:
    confirmed_selection(set_out.alpha, east)
    filed_return(set_out.alpha, east)
    hand = come(set_out.alpha["county-leader"], "县领导")
    with hand.task("查一所学校进展如何"):
        hand.write('#board input[name="q"]', east.school.name)
        hand.leave("#board .filters button")
        hand.follow("^/alpha/east/$")
    assert east["teacher"].name in hand.visitor.tells("#board")
    with hand.task("看一所学校报送了什么"):
        hand.follow("/returns/")
        hand.follow(r"/returns/\d+/")
    assert east["teacher"].name in hand.visitor.tells()
    hand = come(set_out.observer, "市级观察员")
    with hand.task("查一个县进展如何（首页即见）"):
        hand.seen("tbody").wait_for()
    assert set_out.alpha.county.name in hand.visitor.tells("tbody")
