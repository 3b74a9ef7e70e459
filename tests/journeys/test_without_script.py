"""Without any script on a phone: a point chosen, sent up, submitted, graded, decided; hours refused."""

from pathlib import Path

import pytest
from django_scopes import scopes_disabled

from assessment.reviewing.actions import assign
from assessment.reviewing.models import Decision, Review, ReviewState
from assessment.selecting import actions as selecting
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.training.models import ClaimState, HourClaim
from assessment.training.queries import refusals_of
from microcapabilities.grades import Grade
from schools.people.models import User
from tests.cast import SchoolCast, World, acting
from tests.journeys import scenes
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, Visitor, grade
from tests.stories import ADVICE, CODES, document, grade_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(teacher: Visitor) -> None:
    teacher.follow("/me/selection/")
    for code in CODES:
        teacher.page.check(f'input[name="points"][value="{code}"]')
    teacher.page.fill('textarea[name="problem"]', "学生课堂上不敢发言。")
    teacher.page.fill('textarea[name="goal"]', "每节课用一次数据。")
    teacher.page.fill('input[name="measure"]', "期末前两节课的学情数据，组内展示。")
    teacher.press("/selection/propose/")


def submit(teacher: Visitor, files: list[Path]) -> None:
    """Begin the point, send two files to its first item in one go and one to the second, and submit."""
    teacher.go("/me/")
    teacher.press("/begin/A1/")
    for item, chosen in (("#item-1", files[:2]), ("#item-2", files[2:])):
        form = teacher.page.locator(f"{item} form[data-uploads]")
        form.locator('input[type="file"]').first.set_input_files(chosen)
        teacher.leave_by(form.locator("button[data-upload-send]"))
    teacher.page.check('input[name="is_own_work"]')
    teacher.press("/submit/")


def review(reviewer: Visitor) -> None:
    reviewer.follow("/me/reviews/")
    grade(reviewer, [0, 1], ADVICE)
    reviewer.press("/finish/")


def decide(cio: Visitor) -> None:
    """From the task of the school's home to the result, and release it."""
    cio.follow("/submissions/")
    cio.leave_by(cio.page.locator("tbody th a").first)
    cio.page.fill("#decide-note", ADVICE)
    cio.press("/decide/")


def confirm(east: SchoolCast) -> None:
    [choice] = Selection.objects.all()
    assert (choice.state, choice.chosen.count()) == (SelectionState.PROPOSED, len(CODES))
    selecting.endorse(selection=choice, agreed="Agreed after a talk.", by=acting(east["group-head"]))
    selecting.confirm(selection=choice, by=acting(east["cio"]))


def test_point_is_passed_without_script(set_out: World, enter: Enter, tmp_path: Path) -> None:
    east = set_out.alpha.schools[0]
    files = [tmp_path / f"{name}.docx" for name in ("方案", "附件", "报告")]
    for path in files:
        path.write_bytes(document(path.stem).read())
    teacher = enter(size=PHONE, has_script=False)
    with scopes_disabled():
        teacher.sign_in(User.objects.get(pk=east["teacher"].user_id).get_username())
        assert teacher.path == "/me/"
        choose(teacher)
        confirm(east)
        submit(teacher, files)
        [submission] = Submission.objects.all()
        laid = Evidence.objects.filter(attempt__submission=submission).order_by("pk")
        assert [piece.file.name for piece in laid.select_related("file")] == [path.name for path in files]
        assert submission.state == SubmissionState.SUBMITTED
        for who in ("reviewer", "reviewer2"):
            assign(submission=submission, reviewer=east[who], by=acting(east["cio"]))
        review(enter(east["reviewer"], PHONE, has_script=False))
        own, other = Review.objects.order_by("pk")
        grades = own.grades.order_by("item__number").values_list("grade", flat=True)
        assert (own.state, list(grades)) == (ReviewState.FINISHED, [Grade.EXCELLENT, Grade.PASS])
        grade_all(other, Grade.PASS)
        decide(enter(east["cio"], PHONE, has_script=False))
        submission.refresh_from_db()
        assert (submission.state, Decision.objects.get().advice) == (SubmissionState.PASSED, ADVICE)


def test_one_of_two_claims_is_refused_without_script(set_out: World, enter: Enter) -> None:
    scenes.attested_hours(set_out.alpha, set_out.alpha.schools[0])
    office = enter(set_out.alpha["county-office"], PHONE, has_script=False)
    with scopes_disabled():
        first, second = HourClaim.objects.order_by("pk")
        office.go("/alpha/hours/?school=east")
        row = office.page.locator("tbody tr").filter(
            has=office.page.locator(f'input[name="ids"][value="{first.pk}"]')
        )
        row.locator("summary").click()
        row.locator("textarea").fill("照片上没有日期。")
        office.press(f"{first.pk}/refuse/")
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == (ClaimState.REFUSED, ClaimState.ATTESTED)
        assert refusals_of([first]) == {first.pk: "照片上没有日期。"}
