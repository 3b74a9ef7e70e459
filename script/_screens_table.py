"""Every screen of the portal as the demonstration shows it: a name, who looks, and the way there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """One screen.

    `path` may hold {county} and {school} of the person's own place; each of `follow` is a part of the address
    of a link on the page before, of which the first is taken; `opens` is a selector that is pressed before
    the picture; `docs` names the picture in docs/screens/, taken at the width that follows a colon.
    """

    name: str
    who: str
    path: str
    follow: tuple[str, ...] = ()
    opens: str = ""
    docs: str = ""


COUNTY, SCHOOL = "/{county}/", "/{county}/{school}/"

PUBLIC = (
    Screen("front", "", "/"),
    Screen("catalogue", "", "/catalogue/", docs="catalogue:360"),
    Screen("point", "", "/catalogue/A9/"),
    Screen("verify", "", "/verify/", docs="verify:360"),
    Screen("activate", "", "/activate/", docs="activate:360"),
    Screen("sign-in", "", "/accounts/login/"),
    Screen("not-found", "", "/nothing-here/"),
    Screen("help", "", "/help/"),
    Screen("help-role", "", "/help/roles/teacher/"),
    Screen("help-steps", "", "/help/steps/submission/"),
)
TEACHER = (
    Screen("teacher-home", "teacher", "/me/", docs="teacher-home:360"),
    Screen("teacher-choice", "teacher", "/me/selection/", docs="teacher-choice:360"),
    Screen(
        "teacher-submission-sent-back", "teacher", "/me/", ("/me/submissions/",), docs="teacher-point:360"
    ),
    Screen("teacher-hours", "teacher", "/me/hours/", docs="teacher-hours:360"),
    Screen("teacher-portfolio", "teacher", "/me/portfolio/", docs="teacher-portfolio:360"),
    Screen("teacher-notices", "teacher", "/me/notices/"),
    Screen("teacher-menu", "teacher", "/me/", opens=".masthead-tools details.menu > summary"),
)
REVIEWER = (
    Screen("reviewer-queue", "reviewer", "/me/reviews/", docs="reviewer-queue:1280"),
    Screen("reviewer-review", "reviewer", "/me/reviews/", ("/me/reviews/",), docs="reviewer-review:1280"),
    Screen("outsider-queue", "outsider", "/me/reviews/"),
    Screen("expert-cases", "expert", "/me/cases/", docs="expert-cases:1280"),
    Screen("expert-case", "expert", "/me/cases/", ("/me/cases/",)),
    Screen("trainer-home", "trainer", "/home/"),
)
AT_SCHOOL = (
    Screen("cio-home", "cio", SCHOOL, docs="school-home:1280"),
    Screen("cio-people", "cio", f"{SCHOOL}people/", docs="school-people:1280"),
    Screen("cio-person", "cio", f"{SCHOOL}people/", ("/people/1", "/people/2", "/people/3")),
    Screen("cio-roles", "cio", f"{SCHOOL}people/roles/", docs="school-roles:1280"),
    Screen("cio-roster", "cio", f"{SCHOOL}people/import/", docs="school-roster:1280"),
    Screen("cio-plan", "cio", f"{SCHOOL}plan/", docs="school-plan:1280"),
    Screen("cio-choices", "cio", f"{SCHOOL}selections/", docs="school-choices:1280"),
    Screen("cio-choices-confirmed", "cio", f"{SCHOOL}selections/?state=confirmed"),
    Screen("cio-choice", "cio", f"{SCHOOL}selections/?state=confirmed", ("/selections/",)),
    Screen("cio-hours", "cio", f"{SCHOOL}hours/", docs="school-hours:1280"),
    Screen("cio-submissions", "cio", f"{SCHOOL}submissions/", docs="school-submissions:1280"),
    Screen("cio-submission", "cio", f"{SCHOOL}submissions/", ("/submissions/",), docs="school-decide:1280"),
    Screen("cio-panel", "cio", f"{SCHOOL}panel/", docs="school-panel:1280"),
    Screen("cio-return-paper", "cio", f"{SCHOOL}return/paper/"),
    Screen("cio-search", "cio", f"{SCHOOL}search/?q=w"),
    Screen("cio-return", "cio", f"{SCHOOL}return/", docs="school-return:1280"),
    Screen("cio-reports", "cio", f"{SCHOOL}reports/"),
    Screen("cio-jobs", "cio", "/jobs/"),
    Screen("cio-notices", "cio", "/me/notices/"),
    Screen("principal-home", "principal", SCHOOL),
    Screen("principal-return", "principal", f"{SCHOOL}return/"),
    Screen("deputy-home", "deputy", SCHOOL),
    Screen("team-home", "team", SCHOOL),
    Screen("head-home", "head", SCHOOL, docs="head-home:360"),
    Screen("head-choices", "head", f"{SCHOOL}selections/", docs="head-choices:360"),
    Screen("head-choice", "head", f"{SCHOOL}selections/", ("/selections/",)),
)
OFFICE = (
    Screen("office-home", "office", COUNTY, docs="county-home:1280"),
    Screen("office-programme", "office", f"{COUNTY}programme/", docs="county-programme:1280"),
    Screen("office-schools", "office", f"{COUNTY}schools/", docs="county-schools:1280"),
    Screen("office-leaders", "office", f"{COUNTY}schools/", ("/leaders/",)),
    Screen("office-experts", "office", f"{COUNTY}experts/"),
    Screen("office-people", "office", f"{COUNTY}people/"),
    Screen("office-roster", "office", f"{COUNTY}people/import/"),
    Screen("office-filings", "office", f"{COUNTY}filings/", docs="county-filings:1280"),
    Screen("office-filing", "office", f"{COUNTY}filings/?state=filed", ("/filings/",)),
    Screen("office-participants", "office", f"{COUNTY}programme/participants/"),
    Screen("office-search", "office", f"{COUNTY}search/?q=s"),
    Screen("office-transfers", "office", f"{COUNTY}transfers/"),
    Screen("office-hours", "office", f"{COUNTY}hours/", docs="county-hours:1280"),
    Screen("office-returns", "office", f"{COUNTY}returns/", docs="county-returns:1280"),
    Screen("office-return", "office", f"{COUNTY}returns/?state=accepted", ("/returns/",)),
    Screen("office-draws", "office", f"{COUNTY}draws/", docs="county-draws:1280"),
    Screen("office-draw", "office", f"{COUNTY}draws/", ("/draws/",)),
    Screen("office-case", "office", f"{COUNTY}draws/", ("/draws/", "/cases/")),
    Screen("office-register", "office", f"{COUNTY}certificates/", docs="county-register:1280"),
    Screen("office-certificate", "office", f"{COUNTY}certificates/", ("/certificates/",)),
    Screen("office-reports", "office", f"{COUNTY}reports/", docs="county-reports:1280"),
    Screen("office-jobs", "office", "/jobs/"),
    Screen("office-job", "office", "/jobs/", ("/jobs/",)),
    Screen("leader-home", "leader", COUNTY),
    Screen("observer-home", "observer", "/home/", docs="region-home:1280"),
    Screen("admin", "admin", "/admin/"),
)
SCREENS = (*PUBLIC, *TEACHER, *REVIEWER, *AT_SCHOOL, *OFFICE)
