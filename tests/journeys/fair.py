"""What each person of the fair year does in the browser."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from schools.clock import today
from schools.people.models import Person
from tests.journeys.pages import Grading, Visitor, cleaned_files, grade
from tests.journeys.props import TEACHER

SCHOOL = "/alpha/east"
ADVICE = "目标清楚，证据完整；下次请说明数据怎样改变了您的教学安排。"
NOT_PASSED = "活动材料看不出是本人的课堂。"
WHY = "抽查推翻一例，请全校重新评议。"


def hand_in(teacher: Visitor, files: list[Path]) -> None:
    """Lay one file on each item in turn, and submit; the page of the work stands open."""
    items = teacher.page.locator('article[id^="item-"]')
    names = [items.nth(number).get_attribute("id") for number in range(items.count())]
    for name, path in zip(names, files, strict=True):
        teacher.page.locator(f'#{name} form[data-uploads] input[type="file"]').first.set_input_files(path)
        expect(teacher.page.locator(f"#{name} .file", has_text=path.name)).to_be_visible(timeout=20_000)
    teacher.page.check('input[name="is_own_work"]')
    teacher.press("/submit/")


def ask(cio: Visitor, reviewer: Person, code: str) -> None:
    """Ask one person by hand for the work of a point."""
    cio.go(f"{SCHOOL}/panel/")
    row = cio.page.locator("tbody tr", has=cio.page.locator(f'td:text-matches("^{code} ")'))
    row.locator('select[name="person"]').select_option(str(reviewer.pk))
    row.locator('button[form^="ask-"]').click()
    cio.page.wait_for_load_state()


def asks(cio: Visitor, reviewer: Person, code: str) -> None:
    ask(cio, reviewer, code)
    assert cio.page.locator(".toast.tone-error").count() == 0


def is_refused(cio: Visitor, reviewer: Person, code: str) -> None:
    """Who judged before is not asked a second time."""
    ask(cio, reviewer, code)
    assert reviewer.name in cio.tells(".toast.tone-error")


def review_blind(
    reviewer: Visitor,
    review: int,
    *,
    copies: int,
    grades: list[Grading],
    advice: str = ADVICE,
    show: str = "",
) -> None:
    """Grade what is called by a code; neither the page nor a file served says whose work it is."""
    reviewer.go("/me/reviews/")
    assert TEACHER not in reviewer.page.content()
    reviewer.go(f"/me/reviews/{review}/")
    for address in cleaned_files(reviewer, copies):
        answer = reviewer.page.request.get(address)
        assert (answer.status, TEACHER in str(answer.headers)) == (200, False)
    assert TEACHER not in reviewer.page.content()
    if show:
        reviewer.show(show)
        reviewer.page.reload()  # a picture leaves empty style attributes, which the page's policy forbids to copy
    grade(reviewer, grades, advice)
    reviewer.press("/finish/")


def decide(cio: Visitor, submission: int) -> None:
    """Release the result with advice."""
    cio.go(f"{SCHOOL}/submissions/{submission}/")
    cio.page.fill("#decide-note", ADVICE)
    cio.press("/decide/")


def open_round(cio: Visitor) -> None:
    cio.go(f"{SCHOOL}/return/")
    cio.press("/return/open/")


def file(cio: Visitor, principal: Visitor) -> None:
    """Published, signed by the principal, filed."""
    cio.go(f"{SCHOOL}/return/")
    cio.press("/return/publish/")
    principal.go(f"{SCHOOL}/return/")
    principal.press("/return/sign/")
    cio.go(f"{SCHOOL}/return/")
    cio.press("/return/file/")


def draw(office: Visitor, witness: str) -> None:
    """Plan, freeze, draw with what a witness says, and spread over the experts; the draw's page stands open."""
    office.go("/alpha/draws/")
    office.leave_by(office.page.locator("[data-batch-submit]"))
    office.show("plan")
    office.press("/draws/freeze/")
    office.show("planned")
    assert office.page.locator("tbody").count() == 0  # nothing is drawn yet
    office.page.fill('input[name="words"]', witness)
    office.press("/draw/")
    assert witness in office.tells()
    office.press("/assign/")


def judge(expert: Visitor, case: int, grades: list[Grading], reasons: str = ADVICE) -> None:
    """An expert judges a case from copies, without learning whose it is."""
    expert.go(f"/me/cases/{case}/")
    cleaned_files(expert, len(grades))
    assert TEACHER not in expert.page.content()
    grade(expert, grades, reasons)
    expert.press("/finish/")


def overturn(office: Visitor, case: int) -> None:
    office.go(f"/alpha/cases/{case}/")
    step(office, "overturn", NOT_PASSED)


def uphold(office: Visitor, case: int) -> None:
    office.go(f"/alpha/cases/{case}/")
    office.press("/uphold/")


def send_back_for_rectification(office: Visitor, school_return: int) -> None:
    """The whole return goes back, with a due day."""
    office.go(f"/alpha/returns/{school_return}/")
    step(office, "rectify", WHY, days=14)
    office.show("return-sent-back")


def step(visitor: Visitor, action: str, words: str, days: int = 0) -> None:
    """Open a step that asks for words (and for a day), say them and take it."""
    visitor.page.locator(f'details:has(form[action$="/{action}/"]) > summary').click()
    visitor.page.fill(f"#note-{action}", words)
    if days:
        visitor.page.fill(f"#due-{action}", (today() + timedelta(days=days)).isoformat())
    visitor.press(f"/{action}/")


def call_others(cio: Visitor, guest: Person) -> None:
    """Call a reviewer from another school, and delegate the panel to the training team."""
    cio.go(f"{SCHOOL}/people/roles/")
    cio.page.fill("#outsider-name", guest.name)
    cio.leave_by(cio.page.locator("form:has(#outsider-name) button"))
    cio.page.check(f'input[name="person"][value="{guest.pk}"]')
    cio.page.fill("#outsider-reason", WHY)
    cio.press("/outsiders/")
    cio.go(f"{SCHOOL}/panel/")
    cio.page.locator('details:has(form[action$="/panel/delegate/"]) > summary').click()
    cio.press("/panel/delegate/")
    cio.show("panel-delegated")


def spread_over_all(cio: Visitor) -> None:
    cio.go(f"{SCHOOL}/panel/")
    cio.leave_by(cio.page.locator('button[name="all"]'))
