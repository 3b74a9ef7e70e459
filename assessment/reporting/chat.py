"""Polite full sentences for a chat group: who is waited for at which stage, and until when."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.programme.models import PhaseKind
from assessment.reporting.dates import Calendar, DateShown, day_text

TO_TEACHERS: dict[str, tuple[str | Promise, PhaseKind | None]] = {
    "choose": (
        gettext_lazy(
            "Dear colleagues, as of %(today)s these teachers have not proposed their points yet: %(names)s."
        ),
        PhaseKind.CHOOSE,
    ),
    "redo": (
        gettext_lazy(
            "Dear colleagues, as of %(today)s these teachers have work to put right and hand in again: "
            "%(names)s."
        ),
        None,
    ),
    "work": (
        gettext_lazy(
            "Dear colleagues, as of %(today)s these teachers have not handed in all their points yet: "
            "%(names)s."
        ),
        PhaseKind.SUBMIT,
    ),
    "hours": (
        gettext_lazy(
            "Dear colleagues, as of %(today)s these teachers have not completed their hours yet: %(names)s."
        ),
        PhaseKind.RETURN,
    ),
}


def to_teachers(stage: str, names: Sequence[str], calendar: Calendar) -> str:
    """Return the sentence for teachers who are stuck at a stage."""
    sentence, kind = TO_TEACHERS[stage]
    ask = str(sentence) % {"today": day_text(calendar.today), "names": _(", ").join(names)}
    return f"{ask} {urging(calendar.of(kind) if kind else None)}"


def to_schools(label: str, percent: int, schools: Sequence[str], phase: DateShown, calendar: Calendar) -> str:
    """Return the sentence for schools that are behind the county at a stage."""
    ask = _(
        "Dear principals, as of %(today)s the county as a whole stands at %(percent)d%% with “%(stage)s”. "
        "These schools are behind: %(schools)s."
    ) % {
        "today": day_text(calendar.today),
        "percent": percent,
        "stage": label,
        "schools": _(", ").join(schools),
    }
    return f"{ask} {urging(phase)}"


def urging(phase: DateShown | None) -> str:
    """Return until when, and thanks."""
    if phase is None or phase.standing == "ahead":
        return _("Please see to it as soon as you can. Thank you!")
    words = {"phase": phase.name, "day": day_text(phase.closes_on), "left": phase.left}
    if phase.standing == "past":
        return _("“%(phase)s” closed on %(day)s: please get in touch today. Thank you!") % words
    return _("“%(phase)s” closes on %(day)s (%(left)s): please see to it in time. Thank you!") % words
