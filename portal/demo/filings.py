"""The filings of the demonstration county beside the plans: schemes, topic plans, remarks, comments."""

from assessment.planning import actions, comments, remarks
from assessment.planning.bodies.queries import lacking
from assessment.planning.models import Filing, FilingKind
from assessment.planning.queries import plan_for
from portal.demo import filings_said as said
from portal.demo.year import Year
from schools.access.actor import Actor
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Membership, Person

FOCUS = ["A1", "A3", "A5", "A8", "A11", "A13"]
GROUPS_OF_A_SCHOOL = 2
COMMENTS = (
    (
        "目标里“每周采集学情”怎么算数？填问卷也算吗？",
        "算。课前问卷、课中投票、作业数据都算，教研组每月登记一次。",
    ),
    ("建议把听评课和展示课合在一起，少占课时。", ""),
)


def walk(year: Year, schools: list[School]) -> None:
    """Every second unit goes the whole way; the first scheme comes back with remarks and is filed again."""
    units = [school for school in schools if not school.managed_by_id]
    for number, school in enumerate(units):
        cio = year.demo.acting(year.demo.staff[school.pk].cio)
        scheme = file_scheme(year, school, cio, is_limited=number % 4 == 1)
        training = write(year, school, FilingKind.TRAINING, "校本研修方案", cio)
        actions.file(filing=training, by=cio)
        if number == 0:
            return_and_file_again(year, scheme, cio)
        if number % 2 == 0:
            actions.approve(filing=scheme, by=year.office)
            actions.approve(filing=training, by=year.office)
        file_bodies(year, school, cio)
        plan_topics(year, school, cio)
        if number < 3:
            talk_over(year, school, cio)


def write(
    year: Year, school: School, kind: FilingKind, name: str, by: Actor, group: TeachingGroup | None = None
) -> Filing:
    """Write one filing with what its kind asks for."""
    programme = year.demo.programme
    focus = [code for code in FOCUS if code[0] in school.environments]
    content = {
        FilingKind.SCHEME: lambda: said.scheme_said(programme, focus, is_limited=False),
        FilingKind.TRAINING: lambda: said.training_said(programme),
        FilingKind.TOPIC: lambda: said.topic_said(programme, focus[:2]),
    }[kind]()
    year.counts["filings written"] += 1
    title = f"{school.name}{group.name if group else ''}{name}"
    return actions.write(
        programme=programme, school=school, kind=kind, title=title, content=content, by=by, group=group
    )


def file_scheme(year: Year, school: School, cio: Actor, *, is_limited: bool) -> Filing:
    scheme = write(year, school, FilingKind.SCHEME, "整校推进实施方案", cio)
    if is_limited:
        content = {**scheme.content, "is_limited": True}
        scheme = actions.write(
            programme=year.demo.programme,
            school=school,
            kind=FilingKind.SCHEME,
            title=scheme.title,
            content=content,
            by=cio,
        )
    actions.file(filing=scheme, by=cio)
    return scheme


def return_and_file_again(year: Year, scheme: Filing, cio: Actor) -> None:
    """The office remarks beside a field and a row; the school mends both and files again."""
    first = remarks.remark(
        filing=scheme, field="themes", text="请写明每个教研组对应的微能力点。", by=year.office
    )
    second = remarks.remark(filing=scheme, field="steps.1", text="课堂应用的频次要求是什么？", by=year.office)
    actions.send_back(filing=scheme, remarks="", by=year.office)
    content = {**scheme.content}
    content["themes"] = "语文组抓预习反馈（A1），数学组抓错题归因（A5），综合组抓表现性评价（A11）。"
    steps = [dict(step) for step in content["steps"]]
    steps[1]["what"] = "课堂应用与互听互评（每人每月一节）"
    content["steps"] = steps
    for row, text in ((first, "已逐组写明。"), (second, "已改为每人每月一节。")):
        row.refresh_from_db()
        row.filing.refresh_from_db()
        remarks.answer(remark=row, text=text, is_mended=True, by=cio)
    written = actions.write(
        programme=year.demo.programme,
        school=scheme.school,
        kind=FilingKind.SCHEME,
        title=scheme.title,
        content=content,
        by=cio,
    )
    actions.file(filing=written, by=cio)
    scheme.refresh_from_db()
    year.counts["filings returned"] += 1


def file_bodies(year: Year, school: School, cio: Actor) -> None:
    """The bodies are filed where nothing is lacking."""
    programme = year.demo.programme
    if lacking(programme, school):
        return
    row = actions.write(
        programme=programme,
        school=school,
        kind=FilingKind.BODIES,
        title=f"{school.name}组织机构备案",
        content={},
        by=cio,
    )
    actions.file(filing=row, by=cio)
    actions.approve(filing=row, by=year.office)
    year.counts["bodies filed"] += 1


def plan_topics(year: Year, school: School, cio: Actor) -> None:
    """Heads file their groups' topic plans; the CIO agrees to the first and has the second to read."""
    heads = Membership.objects.filter(school=school, role="group-head", ends_on__isnull=True)
    held = heads.select_related("person", "group").order_by("pk")[:GROUPS_OF_A_SCHOOL]
    for number, head in enumerate(held):
        if head.group is None or head.person is None or head.person.user_id is None:
            continue
        by = year.demo.acting(head.person)
        topic = write(year, school, FilingKind.TOPIC, "专题研修计划", by, head.group)
        actions.file(filing=topic, by=by)
        if number == 0:
            actions.agree(filing=topic, by=cio)
        year.counts["topic plans"] += 1


def talk_over(year: Year, school: School, cio: Actor) -> None:
    """Two teachers comment on the plan; one has a reply, the other waits for it."""
    plan = plan_for(year.demo.programme, school)
    teachers = Person.objects.filter(school=school, user__isnull=False, memberships__role="teacher")
    if plan is None:
        return
    for person, (text, answer) in zip(teachers.distinct().order_by("pk")[:2], COMMENTS, strict=False):
        made = comments.comment(filing=plan, text=text, by=year.demo.acting(person))
        if answer:
            comments.reply(comment=made, text=answer, by=cio)
        year.counts["comments"] += 1
