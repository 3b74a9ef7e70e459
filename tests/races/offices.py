"""The county office of the races: two people with the same rights, and a filed return they are busy with."""

from django_scopes import scope, scopes_disabled

from assessment.checking import spot_checks
from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.drawing import actions as drawing
from assessment.checking.drawing.models import Draw
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.people.models import Person
from tests.cast import CountyCast, SchoolCast, acting, give_role, make_person, the_world
from tests.races.rounds import Press
from tests.stories import drawn_case, filed_return, programme, submission_at

DUE = "2099-01-01"
WHY = "Not from the own lesson."


class Office:
    """East's submissions about `codes` have passed and are listed in its filed return."""

    def __init__(self, *codes: str) -> None:
        self.alpha: CountyCast = the_world().alpha
        self.east: SchoolCast = self.alpha.schools[0]
        self.one: Person = self.alpha["county-office"]
        self.other = make_person("another of the office", self.alpha.county)
        give_role(self.other, "county-office")
        passed = SubmissionState.PASSED
        self.submissions: list[Submission] = [
            submission_at(self.alpha, self.east, passed, code=code) for code in codes
        ]

    def file(self) -> None:
        self.filed = filed_return(self.alpha, self.east)
        self.return_path = f"/alpha/returns/{self.filed.pk}/"

    def plan(self, size: int) -> Draw:
        """Plan a draw over the filed return."""
        with scope(county=self.alpha.county, school=None):
            year, by = programme(self.alpha), acting(self.one)
            return drawing.plan(programme=year, returns=[self.filed], sizes={"": size}, by=by)

    def judge_all(self) -> None:
        """File, draw everything, and let the expert fail the first submission and bear the others out."""
        drawn_case(self.alpha, self.east, self.submissions[0])
        expert = acting(self.alpha["expert"])
        with scopes_disabled():
            self.cases = list(SpotCheckCase.objects.order_by("submission_id"))
            self.filed = self.cases[0].draw.returns.get().school_return
        self.return_path = f"/alpha/returns/{self.filed.pk}/"
        for case in self.cases:
            grade = Grade.FAIL if case == self.cases[0] else Grade.PASS
            with scope(county=self.alpha.county, school=None):
                judgement = case.judgements.get()
                grades = {item.pk: grade for item in items_of(case.submission)}
                spot_checks.save_judgement(judgement=judgement, grades=grades, advice="Seen.", by=expert)
                spot_checks.finish_judgement(judgement=judgement, by=expert)

    def uphold_others(self) -> None:
        """Only the first case is left for the verdict."""
        with scope(county=self.alpha.county, school=None):
            for case in self.cases[1:]:
                spot_checks.uphold(case=case, by=acting(self.one))

    def accept(self) -> Press:
        return Press(self.one, f"{self.return_path}accept/")

    def overturn(self) -> Press:
        return Press(self.other, f"/alpha/cases/{self.cases[0].pk}/overturn/", {"note": WHY})

    def uphold(self) -> Press:
        return Press(self.one, f"/alpha/cases/{self.cases[0].pk}/uphold/")

    def rectify(self, person: Person) -> Press:
        return Press(person, f"{self.return_path}rectify/", {"note": WHY, "due_at": DUE})
