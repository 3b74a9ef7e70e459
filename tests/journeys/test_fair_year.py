"""A fair year in the browser: blind reviews, a third one, a draw with a witness, put right and accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import translation
from django_scopes import scopes_disabled

from assessment.checking.cases.models import CaseState, Judgement, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.drawing.verdicts import Standing, verdict_of
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.programme.models import Programme
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Submission
from assessment.submitting.models import SubmissionState as S
from schools.people.models import Person
from tests.cast import CountyCast, SchoolCast, World
from tests.journeys import fair
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, WIDE, Visitor
from tests.journeys.props import TEACHER, evidence
from tests.stories import confirmed_selection, submission_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DISPUTED, PLAIN = "A9", "A5"
LATER = (41, 66, 79, 97)
WITNESSES = ("当日福彩开奖号 05 12 23", "次日气温二十一度")


@dataclass
class Given:
    """A school whose programme is blind and asks for two reviewers; the teacher's choice is confirmed."""

    alpha: CountyCast
    east: SchoolCast
    guest: Person
    enter: Enter
    inside: dict[int, Visitor] = field(default_factory=dict)

    def come(self, who: Person, size: tuple[int, int] = WIDE) -> Visitor:
        """Return somebody's browser; they come in once."""
        if who.pk not in self.inside:
            self.inside[who.pk] = self.enter(who, size)
        return self.inside[who.pk]

    def submission(self, code: str) -> Submission:
        return Submission.objects.get(school=self.east.school, point__code=code)

    def review(self, who: Person, code: str) -> Review:
        return Review.objects.get(person=who, submission=self.submission(code), state=ReviewState.ASSIGNED)

    @property
    def filed(self) -> SchoolReturn:
        return SchoolReturn.objects.get(school=self.east.school)


@pytest.fixture(autouse=True)
def unscoped() -> Iterator[None]:
    with scopes_disabled():
        yield


@pytest.fixture
def given(set_out: World, worker: None, enter: Enter) -> Given:
    alpha = set_out.alpha
    east, west = alpha.schools
    Programme.objects.update(is_blind=True)
    Person.objects.filter(pk=east["teacher"].pk).update(name=TEACHER)
    confirmed_selection(alpha, east)
    submission_at(alpha, east, S.PASSED, code=PLAIN)
    assert Programme.objects.get().reviews_needed == 2
    return Given(alpha, east, west["reviewer"], enter)


def test_a_split_a_draw_a_finding_and_a_return_put_right(given: Given, tmp_path: Path) -> None:
    cio, office = given.come(given.east["cio"]), given.come(given.alpha["county-office"])
    principal, teacher = given.come(given.east["principal"]), given.come(given.east["teacher"], PHONE)

    the_teacher_hands_in(teacher, tmp_path)
    two_reviewers_disagree_and_a_third_is_asked(given, cio)
    fair.decide(cio, given.submission(DISPUTED).pk)
    assert given.submission(DISPUTED).state == S.PASSED
    fair.open_round(cio)
    fair.file(cio, principal)
    assert (given.filed.state, given.filed.signed_by) == (ReturnState.FILED, given.east["principal"].user)

    fair.draw(office, WITNESSES[0])
    experts_judge(given, {DISPUTED: fair.NOT_PASSED})
    the_office_overturns_one_and_states_the_bound(office)
    fair.send_back_for_rectification(office, given.filed.pk)
    assert_all_is_decided_anew(given)

    others_are_called(given, cio)
    the_teacher_hands_in_again(given, teacher, tmp_path)
    others_review(given, cio)
    for code in (DISPUTED, PLAIN):
        fair.decide(cio, given.submission(code).pk)
    fair.file(cio, principal)

    fair.draw(office, WITNESSES[1])
    experts_judge(given, {})
    the_office_upholds_and_accepts(given, office)
    assert_the_end(given)


def the_teacher_hands_in(teacher: Visitor, folder: Path) -> None:
    teacher.go("/me/")
    teacher.press(f"/begin/{DISPUTED}/")
    fair.hand_in(teacher, evidence(folder / "first"))


def two_reviewers_disagree_and_a_third_is_asked(given: Given, cio: Visitor) -> None:
    """One lets it pass, the other does not; the portal asks the third person of the panel by itself."""
    first, second, third = (given.east[name] for name in ("reviewer", "reviewer2", "reviewer3"))
    for who in (first, second):
        fair.asks(cio, who, DISPUTED)
    one, other = given.review(first, DISPUTED), given.review(second, DISPUTED)
    reviewer = given.come(first)
    reviewer.go(f"/me/reviews/{one.pk}/")
    assert (one.code in reviewer.tells("h1 + *, .page-head"), one.code != other.code) == (True, True)
    fair.review_blind(reviewer, one.pk, copies=3, grades=[1, 1, 1], show="blind-review")
    assert not Review.objects.filter(is_third=True).exists()
    fair.review_blind(given.come(second), other.pk, copies=3, grades=[2, 1, 1], advice=fair.NOT_PASSED)
    further = Review.objects.get(is_third=True)
    assert (further.person, further.state, further.is_blind) == (third, ReviewState.ASSIGNED, True)
    fair.review_blind(given.come(third), further.pk, copies=3, grades=[1, 1, 1])


def experts_judge(given: Given, against: dict[str, str]) -> None:
    """Each expert judges their cases; a case whose point is in `against` does not pass."""
    for judgement in Judgement.objects.filter(finished_at__isnull=True).select_related("case", "expert"):
        why = against.get(judgement.case.submission.point.code, "")
        expert = given.come(judgement.expert)
        fair.judge(expert, judgement.case_id, [2 if why else 1, 1, 1], why or fair.ADVICE)


def case_of(code: str) -> SpotCheckCase:
    return SpotCheckCase.objects.get(submission__point__code=code)


def the_office_overturns_one_and_states_the_bound(office: Visitor) -> None:
    fair.overturn(office, case_of(DISPUTED).pk)
    fair.uphold(office, case_of(PLAIN).pk)
    drawn = Draw.objects.get()
    office.go(f"/alpha/draws/{drawn.pk}/")
    office.show("verdict")
    with translation.override("zh-hans"):
        found = verdict_of(drawn).whole
        assert found.sentence in office.tells("section:has(#verdict)")
    assert (found.frame, found.drawn, found.failed, found.most_bad) == (2, 2, 1, 1)
    assert found.standing == Standing.EXCEEDED


def assert_all_is_decided_anew(given: Given) -> None:
    """The overturned work is the teacher's again, the other waits for others; what was judged stays on record."""
    assert given.filed.state == ReturnState.OPEN
    assert (given.submission(DISPUTED).state, given.submission(PLAIN).state) == (S.RETURNED, S.SUBMITTED)
    set_aside = Review.objects.filter(state=ReviewState.SET_ASIDE).values_list("submission__point__code")
    assert list(set_aside) == [(PLAIN,), (PLAIN,)]


def others_are_called(given: Given, cio: Visitor) -> None:
    """The first reviewers are refused; a guest and the training team take their place."""
    fair.is_refused(cio, given.east["reviewer"], PLAIN)
    fair.call_others(cio, given.guest)
    offered = cio.page.locator('select[name="person"] option').evaluate_all(
        "all => all.map(one => one.value)"
    )
    assert set(offered) == {"", str(given.guest.pk), str(given.alpha["trainer"].pk)}


def the_teacher_hands_in_again(given: Given, teacher: Visitor, folder: Path) -> None:
    teacher.go(f"/me/submissions/{given.submission(DISPUTED).pk}/")
    assert fair.WHY in teacher.tells("section:has(#came-back)")
    teacher.show("teacher-puts-right")
    fair.hand_in(teacher, evidence(folder / "second", LATER))
    assert given.submission(DISPUTED).state == S.SUBMITTED


def others_review(given: Given, cio: Visitor) -> None:
    """Of what was redone, both see the old beside the new."""
    fair.spread_over_all(cio)
    for who in (given.guest, given.alpha["trainer"]):
        other = given.come(who)
        for code, copies in ((DISPUTED, 6), (PLAIN, 3)):
            review = given.review(who, code).pk
            fair.review_blind(
                other, review, copies=copies, grades=[1, 1, 1], show="anew" if copies == 6 else ""
            )


def the_office_upholds_and_accepts(given: Given, office: Visitor) -> None:
    drawn = Draw.objects.latest("pk")
    office.go(f"/alpha/draws/{drawn.pk}/")
    office.press(f"/draws/{drawn.pk}/uphold/")
    with translation.override("zh-hans"):
        assert verdict_of(drawn).whole.sentence in office.tells("section:has(#verdict)")
    office.go(f"/alpha/returns/{given.filed.pk}/")
    office.press("/accept/")
    office.show("return-accepted")


def assert_the_end(given: Given) -> None:
    """Both are accepted, in a return that was filed twice and drawn from twice."""
    assert (given.filed.state, given.filed.filings) == (ReturnState.ACCEPTED, 2)
    assert (given.submission(DISPUTED).state, given.submission(PLAIN).state) == (S.ACCEPTED, S.ACCEPTED)
    assert [draw.words for draw in Draw.objects.order_by("pk")] == list(WITNESSES)
    cases = SpotCheckCase.objects.values_list("draw__words", "submission__point__code", "state")
    assert set(cases) == {
        (WITNESSES[0], DISPUTED, CaseState.OVERTURNED),
        (WITNESSES[0], PLAIN, CaseState.UPHELD),
        (WITNESSES[1], DISPUTED, CaseState.UPHELD),
        (WITNESSES[1], PLAIN, CaseState.UPHELD),
    }
    judged = {row.person_id for row in Review.objects.filter(state=ReviewState.FINISHED, attempt__number=2)}
    assert judged == {given.guest.pk, given.alpha["trainer"].pk}
    assert given.submission(DISPUTED).rounds.count() == 2
