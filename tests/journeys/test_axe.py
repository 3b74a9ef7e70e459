"""The main pages of each role and of the public are accessible: axe finds nothing serious on them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_scopes import scope

from assessment.reviewing.actions import assign
from assessment.submitting.models import SubmissionState
from schools.people.models import Person
from tests.cast import CountyCast, World, acting
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, Visitor
from tests.stories import drawn_case, submission_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRAVE = {"serious", "critical"}
SCHOOL = "/alpha/east"
PUBLIC = (
    "/",
    "/catalogue/",
    "/catalogue/A9/",
    "/verify/",
    "/activate/",
    "/accounts/login/",
    "/help/",
    "/help/roles/cio/",
    "/help/steps/submission/",
)
PAGES = {
    "teacher": (
        "/me/", "/me/selection/", "/me/submissions/{submission}/", "/me/submissions/{draft}/", "/me/hours/",
        "/me/portfolio/", "/me/notices/",
    ),
    "reviewer": ("/me/reviews/", "/me/reviews/{review}/"),
    "principal": (f"{SCHOOL}/", f"{SCHOOL}/people/", f"{SCHOOL}/return/", f"{SCHOOL}/submissions/"),
    "cio": (
        f"{SCHOOL}/", f"{SCHOOL}/people/", f"{SCHOOL}/people/import/", f"{SCHOOL}/people/roles/",
        f"{SCHOOL}/plan/", f"{SCHOOL}/plan/paper/", f"{SCHOOL}/return/paper/",
        f"{SCHOOL}/selections/?state=confirmed", f"{SCHOOL}/hours/", f"{SCHOOL}/panel/",
        f"{SCHOOL}/submissions/{{submission}}/", f"{SCHOOL}/return/",
    ),
    "county-office": (
        "/alpha/", "/alpha/programme/", "/alpha/schools/", "/alpha/people/", "/alpha/filings/",
        "/alpha/returns/", "/alpha/draws/", "/alpha/cases/{case}/", "/alpha/certificates/", "/alpha/reports/",
    ),
    "expert": ("/me/cases/", "/me/cases/{case}/"),
}  # fmt: skip


def grave_faults(visitor: Visitor, path: str) -> list[str]:
    """Return what axe finds on a page, with the first places of each fault."""
    visitor.go(path)
    found = Axe().run(visitor.page).response
    assert found["passes"], f"{path}: axe looked at nothing"
    return [
        f"{path} {fault['id']}: {[node['target'] for node in fault['nodes']][:3]}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
    ]


def numbers_of(alpha: CountyCast) -> dict[str, int]:
    """Leave one point in its spot check, one under review and one begun; return the numbers in addresses."""
    east = alpha.schools[0]
    passed = submission_at(alpha, east, SubmissionState.PASSED)
    case = drawn_case(alpha, east, passed)
    draft = submission_at(alpha, east, SubmissionState.DRAFT, code="A5")
    submitted = submission_at(alpha, east, SubmissionState.SUBMITTED, who="teacher2")
    with scope(county=alpha.county, school=None):
        review = assign(submission=submitted, reviewer=east["reviewer"], by=acting(east["cio"]))
    return {"submission": passed.pk, "draft": draft.pk, "case": case.pk, "review": review.pk}


def holder(world: World, role: str) -> Person:
    alpha = world.alpha
    return alpha[role] if role in alpha.people else alpha.schools[0][role]


def test_main_pages_have_no_grave_fault_when_axe_looks(set_out: World, enter: Enter) -> None:
    numbers = numbers_of(set_out.alpha)
    stranger = enter(size=PHONE)
    faults = [fault for path in PUBLIC for fault in grave_faults(stranger, path)]
    for role, paths in PAGES.items():
        visitor = enter(holder(set_out, role))
        for path in paths:
            faults += grave_faults(visitor, path.format(**numbers))
    assert faults == []
