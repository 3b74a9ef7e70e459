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
from assessment.training.activities.models import Activity, ConversionRate, Output, SignIn, WrongCode
from assessment.training.courses.models import Attendance, Course
from assessment.training.models import HourClaim
from assessment.training.polishing.models import Draft, PeerNote, Polish
from assessment.training.ratings.models import Rated, Rating

__all__ = [
    "Activity",
    "Attempt",
    "Attendance",
    "CaseGrant",
    "ConversionRate",
    "Course",
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
    "Output",
    "Participant",
    "PeerNote",
    "Phase",
    "Polish",
    "Programme",
    "Rated",
    "Rating",
    "ReturnLine",
    "ReturnPoint",
    "Review",
    "SchoolProgress",
    "SchoolReturn",
    "Selection",
    "SelectionPoint",
    "Sending",
    "SignIn",
    "SpotCheckCase",
    "Submission",
    "WrongCode",
]
