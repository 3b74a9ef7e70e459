"""A screen of 1280 × 900 at 200 %: nothing hangs over, and what the page is for can be reached."""

import pytest

from assessment.submitting.models import SubmissionState
from tests.cast import World
from tests.journeys import scenes
from tests.journeys.conftest import Enter
from tests.journeys.pages import OVERHANG, Visitor
from tests.stories import begun_submission, submission_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ZOOMED = (640, 450)
SCHOOL = "/alpha/east"
# Brings the first of its kind that is shown into view; answers with what is wrong.
REACH = """(selector) => {
  const one = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
  if (!one) return `no ${selector}`;
  one.scrollIntoView({block: "center"});
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top && (one.contains(top) || top.contains(one)) ? "" : `${selector} is under ${top?.outerHTML.slice(0, 80)}`;
}"""


def faults(visitor: Visitor, pages: dict[str, str]) -> list[str]:
    """Open each page and bring its main action into view."""
    found = []
    for path, action in pages.items():
        visitor.go(path)
        if visitor.page.evaluate(OVERHANG) > 0:
            found.append(f"{path}: hangs over the right edge")
        if wrong := visitor.page.evaluate(REACH, action):
            found.append(f"{path}: {wrong}")
    return found


def test_main_action_is_in_reach_at_twice_the_size(set_out: World, enter: Enter) -> None:
    alpha, east = set_out.alpha, set_out.alpha.schools[0]
    review = scenes.asked_reviews(alpha, east)[0]
    draft = begun_submission(alpha, east, "teacher2", "A5")
    passed = submission_at(alpha, east, SubmissionState.PASSED, "teacher2", "A1")
    pages = {
        east["teacher2"]: {
            "/me/": ".task .button",
            "/me/hours/": "#claim .button-primary",
            f"/me/submissions/{draft.pk}/": ".upload-way",
        },
        east["reviewer"]: {
            "/me/reviews/": ".page-actions .button",
            f"/me/reviews/{review.pk}/": "#grade .button-primary",
        },
        east["cio"]: {
            f"{SCHOOL}/": ".task .button",
            f"{SCHOOL}/panel/": "[data-batch-submit]",
            f"{SCHOOL}/submissions/{passed.pk}/": ".step summary.button",
        },
        alpha["county-office"]: {
            "/alpha/": "#board .button",
            "/alpha/programme/": "main .button",
            "/alpha/people/": ".list-filters .button",
        },
    }
    found = [fault for who, own in pages.items() for fault in faults(enter(who, ZOOMED), own)]
    assert found == [], "\n".join(found)
