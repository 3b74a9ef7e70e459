"""Random walks against the submission's table: every published step is taken, nothing else ever happens."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django_scopes import scope, scopes_disabled
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.checking import returns, spot_checks
from assessment.checking.appeals.models import Appeal, AppealState
from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.queries import drawable
from assessment.checking.results import decisions, rectifying
from assessment.checking.results.renewing import set_aside
from assessment.checks import broken_chains
from assessment.events import Event
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting import actions as submitting
from assessment.submitting.models import SUBMISSION, Submission, SubmissionState
from assessment.submitting.queries import items_of, latest_submitted, open_attempt
from assessment.workflow import move
from microcapabilities.grades import Grade
from schools.clock import now
from schools.refusals import Refused
from tests.cast import World, acting, the_world
from tests.stories import ADVICE, begun_submission, draw_all, fill, grade_all, programme

STEPS, EXAMPLES = 45, 60
ACTIONS = sorted(SUBMISSION.steps)


class Walk:
    """One submission and everybody who may touch it; each step either moves by the table or is refused."""

    taken: Counter[str] = Counter()
    tried = 0

    def __init__(self, world: World, submission: Submission) -> None:
        self.alpha = world.alpha
        self.east, self.west = world.alpha.schools
        self.submission = submission
        self.office, self.cio = acting(self.alpha["county-office"]), acting(self.east["cio"])
        self.teacher, self.expert = acting(self.east["teacher"]), acting(self.alpha["expert"])

    def step(self, action: str, rng: random.Random) -> None:
        """Try one action, preparing what it needs half of the time, and hold the table against what happened."""
        Walk.tried += 1
        self.submission.refresh_from_db()
        before, events = self.submission.state, self.events()
        try:
            getattr(self, f"try_{action.replace('-', '_')}")(rng)
        except Refused:
            self.submission.refresh_from_db()
            assert (self.submission.state, self.events()) == (before, events)
            return
        self.submission.refresh_from_db()
        new = Event.objects.filter(workflow="submission", subject_id=self.submission.pk).order_by("version")[
            events:
        ]
        for event in new:
            step = SUBMISSION.steps[event.action]
            assert event.from_state in step.sources
            assert event.to_state == (event.from_state if step.target is None else step.target)
            Walk.taken[event.action] += 1

    def events(self) -> int:
        return Event.objects.filter(workflow="submission", subject_id=self.submission.pk).count()

    def try_submit(self, rng: random.Random) -> None:
        if open_attempt(self.submission) and rng.random() < 0.9:
            fill(self.submission, self.east["teacher"])
        submitting.submit(submission=self.submission, is_own_work=rng.random() < 0.9, by=self.teacher)

    def try_withdraw(self, rng: random.Random) -> None:
        reviewing.withdraw(submission=self.submission, by=self.teacher)

    def try_send_back(self, rng: random.Random) -> None:
        items = items_of(self.submission)[:1]
        reviewing.send_back(
            submission=self.submission, items=items, advice=ADVICE, due_at=self.due(rng), by=self.cio
        )

    def review(self, grade: Grade) -> None:
        """Two reviewers grade what waits."""
        for name in ("reviewer", "reviewer2"):
            reviewer = self.east[name]
            if Review.objects.filter(
                submission=self.submission,
                person=reviewer,
                state=ReviewState.FINISHED,
                attempt__number=self.submission.rounds.count(),
            ).exists():
                continue
            grade_all(reviewing.assign(submission=self.submission, reviewer=reviewer, by=self.cio), grade)

    def decide(self, rng: random.Random, grade: Grade) -> None:
        if rng.random() < 0.8 and self.submission.state == SubmissionState.SUBMITTED:
            self.review(grade)
        reviewing.decide(submission=self.submission, advice=ADVICE, by=self.cio)

    def try_pass(self, rng: random.Random) -> None:
        self.decide(rng, rng.choice((Grade.PASS, Grade.EXCELLENT)))

    def try_fail(self, rng: random.Random) -> None:
        self.decide(rng, Grade.FAIL)

    def try_take_back(self, rng: random.Random) -> None:
        decisions.take_back(submission=self.submission, why=ADVICE, by=self.cio)

    def try_reopen(self, rng: random.Random) -> None:
        decisions.reopen(submission=self.submission, advice=ADVICE, due_at=self.due(rng), by=self.cio)

    def try_accept(self, rng: random.Random) -> None:
        self.through_the_county(is_overturned=False)

    def try_overturn(self, rng: random.Random) -> None:
        self.through_the_county(is_overturned=True)

    def through_the_county(self, *, is_overturned: bool) -> None:
        """File, draw everything, judge, and accept the school's return."""
        row = returns.open_round(programme=programme(self.alpha), school=self.east.school, by=self.cio)
        if row.state == ReturnState.OPEN:
            returns.publish(school_return=row, by=self.cio)
            returns.sign(school_return=row, by=acting(self.east["principal"]))
            returns.file(school_return=row, by=self.cio)
        row = SchoolReturn.objects.get(pk=row.pk)
        frame = drawable([row])
        if frame:
            draw_all(self.alpha, [row])
        for case in SpotCheckCase.objects.filter(school=self.east.school, state=CaseState.DRAWN):
            self.judge(case, is_overturned)
        returns.accept(school_return=row, by=self.office)

    def judge(self, case: SpotCheckCase, is_overturned: bool) -> None:
        spot_checks.give_to_experts(case=case, experts=[self.alpha["expert"]], by=self.office)
        judgement = case.judgements.get()
        grade = Grade.FAIL if is_overturned else Grade.PASS
        grades = {item.pk: grade for item in items_of(case.submission)}
        spot_checks.save_judgement(judgement=judgement, grades=grades, advice="Seen.", by=self.expert)
        spot_checks.finish_judgement(judgement=judgement, by=self.expert)
        case.refresh_from_db()
        if is_overturned:
            spot_checks.overturn(case=case, why="Not own work.", by=self.office)
        else:
            spot_checks.uphold(case=case, by=self.office)

    def try_rectify(self, rng: random.Random) -> None:
        rectifying.rectify(submission=self.submission, advice=ADVICE, due_at=self.due(rng), by=self.office)

    def try_recall(self, rng: random.Random) -> None:
        """The bare step with what follows it (the whole return has its own test), sometimes without the right."""
        with transaction.atomic():
            details = {"return": 1} if rng.random() < 0.9 else {}
            by = self.office if rng.random() < 0.8 else self.cio
            move(self.submission, "recall", by=by, note=ADVICE, changes={"grade": None}, details=details)
            set_aside(self.submission)

    def appealed(self, rng: random.Random, action: str, changes: dict[str, object]) -> None:
        """A step that only a granted appeal allows: with such an appeal, sometimes with none or another right."""
        with transaction.atomic():
            appeal = Appeal(
                county_id=self.submission.county_id,
                school_id=self.submission.school_id,
                submission=self.submission,
                attempt=latest_submitted(self.submission) or self.submission.rounds.earliest("number"),
                against="decision",
                released_at=now(),
                reason=ADVICE,
            )
            appeal.save()
            granted = AppealState.GRANTED if rng.random() < 0.8 else AppealState.DISMISSED
            Appeal.objects.filter(pk=appeal.pk).update(state=granted)
            by = self.office if rng.random() < 0.9 else self.cio
            details = {"appeal": appeal.pk}
            move(self.submission, action, by=by, note=ADVICE, changes=changes, details=details)
            if action == "hear-anew":
                set_aside(self.submission)

    def try_hear_anew(self, rng: random.Random) -> None:
        self.appealed(rng, "hear-anew", {"grade": None})

    def try_restore(self, rng: random.Random) -> None:
        self.appealed(rng, "restore", {"grade": Grade.PASS})

    def try_carry(self, rng: random.Random) -> None:
        """The bare step, by the office (the whole transfer has its own test) or by somebody without the right."""
        move(self.submission, "carry", by=self.office if rng.random() < 0.8 else self.cio)

    def due(self, rng: random.Random):  # type: ignore[no-untyped-def]
        return now() + timedelta(days=7) if rng.random() < 0.9 else None


POSSIBLE = {
    state: [a for a, s in SUBMISSION.steps.items() if state in s.sources] for state in SubmissionState
}


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything at the end, so that each walk begins with a fresh submission."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.full
def test_random_walks_move_only_along_the_table() -> None:
    Walk.taken.clear()
    Walk.tried = 0
    world = the_world()
    with scopes_disabled():
        programme(world.alpha).__class__.objects.update(attempts=50)
    starts = iter(range(10_000))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def walk(seed: int) -> None:
        rng = random.Random(seed + next(starts))
        with scope(county=world.alpha.county, school=None), rolled_back():
            submission = begun_submission(world.alpha, world.alpha.schools[0], "teacher", "A1")
            walker = Walk(world, submission)
            for _step in range(STEPS):
                submission.refresh_from_db()
                possible = POSSIBLE[SubmissionState(submission.state)]
                walker.step(rng.choice(possible if possible and rng.random() < 0.7 else ACTIONS), rng)
            assert list(broken_chains(Submission)) == []

    walk()
    assert Walk.tried >= 2000
    assert sum(Walk.taken.values()) >= 500
    assert {action: n for action, n in Walk.taken.items() if n < 5} == {}
    assert set(Walk.taken) == set(SUBMISSION.steps)
