"""The library: versions kept and marked, readers told once, opened by a form that counts."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment.guiding.library import actions
from assessment.guiding.library.models import DocumentKind, LibraryDocument, LibraryReader, LibraryVersion
from schools.clock import today
from schools.refusals import Forbidden, Refused
from tests.assessment.guiding import office, told
from tests.cast import SchoolCast, World, acting
from tests.stories import document

PUBLISHED = "Version %(number)d of “%(title)s” is published."


def published(world: World, name: str = "实施细则", school: SchoolCast | None = None) -> LibraryDocument:
    by = acting(school["cio"]) if school else office(world)
    return actions.add(
        county=world.alpha.county, school=school.school if school else None, name=name,
        kind=DocumentKind.RULES, upload=document(name), effective_from=date(2026, 1, 1), tags="学时", by=by,
    )  # fmt: skip


def anew(world: World, row: LibraryDocument) -> LibraryVersion:
    text = f"again {row.versions.count()}"
    return actions.publish(
        document=row, upload=document(text), effective_from=today(), note="Clearer", by=office(world)
    )


def content(answer: Any) -> bytes:
    return b"".join(answer)


def test_version_without_a_file_is_refused_and_all_stays_typed(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(in_alpha.alpha["county-office"])
    sent = {"name": "Rules", "kind": "rules", "effective_from": "2026-01-01", "tags": "hours"}
    answer = client.post("/alpha/library/add/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert answer.context["form"]["tags"].value() == "hours"
    assert LibraryDocument.objects.count() == 0
    assert client.post("/alpha/library/add/", {**sent, "file": document("Rules")}).status_code == 302
    again = client.post("/alpha/library/add/", {**sent, "file": document("Other")})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])
    (row,) = LibraryDocument.objects.all()
    assert (
        client.post(f"/alpha/library/{row.pk}/publish/", {"effective_from": "2026-02-01"}).status_code == 422
    )
    assert LibraryVersion.objects.count() == 1


def test_opening_counts_and_the_next_version_is_told_once(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = published(in_alpha)
    first = row.versions.get()
    client = signed_in_as(east["teacher"])
    client.get(f"/me/library/{row.pk}/")
    assert LibraryReader.objects.count() == 0
    for _time in range(2):
        assert content(client.post(f"/me/library/versions/{first.pk}/open/")) == document("实施细则").read()
    first.refresh_from_db()
    assert (first.downloads, LibraryReader.objects.count()) == (2, 1)
    anew(in_alpha, row)
    assert (told(east["teacher"]), told(east["teacher2"])) == ([PUBLISHED], [])
    shown = client.get(f"/me/library/{row.pk}/").context["versions"]
    assert [(version.number, is_present) for version, is_present in shown] == [(2, True), (1, False)]
    assert content(client.post(f"/me/library/versions/{first.pk}/open/")) == document("实施细则").read()


def test_reader_who_wishes_it_is_told_no_more(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = published(in_alpha)
    client = signed_in_as(east["teacher"])
    client.post(f"/me/library/{row.pk}/follow/", {"follow": "yes"})
    anew(in_alpha, row)
    client.post(f"/me/library/{row.pk}/follow/", {"follow": "no"})
    anew(in_alpha, row)
    assert told(east["teacher"]) == [PUBLISHED]


@pytest.mark.parametrize("words", ["细则", "ssxz", "shishi", "学时"])
def test_documents_are_found_by_title_initials_and_key_word(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, words: str
) -> None:
    row = published(in_alpha)
    actions.add(
        county=in_alpha.alpha.county, school=None, name="Forms", kind=DocumentKind.FORM,
        upload=document("Forms"), effective_from=today(), by=office(in_alpha),
    )  # fmt: skip
    client = signed_in_as(in_alpha.alpha.schools[0]["teacher"])
    found = [one for one, _url in client.get("/me/library/", {"q": words}).context["rows"]]
    assert found == [row]
    assert len(client.get("/me/library/", {"kind": "form"}).context["rows"]) == 1


def test_documents_of_a_school_are_for_its_people(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    row = published(in_alpha, "School rules", east)
    version = row.versions.get()
    seen = {
        who.name: (client.get(f"/me/library/{row.pk}/").status_code, len(client.get("/me/library/").context["rows"]))
        for who in (east["teacher"], west["teacher"], in_alpha.alpha["county-office"], in_alpha.beta["county-office"])
        for client in [signed_in_as(who)]
    }  # fmt: skip
    assert list(seen.values()) == [(200, 1), (404, 0), (404, 0), (404, 0)]
    with pytest.raises(Forbidden):
        actions.take(version=version, by=acting(west["teacher"]))
    assert signed_in_as(west["cio"]).post(f"/me/library/versions/{version.pk}/open/").status_code == 404
    assert LibraryReader.objects.count() == 0


def test_only_the_keeper_publishes(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    row = published(in_alpha)
    with pytest.raises(Forbidden):
        actions.publish(document=row, upload=document("x"), effective_from=today(), by=acting(east["cio"]))
    with pytest.raises(Refused):
        actions.publish(document=row, upload=None, effective_from=today(), by=office(in_alpha))
    version = row.versions.get()
    version.pk = None
    version._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()
