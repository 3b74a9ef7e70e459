"""Who may open what: the front door, the catalogue, schools, people, rosters, jobs, notices."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.lines import PUBLIC, SIGNED_IN, Line, get, post
from tests.schools.roster_files import teachers, xlsx

SEES_COUNTY = "county-office county-leader"
SEES_PEOPLE = "county-office principal cio team"
KEEPS_ROSTER = "county-office cio team"
APPOINTS = "county-office principal cio"

SEARCHES_SCHOOL = "county-office county-leader principal cio team deputy"


def words(typed: str):  # type: ignore[no-untyped-def]
    """What is searched for."""
    return lambda s: {"q": typed}


PORTAL: list[Line] = [
    get("portal:front", PUBLIC),
    get("portal:home", SIGNED_IN, status=302),
    get("portal:health", PUBLIC, lambda s: "database"),
    get("portal:styleguide", PUBLIC, status=404),
    get("portal:county-search", SEES_COUNTY, lambda s: f"/alpha/{s.east.school.slug}/", sent=words("东风")),
    get("portal:school-search", SEARCHES_SCHOOL, lambda s: "A11", sent=words("A1")),
    get("portal:help", PUBLIC, lambda s: "/help/roles/teacher/"),
    get("portal:help-role", PUBLIC, lambda s: "/help/steps/selection/", at={"role": "role_key"}),
    get("portal:help-steps", PUBLIC, lambda s: "/help/roles/cio/", at={"workflow": "workflow_key"}),
    post("portal:tour-close", SIGNED_IN, at={"role": "role_key"}, is_idle=True),
    get("microcapabilities:catalogue", PUBLIC, lambda s: "A11"),
    get("microcapabilities:point", PUBLIC, lambda s: s.sent.point.name, at={"code": "code"}),
]

SCHOOLS: list[Line] = [
    get("schools:activate", PUBLIC, lambda s: "Activation code"),
    post("schools:activate", PUBLIC, lambda s: {"code": "XXXX-XXXX-XXXX"}, status=200, is_idle=True),
    get("schools:notices", SIGNED_IN, lambda s: s.notice.text, owner="teacher@east"),
    post("schools:notices-read", SIGNED_IN, owner="teacher@east"),
    post("schools:notices-unread", SIGNED_IN, lambda s: {"moment": s.read_notice.read_at.isoformat()},
         owner="teacher@east"),
    post("schools:notice-open", SIGNED_IN, owner="teacher@east", at={"pk": "notice"}),
    get("schools:jobs", SIGNED_IN, lambda s: s.job.message, owner="cio@east"),
    get("schools:job", SIGNED_IN, lambda s: s.job.message, owner="cio@east", at={"pk": "job"}),
    get("schools:job-progress", SIGNED_IN, lambda s: s.job.message, owner="cio@east", at={"pk": "job"}),
    get("schools:job-file", SIGNED_IN, lambda s: b"figures of East", owner="cio@east", at={"pk": "job"}),
    post("schools:county-list-ask", "county-office", lambda s: {"list": "/alpha/people/"}),
    post("schools:school-list-ask", SEES_PEOPLE, lambda s: {"list": "/alpha/east/people/?state=waiting"}),
    # organisations
    get("schools:county-schools", SEES_COUNTY, lambda s: "东风小学"),
    get("schools:school-leaders", "county-office", lambda s: s.east["principal"].name,
        at={"pk": "east_school"}, hides=("西湖小学", "南山小学", "乙县")),
    post("schools:school-leaders", "county-office",
         lambda s: {"person": s.east["team"].pk, "role": "cio"}, at={"pk": "east_school"}),
    get("schools:county-experts", "county-office", lambda s: s.county_person.name),
    post("schools:county-experts", "county-office",
         lambda s: {"person": s.west["teacher"].pk, "role": "expert"}),
    post("schools:expert-end", "county-office", at={"pk": "expert_role"}),
    # people
    get("schools:county-people", "county-office", lambda s: s.person.name),
    post("schools:county-person-code", "county-office", at={"pk": "county_person"}, status=200,
         shows=lambda s: s.county_person.name),
    get("schools:school-people", SEES_PEOPLE, lambda s: s.person.name),
    post("schools:school-codes", KEEPS_ROSTER, status=200, shows=lambda s: s.newcomer.name),
    get("schools:school-roles", SEES_PEOPLE, lambda s: s.east["deputy"].name, hides=("南山小学", "乙县")),
    post("schools:role-appoint", APPOINTS, {
        "cio": lambda s: {"person": s.person.pk, "role": "reviewer"},
        "principal": lambda s: {"person": s.person.pk, "role": "deputy"},
        "county-office": lambda s: {"person": s.person.pk, "role": "cio"},
    }),
    post("schools:role-end", APPOINTS, at={
        "pk": {"cio": "reviewer_role", "principal": "deputy_role", "county-office": "cio_role"}
    }),
    post("schools:outsider-add", "cio",
         lambda s: {"person": s.west["teacher2"].pk, "reason": "Same subject"}),
    post("schools:outsider-end", "cio", at={"pk": "grant"}),
    get("schools:person", SEES_PEOPLE, lambda s: s.person.phone[-4:], at={"pk": "person"}),
    post("schools:person-code", KEEPS_ROSTER, at={"pk": "person"}, status=200, shows=lambda s: s.person.name),
    post("schools:id-number", KEEPS_ROSTER, lambda s: {"reason": "Letter to the bank"}, at={"pk": "person"},
         status=200, shows=lambda s: s.person.name),
]  # fmt: skip


def file(serial: int):  # type: ignore[no-untyped-def]
    """A roster that is sent up."""
    return lambda s: {"file": SimpleUploadedFile("sent.xlsx", xlsx(teachers(1, "东风小学", first=serial)))}


def rosters(level: str, roles: str) -> list[Line]:
    """The roster pages of a school or of the county, each with its own kept file."""
    name, kept = f"schools:{level}-roster", f"{level}_import"
    return [
        get(name, roles, lambda s: f"{kept}.xlsx"),
        post(name, roles, file(5)),
        get(f"{name}-preview", roles, lambda s: f"{kept}.xlsx", at={"pk": kept}),
        post(f"{name}-commit", roles, lambda s: {"seen": getattr(s, f"{kept}_seen")}, at={"pk": kept}),
        get(f"{name}-errors", roles, lambda s: kept, at={"pk": kept}),
        get(f"{name}-template", roles, lambda s: b"PK"),
    ]


ROSTERS: list[Line] = [*rosters("county", "county-office"), *rosters("school", KEEPS_ROSTER)]
