"""All tables of the room, gathered for Django in the order of the year; their step tables come with them."""

from assessment.checking.appeals.models import Appeal, Hearing
from assessment.checking.cases.models import CaseGrant, Judgement, JudgementGrade, SpotCheckCase
from assessment.checking.drawing.models import Draw, DrawnReturn, Enlargement
from assessment.checking.models import ReturnLine, ReturnPoint, SchoolReturn
from assessment.checking.process.models import ProcessCheck, ProcessSample
from assessment.events import Event
from assessment.guiding.models import (
    Circular,
    CircularSchool,
    Enclosure,
    Inspection,
    Issue,
    LibraryDocument,
    LibraryReader,
    LibraryVersion,
    MeetingDecision,
    Minutes,
    Receipt,
    TrainerAssignment,
    Visit,
)
from assessment.planning.bodies.models import Body, Seat, Waiver
from assessment.planning.inventory.models import Inventory
from assessment.planning.models import Comment, Filing, FilingVersion, Remark
from assessment.planning.nominations.models import Nomination, TeamQuota
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
from assessment.reminding.chats.models import ChatHook, ChatMessage
from assessment.reminding.models import Mail, MailPreference, Reminder, ReminderRule
from assessment.reminding.risks.models import RiskFlag
from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.exemplars.models import Exemplar, ExemplarGrade, Practice, PracticeGrade
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.models import Decision, ItemGrade, Review
from assessment.reviewing.panels.models import Delegation, Relation
from assessment.reviewing.phrases.models import Phrase
from assessment.selecting.models import Selection, SelectionPoint
from assessment.submitting.likeness.models import Band, Fingerprint, Likeness, LikenessLook
from assessment.submitting.models import Attempt, Evidence, Sending, Submission
from assessment.surveying.models import (
    Answer,
    AnswerDraft,
    Answered,
    Question,
    Questionnaire,
    Response,
    Tally,
    Words,
)
from assessment.training.activities.models import Activity, ConversionRate, Output, SignIn, WrongCode
from assessment.training.courses.models import Attendance, Course
from assessment.training.models import HourClaim
from assessment.training.polishing.models import Draft, PeerNote, Polish
from assessment.training.providers.models import ColumnMapping, HourImport, HourImportRow, Provider
from assessment.training.ratings.models import Rated, Rating

__all__ = [
    "Absence",
    "Activity",
    "Answer",
    "AnswerDraft",
    "Answered",
    "Appeal",
    "Attempt",
    "Attendance",
    "Band",
    "Body",
    "CalendarFeed",
    "CaseGrant",
    "ChatHook",
    "ChatMessage",
    "Circular",
    "CircularSchool",
    "Coach",
    "ColumnMapping",
    "Comment",
    "ConversionRate",
    "Course",
    "DayFigures",
    "Decision",
    "Delegation",
    "Draft",
    "Draw",
    "DrawnReturn",
    "Enclosure",
    "Enlargement",
    "Enrolment",
    "Event",
    "Evidence",
    "Exemplar",
    "ExemplarGrade",
    "Extension",
    "Filing",
    "FilingVersion",
    "Fingerprint",
    "GroupRecordReview",
    "Hearing",
    "HonourName",
    "HourClaim",
    "HourImport",
    "HourImportRow",
    "Inspection",
    "Inventory",
    "Issue",
    "ItemGrade",
    "Judgement",
    "JudgementGrade",
    "LibraryDocument",
    "LibraryReader",
    "LibraryVersion",
    "Likeness",
    "LikenessLook",
    "Mail",
    "MailPreference",
    "MeetingDecision",
    "Minutes",
    "Nomination",
    "Output",
    "Participant",
    "PeerNote",
    "Phase",
    "PhaseChange",
    "Phrase",
    "Polish",
    "Practice",
    "PracticeGrade",
    "ProcessCheck",
    "ProcessSample",
    "Programme",
    "Provider",
    "Question",
    "Questionnaire",
    "Rated",
    "Rating",
    "Receipt",
    "Relation",
    "Remark",
    "Reminder",
    "ReminderRule",
    "Response",
    "ReturnLine",
    "ReturnPoint",
    "Review",
    "RiskFlag",
    "RulesVersion",
    "SchoolProgress",
    "SchoolReturn",
    "Seat",
    "Selection",
    "SelectionPoint",
    "Sending",
    "SignIn",
    "SpotCheckCase",
    "Submission",
    "Tally",
    "TeamQuota",
    "TrainerAssignment",
    "Visit",
    "Waiver",
    "Wave",
    "Words",
    "WrongCode",
]
