"""What makes the judging fair in the demonstration year, in the order in which the year needs it."""

from assessment.checking.process import actions as process
from assessment.checking.process.models import ProcessKind
from portal.demo import checking, likeness, panels, quality
from portal.demo.blind import review_blind
from portal.demo.year import Year
from schools.organisations.models import School

ROWS, NOT_IN_ORDER = 6, "签到名单与活动记录的人数对不上，已请学校更正。"


def before_submitting(year: Year) -> None:
    """Work is reviewed blind, and a few pieces are alike."""
    review_blind(year)
    likeness.walk(year)


def before_reviewing(year: Year, schools: list[School]) -> None:
    """Guests, relations, phrases and delegated panels."""
    panels.prepare(year, schools)


def after_deciding(year: Year, schools: list[School]) -> None:
    """Splits have got their third review; then names for honours, coaches, exemplars, an appeal."""
    year.review(schools)
    year.decide(schools)
    panels.honour(year, schools)
    panels.coach(year, schools)
    quality.exemplars(year)
    quality.practice(year)
    quality.group_records(year, schools)
    checking.appeal_against_a_decision(year, schools)


def sample_process(year: Year) -> None:
    """The year's small samples of hours, activities and groups' records; one row is not in order."""
    for kind in ProcessKind:
        if not process.new_rows(year.demo.programme, kind):
            continue
        made = process.draw(programme=year.demo.programme, kind=kind, size=ROWS, by=year.office)
        for number, check in enumerate(made.checks.select_related("school").order_by("position")):
            if number == 1:
                process.object_to(check=check, why=NOT_IN_ORDER, by=year.office)
            else:
                process.confirm(check=check, by=year.office)
            year.counts["process checks"] += 1
