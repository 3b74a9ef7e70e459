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
from assessment.programme.models import DayFigures, Extension, Participant, Phase, Programme, SchoolProgress
from assessment.reviewing.models import Decision, ItemGrade, Review
from assessment.selecting.models import Selection, SelectionPoint
from assessment.submitting.models import Attempt, Evidence, Sending, Submission
from assessment.training.models import HourClaim
from assessment.training.providers.models import ColumnMapping, HourImport, HourImportRow, Provider

__all__ = [
    "Attempt",
    "CaseGrant",
    "ColumnMapping",
    "DayFigures",
    "Decision",
    "Draw",
    "DrawnReturn",
    "Event",
    "Evidence",
    "Extension",
    "Filing",
    "HourClaim",
    "HourImport",
    "HourImportRow",
    "ItemGrade",
    "Judgement",
    "JudgementGrade",
    "Participant",
    "Phase",
    "Programme",
    "Provider",
    "ReturnLine",
    "ReturnPoint",
    "Review",
    "SchoolProgress",
    "SchoolReturn",
    "Selection",
    "SelectionPoint",
    "Sending",
    "SpotCheckCase",
    "Submission",
]
