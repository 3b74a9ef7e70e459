"""The year in the administration: rules and calendar to keep, everything with a state only to read."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from assessment.checking.models import Draw, Judgement, ReturnLine, SchoolReturn, SpotCheckCase
from assessment.events import Event
from assessment.guiding.models import (
    Circular,
    Inspection,
    Issue,
    LibraryDocument,
    Minutes,
    TrainerAssignment,
    Visit,
)
from assessment.planning.bodies.models import Body, Seat, Waiver
from assessment.planning.inventory.models import Inventory
from assessment.planning.models import Comment, Filing, FilingVersion, Remark
from assessment.planning.nominations.models import Nomination, TeamQuota
from assessment.programme.absences.models import Absence
from assessment.programme.dates.models import PhaseChange
from assessment.programme.models import Extension, Participant, Phase, Programme, SchoolProgress, Wave
from assessment.programme.rules.models import RulesVersion
from assessment.programme.rules.terms import RULES
from assessment.programme.waves.models import Enrolment
from assessment.planning.models import Filing
from assessment.programme.models import Extension, Participant, Phase, Programme, SchoolProgress
from assessment.reminding.chats.models import ChatHook
from assessment.reminding.models import Mail, Reminder, ReminderRule
from assessment.reminding.risks.models import RiskFlag
from assessment.reviewing.models import Decision, Review
from assessment.selecting.models import Selection
from assessment.submitting.models import Attempt, Evidence, Submission
from assessment.training.activities.models import Activity, ConversionRate, SignIn
from assessment.training.courses.models import Attendance, Course
from assessment.training.models import HourClaim
from assessment.training.polishing.models import Polish
from assessment.training.providers.models import ColumnMapping, HourImport, HourImportRow, Provider
from schools.admin import ReadOnlyAdmin


@admin.register(Programme)
class ProgrammeAdmin(ModelAdmin):
    list_display = ("name", "county", "year", "is_current", "starts_on", "ends_on")
    list_filter = ("is_current", "year", "county")
    list_select_related = ("county",)
    search_fields = ("name",)
    autocomplete_fields = ("county",)

    def get_readonly_fields(self, request: HttpRequest, obj: Programme | None = None) -> tuple[str, ...]:
        """Rules change on the programme's own page alone, where each change writes a version."""
        return ("is_draft", *(RULES if obj else ()))


@admin.register(Phase)
class PhaseAdmin(ReadOnlyAdmin):
    list_display = ("programme", "kind", "wave", "opens_at", "closes_at")
    list_filter = ("kind", "county")
    list_select_related = ("programme", "wave")


@admin.register(PhaseChange)
class PhaseChangeAdmin(ReadOnlyAdmin):
    list_display = ("programme", "kind", "wave", "opens_at", "closes_at", "reason", "changed_at")
    list_filter = ("kind", "county")
    list_select_related = ("programme", "wave")


@admin.register(RulesVersion)
class RulesVersionAdmin(ReadOnlyAdmin):
    list_display = ("programme", "number", "reason", "changed_at", "changed_by")
    list_filter = ("county",)
    list_select_related = ("programme", "changed_by")


@admin.register(Wave)
class WaveAdmin(ReadOnlyAdmin):
    list_display = ("programme", "number", "name", "share_percent", "year")
    list_filter = ("county",)
    list_select_related = ("programme",)


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ("school", "programme", "wave", "is_pilot", "tier")
    list_filter = ("tier", "is_pilot", "county")
    list_select_related = ("school", "programme", "wave")


@admin.register(Participant)
class ParticipantAdmin(ModelAdmin):
    """Everything but the reason of an exclusion comes from enrolment and transfers."""

    list_display = ("person", "school", "programme", "starts_on", "ends_on", "excluded_because")
    list_filter = ("county",)
    list_select_related = ("person", "school", "programme")
    search_fields = ("person__name",)
    fields = ("person", "school", "programme", "starts_on", "ends_on", "excluded_because")
    readonly_fields = ("person", "school", "programme", "starts_on", "ends_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Participant | None = None) -> bool:
        return False


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    list_display = ("programme", "kind", "school", "participant", "until", "reason")
    list_filter = ("kind", "county")
    list_select_related = ("programme", "school", "participant__person")


@admin.register(SchoolProgress)
class SchoolProgressAdmin(ReadOnlyAdmin):
    list_display = ("school", "programme", "participants", "chosen", "submitted", "passed", "accepted")
    list_filter = ("county",)
    list_select_related = ("school", "programme")


class StatefulAdmin(ReadOnlyAdmin):
    """Rows whose state changes by steps alone."""

    list_filter = ("state", "county")
    list_select_related = ("school",)


@admin.register(Absence)
class AbsenceAdmin(StatefulAdmin):
    list_display = ("person", "school", "kind", "state", "starts_on", "ends_on")
    list_select_related = ("person", "school")


@admin.register(Filing)
class FilingAdmin(StatefulAdmin):
    list_display = ("title", "school", "kind", "label", "number")
    search_fields = ("title", "number")


@admin.register(Body)
class BodyAdmin(ReadOnlyAdmin):
    list_display = ("kind", "county", "school", "published_at")
    list_filter = ("kind", "county")
    list_select_related = ("county", "school")


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin):
    list_display = ("holder", "body", "post", "starts_on", "until", "ended_on")
    list_filter = ("post", "county")
    list_select_related = ("body", "person")


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ("school", "programme", "about", "reason", "granted_at", "ended_at")
    list_filter = ("county",)
    list_select_related = ("school", "programme")


@admin.register(TeamQuota)
class TeamQuotaAdmin(ReadOnlyAdmin):
    list_display = ("programme", "school", "subject", "places")
    list_filter = ("county",)
    list_select_related = ("programme", "school")


@admin.register(Nomination)
class NominationAdmin(StatefulAdmin):
    list_display = ("person", "school", "subject", "label")
    list_select_related = ("person", "school")


@admin.register(Inventory)
class InventoryAdmin(StatefulAdmin):
    list_display = ("school", "edition", "label", "environments")


@admin.register(FilingVersion)
class FilingVersionAdmin(ReadOnlyAdmin):
    list_display = ("title", "school", "number", "filed_at", "filed_by")
    list_filter = ("county",)
    list_select_related = ("school", "filed_by")


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ("filing", "field", "made_at", "sent_at", "is_mended")
    list_filter = ("county",)
    list_select_related = ("filing",)


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ("filing", "person", "made_at")
    list_filter = ("county",)
    list_select_related = ("filing", "person")


@admin.register(Selection)
class SelectionAdmin(StatefulAdmin):
    list_display = ("person", "school", "number", "label")
    list_select_related = ("person", "school")
    search_fields = ("person__name",)


@admin.register(HourClaim)
class HourClaimAdmin(StatefulAdmin):
    list_display = ("person", "school", "category", "hours", "title", "held_on", "label")
    list_select_related = ("person", "school")
    search_fields = ("person__name", "title")


@admin.register(Provider)
class ProviderAdmin(ReadOnlyAdmin):
    list_display = ("name", "county", "is_active")
    list_filter = ("county",)


@admin.register(ColumnMapping)
class ColumnMappingAdmin(ReadOnlyAdmin):
    list_display = ("name", "provider", "unit", "made_at")
    list_filter = ("county",)
    list_select_related = ("provider",)


@admin.register(HourImport)
class HourImportAdmin(ReadOnlyAdmin):
    list_display = ("file", "provider", "uploaded_at", "committed_at", "committed_by")
    list_filter = ("county",)
    list_select_related = ("file", "provider", "committed_by")


@admin.register(HourImportRow)
class HourImportRowAdmin(ReadOnlyAdmin):
    list_display = ("hour_import", "line", "outcome", "hours", "claim")
    list_filter = ("outcome", "county")
    list_select_related = ("hour_import__file", "claim")


@admin.register(Activity)
class ActivityAdmin(StatefulAdmin):
    list_display = ("title", "school", "group", "kind", "begins_at", "label")
    list_select_related = ("school", "group")
    search_fields = ("title",)
    exclude = ("secret",)


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin):
    list_display = ("person", "activity", "how", "signed_at", "hours", "cut")
    list_filter = ("how", "county")
    list_select_related = ("person", "activity")


@admin.register(ConversionRate)
class ConversionRateAdmin(ReadOnlyAdmin):
    list_display = ("programme", "kind", "basis", "hours", "most_per_session", "most_per_year")
    list_filter = ("county",)
    list_select_related = ("programme",)


@admin.register(Polish)
class PolishAdmin(ReadOnlyAdmin):
    list_display = ("topic", "person", "school", "begun_at", "finished_at", "hours")
    list_filter = ("county",)
    list_select_related = ("person", "school")


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "school", "begins_on", "hours", "counts")
    list_filter = ("kind", "county")
    list_select_related = ("school",)


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ("person", "course", "marked_at")
    list_filter = ("county",)
    list_select_related = ("person", "course")


@admin.register(Submission)
class SubmissionAdmin(StatefulAdmin):
    list_display = ("person", "school", "point", "label", "grade")
    list_select_related = ("person", "school", "point")
    search_fields = ("person__name", "point__code")


@admin.register(Review)
class ReviewAdmin(StatefulAdmin):
    list_display = ("submission", "person", "label", "assigned_at", "finished_at")
    list_select_related = ("submission__person", "submission__point", "person")
    search_fields = ("person__name",)


@admin.register(SchoolReturn)
class SchoolReturnAdmin(StatefulAdmin):
    list_display = ("school", "programme", "round", "label", "signed_at", "is_suspended")
    list_select_related = ("school", "programme")
    search_fields = ("school__name",)


@admin.register(SpotCheckCase)
class SpotCheckCaseAdmin(StatefulAdmin):
    list_display = ("code", "school", "label", "listed_grade")


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ("submission", "number", "opened_at", "submitted_at", "is_counted")
    list_filter = ("county",)
    list_select_related = ("submission__person", "submission__point")


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("attempt", "item", "added_at")
    list_filter = ("county",)
    list_select_related = ("attempt", "item")


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("submission", "grade", "decided_at", "is_taken_back")
    list_filter = ("county",)
    list_select_related = ("submission__person", "submission__point")


@admin.register(ReturnLine)
class ReturnLineAdmin(ReadOnlyAdmin):
    list_display = ("name", "school", "filing", "credits", "outcome")
    list_filter = ("outcome", "county")
    list_select_related = ("school",)


@admin.register(Draw)
class DrawAdmin(ReadOnlyAdmin):
    list_display = ("pk", "programme", "size", "drawn_at", "drawn_by")
    list_filter = ("county",)
    list_select_related = ("programme", "drawn_by")


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ("case", "expert", "assigned_at", "finished_at")
    list_filter = ("county",)
    list_select_related = ("case", "expert")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "workflow", "subject_id", "action", "actor", "role", "school")
    list_filter = ("workflow", "county")
    list_select_related = ("actor", "school")
    search_fields = ("subject_id",)


@admin.register(TrainerAssignment)
class TrainerAssignmentAdmin(ReadOnlyAdmin):
    list_display = ("trainer", "school", "starts_on", "last_on")
    list_filter = ("county",)
    list_select_related = ("trainer", "school")


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    list_display = ("school", "trainer", "day", "kind")
    list_filter = ("kind", "county")
    list_select_related = ("trainer", "school")


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    list_display = ("school", "level", "topic", "day")
    list_filter = ("level", "topic", "county")
    list_select_related = ("school",)


@admin.register(Issue)
class IssueAdmin(StatefulAdmin):
    list_display = ("title", "school", "label", "due_on")
    search_fields = ("title",)


@admin.register(Minutes)
class MinutesAdmin(ReadOnlyAdmin):
    list_display = ("title", "county", "school", "held_on")
    list_filter = ("kind", "county")
    list_select_related = ("county", "school")


@admin.register(LibraryDocument)
class LibraryDocumentAdmin(ReadOnlyAdmin):
    list_display = ("name", "county", "school", "kind")
    list_filter = ("kind", "county")
    list_select_related = ("county", "school")


@admin.register(Circular)
class CircularAdmin(ReadOnlyAdmin):
    list_display = ("title", "county", "sent_at", "withdrawn_at")
    list_filter = ("county",)
    list_select_related = ("county",)
@admin.register(ReminderRule)
class ReminderRuleAdmin(ReadOnlyAdmin):
    list_display = ("duty", "programme", "days", "is_on", "by_mail", "to_chat")
    list_filter = ("duty", "county")
    list_select_related = ("programme",)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("step", "person", "school", "made_at")
    list_filter = ("duty", "county")
    list_select_related = ("person", "school")
    fields = ("programme", "duty", "step", "person", "school", "due", "made_at")


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Who gets which letter and how it went; its text is the person's own."""

    list_display = ("subject", "person", "status", "tries", "made_at", "sent_at")
    list_filter = ("status", "county")
    list_select_related = ("person",)
    fields = ("person", "subject", "status", "tries", "next_try_at", "sent_at", "trouble")


@admin.register(ChatHook)
class ChatHookAdmin(ReadOnlyAdmin):
    """Group chats without their secret addresses."""

    list_display = ("name", "kind", "host", "school", "is_on", "last_at", "last_result")
    list_filter = ("kind", "county")
    list_select_related = ("school",)
    fields = ("name", "kind", "host", "school", "is_on", "with_names", "last_at", "last_result")


@admin.register(RiskFlag)
class RiskFlagAdmin(ReadOnlyAdmin):
    list_display = ("person", "kind", "school", "raised_at", "cleared_at", "helper")
    list_filter = ("kind", "county")
    list_select_related = ("person", "school", "helper")
    fields = ("programme", "person", "school", "kind", "raised_at", "cleared_at", "helper")
