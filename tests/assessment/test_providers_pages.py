"""Pages of providers: from a sample to a mapping, from a file to the ledger, long files in the background."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessment.training.models import ClaimState, HourClaim
from assessment.training.providers import checks, import_views, importing
from assessment.training.providers.models import ColumnMapping, HourImport, HourImportRow, Provider
from schools.access.actor import Actor
from schools.jobs.models import Job, JobStatus
from schools.jobs.running import run
from schools.people.models import Person
from tests.assessment.providing import COLUMNS, HEADINGS, entered, hours_of, line, mapping_of, sent
from tests.cast import World, acting, make_person
from tests.schools.roster_files import xlsx
from tests.stories import programme

ADDRESS = "/alpha/providers/"
SignIn = Callable[[Person], Client]
CHOSEN = {f"column_{key}": heading for key, heading in COLUMNS.items()} | {
    "unit": "hours", "date_order": "ymd", "finished_words": "已结业",
}  # fmt: skip


@pytest.fixture
def office(in_alpha: World, signed_in_as: SignIn) -> Client:
    programme(in_alpha.alpha)
    return signed_in_as(in_alpha.alpha["county-office"])


def upload(rows: list[list[Any]], name: str = "hours.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, xlsx(rows))


def test_from_a_provider_to_hours_that_wait_for_the_county(in_alpha: World, office: Client) -> None:
    east = in_alpha.alpha.schools[0]
    office.post(f"{ADDRESS}add/", {"name": "  e 研网 "})
    provider = Provider.objects.get()
    assert provider.name == "e 研网"
    rows = [HEADINGS, line(east["teacher"], hours=8)]
    answer = office.post(f"{ADDRESS}{provider.pk}/sample/", {"name": "List", "sample": upload(rows)})
    mapping = ColumnMapping.objects.get()
    page = office.get(answer.headers["Location"])
    assert page.context["form"].initial["column_number"] == "继教号"
    looked = office.post(f"{ADDRESS}mappings/{mapping.pk}/save/", {**CHOSEN, "look": "on"})
    assert [(entry.line, entry.hours) for entry in looked.context["entries"]] == [(2, 8)]
    mapping.refresh_from_db()
    assert not mapping.is_ready
    office.post(f"{ADDRESS}mappings/{mapping.pk}/save/", CHOSEN)
    answer = office.post(f"{ADDRESS}{provider.pk}/import/", {"mapping": mapping.pk, "file": upload(rows)})
    taken = HourImport.objects.get()
    assert answer.headers["Location"] == f"{ADDRESS}imports/{taken.pk}/"
    assert [row.outcome for row in office.get(answer.headers["Location"]).context["rows"]] == ["new"]
    office.post(f"{ADDRESS}imports/{taken.pk}/commit/")
    assert hours_of(east["teacher"]) == [(8, ClaimState.ATTESTED)]
    assert office.get("/alpha/hours/").context["rows"][0]["online"] == 8
    text = office.get(f"/alpha/hours/ledgers/{east['teacher'].pk}/").content.decode()
    assert "e 研网" in text and "hours.xlsx" in text


def test_refused_forms_come_back_with_what_was_typed(in_alpha: World, office: Client) -> None:
    mapping = mapping_of(in_alpha.alpha)
    provider, east = mapping.provider, in_alpha.alpha.schools[0]
    added = office.post(f"{ADDRESS}add/", {"name": provider.name})
    assert (added.status_code, added.context["form"]["name"].value()) == (422, provider.name)
    sample = {"name": "Other", "sample": SimpleUploadedFile("x.xlsx", b"%PDF-1.7")}
    answer = office.post(f"{ADDRESS}{provider.pk}/sample/", sample)
    assert (answer.status_code, list(answer.context["sample_form"].errors)) == (422, ["sample"])
    wrong = {"mapping": mapping.pk, "file": upload([HEADINGS[:3], line(east["teacher"])[:3]])}
    answer = office.post(f"{ADDRESS}{provider.pk}/import/", wrong)
    assert (answer.status_code, list(answer.context["import_form"].errors)) == (422, ["file"])
    assert "学时" in answer.context["import_form"].errors["file"][0]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"column_number": ""}, ["column_number"]),
        ({"column_number": "", "column_school": "状态"}, ["__all__"]),
        ({"column_code": "", "column_course": ""}, ["column_course"]),
        ({"column_hours": ""}, ["column_hours"]),
        ({"column_finished": ""}, ["column_finished"]),
        ({"column_finished": "", "constant_finished": "2026-05-03"}, []),
        ({"finished_words": " "}, ["finished_words"]),
        ({"column_hours": "继教号"}, ["__all__"]),
        ({"column_hours": "not there"}, ["column_hours"]),
    ],
)
def test_mapping_says_what_it_cannot_do_without(
    in_alpha: World, office: Client, changes: dict[str, str], fields: list[str]
) -> None:
    mapping = mapping_of(in_alpha.alpha)
    answer = office.post(f"{ADDRESS}mappings/{mapping.pk}/save/", CHOSEN | changes)
    assert answer.status_code == (422 if fields else 302)
    if fields:
        assert list(answer.context["form"].errors) == fields


def test_mapping_that_was_used_stays_as_it_is(in_alpha: World, office: Client) -> None:
    east = in_alpha.alpha.schools[0]
    mapping = sent(in_alpha.alpha, [line(east["teacher"])]).mapping
    office.post(f"{ADDRESS}mappings/{mapping.pk}/save/", CHOSEN | {"unit": "minutes"})
    mapping.refresh_from_db()
    assert mapping.unit == "hours"


def test_rows_left_out_are_ticked_and_provider_put_away_takes_no_file(
    in_alpha: World, office: Client
) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    taken = sent(alpha, [line(east["teacher"]), line(make_person("陌生人", in_alpha.beta.county))])
    address = f"{ADDRESS}imports/{taken.pk}/"
    office.post(f"{address}commit/")
    assert HourClaim.objects.count() == 0
    office.post(f"{address}commit/", {"leave_out": "1", "is_recognised": "on"})
    assert hours_of(east["teacher"]) == [(10, ClaimState.RECOGNISED)]
    assert office.get(f"{address}?outcome=nobody").context["rows"] == [taken.rows.get(line=3)]
    office.post(f"{ADDRESS}{taken.provider_id}/switch/")
    answer = office.post(
        f"{ADDRESS}{taken.provider_id}/import/",
        {"mapping": taken.mapping_id, "file": upload([HEADINGS, line(east["teacher"], "C2")])},
    )
    assert (answer.status_code, HourImport.objects.count()) == (422, 1)


def test_long_file_is_looked_at_and_entered_by_a_worker(
    in_alpha: World, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    monkeypatch.setattr(importing, "AT_ONCE_MOST", 1)
    monkeypatch.setattr(import_views, "AT_ONCE_MOST", 1)
    taken = sent(alpha, [line(east["teacher"]), line(east["teacher2"])])
    assert (taken.is_looked_at, HourImportRow.objects.count()) == (False, 0)
    address = f"{ADDRESS}imports/{taken.pk}/"
    assert office.get(address).context["is_working"]
    run(Job.objects.get().pk)
    assert [row.outcome for row in office.get(address).context["rows"]] == ["new", "new"]
    office.post(f"{address}commit/")
    assert HourClaim.objects.count() == 0
    job = Job.objects.latest("pk")
    for _twice in range(2):
        run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 2, 2)
    assert hours_of(east["teacher"]) == [(10, ClaimState.ATTESTED)]
    office.post(f"{address}commit/")
    again = Job.objects.latest("pk")
    run(again.pk)
    again.refresh_from_db()
    assert (again.status, HourClaim.objects.count()) == (JobStatus.FAILED, 2)


def test_lists_ask_as_often_for_one_row_as_for_many(
    in_alpha: World, office: Client, django_assert_max_num_queries: Any
) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    taken = entered(alpha, [line(east["teacher"], f"C{n}", 1) for n in range(30)])
    for address in (
        ADDRESS,
        f"{ADDRESS}{taken.provider_id}/",
        f"{ADDRESS}mappings/{taken.mapping_id}/",
        f"{ADDRESS}imports/{taken.pk}/",
        f"/alpha/hours/ledgers/{east['teacher'].pk}/",
    ):
        with django_assert_max_num_queries(15):
            assert office.get(address).status_code == 200


def test_correction_page_refuses_with_the_words_kept(in_alpha: World, office: Client) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    entered(alpha, [line(east["teacher"])], is_recognised=True)
    claim = HourClaim.objects.get()
    address = f"/alpha/hours/{claim.pk}/"
    answer = office.post(f"{address}correct/", {"hours": "11", "because": "Too many.", "seen": "10.0"})
    assert (answer.status_code, answer.context["form"]["because"].value()) == (422, "Too many.")
    assert list(answer.context["form"].errors) == ["hours"]
    office.post(f"{address}correct/", {"hours": "2.5", "because": "Too many.", "seen": "10.0"})
    office.post(f"{address}correct/", {"hours": "2.5", "because": "Too many.", "seen": "10.0"})
    assert [hours for hours, _state in hours_of(east["teacher"])] == [10, -2.5]
    assert office.get(f"{address}correction/").context["left"] == 7.5


def test_ledger_is_read_at_the_persons_own_school_only(in_alpha: World, signed_in_as: SignIn) -> None:
    east, west = in_alpha.alpha.schools
    entered(in_alpha.alpha, [line(east["teacher"])])
    address = f"hours/ledgers/{east['teacher'].pk}/"
    asked = (
        (east["team"], "east"),
        (west["team"], "west"),
        (east["principal"], "east"),
        (east["reviewer"], "east"),
    )
    answers = [signed_in_as(who).get(f"/alpha/{slug}/{address}").status_code for who, slug in asked]
    assert answers == [200, 404, 200, 403]


def tamper_hours(claim: HourClaim, office: Actor) -> None:
    HourClaim._base_manager.create(
        county=claim.county, school=claim.school, programme=claim.programme, participant=claim.participant,
        person=claim.person, category=claim.category, hours=-99, title="x", held_on=claim.held_on, corrects=claim,
    )  # fmt: skip


def tamper_file(claim: HourClaim, office: Actor) -> None:
    HourImportRow._base_manager.filter(claim=claim).delete()


def tamper_own(claim: HourClaim, office: Actor) -> None:
    HourClaim._base_manager.filter(pk=claim.pk).update(person=office.person)


@pytest.mark.parametrize(
    ("tamper", "check"),
    [
        (tamper_hours, checks.recognised_hours_add_up),
        (tamper_file, checks.imported_hours_have_their_rows),
        (tamper_own, checks.nobody_passes_their_own_hours),
    ],
)
def test_checks_find_nothing_honest_and_every_tampering(
    in_alpha: World, tamper: Callable[[HourClaim, Actor], None], check: Callable[[], Any]
) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    entered(alpha, [line(east["teacher"])], is_recognised=True)
    entered(alpha, [line(east["teacher"], hours=8)])
    rows, broken = check()
    assert rows > 0 and list(broken) == []
    tamper(HourClaim.objects.earliest("pk"), acting(alpha["county-office"]))
    assert list(check()[1]) != []
