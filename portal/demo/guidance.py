"""Guidance in the demonstration: trainers on the way, an inspection and its issues, minutes, library, circulars."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from assessment.guiding.circulars import actions as circulars
from assessment.guiding.circulars.actions import Letter
from assessment.guiding.circulars.models import Circular, Receipt
from assessment.guiding.inspections import actions as inspections
from assessment.guiding.inspections.models import Inspection, Issue, Level, Severity, Topic
from assessment.guiding.library import actions as library
from assessment.guiding.library.models import DocumentKind
from assessment.guiding.meetings import actions as meetings
from assessment.guiding.meetings.models import MeetingKind
from assessment.guiding.visits import actions as visits
from assessment.guiding.visits.models import VisitKind
from portal.demo.county import office_person
from portal.demo.teachers import upload
from portal.demo.year import Year
from schools.clock import today
from schools.organisations.models import School

TRAINERS = ("许振华", "江晓岚", "闻立群")
VISITS = (
    (70, VisitKind.ON_SITE, "随堂听课两节，查看教研组活动记录", "学情采集只停留在举手统计，数据没有用到下一步教学。",
     "每个教研组先做一节用数据调整教学的研磨课，下次到校一起看。"),
    (25, VisitKind.ONLINE, "线上教研：两份能力点材料逐项对照标准", "材料齐全，教学反思写得笼统，看不出改进。",
     "反思按“问题—做法—效果—下一步”四段写，校内评审前互评一次。"),
)  # fmt: skip
ANSWER = "已在教研组例会上布置，两周内完成研磨课并把记录放到平台。"
ISSUES = (
    ("校本研修签到表缺三次活动的记录", Topic.HOURS, Severity.SERIOUS),
    ("评审组成员公示时间不足", Topic.PROCESS, Severity.SLIGHT),
    ("两名教师的课例视频无法打开", Topic.MATERIALS, Severity.SERIOUS),
)
MENDED_WORDS = "已补齐并由教研组长核对，照片为证。"
DOCUMENTS = (
    ("信息技术应用能力提升工程2.0实施方案", DocumentKind.POLICY, "整校推进 学分"),
    ("校本应用考核实施细则", DocumentKind.RULES, "评审 抽查"),
    ("微能力点考核规范说明", DocumentKind.STANDARD, "能力点 量规"),
    ("网络研修与实践应用学时认定办法", DocumentKind.GUIDE, "学时"),
    ("校本研修活动签到表", DocumentKind.FORM, "签到 学时"),
)
PARAGRAPHS = (
    "一、坚持应用导向，以课堂教学中的真实问题为出发点，整校推进。",
    "二、每位教师围绕校本研修选择能力点，完成规定的学分和学时。",
    "三、学校组织评审，县工程办抽查验收，结果公示后认定。",
)


def walk(year: Year, schools: list[School]) -> None:
    """Live a year of guidance at the schools; what happened stands in the year's counts."""
    visit_schools(year, schools)
    for school in schools[:3]:
        inspect(year, school)
    keep_minutes(year, schools[0])
    fill_library(year)
    send_circulars(year)


@contextmanager
def paper(year: Year, title: str, ending: str = "docx") -> Iterator[UploadedFile]:
    """Offer a genuine document of this title as an upload."""
    maker = year.teachers.maker
    path: Path = maker.pdf(title, PARAGRAPHS) if ending == "pdf" else maker.docx(title, PARAGRAPHS)
    with upload(path) as file:
        file.name = f"{title}.{ending}"
        yield file


def visit_schools(year: Year, schools: list[School]) -> None:
    """Three trainers share the schools; each is visited twice, most answer."""
    trainers = [office_person(year.demo.county, name, "trainer") for name in TRAINERS]
    day = today()
    for number, school in enumerate(schools):
        trainer = trainers[number % len(trainers)]
        row = visits.assign(
            trainer=trainer, school=school, starts_on=day - timedelta(days=100),
            last_on=day + timedelta(days=80), focus="教研组用数据改进教学", by=year.office,
        )  # fmt: skip
        for back, kind, looked_at, observed, advice in VISITS:
            visit = visits.write(
                assignment=row, day=day - timedelta(days=back), kind=kind, looked_at=looked_at,
                observed=observed, advice=advice, by=year.demo.acting(trainer),
            )  # fmt: skip
            if number % 4 != 3:
                cio = year.demo.acting(year.demo.staff_of(school).cio)
                visits.answer(visit=visit, words=ANSWER, by=cio)
            year.counts["visits"] += 1


def inspect(year: Year, school: School) -> None:
    """An inspection with three issues: one to be mended, one mended, one closed."""
    with paper(year, "过程督查记录表", "pdf") as record:
        row = inspections.inspect(
            school=school, level=Level.COUNTY, topic=Topic.PROCESS, day=today() - timedelta(days=12),
            members="程思远、许振华、县师资发展中心 江晓岚", summary="组织有序，材料基本齐全；三处需要即知即改。",
            uploads=[record], by=year.office,
        )  # fmt: skip
    year.counts["inspections"] += 1
    named = [raise_issue(year, row, *facts) for facts in ISSUES]
    cio = year.demo.acting(year.demo.staff_of(school).cio)
    for issue in named[1:]:
        with paper(year, "整改情况说明") as proof:
            inspections.mend(issue=issue, words=MENDED_WORDS, proof=proof, by=cio)
    inspections.close(issue=named[2], by=year.office)


def raise_issue(year: Year, row: Inspection, title: str, area: Topic, severity: Severity) -> Issue:
    year.counts["issues"] += 1
    return inspections.raise_issue(
        school=row.school, title=title, area=area, severity=severity, inspection=row, by=year.office,
        owner=year.demo.staff_of(row.school).deputy, due_on=today() + timedelta(days=10),
    )  # fmt: skip


def keep_minutes(year: Year, school: School) -> None:
    """The leading group's meeting with two decisions, one of them an issue; a school's own meeting."""
    county = year.demo.county
    row = meetings.keep(
        county=county, school=None, title="提升工程2.0领导小组第三次会议", kind=MeetingKind.LEADERS,
        held_on=today() - timedelta(days=20), attendees="局领导、县工程办、师资发展中心、各中心校校长",
        text="通报整校推进进度，讨论校本研修学时认定中的问题。", by=year.office,
    )  # fmt: skip
    meetings.decide(minutes=row, what="每月通报一次各校进度", who="县工程办", by=year.office)
    due_on = today() + timedelta(days=14)
    decision = meetings.decide(
        minutes=row, what=f"{school.name}补齐校本研修记录", who=school.name, due_on=due_on, by=year.office
    )

    def raised() -> Issue:
        return inspections.raise_issue(
            school=school, title=decision.what, area=Topic.HOURS, severity=Severity.SERIOUS,
            owner=year.demo.staff_of(school).deputy, due_on=due_on, by=year.office,
        )  # fmt: skip

    meetings.make_issue(decision=decision, raised=raised, by=year.office)
    cio = year.demo.acting(year.demo.staff_of(school).cio)
    meetings.keep(
        county=county, school=school, title="信息化管理团队例会", kind=MeetingKind.SCHOOL,
        held_on=today() - timedelta(days=15), attendees="校长、首席信息官、管理团队、各教研组长", by=cio,
    )  # fmt: skip
    year.counts["minutes"] += 2


def fill_library(year: Year) -> None:
    """Five documents; the detailed rules have a second version, some are followed."""
    day = today()
    for number, (name, kind, tags) in enumerate(DOCUMENTS):
        with paper(year, name, "docx" if number % 2 else "pdf") as file:
            document = library.add(
                county=year.demo.county, school=None, name=name, kind=kind, upload=file, tags=tags,
                effective_from=day - timedelta(days=90), by=year.office,
            )  # fmt: skip
        for staff in list(year.demo.staff.values())[: 6 - number]:
            library.take(version=document.versions.get(), by=year.demo.acting(staff.cio))
        if kind == DocumentKind.RULES:
            with paper(year, f"{name}（修订）") as file:
                library.publish(
                    document=document, upload=file, effective_from=day - timedelta(days=10),
                    note="明确补报轮次与复核时限", by=year.office,
                )  # fmt: skip
        year.counts["documents"] += 1


def send_circulars(year: Year) -> None:
    """One circular that most have read, one withdrawn and its correction, one draft."""
    plain = Letter(
        title="关于做好校本应用考核材料提交的通知",
        text="各校：\n请于本月底前完成能力点材料提交，提交前由教研组互评一次。\n县工程办",
        roles=["principal", "cio"],
        due_on=today() + timedelta(days=10),
    )
    with ExitStack() as papers:
        file = papers.enter_context(paper(year, "材料提交时间安排"))
        sent = send(year, Letter(**{**vars(plain), "uploads": [file]}))
    read(year, sent, share=0.8)
    wrong = send(
        year,
        Letter(
            title="关于评审培训的通知", text="评审培训定于下周三上午。", roles=["cio"], needs_receipt=True
        ),
    )
    circulars.withdraw(circular=wrong, because="时间有误，以更正通知为准", by=year.office)
    right = Letter(
        title="关于评审培训时间的更正通知", text="评审培训改为下周四上午。", roles=["cio", "group-head"]
    )
    read(year, send(year, right, corrects=wrong), share=0.6)
    draft = Letter(title="关于期末抽查安排的通知", text="（起草中）", roles=["principal"])
    circulars.draft(county=year.demo.county, letter=draft, by=year.office)


def send(year: Year, letter: Letter, corrects: Circular | None = None) -> Circular:
    row = circulars.draft(county=year.demo.county, letter=letter, corrects=corrects, by=year.office)
    year.counts["circulars"] += 1
    year.counts["circular receipts"] += circulars.send(circular=row, by=year.office)
    return row


def read(year: Year, circular: Circular, *, share: float) -> None:
    """A share of those addressed confirms having read it."""
    receipts = list(Receipt.objects.filter(circular=circular).select_related("person").order_by("pk"))
    for receipt in receipts[: round(len(receipts) * share)]:
        circulars.confirm(receipt=receipt, by=year.demo.acting(receipt.person))
