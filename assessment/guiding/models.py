"""All tables of guidance, gathered."""

from assessment.guiding.circulars.models import Circular, CircularSchool, Receipt
from assessment.guiding.enclosures.models import Enclosure
from assessment.guiding.inspections.models import Inspection, Issue
from assessment.guiding.library.models import LibraryDocument, LibraryReader, LibraryVersion
from assessment.guiding.meetings.models import MeetingDecision, Minutes
from assessment.guiding.visits.models import TrainerAssignment, Visit

__all__ = [
    "Circular",
    "CircularSchool",
    "Enclosure",
    "Inspection",
    "Issue",
    "LibraryDocument",
    "LibraryReader",
    "LibraryVersion",
    "MeetingDecision",
    "Minutes",
    "Receipt",
    "TrainerAssignment",
    "Visit",
]
