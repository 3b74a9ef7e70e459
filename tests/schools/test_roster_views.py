"""The roster pages: send, look, commit, fetch the marked file; and nobody else's files."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from schools.audit.models import AuditEntry
from schools.people.models import Person
from schools.roster import importing
from schools.roster.columns import HEADINGS as ALL_HEADINGS
from schools.roster.models import RosterImport
from tests.cast import World, acting
from tests.schools.roster_files import HEADINGS, number, saved, teacher, teachers, xlsx

EAST, WEST = "东风小学", "西湖小学"
SignIn = Callable[[Person], Client]
AT_EAST = {"county": "alpha", "school": "east"}


def url(name: str, **slugs: object) -> str:
    return reverse(f"schools:{name}", kwargs=slugs)


def sent(client: Client, address: str, content: bytes, **headers: str):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("教师名单.xlsx", content)
    return client.post(address, {"file": file}, headers=headers)


def marked(content: bytes):  # type: ignore[no-untyped-def]
    return load_workbook(io.BytesIO(content)).active


def test_school_sends_looks_and_commits(in_alpha: World, signed_in_as: SignIn) -> None:
    client = signed_in_as(in_alpha.alpha.schools[0]["cio"])
    answer = sent(client, url("school-roster", **AT_EAST), xlsx([HEADINGS, teacher(0, "", 姓名="王小芳")]))
    roster_import = RosterImport.objects.get()
    preview = url("school-roster-preview", **AT_EAST, pk=roster_import.pk)
    assert (answer.status_code, answer.headers["Location"]) == (302, preview)
    page = client.get(preview)
    assert page.status_code == 200
    text = page.content.decode()
    assert "王小芳" in text and number(0) not in text and f"3413************{number(0)[-2:]}" in text
    commit = url("school-roster-commit", **AT_EAST, pk=roster_import.pk)
    done = client.post(commit, {"seen": page.context["seen"]})
    assert (done.status_code, done.headers["Location"]) == (302, preview)
    person = Person.objects.get(name="王小芳")
    assert person.school == in_alpha.alpha.schools[0].school
    after = client.get(preview)
    assert after.context["counts"]["added"] == 1
    assert [(section.total, len(section.rows)) for section in after.context["sections"]] == [
        (1, 1),
        (0, 0),
        (0, 0),
    ]
    assert commit not in after.content.decode()


def test_county_sends_for_all_schools(in_alpha: World, signed_in_as: SignIn) -> None:
    client = signed_in_as(in_alpha.alpha["county-office"])
    rows = [HEADINGS, teacher(0, EAST), teacher(1, WEST)]
    sent(client, url("county-roster", county="alpha"), xlsx(rows))
    roster_import = RosterImport.objects.get()
    assert (roster_import.school, roster_import.counts["added"]) == (None, 2)
    page = client.get(url("county-roster", county="alpha"))
    assert [row.pk for row, _address in page.context["imports"]] == [roster_import.pk]


def test_upload_answers_json_when_the_script_sends(in_alpha: World, signed_in_as: SignIn) -> None:
    client = signed_in_as(in_alpha.alpha["county-office"])
    address = url("county-roster", county="alpha")
    answer = sent(client, address, xlsx(teachers(1, EAST)), accept="application/json")
    pk = RosterImport.objects.get().pk
    assert answer.json() == {"next": url("county-roster-preview", county="alpha", pk=pk)}
    refused = sent(client, address, b"%PDF-1.7", accept="application/json")
    assert (refused.status_code, list(refused.json())) == (422, ["error"])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", xlsx([["姓名"], ["王芳"]])])
def test_unreadable_file_leads_back_with_a_sentence(
    in_alpha: World, signed_in_as: SignIn, content: bytes
) -> None:
    client = signed_in_as(in_alpha.alpha["county-office"])
    address = url("county-roster", county="alpha")
    answer = sent(client, address, content)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = client.get(address)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert RosterImport.objects.count() == 0


def test_preview_offers_the_marked_file_and_no_commit_when_rows_are_refused(
    in_alpha: World, signed_in_as: SignIn
) -> None:
    client = signed_in_as(in_alpha.alpha["county-office"])
    rows = [*teachers(60, EAST), teacher(61, EAST, 手机="1")]
    sent(client, url("county-roster", county="alpha"), xlsx(rows))
    pk = RosterImport.objects.get().pk
    page = client.get(url("county-roster-preview", county="alpha", pk=pk))
    text = page.content.decode()
    assert url("county-roster-errors", county="alpha", pk=pk) in text
    assert url("county-roster-commit", county="alpha", pk=pk) not in text
    assert [(refusal.cell, refusal.code) for refusal in page.context["refusals"]] == [("F62", "bad-phone")]
    assert [(section.total, len(section.rows)) for section in page.context["sections"]] == [
        (60, 50),
        (0, 0),
        (0, 0),
    ]
    before = Person.objects.count()
    client.post(url("county-roster-commit", county="alpha", pk=pk))
    assert Person.objects.count() == before


def test_marked_file_keeps_places_and_is_safe_to_open(in_alpha: World, signed_in_as: SignIn) -> None:
    client = signed_in_as(in_alpha.alpha["county-office"])
    spoilt = teacher(3, EAST, 姓名="=1+1", 身份证号=3.4e17)
    rows = [*teachers(2, EAST), spoilt, [*teacher(4, EAST), "@SUM(A1)"]]
    rows[0] = [*HEADINGS, "备注"]
    sent(client, url("county-roster", county="alpha"), xlsx(rows))
    pk = RosterImport.objects.get().pk
    answer = client.get(url("county-roster-errors", county="alpha", pk=pk))
    sheet = marked(answer.content)
    assert [cell.value for cell in sheet[2]][:4] == ["王芳", number(0), "女", EAST]
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].quotePrefix) == ("=1+1", "s", True)
    assert (sheet["I5"].value, sheet["I5"].data_type) == ("@SUM(A1)", "s")
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["A4", "B4"]
    assert sheet["B4"].fill.fgColor.rgb == "FFF4B6B6"
    assert sheet["J4"].value == f"{sheet['A4'].comment.text} {sheet['B4'].comment.text}"
    assert (sheet["J5"].value, sheet["B2"].number_format) == (None, "@")
    assert AuditEntry.objects.get(act="roster-errors").details == {"refused": 1}


def test_mended_file_comes_back_without_doubles(in_alpha: World, signed_in_as: SignIn) -> None:
    client = signed_in_as(in_alpha.alpha["county-office"])
    address = url("county-roster", county="alpha")
    sent(client, address, xlsx([*teachers(2, EAST), teacher(3, EAST, 身份证号=3.4e17)]))
    pk = RosterImport.objects.get().pk
    workbook = load_workbook(
        io.BytesIO(client.get(url("county-roster-errors", county="alpha", pk=pk)).content)
    )
    workbook.active["B4"] = number(3)
    stream = io.BytesIO()
    workbook.save(stream)
    sent(client, address, stream.getvalue())
    mended = RosterImport.objects.latest("pk")
    assert (mended.counts["added"], mended.counts["refused"]) == (3, 0)


def test_template_has_the_headings_and_nobody_in_it(in_alpha: World, signed_in_as: SignIn) -> None:
    client = signed_in_as(in_alpha.alpha.schools[0]["cio"])
    answer = client.get(url("school-roster-template", **AT_EAST))
    sheet = marked(answer.content)
    assert tuple(cell.value for cell in sheet[1]) == ALL_HEADINGS
    assert (sheet.max_row, sheet.column_dimensions["B"].number_format) == (1, "@")
    assert sheet["B1"].comment is not None


def test_import_of_another_place_is_not_found(in_alpha: World, signed_in_as: SignIn, tmp_path: Path) -> None:
    alpha = in_alpha.alpha
    west, path = alpha.schools[1], saved(tmp_path, xlsx(teachers(1, "")))
    theirs = importing.receive(
        path=path, name="w.xlsx", county=alpha.county, school=west.school, by=acting(west["cio"])
    )
    client = signed_in_as(alpha.schools[0]["cio"])
    for page in ("preview", "errors"):
        assert client.get(url(f"school-roster-{page}", **AT_EAST, pk=theirs.pk)).status_code == 404
        elsewhere = url(f"school-roster-{page}", county="alpha", school="west", pk=theirs.pk)
        assert client.get(elsewhere).status_code == 404
    assert client.post(url("school-roster-commit", **AT_EAST, pk=theirs.pk)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.committed_at is None
    office = signed_in_as(alpha["county-office"])
    assert office.get(url("county-roster-preview", county="alpha", pk=theirs.pk)).status_code == 404
    at_west = url("school-roster-preview", county="alpha", school="west", pk=theirs.pk)
    assert office.get(at_west).status_code == 200
    stranger = signed_in_as(in_alpha.beta["county-office"])
    assert stranger.get(at_west).status_code == 404


@pytest.mark.parametrize("role", ["teacher", "reviewer", "principal", "group-head"])
def test_roster_is_closed_to_those_who_do_not_keep_it(
    in_alpha: World, signed_in_as: SignIn, role: str
) -> None:
    client = signed_in_as(in_alpha.alpha.schools[0][role])
    assert client.get(url("school-roster", **AT_EAST)).status_code == 403
    assert client.get(url("school-roster-template", **AT_EAST)).status_code == 403


def test_school_does_not_learn_who_is_elsewhere(
    in_alpha: World, signed_in_as: SignIn, tmp_path: Path
) -> None:
    alpha = in_alpha.alpha
    office = acting(alpha["county-office"])
    path = saved(tmp_path, xlsx([HEADINGS, teacher(0, WEST, 姓名="欧阳娜")]))
    county_file = importing.receive(path=path, name="c.xlsx", county=alpha.county, school=None, by=office)
    importing.commit(roster_import=county_file, by=office)
    client = signed_in_as(alpha.schools[0]["cio"])
    sent(client, url("school-roster", **AT_EAST), xlsx([HEADINGS, teacher(0, EAST, 姓名="某人")]))
    own = RosterImport.objects.latest("pk")
    preview = url("school-roster-preview", **AT_EAST, pk=own.pk)
    before = client.get(preview).content.decode()
    client.post(url("school-roster-commit", **AT_EAST, pk=own.pk))
    after = client.get(preview).content.decode()
    assert "某人" in before
    for text in (before, after):
        assert "欧阳娜" not in text and WEST not in text
