"""November in the demonstration year: the draw, its verdict, appeals, a lenient school sent back, acceptance."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from assessment.checking.appeals import actions as appeals
from assessment.checking.appeals.models import Appeal
from assessment.checking.appeals.queries import eligible_hearers
from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.drawing.verdicts import Standing, conclusion_of, verdict_of
from assessment.checking.figures import figures_by_school
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.results.rectifying import rectify_return
from assessment.reviewing.panels import delegating
from assessment.submitting.models import Submission, SubmissionState
from portal.demo.year import Year
from schools.clock import now
from schools.organisations.models import School

WITH_ALL = ("person", "school", "point", "programme", "participant")
WHY_APPEAL = "第二项的量规里写明了学生自评，见材料第三页，请再看一次。"
VOTES = ("材料第三页确有学生自评，原结论不成立。", "量规与标准一致，原结论依据不足。")
AGAINST = ("复核材料后仍看不出技术支持的过程，维持原结论。", "与合格标准的首条要求不符，维持原结论。")
SENT_BACK = "抽查发现多份材料不是本人课堂的证据，全部已通过的能力点须换人重新评审。"


@dataclass
class Round:
    """One round of spot checks; `bad` are passed submissions that experts will not bear out."""

    year: Year
    lenient: School | None = None
    bad: set[int] = field(default_factory=set)
    report: dict[str, Any] = field(default_factory=dict)


def check(year: Year, schools: list[School], seed: str, *, leniency: float | None = None) -> dict[str, Any]:
    """Draw, judge blind, hear an appeal, send a lenient school's return back, accept; returns the verdicts.

    `leniency` is the share of bad work that one school lets pass; without it every third case is overturned.
    """
    lap = Round(year)
    if leniency is not None:
        lap.lenient = largest(schools)
        lap.bad = bad_work(year, lap.lenient, leniency)
    drawn = year.judging.draw(seed, is_proving=leniency is not None)
    if drawn is None:
        return {}
    judge(lap, drawn)
    year.counts["cases"] += drawn.size
    year.counts["overturned"] += drawn.cases.filter(state=CaseState.OVERTURNED).count()
    lap.report["verdict"] = verdict_of(drawn).whole.sentence
    found = [conclude(lap, school, drawn) for school in schools]
    if lap.lenient is not None:
        put_right(lap, lap.lenient, seed)
    else:
        appeal_against_a_verdict(year, drawn)
    for row in found:
        row.refresh_from_db(fields=["state"])
        if row.state == ReturnState.FILED:
            year.judging.accept(row.school)
    year.counts["returns accepted"] += len(schools)
    rectify_some(year, schools)
    return lap.report


def largest(schools: list[School]) -> School:
    """Return the school with most passed work."""
    passed = Submission.objects.filter(state=SubmissionState.PASSED)
    return max(schools, key=lambda school: (passed.filter(school=school).count(), -school.pk))


def bad_work(year: Year, school: School, leniency: float) -> set[int]:
    """Choose which of the school's passed work the experts will not bear out."""
    passed = Submission.objects.filter(school=school, state=SubmissionState.PASSED).order_by("pk")
    ids = list(passed.values_list("pk", flat=True))
    return set(year.rng.sample(ids, max(1, round(len(ids) * leniency))))


def judge(lap: Round, drawn: Draw) -> None:
    """Every case goes to experts, who judge it blind; the office decides."""
    rows = drawn.cases.select_related("submission__point", "submission__school", "school", "draw__programme")
    for number, case in enumerate(rows.filter(state=CaseState.DRAWN).order_by("position")):
        is_bad = case.submission_id in lap.bad if lap.lenient else number % 3 == 0
        lap.year.judging.give_out(case)
        lap.year.judging.judge(case, is_overturned=is_bad)


def conclude(lap: Round, school: School, drawn: Draw) -> SchoolReturn:
    """Say what the draw shows of the school; returns its return."""
    rows = SchoolReturn.objects.filter(school=school, draws__draw=drawn).select_related("school", "programme")
    row = rows.get()
    conclusion = conclusion_of(row, drawn)
    if conclusion is not None:
        sentence = f"{school.name}: {conclusion.sentence} {conclusion.standing.label}"
        lap.report.setdefault("schools", {})[school.slug] = sentence
        lap.year.say(sentence)
        if conclusion.standing is not Standing.KEPT:
            lap.report.setdefault("found", []).append(school.slug)
    return row


def appeal_against_a_verdict(year: Year, drawn: Draw) -> Appeal | None:
    """The first teacher whose work was overturned objects, the votes are equal to none, and it is restored."""
    case = drawn.cases.filter(state=CaseState.OVERTURNED).order_by("position").first()
    if case is None:
        return None
    submission = Submission.objects.select_related(*WITH_ALL).get(pk=case.submission_id)
    return appeal(year, submission, is_granted=True)


def appeal_against_a_decision(year: Year, schools: list[School]) -> Appeal | None:
    """Somebody who failed objects; those who hear it let the result stand."""
    failed = Submission.objects.filter(school__in=schools, state=SubmissionState.FAILED)
    submission = failed.filter(participant__ends_on__isnull=True).select_related(*WITH_ALL).last()
    return appeal(year, submission, is_granted=False) if submission else None


def appeal(year: Year, submission: Submission, *, is_granted: bool) -> Appeal | None:
    """Lodge, hear and answer an appeal."""
    people = eligible_hearers(submission)[:2]
    if len(people) < 2:
        return None
    lodged = appeals.lodge(submission=submission, reason=WHY_APPEAL, by=year.demo.acting(submission.person))
    appeals.ask(appeal=lodged, people=people, by=year.office)
    reasons = VOTES if is_granted else AGAINST
    for hearing, words in zip(lodged.hearings.select_related("person", "appeal"), reasons, strict=True):
        by = year.demo.acting(hearing.person)
        appeals.vote(hearing=hearing, is_for=is_granted, reasons=words, by=by)
    lodged.refresh_from_db()
    answer = appeals.grant if is_granted else appeals.dismiss
    answer(appeal=lodged, note=reasons[0], by=year.office)
    year.counts["appeals granted" if is_granted else "appeals dismissed"] += 1
    return lodged


def put_right(lap: Round, school: School, seed: str) -> None:
    """The lenient school's return goes back: its panel is delegated, all is decided anew, filed and drawn again."""
    year = lap.year
    row = SchoolReturn.objects.select_related("school", "programme").get(
        school=school, state=ReturnState.FILED
    )
    if not SpotCheckCase.objects.filter(school=school, state=CaseState.OVERTURNED).exists():
        return
    figures = figures_by_school(year.demo.programme, [school])[school.pk]
    lap.report["lenient"] = {"school": school.slug, "leniency": figures.leniency, "held": figures.pass_rate}
    rectify_return(school_return=row, why=SENT_BACK, due_at=now() + timedelta(days=21), by=year.office)
    year.counts["returns rectified"] += 1
    delegating.delegate(school=school, reason=SENT_BACK, by=year.office)
    redo(year, school)
    for submission_id in lap.bad:
        year.fates[submission_id] = "failed"
    year.review([school])
    year.decide([school])
    lap.bad.clear()
    year.judging.file_return(school)
    again = year.judging.draw(f"{seed}-again", is_proving=True)
    if again is not None:
        judge(lap, again)
        lap.report["after rectification"] = verdict_of(again).whole.sentence
    year.judging.accept(school)
    delegating.take_back(school=school, by=year.office)


def redo(year: Year, school: School) -> None:
    """The teachers of overturned work hand it in anew, item by item."""
    returned = Submission.objects.filter(school=school, state=SubmissionState.RETURNED)
    for submission in returned.filter(participant__ends_on__isnull=True).select_related(*WITH_ALL):
        if year.teachers.is_chosen(submission):
            year.teachers.lay_evidence(submission)
            year.teachers.submit(submission)
            year.counts["put right"] += 1


def rectify_some(year: Year, schools: list[School]) -> None:
    """Every second overturned piece may be put right."""
    gone = Submission.objects.filter(school__in=schools, state=SubmissionState.OVERTURNED)
    for submission in gone.select_related(*WITH_ALL).order_by("pk")[::2]:
        year.judging.rectify(submission)
