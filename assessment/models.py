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
from assessment.reminding.chats.models import ChatHook, ChatMessage
from assessment.reminding.models import Mail, MailPreference, Reminder, ReminderRule
from assessment.reminding.risks.models import RiskFlag
from assessment.reviewing.models import Decision, ItemGrade, Review
from assessment.selecting.models import Selection, SelectionPoint
from assessment.submitting.models import Attempt, Evidence, Sending, Submission
from assessment.training.models import HourClaim

__all__ = [
    "Attempt",
    "CaseGrant",
    "ChatHook",
    "ChatMessage",
    "DayFigures",
    "Decision",
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
    "Mail",
    "MailPreference",
    "Participant",
    "Phase",
    "Programme",
    "Reminder",
    "ReminderRule",
    "ReturnLine",
    "ReturnPoint",
    "Review",
    "RiskFlag",
    "SchoolProgress",
    "SchoolReturn",
    "Selection",
    "SelectionPoint",
    "Sending",
    "SpotCheckCase",
    "Submission",
]
