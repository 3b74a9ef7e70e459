"""The year in the administration: rules and calendar to keep, everything with a state only to read."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from assessment.checking.models import Draw, Judgement, ReturnLine, SchoolReturn, SpotCheckCase
from assessment.events import Event
from assessment.planning.models import Filing
from assessment.programme.models import Extension, Participant, Phase, Programme, SchoolProgress
from assessment.reviewing.models import Decision, Review
from assessment.selecting.models import Selection
from assessment.submitting.models import Attempt, Evidence, Submission
from assessment.surveying.models import Answered, Questionnaire
from assessment.training.models import HourClaim
from schools.admin import ReadOnlyAdmin


@admin.register(Programme)
class ProgrammeAdmin(ModelAdmin):
    list_display = ("name", "county", "year", "is_current", "starts_on", "ends_on")
    list_filter = ("is_current", "year", "county")
    list_select_related = ("county",)
    search_fields = ("name",)
    autocomplete_fields = ("county",)


@admin.register(Phase)
class PhaseAdmin(ModelAdmin):
    list_display = ("programme", "kind", "opens_at", "closes_at")
    list_filter = ("kind", "county")
    list_select_related = ("programme",)
    autocomplete_fields = ("county", "programme")


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


@admin.register(Filing)
class FilingAdmin(StatefulAdmin):
    list_display = ("title", "school", "label", "number")
    search_fields = ("title", "number")


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


@admin.register(Questionnaire)
class QuestionnaireAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "version",
        "school",
        "sort",
        "is_anonymous",
        "opens_at",
        "closes_at",
        "published_at",
    )
    list_filter = ("sort", "is_anonymous", "county")
    list_select_related = ("school",)
    search_fields = ("title",)


@admin.register(Answered)
class AnsweredAdmin(ReadOnlyAdmin):
    list_display = ("questionnaire", "school")
    list_filter = ("county",)
    list_select_related = ("questionnaire", "school")
