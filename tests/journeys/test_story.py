"""The whole year in the browser: from the roster to a certificate by seven people, verified by a stranger."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast import World
from tests.journeys.conftest import Enter
from tests.journeys.pages import PASSWORD, PHONE, Visitor, cleaned_files, grade
from tests.journeys.props import TEACHER, address_in, evidence, roster, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACCOUNT = "chenjingyi"
CHOSEN = ("A1", "A5", "A9", "A11")  # 4 + 5 + 6 + 7 = 22 credits
POINT = "A9"  # a plan (document), the activity (picture or film), what pupils took from it (document or film)
SCHOOL = "/alpha/east"
ADVICE = "目标清楚，证据完整；下次请说明数据怎样改变了您的教学安排。"
WITNESS = "当日福彩开奖号 05 12 23"
REASON = "证书上的成绩登记有误，县教体局将重新核发。"


def test_seven_people_play_the_year_and_a_stranger_verifies(
    set_out: World, worker: None, enter: Enter, tmp_path: Path
) -> None:
    alpha = set_out.alpha
    east = alpha.schools[0]
    office, cio = enter(alpha["county-office"]), enter(east["cio"])

    import_roster(office, roster(tmp_path / "名册.xlsx", east.school.name))
    enrol(office)
    teacher = enter(size=PHONE)
    activate(teacher, code=printed_code(cio))

    choose(teacher)
    confirm(cio)
    submit(teacher, evidence(tmp_path / "evidence"))

    assign(cio, [east["reviewer"].pk, east["reviewer2"].pk])
    review(enter(east["reviewer"]), "reviewer")
    review(enter(east["reviewer2"]), "second-reviewer")
    decide(cio)

    publish(cio)
    sign(enter(east["principal"]))
    file(cio)

    draw(office, expert=alpha["expert"].pk)
    judge(enter(alpha["expert"]))
    accept(office)
    number = issue(office)

    certificate = download(teacher, tmp_path / "certificate.pdf")
    text = text_of(certificate)
    assert (TEACHER in text, number in text) == (True, True)

    stranger, address = enter(size=PHONE), address_in(certificate)
    verify(stranger, address, number, "excellent")
    revoke(office, number)
    verify(stranger, address, number, "bad")
    assert REASON in stranger.tells()


def import_roster(office: Visitor, path: Path) -> None:
    office.show("office-home")
    office.go("/alpha/people/import/")
    office.show("office-roster")
    office.send("form[data-upload]", path)
    assert TEACHER in office.tells()
    office.show("office-roster-preview")
    office.press("/commit/")
    office.show("office-roster-written")
    office.go("/alpha/people/?q=cjy")
    assert office.page.locator("tbody th").all_inner_texts() == [TEACHER]
    office.show("office-people")


def enrol(office: Visitor) -> None:
    office.go("/alpha/programme/")
    office.press("/programme/enrol/")
    office.show("office-programme")


def printed_code(cio: Visitor) -> str:
    """Print the school's activation slips; return what stands on the teacher's."""
    cio.show("cio-home")
    cio.go(f"{SCHOOL}/people/")
    cio.show("cio-people")
    cio.press("/people/codes/")
    cio.show("cio-slips")
    return cio.tells(f'section[aria-label="{TEACHER}"] .code-big')


def activate(teacher: Visitor, code: str) -> None:
    teacher.go("/")
    teacher.show("front")
    teacher.go("/activate/")
    typed = {"code": code, "username": ACCOUNT, "password": PASSWORD, "password_again": PASSWORD}
    for name, value in typed.items():
        teacher.page.fill(f'input[name="{name}"]', value)
    teacher.show("teacher-activates")
    teacher.press("/activate/")
    assert teacher.path == "/me/"
    teacher.show("teacher-home")


def choose(teacher: Visitor) -> None:
    teacher.go("/me/selection/")
    propose = teacher.page.locator("[data-selection-submit]")
    for number, code in enumerate(CHOSEN):
        expect(propose).to_be_disabled()
        teacher.page.check(f'input[name="points"][value="{code}"]')
        if number == 0:
            teacher.show("teacher-chooses")
    assert teacher.tells("[data-selection-total]") == "22"
    teacher.page.fill('textarea[name="problem"]', "学生课堂上不敢发言，我看不到每个人学到了哪里。")
    teacher.page.fill('textarea[name="goal"]', "每节课用一次数据，调整下一步的教学。")
    teacher.page.fill('input[name="measure"]', "期末前两节课的学情数据，组内展示。")
    teacher.show("teacher-has-chosen")
    teacher.press("/selection/propose/")
    teacher.show("teacher-has-proposed")


def confirm(cio: Visitor) -> None:
    """The CIO endorses in the group's place, and confirms: each time by ticking in the list."""
    for state, act in (("proposed", "endorse"), ("endorsed", "confirm")):
        cio.go(f"{SCHOOL}/selections/?state={state}")
        cio.page.check("[data-select-all]")
        if act == "endorse":
            cio.page.fill("#batch-note", "先做学情分析，五月上一节研讨课。")
        cio.show(f"cio-{act}s")
        cio.leave_by(cio.page.locator("[data-batch-submit]"))
    cio.go(f"{SCHOOL}/selections/?state=confirmed")
    assert cio.page.locator("tbody th").all_inner_texts() == [TEACHER]


def submit(teacher: Visitor, files: list[Path]) -> None:
    teacher.go("/me/")
    teacher.press(f"/begin/{POINT}/")
    teacher.show("teacher-begins")
    items = teacher.page.locator('article[id^="item-"]')
    names = [items.nth(number).get_attribute("id") for number in range(items.count())]
    for name, path in zip(names, files, strict=True):
        teacher.page.locator(f'#{name} form[data-uploads] input[type="file"]').first.set_input_files(path)
        expect(teacher.page.locator(f"#{name} .file", has_text=path.name)).to_be_visible()
        assert path.name in teacher.tells(f"#{name}")
    teacher.page.check('input[name="is_own_work"]')
    teacher.show("teacher-is-ready")
    teacher.press("/submit/")
    teacher.show("teacher-has-submitted")


def assign(cio: Visitor, reviewers: list[int]) -> None:
    cio.go(f"{SCHOOL}/panel/")
    cio.show("cio-panel")
    for reviewer in reviewers:
        cio.page.select_option('select[name="person"]', str(reviewer))
        cio.leave_by(cio.page.locator('button[form^="ask-"]'))
    cio.show("cio-panel-asked")


def review(reviewer: Visitor, name: str) -> None:
    """Grade every item by clicking, best first; the one item both find good keeps the point at a pass."""
    reviewer.go("/me/reviews/")
    reviewer.show(f"{name}-queue")
    reviewer.follow("/me/reviews/")
    grade(reviewer, [0, 1, 0], ADVICE)
    reviewer.show(f"{name}-grades")
    reviewer.press("/finish/")
    reviewer.show(f"{name}-has-finished")


def decide(cio: Visitor) -> None:
    cio.go(f"{SCHOOL}/submissions/")
    cio.show("cio-results")
    cio.follow(f"{SCHOOL}/submissions/")
    cio.page.fill("#decide-note", ADVICE)
    cio.show("cio-decides")
    cio.press("/decide/")
    cio.show("cio-has-decided")


def publish(cio: Visitor) -> None:
    cio.go(f"{SCHOOL}/return/")
    cio.press("/return/open/")
    cio.show("cio-return")
    cio.press("/return/publish/")


def sign(principal: Visitor) -> None:
    principal.show("principal-home")
    principal.go(f"{SCHOOL}/return/")
    principal.show("principal-return")
    principal.press("/return/sign/")
    principal.show("principal-has-signed")


def file(cio: Visitor) -> None:
    cio.go(f"{SCHOOL}/return/")
    cio.press("/return/file/")
    cio.show("cio-has-filed")


def draw(office: Visitor, expert: int) -> None:
    """Plan, freeze and draw with a witness, and give everything drawn to one expert."""
    office.go("/alpha/draws/")
    office.show("office-draws")
    office.leave_by(office.page.locator("[data-batch-submit]"))
    office.show("office-plans-the-draw")
    office.press("/draws/freeze/")
    office.page.fill('input[name="words"]', WITNESS)
    office.show("office-has-frozen-the-frame")
    office.press("/draw/")
    assert WITNESS in office.tells()
    office.page.check("[data-select-all]")
    office.page.locator('form[action$="/assign/"] details summary').click()
    office.page.check(f'input[name="experts"][value="{expert}"]')
    office.show("office-draw")
    office.leave_by(office.page.locator("[data-batch-submit]"))
    office.show("office-has-given-out")


def judge(expert: Visitor) -> None:
    """The expert grades without learning whose work it is, neither from the page nor from its files."""
    expert.go("/me/cases/")
    assert TEACHER not in expert.page.content()
    expert.show("expert-cases")
    expert.leave_by(expert.page.locator('tbody a[href*="/me/cases/"]').first)
    assert TEACHER not in expert.page.content()
    files = cleaned_files(expert, 3)
    for address in files:
        answer = expert.page.request.get(address)
        assert (answer.status, TEACHER in str(answer.headers)) == (200, False)
    grade(expert, [1, 1, 1], ADVICE)
    expert.show("expert-grades")
    expert.press("/finish/")
    expert.show("expert-has-finished")


def accept(office: Visitor) -> None:
    office.page.reload()
    office.press("/uphold/")
    office.show("office-upholds")
    office.go("/alpha/returns/")
    office.show("office-returns")
    office.follow("/alpha/returns/")
    office.show("office-return")
    office.press("/accept/")
    office.show("office-has-accepted")


def issue(office: Visitor) -> str:
    """Accepting asked for the certificate: wait at the job's page for the worker; return its number."""
    office.go("/jobs/")
    office.follow("/jobs/")
    expect(office.page.locator(".job .meter-figure")).to_contain_text("1 / 1", timeout=40_000)
    expect(office.page.locator(".job[aria-busy]")).to_have_count(0)
    office.show("office-job")
    office.go("/alpha/certificates/")
    office.show("office-register")
    return office.tells("tbody th")


def download(teacher: Visitor, path: Path) -> Path:
    teacher.go("/me/")
    teacher.show("teacher-home-at-the-end")
    teacher.go("/me/portfolio/")
    teacher.show("teacher-portfolio")
    with teacher.page.expect_download() as download:
        teacher.page.locator('a[href*="/pdf/"]').click()
    download.value.save_as(path)
    return path


def verify(stranger: Visitor, address: str, number: str, tone: str) -> None:
    stranger.go(address)
    assert number in stranger.tells()
    assert TEACHER not in stranger.page.content()
    assert stranger.page.locator(f"article.tone-{tone}").count() == 1
    stranger.show(f"stranger-sees-{tone}")


def revoke(office: Visitor, number: str) -> None:
    office.follow("/alpha/certificates/")
    assert office.tells("h1") == number
    office.page.locator("details summary.button-danger").click()
    office.page.fill("#note-revoke", REASON)
    office.show("office-revokes")
    office.press("/revoke/")
    office.show("office-has-revoked")
