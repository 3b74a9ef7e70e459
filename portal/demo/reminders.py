"""Reminders of the demonstration: the day's run, the week's digest, flags, and two colleagues who help."""

from collections import Counter

from assessment.reminding import actions
from assessment.reminding.digests import digest
from assessment.reminding.duties.table import TABLE, Duty
from assessment.reminding.look import Look
from assessment.reminding.risks import actions as risks
from assessment.reminding.risks.models import RiskFlag
from assessment.reminding.risks.queries import helpers_for
from assessment.reminding.risks.raising import flag
from portal.demo.year import Year
from schools.clock import today
from schools.organisations.models import School

REMINDED_TODAY = ("choose", "hours", "submit", "endorse", "confirm", "attest", "review", "decide", "sign")
AGREED = ("约好周三教研活动后一起把第一个能力点定下来。", "本周五下午在信息教室帮助整理研修学时的佐证材料。")


def walk(year: Year, schools: list[School]) -> None:
    """Let the office remind once, raise the flags, and let the schools' CIOs name two helpers."""
    programme = year.demo.programme
    assert programme is not None
    look = Look(programme, today())
    for duty in TABLE:
        if duty.key in REMINDED_TODAY:
            come_today(year, duty, look)
    year.counts["reminders"] += sum(actions.run_now(programme=programme, by=year.office).values())
    year.counts["digests"] += digest(programme, today())
    year.counts["flags"] += flag(programme, today()).raised
    name_helpers(year, schools)


def come_today(year: Year, duty: Duty, look: Look) -> None:
    """Let the office add the day that has come to the days on which it reminds of a duty."""
    offsets = Counter((look.day - row.due).days for row in duty.rows(look))
    if not offsets:
        return
    (offset, _count) = offsets.most_common(1)[0]
    if -actions.MOST_DAYS <= offset <= actions.MOST_DAYS:
        actions.set_rule(
            programme=look.programme,
            duty=duty,
            days={*duty.days, offset},
            is_on=True,
            by_mail=True,
            to_chat=duty.who == "teacher",
            by=year.office,
        )


def name_helpers(year: Year, schools: list[School]) -> None:
    """Name a colleague for the first flag of two schools, with what was agreed."""
    open_flags = RiskFlag.objects.filter(cleared_at__isnull=True, school__in=schools)
    firsts = {
        row.school_id: row for row in open_flags.select_related("person", "school__county").order_by("-pk")
    }
    for flagged, words in zip(sorted(firsts.values(), key=lambda row: row.pk), AGREED, strict=False):
        cio = year.demo.acting(year.demo.staff_of(flagged.school).cio)
        helper = helpers_for(flagged).first()
        if helper is None or cio.person is None or cio.person.pk == flagged.person_id:
            continue
        risks.name_helper(flagged=flagged, helper=helper, by=cio)
        risks.note(flagged=flagged, text=words, by=cio)
        year.counts["helpers"] += 1
