"""Polishing: drafts, the colleagues' notes, the word that finishes a piece, and its hours."""

from decimal import Decimal

import pytest

from assessment.training.models import ClaimState, HourClaim
from assessment.training.polishing import actions, queries
from assessment.training.polishing.models import Draft, PeerNote, Polish
from schools.notices.models import Notice
from schools.refusals import Refused
from tests.assessment.test_activities_hours import broken
from tests.cast import SchoolCast, World, acting
from tests.stories import document, participant

HELPFUL = "Ask the second question before the film."


def begun(world: World, school: SchoolCast, who: str = "teacher") -> Polish:
    return actions.begin(
        participant=participant(world.alpha, school[who]),
        topic="Fractions by folding",
        upload=document("First"),
        note="From last year",
        by=acting(school[who]),
    )


def note(polish: Polish, school: SchoolCast, who: str, number: int = 1) -> None:
    draft = Draft.objects.select_related("polish").get(polish=polish, number=number)
    actions.note_at(draft=draft, text=HELPFUL, by=acting(school[who]))


def refusal(act) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_rounds_count_and_the_head_finishes(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    polish, author = begun(in_alpha, east), acting(east["teacher"])
    note(polish, east, "teacher2")
    note(polish, east, "school-trainer")
    actions.add_draft(polish=polish, upload=document("Second"), note="Question moved", by=author)
    note(polish, east, "teacher2", 2)
    actions.add_draft(polish=polish, upload=document("Third"), by=author)
    assert (queries.rounds_of(polish), polish.drafts.count()) == (2, 3)
    actions.finish(polish=polish, word="Clear now.", by=acting(east["group-head"]))
    claim = HourClaim.objects.get()
    assert (claim.hours, claim.origin, claim.state) == (Decimal(4), f"polish:{polish.pk}", ClaimState.CLAIMED)
    assert Notice.objects.filter(person=east["teacher"]).count() == 3
    assert broken() == []


def test_year_limit_holds_across_pieces(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    for number in range(3):
        polish = begun(in_alpha, east)
        for each in range(2):
            note(polish, east, "teacher2", each + 1)
            actions.add_draft(polish=polish, upload=document(f"{number}-{each}"), by=acting(east["teacher"]))
        actions.finish(polish=polish, word="Good.", by=acting(east["cio"]))
    rows = Polish.objects.order_by("pk").values_list("hours", "cut")
    assert list(rows) == [(4, 0), (4, 0), (0, 4)]
    assert [claim.state for claim in HourClaim.objects.all()] == [ClaimState.ATTESTED] * 2
    assert broken() == []


def test_who_may_note_and_who_finishes(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    polish = begun(in_alpha, east)
    codes = [refusal(lambda: note(polish, east, "teacher"))]
    codes.append(refusal(lambda: note(polish, west, "teacher")))
    head = acting(east["group-head"])
    codes.append(refusal(lambda: actions.finish(polish=polish, word="Good.", by=head)))
    note(polish, east, "teacher2")
    codes.append(refusal(lambda: actions.finish(polish=polish, word=" ", by=head)))
    codes.append(refusal(lambda: actions.finish(polish=polish, word="Good.", by=acting(east["teacher2"]))))
    codes.append(refusal(lambda: actions.finish(polish=polish, word="Good.", by=acting(west["group-head"]))))
    actions.finish(polish=polish, word="Good.", by=head)
    codes.append(refusal(lambda: note(polish, east, "teacher2")))
    add = {"polish": polish, "upload": document("Late")}
    codes.append(refusal(lambda: actions.add_draft(**add, by=acting(east["teacher"]))))
    assert codes == ["own-work", "forbidden", "no-round", "note", "forbidden", "forbidden",
                     "finished", "finished"]  # fmt: skip
    assert PeerNote.objects.count() == 1


def test_pages_of_a_piece(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = in_alpha.alpha.schools
    participant(in_alpha.alpha, east["teacher"])
    client = signed_in_as(east["teacher"])
    answer = client.post("/me/polishing/begin/", {"topic": "By folding", "note": "First try"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert answer.context["form"]["topic"].value() == "By folding"
    answer = client.post("/me/polishing/begin/", {"topic": "By folding", "file": document("One")})
    polish = Polish.objects.get()
    page = f"/me/polishing/{polish.pk}/"
    assert answer.headers["Location"] == page
    client.post(f"{page}drafts/add/", {"file": document("Two"), "note": "Moved"})
    first, second = polish.drafts.order_by("number")
    peer = signed_in_as(east["teacher2"])
    peer.post(f"{page}drafts/{second.pk}/note/", {"text": HELPFUL})
    text = peer.get(page).content.decode()
    assert (HELPFUL in text, "One.docx" in text, "Two.docx" in text) == (True, True, True)
    assert peer.get(f"{page}drafts/{first.pk}/").status_code == 200
    stranger = signed_in_as(west["teacher"])
    assert [stranger.get(url).status_code for url in (page, f"{page}drafts/{first.pk}/")] == [404, 404]
    head, school = signed_in_as(east["group-head"]), f"/alpha/east/polishing/{polish.pk}/"
    assert [head.get(url).status_code for url in ("/alpha/east/polishing/", school)] == [200, 200]
    assert head.post(f"{school}finish/", {"word": "Clear."}).headers["Location"] == school
    polish.refresh_from_db()
    assert (polish.hours, polish.word) == (Decimal(2), "Clear.")
    assert signed_in_as(west["group-head"]).get(f"/alpha/west/polishing/{polish.pk}/").status_code == 404
