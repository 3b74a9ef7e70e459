"""Building the stage: one world with a real object for every address, by real actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Permission as NamedPermission
from django.test import Client
from django_scopes import scopes_disabled

from assessment.checking import returns, spot_checks
from assessment.checking.cases.models import SpotCheckCase
from assessment.planning import actions as planning
from assessment.programme.models import Programme
from assessment.reviewing import actions as reviewing
from assessment.selecting import actions as selecting
from assessment.submitting import actions as submitting
from assessment.submitting import sendings
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from assessment.training import actions as training
from assessment.training.models import Category
from assessment.workflow import move
from certificates.issuing import hand_out, prepare
from certificates.models import Certificate
from microcapabilities.grades import Grade
from schools.access.models import SchoolGrant
from schools.clock import now
from schools.files.storing import keep_bytes
from schools.jobs.models import Job, JobKind, JobStatus
from schools.notices.models import Notice
from schools.organisations.models import Region, School
from schools.people.models import Membership, Person, Transfer, User
from schools.roster.importing import look_again
from schools.roster.models import RosterImport
from tests import stories
from tests.access.copies import give_copies
from tests.access.stage import ALPHA_SCHOOLS, Stage
from tests.access.table_county import YEAR
from tests.cast import SINCE, SchoolCast, acting, cast_school, give_role, make_person, the_world
from tests.schools.roster_files import teachers, xlsx

BACKEND = "schools.access.backend.MembershipBackend"


def build() -> Stage:
    """Walk every story once; the same order each time, since each needs the ones before."""
    world = the_world()
    with scopes_disabled():
        centre = cast_school(world.alpha.county, "中心小学", "centre")
        east, west = world.alpha.schools
        world.alpha.schools.append(centre)
        stage = Stage(world, east, west, centre, world.beta.schools[0])
        for number in range(3, 7):
            add_teacher(stage.east, f"teacher{number}")
        give_plans(stage)
        give_checked_work(stage)
        give_choices(stage)
        give_open_work(stage)
        give_hours(stage)
        give_people(stage)
        give_imports_and_jobs(stage)
        give_scans(stage)
        give_the_year(stage)
        give_copies(stage)
        School.objects.filter(pk=stage.east.school.pk).update(managed_by=centre.school)
        sign_everybody_in(stage)
    return stage


def add_teacher(cast: SchoolCast, key: str) -> None:
    cast.people[key] = make_person(
        f"{cast.school.name}{key}", cast.school.county, cast.school, group=cast.group
    )
    give_role(cast.people[key], "teacher", cast.school)


def give_plans(stage: Stage) -> None:
    """East's and West's plans approved, Centre's filed."""
    stories.programme(stage.world.alpha)
    stories.programme(stage.world.beta)
    office = acting(stage.world.alpha["county-office"])
    for name in ALPHA_SCHOOLS:
        cast = getattr(stage, name)
        plan = stories.filed_plan(stage.world.alpha, cast, f"Plan of {name}")
        if name != "centre":
            planning.approve(filing=plan, by=office)
        stage.things[f"plan_of_{name}"] = plan


def passed(stage: Stage, who: str, code: str) -> Submission:
    return stories.submission_at(stage.world.alpha, stage.east, SubmissionState.PASSED, who, code)


def give_checked_work(stage: Stage) -> None:
    """East's filed return and its draw: a case at each state, a certificate from the upheld one."""
    alpha, office = stage.world.alpha, acting(stage.world.alpha["county-office"])
    work = {code: passed(stage, "teacher", code) for code in stories.CODES}
    waiting = passed(stage, "teacher2", "A1")
    filed = stories.filed_return(alpha, stage.east)
    drawn = stories.draw_all(alpha, [filed])
    cases = {case.submission_id: case for case in SpotCheckCase.objects.filter(draw=drawn)}
    for submission in work.values():
        spot_checks.give_to_experts(case=cases[submission.pk], experts=[alpha["expert"]], by=office)
    for code, grade in (("A5", Grade.PASS), ("A9", Grade.FAIL), ("A11", Grade.PASS)):
        judge(cases[work[code].pk], grade, alpha["expert"])
    spot_checks.overturn(case=again(cases[work["A9"].pk]), why="Not from the own lesson.", by=office)
    spot_checks.uphold(case=again(cases[work["A11"].pk]), by=office)
    stage.things |= {
        "filed": filed, "draw": drawn, "code": "A5", "passed": work["A1"],
        "case": cases[work["A1"].pk], "judged_case": cases[work["A5"].pk],
        "overturned_case": cases[work["A9"].pk], "drawn_case": cases[waiting.pk],
        "case_piece": piece_of(work["A1"]), "items": {"passed": item_ids(work["A1"])},
    }  # fmt: skip
    give_certificate(stage, again(work["A11"]))


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def piece_of(submission: Submission) -> Evidence:
    rows = Evidence.objects.select_related("file", "item").filter(attempt__submission=submission)
    return rows.order_by("pk")[0]


def item_ids(submission: Submission) -> list[int]:
    return [item.pk for item in items_of(submission)]


def judge(case: SpotCheckCase, grade: Grade, expert: Person) -> None:
    judgement, by = case.judgements.get(), acting(expert)
    grades = {item.pk: grade for item in items_of(case.submission)}
    spot_checks.save_judgement(judgement=judgement, grades=grades, advice="Seen.", by=by)
    spot_checks.finish_judgement(judgement=judgement, by=by)


def give_certificate(stage: Stage, submission: Submission) -> None:
    """The county accepts the point and issues its certificate; the print is a short text."""
    office = acting(stage.world.alpha["county-office"])
    move(submission, "accept", by=office)
    programme = Programme.objects.select_related("county", "catalogue").get(pk=submission.programme_id)
    prepare(programme, [submission], office.user)
    certificate = Certificate.objects.get(submission=submission)
    hand_out([(certificate, b"%PDF-1.7 certificate of the teacher of East")], office.user)
    issued = Certificate.objects.select_related("pdf").get(pk=certificate.pk)
    stage.things |= {"certificate": issued, "token": issued.token}


def give_choices(stage: Stage) -> None:
    """Choices of East: one confirmed with nothing begun, one proposed, one endorsed."""
    alpha, east = stage.world.alpha, stage.east
    stage.things["confirmed_choice"] = stories.confirmed_selection(alpha, east, "teacher3")
    stories.confirmed_selection(alpha, east, "teacher6")
    fourth = acting(east["teacher4"])
    proposed = selecting.choose(
        participant=stories.participant(alpha, east["teacher4"]), codes=stories.CODES,
        goal="Choice of the fourth teacher", measure="Two lessons", problem="Quiet", by=fourth,
    )  # fmt: skip
    selecting.propose(selection=proposed, by=fourth)
    stage.things["proposed"] = proposed
    stage.things["endorsed"] = stories.proposed_selection(alpha, east, "teacher5")
    selecting.endorse(selection=stage.endorsed, agreed="Agreed after a talk.", by=acting(east["group-head"]))
    stories.proposed_selection(alpha, stage.west, "teacher2")


def give_open_work(stage: Stage) -> None:
    """After the filing: a full draft, one sent and being reviewed, one reviewed, one failed."""
    alpha, east = stage.world.alpha, stage.east
    cio = acting(east["cio"])
    draft = stories.submission_at(alpha, east, SubmissionState.DRAFT, "teacher6", "A1")
    stories.fill(draft, east["teacher6"])
    arriving = sendings.begin(
        submission=draft, item=items_of(draft)[0], name="Arriving.docx", size=9, by=acting(east["teacher6"])
    )
    sent = stories.submission_at(alpha, east, SubmissionState.SUBMITTED, "teacher2", "A5")
    review = reviewing.assign(submission=sent, reviewer=east["reviewer"], by=cio)
    failed = stories.submission_at(alpha, east, SubmissionState.FAILED, "teacher2", "A11")
    reviewed = stories.begun_submission(alpha, east, "teacher2", "A9")
    stories.fill(reviewed, east["teacher2"])
    submitting.submit(submission=reviewed, is_own_work=True, by=acting(east["teacher2"]))
    for who in ("reviewer", "reviewer2"):
        stories.grade_all(
            reviewing.assign(submission=reviewed, reviewer=east[who], by=cio), Grade.PASS, f"Advice by {who}."
        )
    stage.things |= {
        "draft": draft, "draft_item": items_of(draft)[0], "draft_piece": piece_of(draft), "sent": sent,
        "arriving_key": arriving.arrival.key,
        "sent_piece": piece_of(sent), "review": review, "failed": failed, "reviewed": reviewed,
    }  # fmt: skip
    stage.items["sent"] = item_ids(sent)


def give_hours(stage: Stage) -> None:
    """Three claims of East's teacher: waiting with a proof, attested, refused."""
    row = stories.participant(stage.world.alpha, stage.east["teacher"])
    teacher, team = acting(stage.east["teacher"]), acting(stage.east["team"])
    for number, name in enumerate(("claimed", "attested", "refused")):
        stage.things[f"{name}_hours"] = training.claim(
            participant=row, category=Category.PRACTICE, hours=Decimal(2 + number),
            title=f"Open lesson, {name}", held_on=date(2026, 1, 5), proof=stories.picture(200 + number), by=teacher,
        )  # fmt: skip
    training.attest(claim=stage.attested_hours, by=team)
    training.refuse(claim=stage.refused_hours, because="Whose lesson was it?", by=team)


def give_people(stage: Stage) -> None:
    """A newcomer without an account, memberships to end, an outside reviewer, a transfer, a notice."""
    alpha, east, centre = stage.world.alpha, stage.east, stage.centre
    newcomer = make_person("东风小学newcomer", alpha.county, east.school, group=east.group)
    Person.objects.filter(pk=newcomer.pk).update(user=None)
    give_role(newcomer, "teacher", east.school)
    for name, holder, role in (
        ("reviewer_role", east["reviewer3"], "reviewer"), ("deputy_role", east["deputy"], "deputy"),
        ("cio_role", east["cio"], "cio"), ("expert_role", alpha["expert2"], "expert"),
    ):  # fmt: skip
        stage.things[name] = Membership.objects.get(person=holder, role=role)
    may_review = NamedPermission.objects.get(codename="review_school", content_type__app_label="schools")
    stage.things["grant"] = SchoolGrant.objects.create(
        user_id=stage.west["reviewer3"].user_id, permission=may_review, content_object=east.school,
        reason="Same subject",
    )  # fmt: skip
    stage.things["transfer"] = Transfer.objects.create(
        county=alpha.county, school=stage.west.school, person=centre["teacher2"], from_school=centre.school
    )
    stage.things["notice"] = Notice.objects.create(
        county=alpha.county, person=east["teacher"], sentence="A notice to the teacher of East"
    )
    stage.things["read_notice"] = Notice.objects.create(
        county=alpha.county, person=east["teacher"], sentence="Read before", read_at=now()
    )
    stage.things |= {"person": east["teacher2"], "county_person": alpha["expert2"], "newcomer": newcomer}
    stage.things["east_school"] = east.school


def give_imports_and_jobs(stage: Stage) -> None:
    """A roster of East and one of the county, not committed; a finished job of East's CIO."""
    alpha, east = stage.world.alpha, stage.east
    for name, school, serial in (("school_import", east.school, 1), ("county_import", None, 2)):
        user = (east["cio"] if school else alpha["county-office"]).user
        stored = keep_bytes(
            xlsx(teachers(1, east.school.name, first=serial)), county=alpha.county, name=f"{name}.xlsx",
            kind="sheet", mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", by=user,
        )  # fmt: skip
        row = RosterImport.objects.create(county=alpha.county, school=school, file=stored, uploaded_by=user)
        stage.things |= {name: row, f"{name}_seen": look_again(row).digest}
    result = keep_bytes(
        b"figures of East", county=alpha.county, name="figures.xlsx", kind="sheet", mime="text/plain", by=user
    )
    stage.things["job"] = Job.objects.create(
        kind=JobKind.PROGRESS_REPORT, county=alpha.county, school=east.school, asked_by=east["cio"].user,
        status=JobStatus.DONE, result=result, done=3, total=3, message="Figures of East are ready",
    )  # fmt: skip


def give_scans(stage: Stage) -> None:
    """Stamped scans of two plans and of East's return; keys of a role and of a workflow."""
    for number, name in enumerate(("east", "centre")):
        plan = stage.things[f"plan_of_{name}"] = again(stage.things[f"plan_of_{name}"])
        cio = acting(getattr(stage, name)["cio"])
        planning.attach_scan(filing=plan, upload=stories.picture(210 + number), by=cio)
    stage.things["filed"] = again(stage.filed)
    returns.attach_scan(
        school_return=stage.filed, upload=stories.picture(212), by=acting(stage.east["principal"])
    )
    stage.things |= {"role_key": "teacher", "workflow_key": "selection"}


def give_the_year(stage: Stage) -> None:
    """What the year has around the assessment, each part by its own module."""
    for part in YEAR:
        part.give(stage)


def sign_everybody_in(stage: Stage) -> None:
    """A client for everybody of the cast, for the observers of both regions, and one for nobody."""
    elsewhere = Region.objects.create(name="亳州市", slug="bozhou", level="city")
    stranger = User.objects.create(username="stranger")
    Membership.objects.create(user=stranger, role="observer", region=elsewhere, starts_on=SINCE)
    users = {"observer@suzhou": stage.world.observer, "observer@bozhou": stranger}
    for place in ("alpha", *ALPHA_SCHOOLS, "south", "beta"):
        users |= {f"{key}@{place}": account_of(person) for key, person in stage.people(place).items()}
    stage.clients["anonymous"] = Client(raise_request_exception=False, headers={"accept-language": "en"})
    for name, user in users.items():
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        client.force_login(user, backend=BACKEND)
        stage.clients[name] = client


def account_of(person: Person) -> User:
    assert person.user is not None
    return person.user
