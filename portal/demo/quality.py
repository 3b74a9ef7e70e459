"""Fair judging in the demonstration: exemplars and practice on them, and groups' records judged by others."""

from assessment.reviewing.exemplars import actions as exemplars_of
from assessment.reviewing.exemplars.models import Exemplar, ExemplarState, Practice
from assessment.reviewing.exemplars.queries import FULL, candidates_for, may_practise
from assessment.reviewing.group_records import actions as records_of
from assessment.reviewing.group_records.queries import may_be_asked
from assessment.reviewing.group_records.records import record_named, records_at
from assessment.reviewing.panel import candidates
from assessment.submitting.models import Submission
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from portal.demo.year import Year
from schools.organisations.models import School

OF_COUNTY, OF_SCHOOL = 3, 2
REASON = "各项等级界限清楚，适合新评审统一尺度。"
COMMENTS = {
    Grade.EXCELLENT: "目标、过程与数据相互印证，反思写出了下一步怎样改，对照标准逐条达到优秀。",
    Grade.PASS: "材料完整、真实，方法用对了地方；数据只作了描述，没有据此调整教学，所以是合格。",
    Grade.FAIL: "只交了通用教案，看不出技术怎样支持了本节课的学习，与标准的首条要求不符，所以不合格。",
}
RECORD_ADVICE = (
    "问题抓得准，过程有记录；建议把讨论出的改法写成下一次课的观察点。",
    "活动与能力点对得上，签到与材料齐全；请补上改进前后的学生数据对照。",
    "主题集中，分工清楚；两次活动之间缺少跟进，下学期请在计划里留出回头看的时间。",
)


def exemplars(year: Year) -> None:
    """The office and two schools ask teachers of released work; most agree, and the exemplars are opened."""
    kept = list(candidates_for(year.demo.programme, None, q="", grade="").order_by("pk"))
    year.rng.shuffle(kept)
    kept.sort(key=lambda row: row.grade or 0)
    kept = [row for row in kept if row.person_id not in (staff_id(year, row), year.demo.office.pk)]
    chosen = [*kept[:1], *kept[-(OF_COUNTY - 1) :]] if len(kept) >= OF_COUNTY else kept
    for submission in chosen:
        exemplar(year, submission, is_for_county=True)
    taken = {submission.pk for submission in chosen}
    for school in {row.school_id: row.school for row in kept}.values():
        own = [row for row in kept if row.school_id == school.pk and row.pk not in taken]
        if len(own) > OF_SCHOOL:
            exemplar(year, own[0], is_for_county=False)
            return


def staff_id(year: Year, submission: Submission) -> int:
    """Return the id of the CIO of the submission's school, who makes no exemplar of the own work."""
    return int(year.demo.staff_of(submission.school).cio.pk)


def exemplar(year: Year, submission: Submission, *, is_for_county: bool) -> None:
    """Ask the teacher, let them agree, write the agreed grades and open it."""
    staff = year.demo.staff_of(submission.school)
    keeper = year.office if is_for_county else year.demo.acting(staff.cio)
    made = exemplars_of.ask(submission=submission, is_for_county=is_for_county, reason=REASON, by=keeper)
    exemplars_of.step(exemplar=made, action="agree", by=year.demo.acting(submission.person))
    items = items_of(submission)
    grades = {item.pk: Grade(submission.grade or Grade.PASS) for item in items}
    comments = {item: COMMENTS[grade] for item, grade in grades.items()}
    exemplars_of.agree_on(exemplar=made, grades=grades, comments=comments, by=keeper)
    exemplars_of.step(exemplar=made, action="show", by=keeper)
    year.counts["exemplars"] += 1


def practice(year: Year) -> None:
    """Reviewers of the schools practise on what is open to them; most agree on most items."""
    for made in Exemplar.objects.filter(state=ExemplarState.SHOWN).select_related(*FULL).order_by("pk"):
        agreed = dict(made.grades.values_list("item_id", "grade"))
        for person in candidates(made.school):
            by = year.demo.acting(person)
            done = Practice.objects.filter(exemplar=made, person=person).exists()
            if done or not may_practise(by, made):
                continue
            grades = {
                item: Grade(grade) if year.rng.random() < 0.8 else Grade.PASS
                for item, grade in agreed.items()
            }
            exemplars_of.practise(exemplar=made, grades=grades, by=by)
            year.counts["practice"] += 1


def group_records(year: Year, schools: list[School]) -> None:
    """Each school has up to three records judged by people outside the group, the office one more."""
    for school in schools:
        cio = year.demo.acting(year.demo.staff_of(school).cio)
        for number, row in enumerate(records_at(school, year.demo.programme)[:3]):
            record = record_named(row.kind, row.pk, school)
            free = may_be_asked(record) if record else []
            if record is None or not free:
                continue
            review = records_of.ask(record=record, reviewer=year.rng.choice(free), by=cio)
            if number == 2:
                continue  # this one still waits
            grade = year.rng.choice((Grade.PASS, Grade.PASS, Grade.EXCELLENT))
            advice = year.rng.choice(RECORD_ADVICE)
            records_of.judge(review=review, grade=grade, advice=advice, by=year.demo.acting(review.person))
            year.counts["group records"] += 1
    for school in schools[:1]:
        for row in records_at(school, year.demo.programme)[3:4]:
            record = record_named(row.kind, row.pk, school)
            if record is not None:
                records_of.judge_at_once(
                    record=record, grade=Grade.PASS, advice=RECORD_ADVICE[2], by=year.office
                )
