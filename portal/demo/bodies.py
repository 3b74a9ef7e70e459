"""Who leads and trains in the demonstration county: bodies as in its notice, school teams, nominations, inventories."""

from datetime import date, timedelta

from django.db.models import Q

from assessment.planning.bodies import actions as bodies
from assessment.planning.bodies.actions import Holder, Term
from assessment.planning.bodies.queries import lacking
from assessment.planning.inventory import actions as inventories
from assessment.planning.nominations import actions as nominations
from portal.demo.year import Year
from schools.clock import today
from schools.organisations.models import School
from schools.people.models import Membership, Person

OFFICE, DEVELOPMENT, RESEARCH, ELECTRO = (
    "education-office", "development-centre", "research-office", "electro-education",
)  # fmt: skip
COUNTY_BODIES = {
    "leading-group": (
        ("head", "韩叙言", OFFICE), ("deputy-head", "岳清和", OFFICE), ("deputy-head", "周砚田", OFFICE),
        ("member", "高立言", OFFICE), ("member", "王同舟", DEVELOPMENT), ("member", "史怀瑾", RESEARCH),
        ("member", "陈一苇", ELECTRO),
    ),
    "executive-office": (
        ("office-director", "刘见川", DEVELOPMENT), ("liaison", "凌若谷", DEVELOPMENT),
        ("member", "程思齐", DEVELOPMENT),
    ),
    "management-team": (
        ("head", "刘见川", DEVELOPMENT), ("member", "谭知行", ELECTRO), ("member", "时雨晴", RESEARCH),
    ),
    "training-team": (
        ("training-lead", "刘见川", DEVELOPMENT), ("liaison", "凌若谷", DEVELOPMENT),
        ("member", "何秋白", "university"),
    ),
}  # fmt: skip
DUTIES = {
    "leading-group": "统筹全县能力提升工程2.0，审定实施方案，督查各校进度。",
    "executive-office": "办公室设在师资发展中心，负责整校推进的指导、组织培训、考核验收。",
    "training-team": "指导校级培训团队，参与校本应用考核评审，送教下乡。",
}
SUBJECTS = ("语文", "数学", "英语", "信息科技", "科学", "音乐")
PLATFORM = "安徽省智慧学校平台"
YEARS = 3


def walk(year: Year, schools: list[School]) -> None:
    """Form the county's bodies and each school's team, waive one post, nominate, take stock."""
    form_county_bodies(year)
    units = [school for school in schools if school.pk in year.demo.staff]
    for school in units:
        form_team(year, school)
    waive_one(year, units)
    nominate(year, units)
    for number, school in enumerate(schools):
        take_stock(year, school, number)


def the_term() -> Term:
    """Return a term of three years that began with this one."""
    begins = date(today().year, 1, 1)
    return Term(begins, date(begins.year + YEARS - 1, 12, 31))


def form_county_bodies(year: Year) -> None:
    """The leading group, the office, the teams, each published with its duties."""
    county, term = year.demo.county, the_term()
    for kind, members in COUNTY_BODIES.items():
        for post, name, origin in members:
            holder = Holder(None, name, origin)
            bodies.seat(
                county=county, school=None, kind=kind, post=post, holder=holder, term=term, by=year.office
            )
            year.counts["county posts"] += 1
        bodies.describe(
            county=county, kind=kind, duties=DUTIES.get(kind, ""), is_published=True, by=year.office
        )


def form_team(year: Year, school: School) -> None:
    """Principal, deputy, teaching director and IT backbone; a small school shares or leaves posts empty."""
    staff, cio = year.demo.staff[school.pk], year.demo.acting(year.demo.staff[school.pk].cio)
    team = [("principal", staff.principal), ("deputy-principal", staff.cio)]
    team += [("teaching-director", staff.deputy)]
    team += [("it-backbone", person) for person in staff.reviewers[:1]]
    if school.stage == "kindergarten":
        team = [entry for entry in team if entry[0] != "deputy-principal"]
    for post, person in team:
        bodies.seat(
            county=year.demo.county,
            school=school,
            kind="management-team",
            post=post,
            holder=Holder(person),
            term=the_term(),
            by=cio,
        )
        year.counts["team posts"] += 1


def waive_one(year: Year, units: list[School]) -> None:
    """The county asks a kindergarten without a deputy principal for none."""
    programme = year.demo.programme
    for school in units:
        if programme is not None and school.stage == "kindergarten" and lacking(programme, school):
            bodies.waive(
                programme=programme,
                school=school,
                about="deputy-principal",
                reason="园所规模小，未设副园长，由保教主任兼管。",
                by=year.office,
            )
            year.counts["waivers"] += 1
            return


def candidate(year: Year, school: School) -> Person | None:
    """Return somebody of the school who holds no role but that of a teacher."""
    busy = Membership.objects.filter(Q(ends_on__isnull=True) & ~Q(role="teacher")).values("person_id")
    people = Person.objects.filter(school=school, is_active=True, user__isnull=False).exclude(pk__in=busy)
    return people.select_related("county", "school").order_by("-teaching_years", "pk").first()


def nominate(year: Year, units: list[School]) -> None:
    """Six schools propose somebody: three are selected, one is declined, the others wait."""
    programme = year.demo.programme
    if programme is None:
        return
    nominations.set_quota(programme=programme, school=None, subject="", places=20, by=year.office)
    for number, school in enumerate(units[:6]):
        person = candidate(year, school)
        if person is None:
            continue
        nominations.set_quota(programme=programme, school=school, subject="", places=2, by=year.office)
        row = nominations.nominate(
            programme=programme,
            school=school,
            person=person,
            subject=person.subject or SUBJECTS[number],
            employment="full" if number == 0 else "part",
            reason="常态课堂用数据改进教学，校内已带三位青年教师，乐于分享。",
            by=year.demo.acting(year.demo.staff[school.pk].cio),
        )
        if number < 3:
            until = today() + timedelta(days=365 * 2)
            nominations.select(nomination=row, until=until, by=year.office)
            year.counts["trainers selected"] += 1
        elif number == 3:
            nominations.decline(nomination=row, why="该学科名额已满，请明年再推荐。", by=year.office)
            year.counts["nominations declined"] += 1
        else:
            year.counts["nominations waiting"] += 1


def take_stock(year: Year, school: School, number: int) -> None:
    """Each school states what its environments rest on; the first waits, the second is sent back."""
    cio = year.demo.acting(year.demo.staff_of(school).cio)
    has_b, has_c = "B" in school.environments, "C" in school.environments
    facts = {
        "multimedia_rooms": 6 + number % 20,
        "interactive_displays": 2 + number % 5,
        "networked_rooms": 1 if has_b else 0,
        "tablet_classes": 2 if has_c else 0,
        "recording_rooms": 1 if has_c else 0,
        "platform": PLATFORM if has_b or has_c else "",
        "bandwidth": 200 if has_c else 100 if has_b else 20,
    }
    row = inventories.write(school=school, facts=facts, environments=school.environments, reason="", by=cio)
    inventories.state(inventory=row, by=cio)
    if number == 0:
        year.counts["inventories stated"] += 1
    elif number == 1:
        inventories.send_back(inventory=row, remarks="请补报录播教室数量。", by=year.office)
        year.counts["inventories returned"] += 1
    else:
        inventories.confirm(inventory=row, by=year.office)
        year.counts["inventories confirmed"] += 1
