"""Pages that the access table does not list, as they come from others or tell of errors: axe finds nothing on them."""

import pytest
from playwright.sync_api import Response

from tests.cast import World
from tests.journeys.conftest import Enter
from tests.journeys.pages import OVERHANG, PHONE, WIDE, Scheme, Visitor, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STRANGERS = {"/accounts/login/": 200, "/no/such/place/any/where/": 404}
OWN = {
    "/accounts/password/change/": 200,
    "/accounts/logout/": 200,
    "/accounts/2fa/": 200,
    "/me/submissions/999999/": 404,
    "/alpha/": 403,
}


def faults(visitor: Visitor, pages: dict[str, int]) -> list[str]:
    """Open each page, which has to answer as it should; return what is wrong, a line each."""
    found = []
    for path, status in pages.items():
        answer: Response | None = visitor.page.goto(f"{visitor.base}{path}")
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"
        found += [f"{path}: {fault}" for fault in axe_faults(visitor.page)]
        if visitor.page.evaluate(OVERHANG) > 0:
            found.append(f"{path}: hangs over the right edge")
    visitor.complaints[:] = [one for one in visitor.complaints if "40" not in one]
    return found


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (PHONE, "light")], ids=["wide", "phone"])
def test_pages_outside_the_table_are_without_fault(
    set_out: World, enter: Enter, size: tuple[int, int], scheme: Scheme
) -> None:
    found = faults(enter(None, size, scheme), STRANGERS)
    found += faults(enter(set_out.alpha.schools[0]["teacher"], size, scheme), OWN)
    assert found == [], "\n".join(found)
