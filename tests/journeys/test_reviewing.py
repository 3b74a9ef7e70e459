"""The review screen in the browser: by keyboard alone, without loading a page, kept while written, without script."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.checking.cases.models import Judgement
from assessment.reviewing.actions import assign
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Evidence, Submission, SubmissionState
from microcapabilities.grades import Grade
from tests.cast import World, acting
from tests.journeys.conftest import Enter
from tests.journeys.pages import PASSWORD, PHONE, Visitor
from tests.stories import CODES, drawn_case, grade_all, participant, submission_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARK = "window.stillTheSamePage = true"
IS_MARKED = "window.stillTheSamePage === true"
SCHOOL = "/alpha/east"
STATUS = "[data-autosave-status]"


@pytest.fixture
def asked(set_out: World) -> list[Review]:
    """Three submissions of one teacher, for which the reviewer is asked."""
    east = set_out.alpha.schools[0]
    rows = [submission_at(set_out.alpha, east, SubmissionState.SUBMITTED, code=code) for code in CODES[:3]]
    with scopes_disabled():
        return [assign(submission=row, reviewer=east["reviewer"], by=acting(east["cio"])) for row in rows]


@pytest.fixture
def without_script(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    yield context.new_page()
    context.close()


def fresh(review: Review) -> Review:
    with scopes_disabled():
        return Review.objects.prefetch_related("grades").get(pk=review.pk)


def states(reviews: list[Review]) -> list[int]:
    return [fresh(review).state for review in reviews]


def at(review: Review) -> str:
    return f"/me/reviews/{review.pk}/"


def by_keys(visitor: Visitor, grades: str, advice: str) -> None:
    """Grade item after item, then write the advice and finish, with the keyboard alone."""
    page = visitor.page
    for grade in grades:
        page.keyboard.press(grade)
        page.keyboard.press("n")
    expect(page.locator("#advice")).to_be_focused()
    page.keyboard.type(advice)
    page.keyboard.press("Control+Enter")


def test_three_reviews_are_finished_by_keyboard_without_loading_a_page(
    asked: list[Review], enter: Enter, set_out: World
) -> None:
    reviewer = enter(set_out.alpha.schools[0]["reviewer"])
    reviewer.go(at(asked[0]))
    loads: list[str] = []
    reviewer.page.on("domcontentloaded", lambda page: loads.append(page.url))
    reviewer.page.evaluate(MARK)
    for review, following in pairwise(asked):
        items = reviewer.page.locator("[data-grading-item]").count()
        by_keys(reviewer, "123"[:items], f"jk1 {review.pk}")
        reviewer.page.wait_for_url(f"**{at(following)}")
        expect(reviewer.page.locator("h1")).to_be_focused()
        assert reviewer.page.evaluate(IS_MARKED)
        assert reviewer.page.title().startswith(reviewer.tells("h1").split()[0])
    assert (loads, states(asked[:2])) == ([], [ReviewState.FINISHED] * 2)
    assert fresh(asked[0]).grades.order_by("item__number").first().grade == Grade.EXCELLENT
    assert fresh(asked[0]).advice == f"jk1 {asked[0].pk}"
    by_keys(reviewer, "222"[: reviewer.page.locator("[data-grading-item]").count()], "Last")
    reviewer.page.wait_for_url("**/me/reviews/")
    assert states(asked) == [ReviewState.FINISHED] * 3


def test_single_keys_can_be_switched_off_and_rest_while_one_writes(
    asked: list[Review], enter: Enter, set_out: World
) -> None:
    reviewer = enter(set_out.alpha.schools[0]["reviewer"])
    reviewer.go(at(asked[0]))
    ticked = reviewer.page.locator(".grades input:checked")
    reviewer.page.locator("#advice").press("1")
    expect(ticked).to_have_count(0)
    reviewer.page.keyboard.press("Escape")
    reviewer.page.keyboard.press("?")
    expect(reviewer.page.locator("dialog#keys")).to_be_visible()
    reviewer.page.uncheck("[data-keys-switch]")
    reviewer.page.click("[data-dialog-close]")
    reviewer.page.keyboard.press("1")
    expect(ticked).to_have_count(0)
    reviewer.page.evaluate("localStorage.clear()")
    reviewer.page.reload()
    reviewer.page.keyboard.press("1")
    expect(ticked).to_have_count(1)


def test_what_was_typed_survives_a_reload_and_a_broken_line(
    asked: list[Review], enter: Enter, set_out: World
) -> None:
    reviewer = enter(set_out.alpha.schools[0]["reviewer"])
    page = reviewer.page
    reviewer.go(at(asked[0]))
    remarks = page.locator("[data-grading-item] textarea")
    page.locator(".grades label").first.click()
    page.fill("#advice", "Kept by the server")
    remarks.last.fill("Kept in this tab until graded")
    expect(page.locator(STATUS)).to_contain_text(":")
    assert (fresh(asked[0]).advice, fresh(asked[0]).grades.count()) == ("Kept by the server", 1)
    page.reload()
    expect(page.locator("#advice")).to_have_value("Kept by the server")
    expect(remarks.last).to_have_value("Kept in this tab until graded")
    before = list(reviewer.complaints)
    page.context.set_offline(True)
    page.fill("#advice", "Typed without a line")
    expect(page.locator(f"{STATUS}.tone-bad")).to_have_count(1)
    assert fresh(asked[0]).advice == "Kept by the server"
    page.context.set_offline(False)
    expect(page.locator(f"{STATUS}:not(.tone-bad)")).to_contain_text(":", timeout=15_000)
    assert fresh(asked[0]).advice == "Typed without a line"
    reviewer.complaints[:] = before


def test_refusal_stands_beside_the_button_and_the_words_stay(
    asked: list[Review], enter: Enter, set_out: World
) -> None:
    reviewer = enter(set_out.alpha.schools[0]["reviewer"])
    reviewer.go(at(asked[0]))
    reviewer.page.fill("#advice", "Not graded yet")
    reviewer.page.keyboard.press("Control+Enter")
    expect(reviewer.page.locator("[data-refused] .tone-error")).to_be_visible()
    expect(reviewer.page.locator("#advice")).to_have_value("Not graded yet")
    with reviewer.page.expect_response(
        lambda answer: "Changed" in (answer.request.post_data or "")
    ) as saving:
        reviewer.page.fill("#advice", "Changed after the refusal")
    assert saving.value.status == 200
    assert fresh(asked[0]).advice == "Changed after the refusal"


def test_older_of_two_windows_is_told_so(asked: list[Review], enter: Enter, set_out: World) -> None:
    older = enter(set_out.alpha.schools[0]["reviewer"])
    older.go(at(asked[0]))
    newer = older.page.context.new_page()
    newer.goto(f"{older.base}{at(asked[0])}")
    newer.fill("#advice", "From the newer window")
    expect(newer.locator(STATUS)).to_contain_text(":")
    older.page.fill("#advice", "From the older window")
    expect(older.page.locator(f"{STATUS}.tone-bad")).to_have_count(1)
    assert fresh(asked[0]).advice == "From the newer window"
    older.complaints[:] = [one for one in older.complaints if "409" not in one]


def test_skipping_and_going_back_load_no_page(asked: list[Review], enter: Enter, set_out: World) -> None:
    reviewer = enter(set_out.alpha.schools[0]["reviewer"], PHONE)
    reviewer.go(at(asked[0]))
    reviewer.page.evaluate(MARK)
    reviewer.page.fill("#advice", "Half, then skipped")
    reviewer.page.click('a[rel="next"]')
    reviewer.page.wait_for_url(f"**{at(asked[1])}")
    assert fresh(asked[0]).advice == "Half, then skipped"
    reviewer.page.click('a[rel="prev"]')
    reviewer.page.wait_for_url(f"**{at(asked[0])}")
    expect(reviewer.page.locator("#advice")).to_have_value("Half, then skipped")
    assert reviewer.page.evaluate(IS_MARKED)
    reviewer.page.go_back()
    expect(reviewer.page.locator("form[data-grading]")).to_have_attribute(
        "data-autosave", f"{at(asked[1])}save/"
    )


def test_review_is_finished_without_script(
    asked: list[Review], without_script: Page, live_server: LiveServer, set_out: World
) -> None:
    page = without_script
    with scopes_disabled():
        username = set_out.alpha.schools[0]["reviewer"].user.get_username()
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill('input[name="login"]', username)
    page.fill('input[name="password"]', PASSWORD)
    page.click('form[action="/accounts/login/"] button')
    page.goto(f"{live_server.url}{at(asked[0])}")
    page.locator("[data-grading-item] textarea").first.fill("A remark without a grade")
    page.click("#grade .button-primary")
    assert page.locator(".toast.tone-error").count() == 1
    assert page.locator("[data-grading-item] textarea").first.input_value() == "A remark without a grade"
    for item in page.locator("[data-grading-item]").all():
        item.locator(".grades label").nth(1).click()
    page.fill("#advice", "Without script")
    page.click("#grade .button-primary")
    assert page.url.endswith(at(asked[1]))
    assert states(asked) == [ReviewState.FINISHED, ReviewState.ASSIGNED, ReviewState.ASSIGNED]


def test_decider_goes_from_result_to_result_and_the_toast_leads_back(enter: Enter, set_out: World) -> None:
    east = set_out.alpha.schools[0]
    rows = [submission_at(set_out.alpha, east, SubmissionState.SUBMITTED, code=code) for code in CODES[:2]]
    with scopes_disabled():
        for row in rows:
            for who in ("reviewer", "reviewer2"):
                grade_all(assign(submission=row, reviewer=east[who], by=acting(east["cio"])), Grade.PASS)
    cio = enter(east["cio"])
    cio.go(f"{SCHOOL}/submissions/")
    cio.follow("?queue=ready")
    cio.page.evaluate(MARK)
    cio.page.click('form[action$="/decide/"] .button')
    cio.page.wait_for_url(f"**/submissions/{rows[1].pk}/?queue=ready*")
    assert cio.page.evaluate(IS_MARKED)
    with scopes_disabled():
        assert Submission.objects.get(pk=rows[0].pk).state == SubmissionState.PASSED
    cio.leave_by(cio.page.locator(".toast a"))
    assert cio.path == f"{SCHOOL}/submissions/{rows[0].pk}/#next-step"
    assert cio.page.locator("#note-take-back").count() == 1


def test_file_taken_off_is_laid_back_from_the_toast(enter: Enter, set_out: World) -> None:
    east = set_out.alpha.schools[0]
    submission = submission_at(set_out.alpha, east, SubmissionState.SUBMITTED)
    with scopes_disabled():
        names = list(
            Evidence.objects.filter(attempt__submission=submission).values_list("file__name", flat=True)
        )
    teacher = enter(east["teacher"])
    teacher.go(f"/me/submissions/{submission.pk}/")
    teacher.press("/withdraw/")
    teacher.press("/remove/")
    with scopes_disabled():
        lying = Evidence.objects.filter(attempt__submission=submission, attempt__submitted_at__isnull=True)
        assert lying.count() == len(names) - 1
        teacher.leave_by(teacher.page.locator(".toast form button.button"))
        assert sorted(lying.values_list("file__name", flat=True)) == sorted(names)


def test_choice_of_points_saves_itself(enter: Enter, set_out: World) -> None:
    east = set_out.alpha.schools[0]
    row = participant(set_out.alpha, east["teacher"])
    teacher = enter(east["teacher"])
    teacher.go("/me/selection/")
    teacher.page.check('input[name="points"][value="A1"]')
    teacher.page.fill('textarea[name="goal"]', "Saved by itself")
    expect(teacher.page.locator(STATUS)).to_contain_text(":")
    with scopes_disabled():
        draft = row.selections.get()
        assert (draft.goal, [one.point.code for one in draft.chosen.all()]) == ("Saved by itself", ["A1"])
    teacher.page.reload()
    expect(teacher.page.locator('input[value="A1"]')).to_be_checked()


def test_expert_judges_case_after_case_without_loading_a_page(enter: Enter, set_out: World) -> None:
    east = set_out.alpha.schools[0]
    rows = [submission_at(set_out.alpha, east, SubmissionState.PASSED, code=code) for code in CODES[:2]]
    drawn_case(set_out.alpha, east, rows[0])
    with scopes_disabled():
        first, second = Judgement.objects.order_by("pk")
    expert = enter(set_out.alpha["expert"])
    expert.go(f"/me/cases/{first.case_id}/")
    expert.page.evaluate(MARK)
    by_keys(expert, "222"[: expert.page.locator("[data-grading-item]").count()], "Seen")
    expert.page.wait_for_url(f"**/me/cases/{second.case_id}/")
    assert expert.page.evaluate(IS_MARKED)
    with scopes_disabled():
        assert Judgement.objects.get(pk=first.pk).finished_at is not None
