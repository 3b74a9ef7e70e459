"""A teacher sends files from the page of a point: several at once, paused, reloaded, over a line that breaks."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Error, Locator, Route, expect

from assessment.submitting.models import Evidence, Submission
from schools.files.models import Arrival
from schools.files.storing import digest_of, location
from tests.cast import World
from tests.journeys.conftest import Enter
from tests.journeys.pages import PASSWORD, PHONE, Visitor
from tests.stories import begun_submission, document, film

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 30_000  # milliseconds
ITEM = "#item-2"  # of A5: takes films


@pytest.fixture
def films(tmp_path: Path) -> list[Path]:
    """Two genuine films of some megabytes, of several parts each."""
    paths = [tmp_path / "导入.mp4", tmp_path / "讲解.mp4"]
    for number, path in enumerate(paths):
        content = film().read()
        path.write_bytes(content + (3_000_008).to_bytes(4, "big") + b"free" + bytes([number]) * 3_000_000)
    return paths


@pytest.fixture
def teacher(set_out: World, enter: Enter) -> Visitor:
    """East's teacher on a phone, on the page of a point that asks for films."""
    east = set_out.alpha.schools[0]
    begun = begun_submission(set_out.alpha, east, code="A5")
    visitor = enter(east["teacher"], PHONE)
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.go(f"/me/submissions/{begun.pk}/")
    return visitor


def choose(visitor: Visitor, paths: list[Path], item: str = ITEM) -> Locator:
    """Choose files for an item; returns the rows."""
    form = visitor.page.locator(f"{item} form[data-uploads]")
    form.locator('input[type="file"]').first.set_input_files(paths)
    return form.locator("[data-upload-rows] > li")


def slow(visitor: Visitor, milliseconds: int = 700) -> None:
    """Let every part of a file take its time."""

    def wait(route: Route) -> None:
        with suppress(Error):  # the page may have dropped the request meanwhile, or be closed
            if route.request.method == "PATCH":
                visitor.page.wait_for_timeout(milliseconds)
            route.continue_()

    visitor.page.route("**/me/uploads/*/", wait)


def under_way(visitor: Visitor) -> None:
    """Wait until a part of the file has arrived."""
    figures = visitor.page.locator(f'{ITEM} [data-row="figures"]')
    expect(figures).to_contain_text(re.compile(r"^\s*[1-9]\d %"), timeout=PATIENCE)


def laid() -> dict[str, str]:
    """Names of what lies on items, with the bytes' own SHA-256."""
    with scopes_disabled():
        pieces = Evidence.objects.select_related("file")
        return {piece.file.name: digest_of(location(piece.file)) for piece in pieces}


def arrived(visitor: Visitor, path: Path) -> None:
    """Wait until the file stands as a card on its item."""
    expect(visitor.page.locator(f"{ITEM} .file", has_text=path.name)).to_be_visible(timeout=PATIENCE)


def test_two_files_go_up_one_after_another_and_the_page_keeps_what_was_ticked(
    teacher: Visitor, films: list[Path], tmp_path: Path
) -> None:
    plan = tmp_path / "设计.docx"
    plan.write_bytes(document("Plan").read())
    choose(teacher, [plan], "#item-1")
    expect(teacher.page.locator("#item-1 .file")).to_be_visible(timeout=PATIENCE)
    slow(teacher)
    rows = choose(teacher, films)
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_have_attribute("data-state", "sending")
    expect(rows.nth(1)).to_have_attribute("data-state", "waiting")
    for path in films:
        arrived(teacher, path)
    expect(rows).to_have_count(0)
    assert laid() == {path.name: digest_of(path) for path in (plan, *films)}
    teacher.show("teacher-has-sent-files")


def test_paused_file_goes_on_where_it_stopped(teacher: Visitor, films: list[Path]) -> None:
    slow(teacher)
    rows = choose(teacher, films[:1])
    expect(rows.locator('[data-row="figures"]')).to_contain_text("%")
    under_way(teacher)
    rows.locator('[data-row="pause"]').click()
    expect(rows).to_have_attribute("data-state", "paused")
    with scopes_disabled():
        before = Arrival.objects.get()
    assert 0 < before.offset < before.size
    rows.locator('[data-row="go"]').click()
    arrived(teacher, films[0])
    with scopes_disabled():
        assert Arrival.objects.get().key == before.key
    assert laid() == {films[0].name: digest_of(films[0])}


def test_file_goes_on_after_a_reload_and_another_of_its_name_does_not(
    teacher: Visitor, films: list[Path]
) -> None:
    interrupt(teacher, films[0])
    left = teacher.page.locator(f"{ITEM} [data-arriving]")
    expect(left).to_have_count(1)
    teacher.show("teacher-finds-an-unfinished-file")

    double = films[0].parent / "double"
    double.mkdir()
    swapped = double / films[0].name
    content = bytearray(films[0].read_bytes())
    content[5000:5010] = b"x" * 10
    swapped.write_bytes(content)
    choose(teacher, [swapped])
    arrived(teacher, swapped)
    expect(left).to_have_count(1)
    assert laid() == {swapped.name: digest_of(swapped)}

    with scopes_disabled():
        key = Arrival.objects.get(ended_at__isnull=True).key
    choose(teacher, films[:1])
    expect(teacher.page.locator(f"{ITEM} .file", has_text=films[0].name)).to_have_count(2, timeout=PATIENCE)
    expect(left).to_have_count(0)
    with scopes_disabled():
        stored = Evidence.objects.get(sending__arrival__key=key).file
    assert digest_of(location(stored)) == digest_of(films[0])


def interrupt(visitor: Visitor, path: Path) -> None:
    """Send a part of a file, then load the page anew."""
    slow(visitor, 3_000)
    choose(visitor, [path])
    under_way(visitor)
    visitor.page.reload()
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_broken_line_is_told_and_the_file_goes_on_by_itself(teacher: Visitor, films: list[Path]) -> None:
    slow(teacher)
    rows = choose(teacher, films[:1])
    expect(rows).to_have_attribute("data-state", "sending")
    under_way(teacher)
    teacher.page.context.set_offline(True)
    expect(rows).to_have_attribute("data-state", "broken", timeout=PATIENCE)
    teacher.page.context.set_offline(False)
    arrived(teacher, films[0])
    assert laid() == {films[0].name: digest_of(films[0])}
    teacher.complaints.clear()  # the browser's own words about the line


def test_unfit_files_are_told_before_anything_is_sent(teacher: Visitor, tmp_path: Path) -> None:
    wrong, empty, long = tmp_path / "a.avi", tmp_path / "b.mp4", tmp_path / "c.mp4"
    wrong.write_bytes(b"RIFF")
    empty.write_bytes(b"")
    content = film().read()
    at = content.index(b"mvhd") + 4
    long.write_bytes(content[: at + 16] + (3600 * 1000).to_bytes(4, "big") + content[at + 20 :])
    rows = choose(teacher, [wrong, empty, long])
    expect(teacher.page.locator(f'{ITEM} li[data-state="refused"]')).to_have_count(3)
    sentences = rows.locator('[data-row="words"]').all_inner_texts()
    assert len(set(sentences)) == 3 and all(sentences)
    with scopes_disabled():
        assert Arrival.objects.count() == 0


def test_file_that_lies_about_itself_is_refused_in_its_row_and_the_next_goes_on(
    teacher: Visitor, films: list[Path], tmp_path: Path
) -> None:
    lie = tmp_path / "lie.mp4"
    lie.write_bytes(document("Plan").read())
    rows = choose(teacher, [lie, films[0]])
    arrived(teacher, films[0])
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-state", "refused")
    assert list(laid()) == [films[0].name]
    rows.locator('[data-row="cancel"]').click()
    expect(rows).to_have_count(0)
    teacher.complaints.clear()  # the browser names every refused request


def test_cancelled_file_is_gone(teacher: Visitor, films: list[Path]) -> None:
    slow(teacher, 2_000)
    rows = choose(teacher, films[:1])
    under_way(teacher)
    with teacher.page.expect_response(lambda answer: answer.request.method == "DELETE") as deleted:
        rows.locator('[data-row="cancel"]').click()
    assert deleted.value.status == 204
    expect(rows).to_have_count(0)
    with scopes_disabled():
        assert (Arrival.objects.count(), Evidence.objects.count()) == (0, 0)


def test_form_works_without_script(set_out: World, browser, live_server, films: list[Path]) -> None:  # type: ignore[no-untyped-def]
    east = set_out.alpha.schools[0]
    begun = begun_submission(set_out.alpha, east, code="A5")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    with scopes_disabled():
        page.fill('input[name="login"]', Submission.objects.get(pk=begun.pk).person.user.username)
    page.fill('input[name="password"]', PASSWORD)
    page.locator('form[action$="/accounts/login/"] button').first.click()
    page.goto(f"{live_server.url}/me/submissions/{begun.pk}/")
    form = page.locator(f"{ITEM} form[data-uploads]")
    form.locator('input[type="file"]').first.set_input_files(films)
    form.locator("button[data-upload-send]").click()
    expect(page.locator(f"{ITEM} .file")).to_have_count(2)
    context.close()
    assert laid() == {path.name: digest_of(path) for path in films}
