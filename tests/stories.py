"""Stories that the tests begin with: real actions walked by the cast up to a wanted moment."""

from datetime import timedelta

from django.conf import settings
from django_scopes import scope

from assessment.checking import returns, spot_checks
from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.drawing import actions as drawing
from assessment.checking.drawing.models import Draw
from assessment.checking.models import SchoolReturn
from assessment.checking.queries import drawable
from assessment.planning import actions as plans
from assessment.planning.models import Filing, FilingKind
from assessment.programme import actions as programmes
from assessment.programme.models import Participant, PhaseKind, Programme
from assessment.programme.presets import preset
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review
from assessment.selecting import actions as selecting
from assessment.selecting.models import Selection
from assessment.submitting import actions as submitting
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from microcapabilities.loading import load
from microcapabilities.models import Catalogue, Point
from schools.clock import now, today
from schools.people.models import Person
from tests.cast import CountyCast, SchoolCast, acting
from tests.filings_said import plan_said
from tests.small_files import document, film, picture

CODES = ("A1", "A5", "A9", "A11")  # 4 + 5 + 6 + 7 = 22 credits
ADVICE = "Clear goals; show next time how the data changed your plan."


def catalogue() -> Catalogue:
    """Return the shipped catalogue, loaded on first need."""
    found = Catalogue.objects.filter(slug="2.0").first()
    if found is None:
        load(settings.BASE_DIR / "fixtures" / "catalogue-2.0")
        found = Catalogue.objects.get(slug="2.0")
    return found


def programme(cast: CountyCast, *, is_open: bool = True) -> Programme:
    """Set the Si County programme up with every school enrolled and, if wished, every phase open today."""
    office = acting(cast["county-office"])
    with scope(county=cast.county, school=None):
        found = Programme.objects.filter(county=cast.county, is_current=True).first()
        if found:
            return found
        pack = preset("si-county-2022", today().year)
        # One expert a case keeps the stories short; the rule packs ask for two, and for one more on a split.
        pack.rules.update(experts_per_case=1, experts_added=0)
        made = programmes.set_up(
            county=cast.county,
            preset=pack,
            catalogue=catalogue(),
            by=office,
        )
        if is_open:
            for kind in PhaseKind:
                first, last = today() - timedelta(days=30), today() + timedelta(days=30)
                programmes.set_phase(programme=made, kind=kind, opens_on=first, closes_on=last, by=office)
        for school in cast.schools:
            programmes.enrol_school(programme=made, school=school.school, by=office)
        return made


def filed_plan(cast: CountyCast, school: SchoolCast, title: str = "Plan", **changed: object) -> Filing:
    """Write and file the school's plan; `changed` are fields of its content."""
    said, cio = plan_said(programme(cast), **changed), acting(school["cio"])
    place = {"programme": programme(cast), "school": school.school, "kind": FilingKind.PLAN}
    with scope(county=cast.county, school=None):
        plan = plans.write(**place, title=title, content=said, by=cio)
        plans.file(filing=plan, by=cio)
        return plan


def approved_plan(cast: CountyCast, school: SchoolCast) -> Filing:
    """Write, file and approve the school's plan."""
    year = programme(cast)
    with scope(county=cast.county, school=None):
        found = Filing.objects.filter(programme=year, school=school.school, kind=FilingKind.PLAN).first()
    if found:
        return found
    plan = filed_plan(cast, school)
    with scope(county=cast.county, school=None):
        plans.approve(filing=plan, by=acting(cast["county-office"]))
    return plan


def participant(cast: CountyCast, person: Person) -> Participant:
    programme(cast)
    with scope(county=cast.county, school=None):
        return Participant.objects.get(person=person, ends_on__isnull=True)


def proposed_selection(cast: CountyCast, school: SchoolCast, who: str = "teacher", codes=CODES) -> Selection:
    """The teacher `who` of `school` proposes `codes`."""
    approved_plan(cast, school)
    row = participant(cast, school[who])
    with scope(county=cast.county, school=None):
        teacher = acting(school[who])
        selection = selecting.choose(
            participant=row,
            codes=codes,
            goal="Use data",
            measure="Two lessons by June",
            problem="Quiet",
            by=teacher,
        )
        selecting.propose(selection=selection, by=teacher)
        return selection


def confirmed_selection(cast: CountyCast, school: SchoolCast, who: str = "teacher", codes=CODES) -> Selection:
    """The choice endorsed by the group head and confirmed by the CIO."""
    selection = proposed_selection(cast, school, who, codes)
    with scope(county=cast.county, school=None):
        selecting.endorse(selection=selection, agreed="Agreed after a talk.", by=acting(school["group-head"]))
        selecting.confirm(selection=selection, by=acting(school["cio"]))
        return selection


def begun_submission(
    cast: CountyCast, school: SchoolCast, who: str = "teacher", code: str = "A1"
) -> Submission:
    """A draft for `code` with nothing on its items."""
    row = participant(cast, school[who])
    with scope(county=cast.county, school=None):
        has_choice = Selection.objects.filter(participant=row, state=5).exists()
    if not has_choice:
        confirmed_selection(cast, school, who)
    with scope(county=cast.county, school=None):
        point = Point.objects.get(catalogue=catalogue(), code=code)
        return submitting.begin(participant=row, point=point, by=acting(school[who]))


def fill(submission: Submission, by_person: Person) -> None:
    """Lay a genuine document (or picture) on each required item that is empty."""
    teacher = acting(by_person)
    for number, item in enumerate(items_of(submission)):
        upload = (
            document(f"{submission.pk}-{item.pk}-{submission.version}")
            if "D" in item.kinds
            else picture(submission.pk * 7 + number + submission.version * 31)
        )
        if "D" not in item.kinds and "P" not in item.kinds and "R" not in item.kinds:
            upload = film()
        try:
            submitting.add_evidence(submission=submission, item=item, upload=upload, by=teacher)
        except submitting.Refused as refused:
            if refused.code not in ("closed-item", "full"):
                raise


def grade_all(review: Review, grade: Grade, advice: str = ADVICE) -> None:
    """The reviewer grades every item alike and finishes."""
    reviewer = acting(review.person)
    grades = {item.pk: grade for item in items_of(review.submission)}
    reviewing.save_grades(review=review, grades=grades, remarks={}, advice=advice, by=reviewer)
    reviewing.finish(review=review, by=reviewer)


def submission_at(
    cast: CountyCast,
    school: SchoolCast,
    state: SubmissionState,
    who: str = "teacher",
    code: str = "A1",
    grade: Grade = Grade.PASS,
) -> Submission:
    """Walk the real actions until the submission stands at `state` (all states but OVERTURNED by default path)."""
    submission = begun_submission(cast, school, who, code)
    cio = acting(school["cio"])
    with scope(county=cast.county, school=None):
        if state == SubmissionState.DRAFT:
            return submission
        fill(submission, school[who])
        submitting.submit(submission=submission, is_own_work=True, by=acting(school[who]))
        if state == SubmissionState.SUBMITTED:
            return submission
        if state == SubmissionState.RETURNED:
            reviewing.send_back(
                submission=submission,
                items=items_of(submission)[:1],
                advice=ADVICE,
                due_at=now() + timedelta(days=7),
                by=cio,
            )
            return submission
        wanted = Grade.FAIL if state == SubmissionState.FAILED else grade
        for reviewer in ("reviewer", "reviewer2"):
            grade_all(reviewing.assign(submission=submission, reviewer=school[reviewer], by=cio), wanted)
        reviewing.decide(submission=submission, advice=ADVICE, by=cio)
    if state in (SubmissionState.ACCEPTED, SubmissionState.OVERTURNED):
        check(cast, school, submission, is_overturned=state == SubmissionState.OVERTURNED)
    return submission


def filed_return(cast: CountyCast, school: SchoolCast) -> SchoolReturn:
    """Open, publish, sign and file the school's return."""
    with scope(county=cast.county, school=None):
        cio, principal = acting(school["cio"]), acting(school["principal"])
        row = returns.open_round(programme=programme(cast), school=school.school, by=cio)
        returns.publish(school_return=row, by=cio)
        returns.sign(school_return=row, by=principal)
        returns.file(school_return=row, by=cio)
        return row


def draw_all(cast: CountyCast, filed: list[SchoolReturn], size: int | None = None) -> Draw:
    """Plan a draw of all (or of `size`) passed rows of filed returns, with a known seed, and draw."""
    office = acting(cast["county-office"])
    with scope(county=cast.county, school=None):
        count = len(drawable(filed)) if size is None else size
        planned = drawing.plan(
            programme=programme(cast), returns=filed, sizes={"": count}, seed="s", by=office
        )
        return drawing.draw(planned=planned, by=office)


def drawn_case(cast: CountyCast, school: SchoolCast, submission: Submission) -> SpotCheckCase:
    """File the return, draw everything and give the submission's case to the expert."""
    row = filed_return(cast, school)
    office = acting(cast["county-office"])
    with scope(county=cast.county, school=None):
        draw_all(cast, [row])
        for case in SpotCheckCase.objects.filter(school=school.school, state=1):
            spot_checks.give_to_experts(case=case, experts=[cast["expert"]], by=office)
        return SpotCheckCase.objects.get(submission=submission, state=2)


def check(cast: CountyCast, school: SchoolCast, submission: Submission, *, is_overturned: bool) -> None:
    """Judge every drawn case of the school, uphold or overturn, and accept the return."""
    drawn_case(cast, school, submission)
    office, expert = acting(cast["county-office"]), acting(cast["expert"])
    with scope(county=cast.county, school=None):
        row = SchoolReturn.objects.get(programme=programme(cast), school=school.school, state=3)
        for case in SpotCheckCase.objects.filter(school=school.school, state=2):
            judgement = case.judgements.get()
            grade = Grade.FAIL if is_overturned and case.submission_id == submission.pk else Grade.PASS
            grades = {item.pk: grade for item in items_of(case.submission)}
            spot_checks.save_judgement(judgement=judgement, grades=grades, advice="Seen.", by=expert)
            spot_checks.finish_judgement(judgement=judgement, by=expert)
            case.refresh_from_db()
            if grade == Grade.FAIL:
                spot_checks.overturn(case=case, why="Not from the own lesson.", by=office)
            else:
                spot_checks.uphold(case=case, by=office)
        returns.accept(school_return=row, by=office)
        submission.refresh_from_db()


def uphold_all(cast: CountyCast, filed: SchoolReturn) -> None:
    """The expert judges every drawn case of the filing as the school did, and the office upholds them."""
    office = acting(cast["county-office"])
    with scope(county=cast.county, school=None):
        for case in SpotCheckCase.objects.filter(draw__returns__school_return=filed, state=1):
            spot_checks.give_to_experts(case=case, experts=[cast["expert"]], by=office)
            judgement = case.judgements.get()
            grades = {item.pk: Grade(case.listed_grade) for item in items_of(case.submission)}
            expert = acting(cast["expert"])
            spot_checks.save_judgement(judgement=judgement, grades=grades, advice="Seen.", by=expert)
            spot_checks.finish_judgement(judgement=judgement, by=expert)
            case.refresh_from_db()
            spot_checks.uphold(case=case, by=office)
