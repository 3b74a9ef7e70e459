"""Activities in the demonstration: groups talk cases over, schools hold workshops, the county trains its teams."""

from datetime import datetime, time, timedelta
from itertools import islice

from assessment.programme.models import Participant
from assessment.training import actions as training
from assessment.training.activities import actions, signing
from assessment.training.activities.models import Activity, ActivityKind, How
from assessment.training.courses import actions as courses
from assessment.training.courses.models import Course, CourseKind
from assessment.training.courses.queries import holding
from assessment.training.models import Category, ClaimState, HourClaim
from assessment.training.polishing import actions as polishing
from assessment.training.ratings import actions as ratings
from portal.demo.teachers import upload
from portal.demo.year import Year
from schools.access.actor import Actor
from schools.clock import SHANGHAI, now, today
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Membership, Person

LATE = "会场网络不通，按纸质签到表补登"
RECORD = "围绕两个课例看了学生的作答数据，找出三处追问不足；约定下周各改一处并带回课堂实录。"
PRACTICE_HOURS = (
    7  # what a teacher gets at most by `walk`: 3 from the group's discussion, 4 from the workshop
)


def walk(year: Year, schools: list[School], *, is_recognised: bool = True) -> None:
    """Each group talks a case over, each school holds a workshop; most come, the hours are attested."""
    for school in schools:
        people = year.teachers.participants(school)
        cio = year.demo.staff_of(school).cio
        for group in TeachingGroup.objects.filter(school=school).order_by("pk"):
            members = [row for row in people if row.person.group_id == group.pk]
            if members:
                held(year, school, cio, members, group=group, days_ago=20, length=3)
        held(year, school, cio, people, group=None, days_ago=11, length=4)
        polish(year, school, people)
        if is_recognised:
            recognise(year, school)


def held(
    year: Year,
    school: School,
    cio: Person,
    people: list[Participant],
    *,
    group: TeachingGroup | None,
    days_ago: int,
    length: int,
) -> Activity:
    """One activity in the past: planned, opened, filled in from the list, recorded, closed."""
    by = year.demo.acting(cio)
    begins_at = datetime.combine(today() - timedelta(days=days_ago), time(14, 30), SHANGHAI)
    activity = planned(year, school, cio, begins_at, begins_at + timedelta(hours=length), group)
    actions.open_sign_in(activity=activity, by=by)
    came = [row for row in people if year.rng.random() < 0.92]
    actions.list_in(activity=activity, participants=came, reason=LATE, by=by)
    actions.write_record(activity=activity, text=RECORD, by=by)
    with upload(year.teachers.maker.pick("P", year.rng)) as photo:
        actions.add_output(activity=activity, upload=photo, by=by)
    actions.close(activity=activity, by=by)
    year.counts["activities"] += 1
    year.counts["sign-ins"] += len(came)
    return activity


def planned(
    year: Year,
    school: School,
    leader: Person,
    begins_at: datetime,
    ends_at: datetime,
    group: TeachingGroup | None,
) -> Activity:
    """Plan what a group, or the school, does."""
    kind = ActivityKind.DISCUSSION if group else ActivityKind.WORKSHOP
    title = f"{group.name}案例研讨：用数据追问" if group else f"{school.name}信息技术工作坊"
    return actions.plan(
        programme=year.demo.programme,
        school=school,
        kind=kind,
        title=title,
        purpose="学会用课堂数据找准追问点，形成可以带走的一份活动设计。",
        problem="课堂反馈慢，学情判断靠经验。",
        place="录播教室" if group else "阶梯教室",
        begins_at=begins_at,
        ends_at=ends_at,
        leader=leader,
        group=group,
        by=year.demo.acting(leader),
    )


def recognise(year: Year, school: School) -> None:
    """The office recognises what the school's activities brought."""
    claims = HourClaim.objects.filter(school=school, source="activity", state=ClaimState.ATTESTED)
    for claim in claims.select_related("school", "person", "programme", "county", "participant"):
        training.recognise(claim=claim, by=year.office)


def open_today(year: Year, schools: list[School]) -> None:
    """One activity of each school stands open now, and the first few have signed in by the code."""
    for school in schools:
        cio, moment = year.demo.staff_of(school).cio, now()
        activity = planned(
            year, school, cio, moment - timedelta(minutes=20), moment + timedelta(minutes=70), None
        )
        actions.open_sign_in(activity=activity, by=year.demo.acting(cio))
        for row in islice(year.teachers.participants(school), 1, 6):
            signing.sign_in(
                activity=activity,
                participant=row,
                code=signing.code_at(activity, now()),
                how=How.QR,
                by=year.demo.acting(row.person),
            )
            year.counts["sign-ins"] += 1
        year.counts["activities"] += 1


def polish(year: Year, school: School, people: list[Participant]) -> None:
    """One teacher of the school puts two drafts before the group, with a colleague's note at the first."""
    by_group: dict[int, list[Participant]] = {}
    for row in people:
        by_group.setdefault(row.person.group_id or 0, []).append(row)
    pair = next((rows[:2] for key, rows in by_group.items() if key and len(rows) > 1), None)
    if pair is None:
        return
    author, colleague = (year.demo.acting(row.person) for row in pair)
    with upload(year.teachers.maker.pick("D", year.rng)) as first:
        piece = polishing.begin(
            participant=pair[0],
            topic="《认识分数》导入环节",
            upload=first,
            note="沿用去年的教案。",
            by=author,
        )
    note(piece.drafts.select_related("polish").get(), "先让学生折一折再看视频，追问放在第二步。", colleague)
    with upload(year.teachers.maker.pick("D", year.rng)) as second:
        polishing.add_draft(polish=piece, upload=second, note="按建议把折纸提前，追问改成两问。", by=author)
    year.counts["polishings"] += 1


def note(draft: polishing.Draft, text: str, by: Actor) -> None:
    polishing.note_at(draft=draft, text=text, by=by)


def train_teams(year: Year) -> Course:
    """The county trains principals and CIOs; those of most schools come, and they rate what they heard."""
    row = courses.keep(
        programme=year.demo.programme,
        school=None,
        kind=CourseKind.TEAM,
        title="学校信息化管理团队专项培训",
        provider="宿州学院教师教育学院",
        trainers_named="周明远 教授",
        trainers=Person.objects.filter(pk__in=trainers_of(year)),
        begins_on=today() - timedelta(days=45),
        ends_on=today() - timedelta(days=44),
        hours=12,
        category=Category.ONLINE,
        counts=False,
        for_roles=["principal", "cio"],
        by=year.office,
    )
    held_posts = holding(["principal", "cio"], today()).filter(school__isnull=False)
    people = list(Person.objects.filter(pk__in=held_posts.values("person_id")).order_by("pk"))
    came = [person for number, person in enumerate(people) if number % 6 != 5]
    courses.note_attendance(course=row, people=came, school=None, by=year.office)
    for number, person in enumerate(came):
        if person.user_id:
            ratings.rate(
                subject=row,
                content=5 - number % 2,
                trainer=5 - (number % 5 == 4),
                use=4 - number % 2,
                text="案例贴近本县学校，希望多留讨论时间。" if number % 4 == 0 else "",
                by=year.demo.acting(person),
            )
            year.counts["ratings"] += 1
    year.counts["courses"] += 1
    return row


def trainers_of(year: Year) -> list[int]:
    """Return the county's trainers."""
    rows = Membership.objects.filter(county=year.demo.county, role="trainer", ends_on__isnull=True)
    return [pk for pk in rows.values_list("person_id", flat=True) if pk is not None]
