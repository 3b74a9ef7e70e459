"""Panels in the demonstration: guests, declared relations, phrases, a delegated panel, honours and coaches."""

from assessment.reviewing.coaching.actions import name_coach
from assessment.reviewing.coaching.queries import coaches_for, needing
from assessment.reviewing.honours.actions import most_names, put_forward
from assessment.reviewing.honours.queries import excellent_at, names_at
from assessment.reviewing.panels import delegating, relations
from assessment.reviewing.panels.models import RelationKind
from assessment.reviewing.phrases import bank
from assessment.reviewing.phrases.bank import Owner
from microcapabilities.models import Point
from portal.demo.county import Staff, office_person
from portal.demo.year import Year
from schools.access.granting import grant_review
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person

TRAINER = "陆明远"
SHARED = (
    "目标写得具体，学生做什么、做到什么程度一看就懂。",
    "请保留一份学生作品作为对照，并写明数据怎样改变了教学决定。",
    "反思可以按“问题—做法—效果—下一步”四段来写。",
)
OF_SCHOOL = "材料请先在教研组内互看一遍，再提交。"
OWN = "课例片段选得好，建议补一句为什么选这一段。"
RELATIONS = ((RelationKind.PREPARATION, "同年级备课搭档"), (RelationKind.FAMILY, "夫妻"))


def prepare(year: Year, schools: list[School]) -> None:
    """Before anybody is asked to review: guests, relations, phrases, and one panel for the training team."""
    units = [school for school in schools if not school.managed_by_id]
    keep_shared(year)
    for number, school in enumerate(units):
        staff = year.demo.staff_of(school)
        other = year.demo.staff_of(units[number - 1])
        if other is not staff:
            call_guest(year, school, staff, other)
        declare(year, school, staff)
        keep_own(year, school, staff)
    delegate_smallest(year, units)


def call_guest(year: Year, school: School, staff: Staff, other: Staff) -> None:
    """A reviewer of the neighbouring unit sits on the panel."""
    guest = other.reviewers[-1]
    if guest.school_id == school.pk:
        return
    grant_review(person=guest, school=school, reason="校外评审", by=year.demo.acting(staff.cio))
    year.demo.actors.pop(guest.pk, None)
    year.counts["guests on panels"] += 1


def declare(year: Year, school: School, staff: Staff) -> None:
    """Two reviewers declare whom they do not judge."""
    others = Person.objects.filter(school=school, is_active=True).exclude(
        pk__in=[person.pk for person in staff.reviewers]
    )
    for reviewer, other, (kind, note) in zip(
        staff.reviewers, others.order_by("pk")[3:5], RELATIONS, strict=False
    ):
        by = year.demo.acting(reviewer)
        relations.declare(person=reviewer, other=other, kind=kind, note=note, by=by)
        year.counts["declared relations"] += 1


def keep_shared(year: Year) -> None:
    """The county's phrases, one of them for the first point."""
    points = Point.objects.filter(catalogue=year.demo.programme.catalogue).order_by("position")
    for number, words in enumerate(SHARED):
        point = points[0] if number == 0 else None
        bank.keep(owner=Owner(year.demo.county), text=words, point=point, by=year.office)


def keep_own(year: Year, school: School, staff: Staff) -> None:
    """A phrase of the school and one of its first reviewer."""
    cio, reviewer = year.demo.acting(staff.cio), staff.reviewers[0]
    bank.keep(owner=Owner(year.demo.county, school), text=OF_SCHOOL, point=None, by=cio)
    owner = Owner(year.demo.county, person=reviewer)
    if not owner.phrases.exists():
        bank.keep(owner=owner, text=OWN, point=None, by=year.demo.acting(reviewer))


def delegate_smallest(year: Year, units: list[School]) -> None:
    """The unit with the fewest people gives its panel to the training team, and takes it back the same day.

    So both acts stand on record, and the school's own reviewers judge its work.
    """
    held = Membership.objects.filter(role="trainer", county=year.demo.county, ends_on__isnull=True)
    if not held.filter(starts_on__lte=today()).exists():
        office_person(year.demo.county, TRAINER, "trainer")
    smallest = min(units, key=lambda school: (Person.objects.filter(school=school).count(), school.pk))
    delegating.delegate(school=smallest, reason="本校评审人手不足", by=year.office)
    delegating.take_back(school=smallest, by=year.office)
    year.counts["delegated panels"] += 1


def honour(year: Year, schools: list[School]) -> None:
    """After the decisions: each school puts forward as many excellent names as its share allows."""
    for school in schools:
        staff = year.demo.staff_of(school)
        most, _passed = most_names(year.demo.programme, school)
        rows = excellent_at(year.demo.programme, school).exclude(person=staff.cio)
        for submission in rows.order_by("pk")[: most - names_at(year.demo.programme, school)]:
            put_forward(submission=submission, by=year.demo.acting(staff.cio))
            year.counts["names for honours"] += 1


def coach(year: Year, schools: list[School]) -> None:
    """After the decisions: whoever has used or is left with the last attempt gets a coach."""
    for school in schools:
        cio = year.demo.acting(year.demo.staff_of(school).cio)
        trainers = coaches_for(school)
        for number, row in enumerate(needing(year.demo.programme, school)):
            free = [person for person in trainers if person.pk != row.submission.person_id]
            if row.coach or not free:
                continue
            name_coach(submission=row.submission, coach=free[number % len(free)], by=cio)
            year.counts["coaches"] += 1
