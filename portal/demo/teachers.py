"""What teachers do in the demonstration year: choose, claim hours, lay evidence, submit."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from assessment.programme.models import Participant
from assessment.selecting import actions as selecting
from assessment.selecting.models import Selection, SelectionState
from assessment.selecting.queries import confirmed_codes
from assessment.submitting import actions as submitting
from assessment.submitting.models import Submission
from assessment.submitting.queries import open_attempt, shelves
from assessment.training import actions as training
from assessment.training.models import Category
from microcapabilities.models import EvidenceItem, Point
from portal.demo.county import DemoCounty
from portal.demo.evidence import EvidenceMaker
from schools.clock import today
from schools.files.models import StoredFile
from schools.organisations.models import School
from schools.people.models import Person

GOAL = "本学期每周至少一次用技术获取学情证据，期末前形成两份可复用的教学设计。"
MEASURE = "期末前两份教学设计、两节课的学情数据，教研组内展示。"
AGREED = "与本组专题一致，先从学情分析入手；11月前上一节研讨课，组内互听一次。"
PROBLEM = "课堂提问多、证据少，难以及时知道哪些学生没有学会。"


class Teachers:
    """All teachers of the county, acting one by one; `rng` makes the year repeatable."""

    def __init__(self, demo: DemoCounty, maker: EvidenceMaker, rng: random.Random) -> None:
        self.demo = demo
        self.maker = maker
        self.rng = rng
        self.points = {p.code: p for p in Point.objects.filter(catalogue=demo.programme.catalogue)}
        self.shelf: dict[int, dict[str, StoredFile]] = {}

    def participants(self, school: School) -> list[Participant]:
        """Return those who take part at a school; whoever is excluded does nothing."""
        here = Participant.objects.filter(school=school, programme=self.demo.programme, ends_on__isnull=True)
        return list(
            here.filter(excluded_because="")
            .select_related("person__county", "programme__catalogue", "school", "county")
            .order_by("pk")
        )

    def codes_for(self, school: School) -> list[str]:
        """Return points of the school's environments that reach the credits without one to spare.

        Where the programme knows no credits, two to four points.
        """
        allowed = [code for code, point in self.points.items() if point.environment in school.environments]
        needed = self.demo.programme.credits
        if needed is None:
            some = self.rng.sample(allowed, min(len(allowed), self.rng.randint(2, 4)))
            return sorted(some, key=list(self.points).index)
        chosen: list[str] = []
        while sum(self.points[code].credits for code in chosen) < needed:
            chosen.append(self.rng.choice([code for code in allowed if code not in chosen]))
        return sorted(chosen, key=list(self.points).index)

    def choose(self, participant: Participant) -> Selection:
        """Choose and propose."""
        teacher = self.demo.acting(participant.person)
        selection = selecting.choose(
            participant=participant,
            codes=self.codes_for(participant.school),
            goal=GOAL,
            measure=MEASURE,
            problem=PROBLEM,
            by=teacher,
        )
        selecting.propose(selection=selection, by=teacher)
        return selection

    def endorse(self, selection: Selection) -> None:
        """The group's head endorses; where there is none, or for the head's own, the school does."""
        head = self.demo.acting(self.head_of(selection))
        selecting.endorse(selection=selection, agreed=AGREED, by=head)

    def head_of(self, selection: Selection) -> Person:
        heads = Person.objects.filter(
            memberships__group_id=selection.person.group_id,
            memberships__role="group-head",
            memberships__ends_on__isnull=True,
        ).exclude(pk=selection.person_id)
        return heads.first() or self.decider_for(selection.school, selection.person_id)

    def confirm(self, selection: Selection) -> None:
        decider = self.decider_for(selection.school, selection.person_id)
        selecting.confirm(selection=selection, by=self.demo.acting(decider))

    def decider_for(self, school: School, person_id: int) -> Person:
        """Return the CIO, or the deputy where the CIO is the teacher."""
        staff = self.demo.staff_of(school)
        return staff.deputy if staff.cio.pk == person_id else staff.cio

    def claim_hours(self, participant: Participant, n_practice: int = 3) -> list[training.HourClaim]:
        """Claim practice hours over some days, with a photo as proof; online hours come from a provider."""
        teacher = self.demo.acting(participant.person)
        claims = []
        for number in range(n_practice):
            with upload(self.maker.pick("P", self.rng)) as proof:
                claims.append(
                    training.claim(
                        participant=participant,
                        category=Category.PRACTICE,
                        hours=Decimal(10),
                        title=f"教研组研磨活动（第{number + 1}次）",
                        held_on=today() - timedelta(days=30 - 7 * number),
                        proof=proof,
                        by=teacher,
                    )
                )
        return claims

    def begin(self, participant: Participant) -> list[Submission]:
        """Begin every point of the confirmed choice."""
        teacher = self.demo.acting(participant.person)
        chosen = Selection.objects.filter(participant=participant, state=SelectionState.CONFIRMED)
        return [
            submitting.begin(participant=participant, point=row.point, by=teacher)
            for selection in chosen
            for row in selection.chosen.select_related("point").order_by("point__position")
        ]

    def lay_evidence(self, submission: Submission, *, leave: int = 0) -> None:
        """Lay something on every open, empty, required item; `leave` keeps that many empty."""
        open_shelves = [
            shelf
            for shelf in shelves(submission, open_attempt(submission))
            if shelf.is_open and not shelf.evidence and shelf.item.is_required
        ]
        for shelf in open_shelves[: len(open_shelves) - leave]:
            self.lay(submission, shelf.item, is_fresh=shelf.must_redo)

    def lay(self, submission: Submission, item: EvidenceItem, *, is_fresh: bool) -> None:
        """Upload a document of one's own per item; films and pictures serve several items."""
        teacher = self.demo.acting(submission.person)
        mine = self.shelf.setdefault(submission.person_id, {})
        kind = "D" if "D" in item.kinds else "".join(item.kinds)
        if kind in mine and not is_fresh and kind != "D":
            submitting.lay(submission=submission, item=item, file=mine[kind], by=teacher)
            return
        with upload(self.file_for(submission, item, kind)) as file:
            piece = submitting.add_evidence(submission=submission, item=item, upload=file, by=teacher)
        mine[kind] = piece.file

    def file_for(self, submission: Submission, item: EvidenceItem, kind: str) -> Path:
        """Return a file on disk that fits: a signed document, or one from the stock."""
        if kind != "D":
            return self.maker.pick(item.kinds, self.rng)
        base = self.rng.choice(self.maker.shelves["docx"])
        signer = f"{submission.person.name} {submission.point.code}-{item.number}-{submission.version}"
        return self.maker.sign(base, signer)

    def is_chosen(self, submission: Submission) -> bool:
        """Say whether the confirmed choice still holds the point; a new school may have no room for it."""
        return submission.point.code in confirmed_codes(submission.participant)

    def submit(self, submission: Submission) -> None:
        submitting.submit(submission=submission, is_own_work=True, by=self.demo.acting(submission.person))


@contextmanager
def upload(path: Path) -> Iterator[UploadedFile]:
    """Offer a file on disk as an upload while the block runs."""
    with path.open("rb") as stream:
        yield UploadedFile(file=stream, name=path.name, size=path.stat().st_size)
