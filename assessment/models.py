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
from assessment.surveying.models import (
    Answer,
    Answered,
    Draft,
    Question,
    Questionnaire,
    Response,
    Tally,
    Words,
)
from assessment.training.models import HourClaim

__all__ = [
    "Answer",
    "Answered",
    "Attempt",
    "CaseGrant",
    "DayFigures",
    "Decision",
    "Draft",
    "Draw",
    "DrawnReturn",
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
    "Programme",
    "Question",
    "Questionnaire",
    "Response",
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
    "Tally",
    "Words",
]
