"""Submissions, reviews, returns, draws and events in the administration."""

from django.contrib import admin

from assessment.admin.stateful import StatefulAdmin
from assessment.checking.models import Draw, Judgement, ReturnLine, SchoolReturn, SpotCheckCase
from assessment.events import Event
from assessment.reviewing.models import Decision, Review
from assessment.submitting.likeness.models import Likeness, LikenessLook
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


@admin.register(Likeness)
class LikenessAdmin(ReadOnlyAdmin):
    list_display = ("piece", "earlier", "kind", "degree", "seen_at", "seen_school")
    list_filter = ("kind", "county")
    list_select_related = ("piece", "earlier", "seen_school")


@admin.register(LikenessLook)
class LikenessLookAdmin(ReadOnlyAdmin):
    list_display = ("likeness", "verdict", "role", "looked_at", "looked_by")
    list_filter = ("verdict", "county")
    list_select_related = ("likeness", "looked_by")


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
