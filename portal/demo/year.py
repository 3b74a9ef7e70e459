"""The demonstration year: every school walks from the plan to the certificate, with the mishaps of real life."""

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Count

from assessment.planning import actions as plans
from assessment.planning.models import FilingKind
from assessment.programme import actions as programmes
from assessment.programme.models import Participant, PhaseKind
from assessment.reviewing import actions as reviewing
from assessment.reviewing.tasks import lapse_all
from assessment.submitting.models import Submission, SubmissionState
from assessment.training import actions as training
from assessment.training.models import HourClaim
from portal.demo.county import DemoCounty, Say
from portal.demo.evidence import EvidenceMaker
from portal.demo.filings_said import plan_said
from portal.demo.judging import Judging
from portal.demo.teachers import Teachers
from schools.clock import today
from schools.jobs.models import Job, JobStatus
from schools.jobs.running import run
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Refused

SHARE = 0.03
MISHAPS = ("withdrawn", "returned", "failed", "taken back", "late")


@dataclass
class Year:
    """The walk through one county; `counts` says what happened how often."""

    demo: DemoCounty
    rng: random.Random
    folder: Path
    say: Say
    counts: Counter[str] = field(default_factory=Counter)
    fates: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        maker = EvidenceMaker(self.folder / "evidence")
        maker.stock(6, self.rng)
        self.teachers = Teachers(self.demo, maker, self.rng)
        self.judging = Judging(self.demo, self.rng)
        self.office = self.demo.acting(self.demo.office)

    def plan(self, schools: list[School]) -> None:
        """Every unit that runs a year files its plan; the office approves."""
        for school in schools:
            if school.managed_by_id:
                continue
            cio = self.demo.acting(self.demo.staff[school.pk].cio)
            row = plans.write(
                programme=self.demo.programme,
                school=school,
                kind=FilingKind.PLAN,
                title=f"{school.name}信息化教学发展规划",
                content=plan_said(self.demo.programme, ["A1", "A5", "A11"]),
                by=cio,
            )
            plans.file(filing=row, by=cio)
            plans.approve(filing=row, by=self.office)
            self.counts["plans"] += 1

    def choose(self, schools: list[School], *, leave: int = 0) -> None:
        """Everybody chooses; `leave` per school stays proposed, endorsed, or without any choice."""
        for school in schools:
            participants = self.teachers.participants(school)
            for number, participant in enumerate(participants):
                if number >= len(participants) - leave:
                    continue
                selection = self.teachers.choose(participant)
                if leave and number % 6 == 0:
                    continue
                self.teachers.endorse(selection)
                if leave and number % 6 == 1:
                    continue
                self.teachers.confirm(selection)
                self.counts["choices"] += 1

    def train(self, schools: list[School], *, is_recognised: bool = True) -> None:
        """Hours are claimed, attested and recognised."""
        for school in schools:
            staff = self.demo.staff_of(school)
            for participant in self.teachers.participants(school):
                attester = staff.deputy if participant.person_id == staff.cio.pk else staff.cio
                for claim in self.teachers.claim_hours(participant):
                    self.attest(claim, attester if attester != staff.deputy else None, is_recognised)
                    self.counts["hour claims"] += 1

    def attest(self, claim: HourClaim, attester: Person | None, is_recognised: bool) -> None:
        """The school attests (the CIO's own claim stays for the team), the office recognises."""
        if attester is None:
            return
        training.attest(claim=claim, by=self.demo.acting(attester))
        if is_recognised:
            training.recognise(claim=claim, by=self.office)

    def begin(self, schools: list[School]) -> list[Submission]:
        """Begin all confirmed points and decide which mishap befalls which."""
        begun = [
            s
            for school in schools
            for p in self.teachers.participants(school)
            for s in self.teachers.begin(p)
        ]
        order = [submission.pk for submission in begun]
        self.rng.shuffle(order)
        each = max(1, -(-int(len(order) * SHARE * 100) // 100)) if order else 0
        for number, fate in enumerate(MISHAPS):
            for pk in order[number * each : (number + 1) * each]:
                self.fates[pk] = fate
        self.counts["submissions"] += len(begun)
        return begun

    def fate(self, submission: Submission) -> str:
        return self.fates.get(submission.pk, "")

    def submit(self, begun: list[Submission], *, leave: int = 0) -> None:
        """Evidence is laid and submitted; `leave` of every ten stay unfinished; some are withdrawn or sent back."""
        for number, submission in enumerate(begun):
            is_left = leave > number % 10
            self.teachers.lay_evidence(submission, leave=1 if is_left else 0)
            if is_left or self.fate(submission) == "late":
                continue
            self.teachers.submit(submission)
            if self.fate(submission) == "withdrawn":
                reviewing.withdraw(submission=submission, by=self.demo.acting(submission.person))
                self.teachers.submit(submission)
                self.counts["withdrawn"] += 1
            if self.fate(submission) == "returned":
                self.judging.send_back(submission)
                self.teachers.lay_evidence(submission)
                self.teachers.submit(submission)
                self.counts["returned"] += 1

    def come_late(self, begun: list[Submission]) -> None:
        """The window closes; who comes then is refused, gets an extension with a reason, and submits."""
        late = [submission for submission in begun if self.fate(submission) == "late"]
        if not late:
            return
        programmes.close_phase(programme=self.demo.programme, kind=PhaseKind.SUBMIT, by=self.office)
        for submission in late:
            try:
                self.teachers.submit(submission)
            except Refused as refused:
                self.counts["late"] += refused.code == "late"
            participant = Participant.objects.get(person=submission.person, ends_on__isnull=True)
            programmes.extend(
                programme=self.demo.programme,
                kind=PhaseKind.SUBMIT,
                school=participant.school,
                until=today(),
                reason="病假返岗",
                by=self.office,
                participant=participant,
            )
            submission.refresh_from_db()
            if self.teachers.is_chosen(submission):
                self.teachers.submit(submission)

    def review(self, schools: list[School], *, leave: int = 0) -> None:
        """Reviewers are asked and grade; `leave` reviews of every ten stay open."""
        for school in schools:
            self.judging.assign(school)
            for number, review in enumerate(self.judging.open_reviews(school)):
                if leave > number % 10:
                    continue
                self.judging.review(review, is_failing=self.fate(review.submission) == "failed")
                self.counts["reviews"] += 1

    def decide(self, schools: list[School], *, leave: int = 0) -> None:
        """Results are released; some are taken back and decided anew; failed ones get another attempt."""
        for school in schools:
            for number, submission in enumerate(self.judging.waiting_decisions(school)):
                if leave > number % 10:
                    continue
                self.judging.decide(submission)
                if submission.state == SubmissionState.FAILED:
                    self.counts["failed"] += 1
                elif self.fate(submission) == "taken back":
                    self.judging.take_back(submission)
                    self.judging.decide(submission)
                    self.counts["taken back"] += 1

    def try_again(self, schools: list[School]) -> None:
        """Every second failed piece is reopened, redone, reviewed and decided again."""
        here = Submission.objects.filter(participant__ends_on__isnull=True, school__in=schools)
        failed = here.filter(state=SubmissionState.FAILED).select_related(
            "person", "school", "point", "programme", "participant"
        )
        for submission in list(failed.order_by("pk"))[::2]:
            self.judging.reopen(submission)
            self.teachers.lay_evidence(submission)
            self.teachers.submit(submission)
            self.fates[submission.pk] = "again"
            self.counts["second attempts"] += 1
        self.review(schools)
        self.decide(schools)

    def file(self, schools: list[School]) -> None:
        for school in schools:
            self.judging.file_return(school)
        if schools:
            self.judging.send_return_back(schools[0])
            self.judging.file_return(schools[0])
            self.counts["returns sent back"] += 1
        self.counts["returns filed"] += len(schools)

    def issue(self) -> None:
        """Do the jobs that the acceptances asked for, as a worker would."""
        lapse_all()
        for job in Job.objects.filter(status=JobStatus.WAITING).order_by("pk"):
            run(job.pk)

    def summary(self) -> dict[str, object]:
        """Return what happened and where everything stands."""
        states = Submission.objects.values_list("state").annotate(n=Count("*"))
        return {
            "happened": dict(sorted(self.counts.items())),
            "submissions": {SubmissionState(state).name.lower(): n for state, n in sorted(states)},
        }
