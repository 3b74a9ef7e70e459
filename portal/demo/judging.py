"""What schools, experts and the office do in the demonstration year: review, decide, file, check, accept."""

import random
from datetime import timedelta

from assessment.checking import returns, spot_checks
from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.drawing import actions as drawing
from assessment.checking.drawing.models import Claim, Draw, StratumBy
from assessment.checking.drawing.proposing import ASSUMED_MINUTES, Asked, propose
from assessment.checking.drawing.strata import frame_of
from assessment.checking.experts import eligible_experts
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.queries import drawable, latest_return, undrawn_returns
from assessment.checking.results import decisions, rectifying
from assessment.reviewing import actions as reviewing
from assessment.reviewing.grading import computed_grade
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from portal.demo.county import DemoCounty
from schools.clock import now
from schools.organisations.models import School
from schools.people.models import Person

ADVICE = (
    "目标具体，证据完整；下次请写明数据怎样改变了教学决定。",
    "技术用在了学生的困难处。建议保留一份学生作品作为对照。",
    "片段清楚地呈现了师生互动；反思还可以多谈没有做到的部分。",
    "方案可操作，评价标准学生看得懂。建议与同组教师再研磨一次。",
)
FAILING = "材料与本能力点的要求不符：没有体现技术支持下的教学过程。请对照合格标准重做，并先与教研组长商量。"
TAKEN_BACK = "一位评审的备注与评分不一致，先收回，补充说明后重新认定。"
WITNESS = "见证人：今日小雨转晴"
OVERTURNED = "抽查发现主要证据不是本人课堂的材料，与说明不符。"


class Judging:
    """Reviewers, deciders, principals, experts and the office of the county."""

    def __init__(self, demo: DemoCounty, rng: random.Random) -> None:
        self.demo = demo
        self.rng = rng
        self.office = demo.acting(demo.office)

    def decider(self, submission: Submission) -> Person:
        staff = self.demo.staff_of(submission.school)
        return staff.deputy if staff.cio.pk == submission.person_id else staff.cio

    def assign(self, school: School) -> int:
        """Ask reviewers for everything that waits, in balance; returns how many were asked."""
        cio = self.demo.acting(self.demo.staff_of(school).cio)
        return len(reviewing.assign_waiting(school=school, by=cio).pairs)

    def open_reviews(self, school: School) -> list[Review]:
        return list(
            Review.objects.filter(school=school, state=ReviewState.ASSIGNED)
            .select_related(
                "person", "submission__point", "submission__school", "submission__programme", "attempt"
            )
            .order_by("pk")
        )

    def review(self, review: Review, *, is_failing: bool) -> None:
        """Grade every item and finish with advice."""
        reviewer = self.demo.acting(review.person)
        items = items_of(review.submission)
        grades = {item.pk: self.rng.choice((Grade.PASS, Grade.EXCELLENT, Grade.EXCELLENT)) for item in items}
        if is_failing:
            grades[items[0].pk] = Grade.FAIL
        advice = FAILING if is_failing else self.rng.choice(ADVICE)
        reviewing.save_grades(review=review, grades=grades, remarks={}, advice=advice, by=reviewer)
        reviewing.finish(review=review, by=reviewer)

    def decide(self, submission: Submission) -> None:
        advice = FAILING if computed_grade(submission) == Grade.FAIL else self.rng.choice(ADVICE)
        reviewing.decide(submission=submission, advice=advice, by=self.demo.acting(self.decider(submission)))

    def waiting_decisions(self, school: School) -> list[Submission]:
        """Return submitted work with all its reviews finished."""
        open_ones = Review.objects.filter(school=school, state=ReviewState.ASSIGNED).values("submission_id")
        return list(
            Submission.objects.filter(school=school, state=SubmissionState.SUBMITTED)
            .exclude(pk__in=open_ones)
            .filter(reviews__state=ReviewState.FINISHED)
            .select_related("point", "person", "school", "programme", "participant")
            .distinct()
            .order_by("pk")
        )

    def send_back(self, submission: Submission) -> None:
        reviewing.send_back(
            submission=submission,
            items=items_of(submission)[:1],
            advice="第一项材料打不开里面的图表，请换成可读的版本。",
            due_at=now() + timedelta(days=14),
            by=self.demo.acting(self.decider(submission)),
        )

    def take_back(self, submission: Submission) -> None:
        decisions.take_back(
            submission=submission, why=TAKEN_BACK, by=self.demo.acting(self.decider(submission))
        )

    def reopen(self, submission: Submission) -> None:
        decisions.reopen(
            submission=submission,
            advice="请按评审意见重做第一项，保留其余材料。",
            due_at=now() + timedelta(days=14),
            by=self.demo.acting(self.decider(submission)),
        )

    def publish(self, school: School) -> SchoolReturn:
        cio = self.demo.acting(self.demo.staff_of(school).cio)
        row = returns.open_round(programme=self.demo.programme, school=school, by=cio)
        returns.publish(school_return=row, by=cio)
        return row

    def file_return(self, school: School) -> SchoolReturn:
        """Publish, sign and file the school's return."""
        staff = self.demo.staff_of(school)
        row = self.publish(school)
        returns.sign(school_return=row, by=self.demo.acting(staff.principal))
        returns.file(school_return=row, by=self.demo.acting(staff.cio))
        return row

    def send_return_back(self, school: School) -> None:
        row = latest_return(self.demo.programme, school)
        returns.send_back(school_return=row, why="两位教师的实践学时尚未认定，请核对后重报。", by=self.office)

    def plan(self, seed: str, *, is_proving: bool = False) -> Draw | None:
        """Plan a draw from all filed returns that none covers yet, with something from every school.

        It draws a tenth, or as many as prove the tolerance at every school.
        """
        filed = list(undrawn_returns(self.demo.programme))
        frame = frame_of(drawable(filed), StratumBy.SCHOOL)
        if not frame:
            return None
        year = self.demo.programme
        claim = Claim.STRATA if is_proving else Claim.COUNTY
        percent = None if is_proving else max(year.sample_percent, 10)
        asked = Asked(claim, year.tolerance_percent, year.confidence_percent, percent)
        return drawing.plan(
            programme=year,
            returns=filed,
            sizes=propose(frame, asked, experts=year.experts_per_case, minutes=ASSUMED_MINUTES).sizes,
            claim=claim,
            stratum_by=StratumBy.SCHOOL,
            by=self.office,
            seed=seed,
        )

    def draw(self, seed: str, *, is_proving: bool = False) -> Draw | None:
        """Plan and draw before a witness."""
        planned = self.plan(seed, is_proving=is_proving)
        return drawing.draw(planned=planned, words=WITNESS, by=self.office) if planned else None

    def give_out(self, case: SpotCheckCase) -> None:
        experts = eligible_experts(case)
        chosen = self.rng.sample(experts, self.demo.programme.experts_per_case)
        spot_checks.give_to_experts(case=case, experts=chosen, by=self.office)

    def judge(self, case: SpotCheckCase, *, is_overturned: bool) -> None:
        """The experts grade blind; the office upholds or overturns."""
        items = items_of(case.submission)
        for judgement in case.judgements.select_related(
            "expert", "case__submission__point", "case__submission__school"
        ):
            expert = self.demo.acting(judgement.expert)
            grades = {item.pk: Grade(min(case.listed_grade, Grade.EXCELLENT)) for item in items}
            if is_overturned:
                grades[items[0].pk] = Grade.FAIL
            reasons = OVERTURNED if is_overturned else "材料真实、完整，等级恰当。"
            spot_checks.save_judgement(judgement=judgement, grades=grades, advice=reasons, by=expert)
            spot_checks.finish_judgement(judgement=judgement, by=expert)
        case.refresh_from_db()
        if is_overturned:
            spot_checks.overturn(case=case, why=OVERTURNED, by=self.office)
        else:
            spot_checks.uphold(case=case, by=self.office)

    def rectify(self, submission: Submission) -> None:
        rectifying.rectify(
            submission=submission,
            advice="请用本人本学期的课堂材料重做全部项目。",
            due_at=now() + timedelta(days=21),
            by=self.office,
        )

    def accept(self, school: School) -> None:
        row = SchoolReturn.objects.get(programme=self.demo.programme, school=school, state=ReturnState.FILED)
        returns.accept(school_return=row, by=self.office)
