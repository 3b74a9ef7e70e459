"""The county as a visitor finds it: schools at every stage of the year, and one account per role with work waiting."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from assessment.checking.cases.models import Judgement, SpotCheckCase
from assessment.planning import actions as plans
from assessment.planning.models import FilingKind
from assessment.reviewing.models import Review, ReviewState
from assessment.selecting.models import Selection, SelectionState
from assessment.submitting.models import Submission, SubmissionState
from portal.demo import activities, around, checking, fair, likeness
from portal.demo.county import DemoCounty, office_person
from portal.demo.filings_said import plan_said
from portal.demo.looking import look_first
from portal.demo.year import Year
from schools.access.appointing import appoint
from schools.access.granting import grant_review
from schools.access.roles import ROLES
from schools.organisations.models import School
from schools.people.models import Membership, Person, User

FINISHED = ("caogou-zhongxin", "caogou-yugou", "caogou-qinqiao", "sicheng-youeryuan", "huangwei-zhongxin")
WITH_EXPERTS, UNDRAWN, TO_SIGN = "shantou-zhongxin", "dinghu-jiunian", "pingshan-zhongxin"
MIDWAY, CHOOSING, PLANNING = "sicheng-shiyan", ("heita-zhongxue", "dazhuang-chuzhong"), "sicheng-chuzhong"
SEED = "sixian-demo"


@dataclass(frozen=True)
class Account:
    """One line of the table that the demonstration prints."""

    role: str
    username: str
    name: str
    place: str


def walk(year: Year, say: Any) -> None:
    """Walk every school as far as it is to be found."""
    rows = {school.slug: school for school in year.demo.rows}
    finished = [rows[slug] for slug in FINISHED if slug in rows]
    later = [rows[slug] for slug in (WITH_EXPERTS, UNDRAWN, TO_SIGN) if slug in rows]
    midway = [rows[slug] for slug in (MIDWAY,) if slug in rows]
    around.prepare(year, [school for school in year.demo.rows if school.slug != PLANNING])
    file_plan_only(year, rows.get(PLANNING))
    say(_("plans filed, needs surveyed"))
    year.choose(finished + later)
    year.choose(midway, leave=3)
    year.choose([rows[slug] for slug in CHOOSING if slug in rows], leave=8)
    say(_("points chosen"))
    around.train(year, finished + later)
    around.train(year, midway[:1], is_recognised=False)
    around.guide(year, finished + later + midway)
    activities.open_today(year, midway)
    say(_("hours claimed"))
    invite_outsider(year, midway, rows)
    submit(year, finished + later, midway)
    say(_("evidence submitted"))
    year.review(finished + later)
    year.review(midway, leave=5)
    say(_("reviewed"))
    year.decide(finished + later)
    year.try_again(finished + later)
    year.decide(midway, leave=5)
    fair.after_deciding(year, finished + later)
    say(_("decided"))
    year.file(finished)
    checking.check(year, finished, SEED)
    file_the_later(year, rows)
    likeness.settle(year)
    year.issue()
    say(_("certificates issued"))
    around.remind(year, year.demo.rows)
    say(_("reminders sent"))


def submit(year: Year, done: list[School], midway: list[School]) -> None:
    """Evidence is handed in, wholly by some schools and partly by one, for panels that are set out."""
    fair.sample_process(year)
    begun = year.begin(done)
    fair.before_submitting(year)
    fair.before_reviewing(year, done + midway)
    year.submit(begun)
    year.submit(year.begin(midway), leave=3)


def file_plan_only(year: Year, school: School | None) -> None:
    """One school has just filed its plan: the office has something to approve."""
    if school is None:
        return
    cio = year.demo.acting(year.demo.staff[school.pk].cio)
    row = plans.write(
        programme=year.demo.programme,
        school=school,
        kind=FilingKind.PLAN,
        title=f"{school.name}信息化教学发展规划",
        content={
            **plan_said(year.demo.programme, ["A1", "B1", "C5"]),
            "problem": "大班额课堂反馈不及时；校本研修与课堂脱节。",
        },
        by=cio,
    )
    plans.file(filing=row, by=cio)


def invite_outsider(year: Year, midway: list[School], rows: dict[str, School]) -> None:
    """A reviewer of another school sits on the midway school's panel."""
    other = year.demo.staff.get(rows["huangwei-zhongxin"].pk) if "huangwei-zhongxin" in rows else None
    for school in midway:
        if other:
            cio = year.demo.acting(year.demo.staff[school.pk].cio)
            grant_review(person=other.reviewers[0], school=school, reason="校外评审", by=cio)
            year.demo.actors.pop(other.reviewers[0].pk, None)


def file_the_later(year: Year, rows: dict[str, School]) -> None:
    """One return is with the experts, one waits for the draw, one for the principal's signature."""
    if WITH_EXPERTS in rows:
        year.judging.file_return(rows[WITH_EXPERTS])
        drawn = year.judging.draw(f"{SEED}-2")
        for case in SpotCheckCase.objects.filter(draw=drawn).select_related(
            "submission", "school", "draw__programme"
        ):
            year.judging.give_out(case)
    if UNDRAWN in rows:
        year.judging.file_return(rows[UNDRAWN])
    if TO_SIGN in rows:
        year.judging.publish(rows[TO_SIGN])


def open_accounts(year: Year) -> list[Account]:
    """Give one person per role a user name and the demonstration's password; returns the table."""
    password = secrets.token_urlsafe(9)
    hashed = make_password(password)
    accounts = []
    shown = people(year)
    look_first(shown.values())
    for username, person in shown.items():
        User.objects.filter(pk=person.user_id).update(username=username, password=hashed)
        accounts.append(
            Account(role_of(username), username, person.name, str(person.school or person.county))
        )
    observer, _made = User.objects.update_or_create(username="observer", defaults={"password": hashed})
    Membership.objects.get_or_create(
        user=observer,
        role="observer",
        region=year.demo.county.region,
        defaults={"starts_on": year.demo.programme.starts_on},
    )
    accounts.append(Account(role_of("observer"), "observer", "", str(year.demo.county.region)))
    User.objects.update_or_create(
        username="admin", defaults={"password": hashed, "is_staff": True, "is_superuser": True}
    )
    accounts.append(Account(_("Administrator (/admin/)"), "admin", "", ""))
    path().write_text(
        json.dumps(
            {"password": password, "accounts": [vars(account) for account in accounts]}, ensure_ascii=False
        )
    )
    path().chmod(0o600)
    return accounts


def path() -> Path:
    """Return the file in which the demonstration keeps its accounts."""
    return Path(settings.VAR_DIR) / "demo" / "accounts.json"


def role_of(username: str) -> str:
    key = {"office": "county-office", "leader": "county-leader", "head": "group-head", "outsider": "reviewer"}
    return str(ROLES[key.get(username, username)].label)


def people(year: Year) -> dict[str, Person]:
    """Return, by user name, people who have something to do."""
    demo = year.demo
    midway = next(school for school in demo.rows if school.slug == MIDWAY)
    staff = demo.staff[midway.pk]
    cio = demo.acting(staff.cio)
    leader = office_person(demo.county, "方若川", "county-leader")
    trainer = office_person(demo.county, "梁书禾", "trainer")
    team = ordinary_teachers(demo, midway)[-1]
    appoint(person=team, role="team", school=midway, by=cio)
    case = Judgement.objects.filter(finished_at__isnull=True).select_related("expert").first()
    outside = Review.objects.filter(school=midway).exclude(person__school=midway).first()
    found = {
        "office": demo.office,
        "leader": leader,
        "principal": staff.principal,
        "cio": staff.cio,
        "deputy": staff.deputy,
        "team": team,
        "head": head_with_work(midway) or staff.cio,
        "reviewer": reviewer_with_work(midway, staff.reviewers),
        "teacher": teacher_with_work(year, midway),
        "outsider": outside.person if outside else None,
        "expert": case.expert if case else demo.experts[-1],
        "trainer": trainer,
    }
    used: set[int] = set()
    distinct = {}
    for username, person in found.items():
        if person is not None and person.pk not in used:
            used.add(person.pk)
            distinct[username] = Person.objects.select_related("school", "county").get(pk=person.pk)
    return distinct


def ordinary_teachers(demo: DemoCounty, school: School) -> list[Person]:
    """Return teachers who hold no other role."""
    busy = Membership.objects.filter(ends_on__isnull=True).exclude(role="teacher").values("person_id")
    return list(
        Person.objects.filter(school=school)
        .exclude(pk__in=busy)
        .select_related("county", "school")
        .order_by("pk")
    )


def head_with_work(school: School) -> Person | None:
    """Return a group head to whom somebody of the group has proposed."""
    waiting = Selection.objects.filter(school=school, state=SelectionState.PROPOSED).values(
        "person__group_id"
    )
    held = Membership.objects.filter(role="group-head", group_id__in=waiting).select_related("person")
    return held[0].person if held else None


def reviewer_with_work(school: School, reviewers: list[Person]) -> Person:
    waiting = Review.objects.filter(
        school=school, state=ReviewState.ASSIGNED, person__in=reviewers
    ).select_related("person")
    return waiting[0].person if waiting else reviewers[0]


def teacher_with_work(year: Year, school: School) -> Person:
    """Return a teacher with a draft, and send one of their submissions back."""
    ordinary = ordinary_teachers(year.demo, school)
    drafts = Submission.objects.filter(school=school, state=SubmissionState.DRAFT, person__in=ordinary)
    waiting = (
        Submission.objects.filter(
            school=school, state=SubmissionState.SUBMITTED, person_id__in=drafts.values("person_id")
        )
        .exclude(reviews__state=ReviewState.FINISHED)
        .select_related("person", "school", "point", "programme", "participant")
        .first()
    )
    if waiting is None:
        return drafts[0].person if drafts else ordinary[0]
    year.judging.send_back(waiting)
    return waiting.person
