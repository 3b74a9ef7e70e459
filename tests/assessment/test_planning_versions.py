"""Versions, amendments, numbers and kinds of filings, by the actions themselves."""

import pytest
from django.db import connection
from django.utils import translation
from django_scopes import scope

from assessment.checks import broken_chains
from assessment.planning import actions, comments, queries, remarks
from assessment.planning.checks import (
    filings_are_numbered_once,
    versions_follow_the_filings,
    what_hangs_on_a_filing_is_its_schools,
)
from assessment.planning.models import Filing, FilingKind, FilingState, FilingVersion
from assessment.reporting.goals import goals_read
from assessment.reporting.school_board import board
from schools.access.fences import lower_fences
from schools.notices.models import Notice
from schools.organisations.models import School, TeachingGroup
from schools.refusals import Forbidden, Refused, Stale
from tests.cast import SchoolCast, World, acting
from tests.filings_said import plan_said, scheme_said, topic_said
from tests.stories import approved_plan, confirmed_selection, filed_plan, programme, proposed_selection


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


def test_plan_with_a_lacking_goal_is_not_filed(in_alpha: World, east: SchoolCast) -> None:
    year = programme(in_alpha.alpha)
    goals = [*plan_said(year)["goals"], {"what": "Talk", "baseline": "1", "target": "2"}]  # type: ignore[misc]
    plan = written(in_alpha, east, FilingKind.PLAN, plan_said(year, goals=goals))
    with translation.override("en"), pytest.raises(Refused) as refused:
        actions.file(filing=plan, by=acting(east["cio"]))
    assert str(refused.value) == "Goals, no. 2 “Talk”: Measure, Date are missing."
    assert (again(plan).state, FilingVersion.objects.count()) == (FilingState.DRAFT, 0)


def test_each_filing_freezes_a_version_that_nobody_changes(in_alpha: World, east: SchoolCast) -> None:
    plan = filed_plan(in_alpha.alpha, east)
    version = FilingVersion.objects.get()
    assert (version.number, version.content, version.filed_by) == (1, again(plan).content, east["cio"].user)
    version.content = {}
    for change in (version.save, version.delete, FilingVersion.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        FilingVersion.objects.update(content={})
    with pytest.raises(Refused):
        written(in_alpha, east, FilingKind.PLAN, {})


def test_amendment_leaves_the_approved_plan_holding(in_alpha: World, east: SchoolCast) -> None:
    year, cio = programme(in_alpha.alpha), acting(east["cio"])
    proposed_selection(in_alpha.alpha, east)
    plan = again(approved_plan(in_alpha.alpha, east))
    first = plan.number
    actions.amend(filing=plan, why="More goals.", by=cio)
    written(in_alpha, east, FilingKind.PLAN, plan_said(year, problem="Other", focus=["A5"]))
    assert (again(plan).state, again(plan).number) == (FilingState.DRAFT, first)
    assert (queries.is_filed(year, east.school), queries.is_approved(year, east.school)) == (True, True)
    assert queries.focus_codes(year, east.school) == ["A1"]
    confirmed_selection(in_alpha.alpha, east, "teacher2")
    actions.file(filing=again(plan), by=cio)
    actions.send_back(filing=again(plan), remarks="How?", by=office(in_alpha))
    assert queries.is_approved(year, east.school)
    actions.file(filing=again(plan), by=cio)
    actions.approve(filing=again(plan), by=office(in_alpha))
    done = again(plan)
    assert (done.number, done.approved.number) == (f"{first}-2", 3)  # type: ignore[union-attr]
    assert (queries.focus_codes(year, east.school), healthy()) == (["A5"], [])


def test_dropped_amendment_brings_the_approved_content_back(in_alpha: World, east: SchoolCast) -> None:
    cio, plan = acting(east["cio"]), again(approved_plan(in_alpha.alpha, east))
    before = (plan.content, plan.title, plan.number)
    actions.amend(filing=plan, why="Try.", by=cio)
    written(in_alpha, east, FilingKind.PLAN, {"problem": "Half"})
    actions.keep(filing=again(plan), by=cio)
    kept = again(plan)
    assert (kept.content, kept.title, kept.number, kept.state) == (*before, FilingState.APPROVED)
    assert healthy() == []
    scheme = written(in_alpha, east, FilingKind.SCHEME, {})
    with pytest.raises(Forbidden):
        actions.keep(filing=scheme, by=cio)


def test_numbers_run_per_kind_and_county(in_alpha: World, east: SchoolCast) -> None:
    year, west = programme(in_alpha.alpha), in_alpha.alpha.schools[1]
    for school in (east, west):
        approved_plan(in_alpha.alpha, school)
        scheme = written(in_alpha, school, FilingKind.SCHEME, scheme_said(year))
        actions.file(filing=scheme, by=acting(school["cio"]))
        actions.approve(filing=scheme, by=office(in_alpha))
    numbers = set(Filing.objects.values_list("number", flat=True))
    head = f"341324-{year.year}"
    assert numbers == {f"{head}-P001", f"{head}-P002", f"{head}-S001", f"{head}-S002"}


def test_each_kind_stands_once_for_a_school(in_alpha: World, east: SchoolCast) -> None:
    year = programme(in_alpha.alpha)
    written(in_alpha, east, FilingKind.SCHEME, {"themes": "Once"})
    written(in_alpha, east, FilingKind.SCHEME, {"themes": "Twice"})
    assert [row.content["themes"] for row in Filing.objects.filter(kind=FilingKind.SCHEME)] == ["Twice"]
    with pytest.raises(Refused):
        written(in_alpha, east, FilingKind.TOPIC, topic_said(year))


def test_scheme_names_the_focus_and_limits_only_when_approved(in_alpha: World, east: SchoolCast) -> None:
    year, cio = programme(in_alpha.alpha), acting(east["cio"])
    approved_plan(in_alpha.alpha, east)
    scheme = written(in_alpha, east, FilingKind.SCHEME, scheme_said(year, is_limited=True, focus=["A5"]))
    assert queries.focus_codes(year, east.school) == ["A1"]
    actions.file(filing=scheme, by=cio)
    assert queries.focus_codes(year, east.school) == ["A5"]
    assert not queries.limits_choice(year, east.school)
    actions.approve(filing=scheme, by=office(in_alpha))
    assert queries.limits_choice(year, east.school)
    actions.amend(filing=again(scheme), why="Freer.", by=cio)
    written(in_alpha, east, FilingKind.SCHEME, scheme_said(year, focus=["A9"]))
    assert queries.limits_choice(year, east.school)
    assert queries.focus_codes(year, east.school) == ["A5"]


def test_managed_school_stands_under_its_units_filings(in_alpha: World, east: SchoolCast) -> None:
    year, west = programme(in_alpha.alpha), in_alpha.alpha.schools[1]
    plan = approved_plan(in_alpha.alpha, east)
    School.objects.filter(pk=west.school.pk).update(managed_by=east.school)
    west.school.refresh_from_db()
    with scope(county=in_alpha.alpha.county, school=west.school):
        assert queries.plan_for(year, west.school) == plan
        assert queries.is_approved(year, west.school)
        assert [row.pk for row in queries.governing(year, west.school)] == [plan.pk]
    assert comments.comment(filing=plan, text="Well.", by=acting(west["teacher"])).school_id == east.school.pk


def test_topic_plan_is_written_by_its_head_and_agreed_by_the_cio(in_alpha: World, east: SchoolCast) -> None:
    year, head, cio = programme(in_alpha.alpha), acting(east["group-head"]), acting(east["cio"])
    other = TeachingGroup.objects.create(county=east.school.county, school=east.school, name="Other")
    words = {"programme": year, "school": east.school, "kind": FilingKind.TOPIC, "title": "Topic"}
    with pytest.raises(Forbidden):
        actions.write(**words, content={}, group=other, by=head)
    with pytest.raises(Forbidden):
        actions.write(**words, content={}, group=east.group, by=acting(east["team"]))
    topic = actions.write(**words, content=topic_said(year), group=east.group, by=head)
    actions.file(filing=topic, by=head)
    with pytest.raises(Forbidden):
        actions.approve(filing=topic, by=office(in_alpha))
    with pytest.raises(Forbidden):
        actions.agree(filing=topic, by=head)
    actions.give_back(filing=topic, why="Say when.", by=cio)
    actions.file(filing=topic, by=head)
    actions.agree(filing=topic, by=cio)
    assert again(topic).number == f"341324-{year.year}-G001"
    plan = filed_plan(in_alpha.alpha, east)
    with pytest.raises(Forbidden):
        actions.agree(filing=plan, by=cio)
    told = Notice.objects.filter(person=east["group-head"]).values_list("values", flat=True)
    assert [values["title"] for values in told] == ["Topic", "Topic"]


def test_stale_page_neither_approves_nor_numbers(in_alpha: World, east: SchoolCast) -> None:
    plan = filed_plan(in_alpha.alpha, east)
    with pytest.raises(Stale):
        actions.approve(filing=plan, by=office(in_alpha), version=0)
    assert (again(plan).number, again(plan).holds) == ("", False)


def test_goal_is_read_from_the_schools_own_figures(in_alpha: World, east: SchoolCast) -> None:
    year = programme(in_alpha.alpha)
    confirmed_selection(in_alpha.alpha, east)
    read = goals_read(queries.plan_for(year, east.school), board(year, east.school))
    assert [(goal.what, goal.percent) for goal in read] == [("Lessons with data", 50)]
    assert goals_read(None, board(year, east.school)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE assessment_filing SET content = '{}'",
        "UPDATE assessment_filing SET number = ''",
        "UPDATE assessment_filingversion SET number = number + 6",
        "UPDATE assessment_comment SET school_id = (SELECT id FROM schools_school WHERE slug = 'west')",
        "UPDATE assessment_remark SET school_id = (SELECT id FROM schools_school WHERE slug = 'west')",
    ],
)
def test_checks_find_what_was_tampered_with(in_alpha: World, east: SchoolCast, sql: str) -> None:
    cio, by, plan = acting(east["cio"]), office(in_alpha), filed_plan(in_alpha.alpha, east)
    remarks.remark(filing=plan, field="problem", text="Why?", by=by)
    actions.send_back(filing=plan, remarks="", by=by)
    actions.file(filing=again(plan), by=cio)
    actions.approve(filing=again(plan), by=by)
    comments.comment(filing=again(plan), text="Well.", by=acting(east["teacher"]))
    assert healthy() == []
    tamper(sql)
    assert len(healthy()) >= 1


def tamper(sql: str) -> None:
    """Change rows behind the portal's back."""
    lower_fences()
    with connection.cursor() as cursor:
        cursor.execute(sql)
