"""The pages of all kinds of filings: writing rows, remarks beside fields, comparison, comments."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.planning import actions
from assessment.planning.bodies.queries import lacking
from assessment.planning.models import Comment, Filing, FilingKind, FilingState, Remark
from schools.organisations.models import TeachingGroup
from tests.cast import SchoolCast, World, acting
from tests.filings_said import YEAR, scheme_said
from tests.stories import approved_plan, filed_plan, programme

SCHEME: dict[str, Any] = {
    "title": "Scheme", "focus": ["A1"], "is_limited": "on", "themes": "Data", "incentives": "",
    "steps-0-what": "Choose", "steps-0-date": f"{YEAR}-12-01", "steps-0-who": "Heads",
    "steps-1-what": "", "steps-1-date": "", "steps-1-who": "",
    "steps-2-what": "Show", "steps-2-date": f"{YEAR}-12-02", "steps-2-who": "All",
}  # fmt: skip


def at(name: str, cast: SchoolCast, *args: object) -> str:
    return reverse(f"assessment:{name}", args=[cast.school.county.slug, cast.school.slug, *args])


def office(name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=["alpha", *args])


def only(model: Any, **which: Any) -> Any:
    with scopes_disabled():
        return model.objects.get(**which)


@pytest.fixture
def east(world: World) -> SchoolCast:
    programme(world.alpha)
    return world.alpha.schools[0]


def filed_scheme(world: World, east: SchoolCast) -> Filing:
    with scopes_disabled():
        filing = actions.write(
            programme=programme(world.alpha), school=east.school, kind=FilingKind.SCHEME, title="Scheme",
            content=scheme_said(programme(world.alpha)), by=acting(east["cio"]),
        )  # fmt: skip
        actions.file(filing=filing, by=acting(east["cio"]))
    return filing


def test_rows_are_kept_without_the_empty_ones(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    cio = signed_in_as(east["cio"])
    assert cio.post(at("school-filing-save", east, "scheme"), SCHEME).status_code == 302
    content = only(Filing).content
    assert [(row["what"], row["date"]) for row in content["steps"]] == [
        ("Choose", f"{YEAR}-12-01"),
        ("Show", f"{YEAR}-12-02"),
    ]
    page = cio.get(at("school-filing", east, "scheme"))
    assert [len(part.rows) for part in page.context["parts"]] == [0, 0, 0, 4, 0]
    assert page.context["missing"] == []
    assert cio.post(at("school-filing-file", east, "scheme"), {"version": 0}).status_code == 302
    assert only(Filing).state == FilingState.FILED


def test_wrong_day_comes_back_with_all_that_was_typed(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    cio = signed_in_as(east["cio"])
    sent = {**SCHEME, "steps-2-date": "soon", "themes": "Typed with care"}
    answer = cio.post(at("school-filing-save", east, "scheme"), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["steps-2-date"])
    text = answer.content.decode()
    for words in ("Typed with care", "Choose", "Show", "soon"):
        assert words in text
    with scopes_disabled():
        assert Filing.objects.count() == 0


@pytest.mark.parametrize("rows", ["steps-99-what", "steps-500-what", "steps--1-what", "steps-x-what"])
def test_rows_beyond_all_measure_break_nothing(
    world: World, signed_in_as, east: SchoolCast, rows: str
) -> None:  # type: ignore[no-untyped-def]
    answer = signed_in_as(east["cio"]).post(at("school-filing-save", east, "scheme"), {**SCHEME, rows: "x"})
    assert answer.status_code == 302
    assert len(only(Filing).content["steps"]) == 2


@pytest.mark.parametrize(
    "document", ["war", "plan-3", "topic", "topic-x", "topic-99999", "scheme-", "bodies-1"]
)
def test_documents_that_are_none_do_not_exist(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, east: SchoolCast, document: str
) -> None:
    assert signed_in_as(east["cio"]).get(at("school-filing", east, document)).status_code == 404


def test_bodies_are_filed_at_once_and_not_written(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    cio = signed_in_as(east["cio"])
    with scopes_disabled():
        is_complete = not lacking(programme(world.alpha), east.school)
    page = cio.get(at("school-filing", east, "bodies"))
    assert [button.action for button in page.context["buttons"]] == ["file"]
    assert page.context["buttons"][0].is_open == is_complete
    assert cio.post(at("school-filing-save", east, "bodies"), {"title": "x"}).status_code == 404
    cio.post(at("school-filing-file", east, "bodies"))
    with scopes_disabled():
        assert [row.state for row in Filing.objects.all()] == ([FilingState.FILED] if is_complete else [])


def test_county_remarks_beside_a_row_and_follows_what_became_of_it(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, east: SchoolCast
) -> None:
    filing = filed_scheme(world, east)
    county = signed_in_as(world.alpha["county-office"])
    county.post(office("county-filing-remark", filing.pk), {"field": "steps.0", "text": "Which heads?"})
    remark = only(Remark)
    page = county.get(office("county-filing", filing.pk))
    assert [one.pk for one in page.context["drafts"]] == [remark.pk]
    unsent = signed_in_as(east["cio"]).get(at("school-filing", east, "scheme"))
    assert "Which heads?" not in unsent.content.decode()
    county = signed_in_as(world.alpha["county-office"])
    county.post(office("county-filing-return", filing.pk), {"version": 1, "note": ""})
    cio = signed_in_as(east["cio"])
    page = cio.get(at("school-filing", east, "scheme"))
    rows = {part.field.key: part.rows for part in page.context["parts"]}["steps"]
    assert [[one.text for one in row.remarks] for row in rows] == [["Which heads?"], [], []]
    assert f'form="answer-{remark.pk}"' in page.content.decode()
    cio.post(at("school-remark-answer", east, remark.pk), {"answer": "All three.", "is_mended": "on"})
    cio.post(at("school-filing-save", east, "scheme"), {**SCHEME, "steps-0-who": "All three heads"})
    cio.post(at("school-filing-file", east, "scheme"), {"version": 2})
    county = signed_in_as(world.alpha["county-office"])
    page = county.get(office("county-filing", filing.pk))
    [one] = page.context["followed"]
    assert (one.remark.answer, "heads" in one.old, "All three heads" in one.new) == ("All three.", True, True)
    compared = county.get(office("county-filing-compare", filing.pk))
    changed = {
        field.anchor: [remark.text for remark in field.remarks] for field in compared.context["changed"]
    }
    assert changed["steps"] == ["Which heads?"]
    assert "<ins>" in compared.content.decode()
    assert {field.anchor for field in compared.context["unchanged"]} == {"incentives"}


def test_version_that_does_not_exist_falls_back_to_the_last_two(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, east: SchoolCast
) -> None:
    filing = filed_scheme(world, east)
    county = signed_in_as(world.alpha["county-office"])
    answer = county.get(office("county-filing-compare", filing.pk), {"from": "7", "to": "'"})
    assert (answer.status_code, answer.context["old"], answer.context["new"].number) == (200, None, 1)


def test_county_sees_no_draft(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    cio = signed_in_as(east["cio"])
    cio.post(at("school-filing-save", east, "scheme"), {**SCHEME, "themes": "Half a thought"})
    filing = only(Filing)
    county = signed_in_as(world.alpha["county-office"])
    assert "Half a thought" not in county.get(office("county-filing", filing.pk)).content.decode()
    assert county.get(office("county-filing-paper", filing.pk)).status_code == 404


def test_what_people_write_is_escaped(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    evil = "<script>alert(1)</script>"
    plan = filed_plan(world.alpha, east, problem=evil)
    teacher = signed_in_as(east["teacher"])
    teacher.post(reverse("assessment:plan-comment"), {"of": "plan", "text": evil})
    texts = [teacher.get(reverse("assessment:plan")).content.decode()]
    county = signed_in_as(world.alpha["county-office"])
    county.post(office("county-filing-remark", plan.pk), {"field": "problem", "text": evil})
    texts.append(county.get(office("county-filing", plan.pk)).content.decode())
    texts.append(signed_in_as(east["cio"]).get(at("school-plan", east)).content.decode())
    assert [(evil in text, "&lt;script&gt;alert(1)" in text) for text in texts] == [(False, True)] * 3


def test_head_writes_the_own_groups_plan_and_no_other(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        other = TeachingGroup.objects.create(county=east.school.county, school=east.school, name="Other")
    head, own = signed_in_as(east["group-head"]), f"topic-{east.group.pk}"
    sent = {
        "title": "Topic", "problem": "Dull", "points": ["A1"], "sessions-0-what": "Errors",
        "sessions-0-when": f"{YEAR}-12-01", "sessions-0-hours": "1.5", "sessions-0-who": "Head",
    }  # fmt: skip
    assert head.post(at("school-filing-save", east, own), sent).status_code == 302
    assert head.post(at("school-filing-save", east, f"topic-{other.pk}"), sent).status_code == 404
    assert head.post(at("school-filing-save", east, "plan"), sent).status_code == 403
    assert head.get(at("school-filing", east, f"topic-{other.pk}")).context["form"] is None
    head.post(at("school-filing-file", east, own), {"version": 0})
    cio = signed_in_as(east["cio"])
    assert {one.action for one in cio.get(at("school-filing", east, own)).context["buttons"]} == {
        "agree",
        "give-back",
    }
    cio.post(at("school-filing-agree", east, own), {"version": 1})
    assert only(Filing).state == FilingState.APPROVED
    county = signed_in_as(world.alpha["county-office"])
    assert county.get(office("county-filings"), {"state": "all"}).context["rows"] == []


def test_teacher_reads_comments_and_is_answered(world: World, signed_in_as, east: SchoolCast) -> None:  # type: ignore[no-untyped-def]
    own = reverse("assessment:plan")
    teacher = signed_in_as(east["teacher"])
    assert teacher.get(own).context["read"] is None
    filed_plan(world.alpha, east)
    teacher.post(reverse("assessment:plan-comment"), {"of": "plan", "text": "How often?"})
    comment = only(Comment)
    assert f"/comments/{comment.pk}/change/" in teacher.get(own).content.decode()
    cio = signed_in_as(east["cio"])
    assert cio.get(at("school-filings", east)).context["unanswered"] == 1
    home = cio.get(reverse("assessment:school-home", args=["alpha", "east"]))
    assert [task.count for task in home.context["tasks"] if task.button in ("Reply", "回复")] == [1]
    cio.post(at("school-comment-reply", east, comment.pk), {"text": "Weekly."})
    page = signed_in_as(east["teacher2"]).get(own).content.decode()
    assert ("Weekly." in page, f"/comments/{comment.pk}/change/" in page) == (True, False)


def test_teacher_of_a_returned_plan_reads_what_was_filed(
    world: World, signed_in_as, east: SchoolCast
) -> None:  # type: ignore[no-untyped-def]
    plan = filed_plan(world.alpha, east, problem="As filed")
    with scopes_disabled():
        actions.send_back(filing=plan, remarks="How?", by=acting(world.alpha["county-office"]))
    signed_in_as(east["cio"]).post(
        at("school-filing-save", east, "plan"), {"title": "Plan", "problem": "Only a draft"}
    )
    own, teacher = reverse("assessment:plan"), east["teacher"]
    text = signed_in_as(teacher).get(own).content.decode()
    assert ("As filed" in text, "Only a draft" in text) == (True, False)
    signed_in_as(east["cio"]).post(at("school-filing-open", east, plan.pk), {"is_open": "on"})
    assert "Only a draft" in signed_in_as(teacher).get(own).content.decode()


def test_other_schools_filings_remarks_and_comments_do_not_exist(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, east: SchoolCast
) -> None:
    filing, west = filed_scheme(world, east), world.alpha.schools[1]
    approved_plan(world.alpha, east)
    signed_in_as(east["teacher"]).post(reverse("assessment:plan-comment"), {"of": "plan", "text": "?"})
    county = signed_in_as(world.alpha["county-office"])
    county.post(office("county-filing-remark", filing.pk), {"field": "themes", "text": "Which?"})
    comment, remark = only(Comment), only(Remark)
    stranger = signed_in_as(west["cio"])
    for name, pk in (
        ("school-comment-reply", comment.pk), ("school-remark-answer", remark.pk), ("school-filing-open", filing.pk),
    ):  # fmt: skip
        assert stranger.post(at(name, west, pk), {"text": "x", "answer": "x"}).status_code == 404
    assert stranger.get(at("school-filing", west, f"topic-{east.group.pk}")).status_code == 404
    beta = signed_in_as(world.beta["county-office"])
    foreign = reverse("assessment:county-remark-remove", args=["beta", remark.pk])
    assert beta.post(foreign).status_code == 404
    assert beta.get(reverse("assessment:county-filing-compare", args=["beta", filing.pk])).status_code == 404
    teacher2 = signed_in_as(east["teacher2"])
    change = reverse("assessment:plan-comment-change", args=[comment.pk])
    assert teacher2.post(change, {"text": "Mine"}).status_code == 404
