"""Remarks of the county and comments of teachers on filings, by the actions themselves."""

import pytest

from assessment.checks import broken_chains
from assessment.planning import actions, comments, queries, remarks
from assessment.planning.checks import (
    filings_are_numbered_once,
    versions_follow_the_filings,
    what_hangs_on_a_filing_is_its_schools,
)
from assessment.planning.models import Comment, Filing, FilingKind, Remark
from schools.notices.models import Notice
from schools.refusals import Forbidden, Refused
from tests.cast import SchoolCast, World, acting
from tests.filings_said import plan_said
from tests.stories import filed_plan, programme


@pytest.fixture
def east(in_alpha: World) -> SchoolCast:
    return in_alpha.alpha.schools[0]


def again(filing: Filing) -> Filing:
    return Filing.objects.select_related("approved", "school__county", "county", "programme").get(
        pk=filing.pk
    )


def written(world: World, school: SchoolCast, kind: FilingKind, content: dict[str, object]) -> Filing:
    return actions.write(
        programme=programme(world.alpha), school=school.school, kind=kind, title=kind.label, content=content,
        by=acting(school["cio"]),
    )  # fmt: skip


def office(world: World):  # type: ignore[no-untyped-def]
    return acting(world.alpha["county-office"])


def healthy() -> list[str]:
    checks = (versions_follow_the_filings, filings_are_numbered_once, what_hangs_on_a_filing_is_its_schools)
    return [*[trouble for check in checks for trouble in check()[1]], *broken_chains(Filing)]


def test_return_needs_a_note_or_a_remark_and_sends_the_remarks(in_alpha: World, east: SchoolCast) -> None:
    plan, by = filed_plan(in_alpha.alpha, east), office(in_alpha)
    with pytest.raises(Refused):
        actions.send_back(filing=plan, remarks=" ", by=by)
    made = remarks.remark(filing=plan, field="goals.0", text="Measured by whom?", by=by)
    gone = remarks.remark(filing=plan, field="problem", text="Slip", by=by)
    remarks.take_away(remark=gone, by=by)
    actions.send_back(filing=plan, remarks="", by=by)
    made.refresh_from_db()
    assert (made.sent_at is not None, made.about.number, Remark.objects.count()) == (True, 1, 1)
    with pytest.raises(Refused):
        remarks.take_away(remark=made, by=by)
    assert list(Notice.objects.values_list("person__name", flat=True)) == [east["cio"].name]


@pytest.mark.parametrize("field", ["", "nothing", "goals.1", "goals.x", "goals.", "problem.0", "title"])
def test_remark_stands_beside_a_field_that_is_there(in_alpha: World, east: SchoolCast, field: str) -> None:
    plan = filed_plan(in_alpha.alpha, east)
    with pytest.raises(Refused):
        remarks.remark(filing=plan, field=field, text="Here.", by=office(in_alpha))
    assert Remark.objects.count() == 0


def test_remarks_are_the_countys_and_answers_the_schools(in_alpha: World, east: SchoolCast) -> None:
    plan, by, cio = filed_plan(in_alpha.alpha, east), office(in_alpha), acting(east["cio"])
    with pytest.raises(Forbidden):
        remarks.remark(filing=plan, field="problem", text="Own.", by=cio)
    made = remarks.remark(filing=plan, field="problem", text="Why?", by=by)
    with pytest.raises(Refused):
        remarks.answer(remark=made, text="Because.", is_mended=False, by=cio)
    actions.send_back(filing=plan, remarks="", by=by)
    made = Remark.objects.select_related("filing").get(pk=made.pk)
    for who in (by, acting(east["principal"]), acting(in_alpha.alpha.schools[1]["cio"])):
        with pytest.raises(Forbidden):
            remarks.answer(remark=made, text="Because.", is_mended=False, by=who)
    with pytest.raises(Refused):
        remarks.answer(remark=made, text=" ", is_mended=False, by=cio)
    remarks.answer(remark=made, text="", is_mended=True, by=cio)
    actions.file(filing=again(plan), by=cio)
    made = Remark.objects.select_related("filing").get(pk=made.pk)
    assert (made.is_mended, made.answered_by, made.about.number) == (True, east["cio"].user, 1)
    with pytest.raises(Refused):
        remarks.answer(remark=made, text="Late.", is_mended=True, by=cio)
    assert healthy() == []


def test_unsent_remarks_go_when_it_is_approved(in_alpha: World, east: SchoolCast) -> None:
    plan, by = filed_plan(in_alpha.alpha, east), office(in_alpha)
    remarks.remark(filing=plan, field="problem", text="Hm.", by=by)
    actions.approve(filing=plan, by=by)
    assert Remark.objects.count() == 0
    with pytest.raises(Refused):
        remarks.remark(filing=again(plan), field="problem", text="Hm.", by=by)


def test_teacher_comments_and_changes_until_somebody_replies(in_alpha: World, east: SchoolCast) -> None:
    plan, teacher = filed_plan(in_alpha.alpha, east), acting(east["teacher"])
    made = comments.comment(filing=plan, text="How often?", by=teacher)
    comments.change(comment=made, text="How often a week?", by=teacher)
    with pytest.raises(Forbidden):
        comments.change(comment=made, text="Mine", by=acting(east["teacher2"]))
    year = programme(in_alpha.alpha)
    assert queries.unanswered(year, east.school) == 1
    assert [row.unanswered for row in queries.governing(year, east.school)] == [1]  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        comments.reply(comment=made, text="No.", by=acting(east["team"]))
    comments.reply(comment=made, text="Once.", by=acting(east["cio"]))
    comments.reply(comment=made, text="Or twice.", by=acting(east["cio"]))
    with pytest.raises(Refused):
        comments.change(comment=made, text="Hm", by=teacher)
    made.refresh_from_db()
    assert (made.text, queries.unanswered(year, east.school)) == ("How often a week?", 0)
    assert [row.unanswered for row in queries.governing(year, east.school)] == [0]  # type: ignore[attr-defined]
    assert Notice.objects.filter(person=east["teacher"]).count() == 2


def test_draft_is_commented_only_where_it_is_opened(in_alpha: World, east: SchoolCast) -> None:
    year, teacher = programme(in_alpha.alpha), acting(east["teacher"])
    plan = written(in_alpha, east, FilingKind.PLAN, plan_said(year))
    with pytest.raises(Refused):
        comments.comment(filing=plan, text="Early.", by=teacher)
    with pytest.raises(Forbidden):
        actions.open_for_comment(filing=plan, is_open=True, by=teacher)
    actions.open_for_comment(filing=plan, is_open=True, by=acting(east["cio"]))
    comments.comment(filing=again(plan), text="Early.", by=teacher)
    for stranger in (in_alpha.alpha.schools[1]["teacher"], in_alpha.beta.schools[0]["teacher"], east["cio"]):
        with pytest.raises(Forbidden):
            comments.comment(filing=again(plan), text="Foreign.", by=acting(stranger))
    assert Comment.objects.count() == 1
