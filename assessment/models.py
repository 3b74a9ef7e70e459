"""All tables of the room, gathered for Django in the order of the year; their step tables come with them."""

from assessment.checking.models import (
    CaseGrant,
    Draw,
    DrawnReturn,
    Judgement,
    JudgementGrade,
    ReturnLine,
    ReturnPoint,
    SchoolReturn,
    SpotCheckCase,
)
from assessment.events import Event
from assessment.planning.models import Filing
from assessment.programme.absences.models import Absence
from assessment.programme.dates.models import CalendarFeed, PhaseChange
from assessment.programme.models import (
    DayFigures,
    Extension,
    Participant,
    Phase,
    Programme,
    SchoolProgress,
    Wave,
)
from assessment.programme.rules.models import RulesVersion
from assessment.programme.waves.models import Enrolment
from assessment.reviewing.models import Decision, ItemGrade, Review
from assessment.selecting.models import Selection, SelectionPoint
from assessment.submitting.models import Attempt, Evidence, Sending, Submission
from assessment.training.models import HourClaim

__all__ = [
    "Absence",
    "Attempt",
    "CalendarFeed",
    "CaseGrant",
    "DayFigures",
    "Decision",
    "Draw",
    "DrawnReturn",
    "Enrolment",
    "Event",
    "Evidence",
    "Extension",
    "Filing",
    "HourClaim",
    "ItemGrade",
    "Judgement",
    "JudgementGrade",
    "Participant",
    "Phase",
    "PhaseChange",
    "Programme",
    "ReturnLine",
    "ReturnPoint",
    "Review",
    "RulesVersion",
    "SchoolProgress",
    "SchoolReturn",
    "Selection",
    "SelectionPoint",
    "Sending",
    "SpotCheckCase",
    "Submission",
    "Wave",
]
