"""Submissions, reviews, returns, draws and events in the administration."""

from django.contrib import admin

from assessment.admin.stateful import StatefulAdmin
from assessment.checking.models import Draw, Judgement, ReturnLine, SchoolReturn, SpotCheckCase
from assessment.events import Event
from assessment.reviewing.exemplars.models import Exemplar
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.models import Decision, Review
from assessment.submitting.models import Attempt, Evidence, Submission
from schools.admin import ReadOnlyAdmin


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


@admin.register(Exemplar)
class ExemplarAdmin(StatefulAdmin):
    list_display = ("submission", "school", "label", "is_for_county", "asked_at")
    list_select_related = ("submission__person", "submission__point", "school")


@admin.register(GroupRecordReview)
class GroupRecordReviewAdmin(StatefulAdmin):
    list_display = ("group", "school", "person", "label", "grade", "judged_at")
    list_select_related = ("group", "school", "person")


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
