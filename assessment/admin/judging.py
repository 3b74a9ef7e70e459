"""Submissions, reviews, returns, draws and events in the administration."""

from django.contrib import admin

from assessment.admin.stateful import StatefulAdmin
from assessment.checking.appeals.models import Appeal
from assessment.checking.cases.models import Judgement, SpotCheckCase
from assessment.checking.drawing.models import Draw
from assessment.checking.models import ReturnLine, SchoolReturn
from assessment.checking.process.models import ProcessCheck
from assessment.events import Event
from assessment.reviewing.coaching.models import Coach
from assessment.reviewing.exemplars.models import Exemplar
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.models import Decision, Review
from assessment.reviewing.panels.models import Delegation, Relation
from assessment.reviewing.phrases.models import Phrase
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
    exclude = ("seed",)  # committed, and shown by the page of the draw when it is drawn
    list_display = ("pk", "programme", "size", "planned_at", "drawn_at", "drawn_by")
    list_filter = ("county",)
    list_select_related = ("programme", "drawn_by")


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ("case", "expert", "assigned_at", "finished_at")
    list_filter = ("county",)
    list_select_related = ("case", "expert")


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    list_display = ("code", "submission", "against", "state", "lodged_at")
    list_filter = ("state", "county")
    list_select_related = ("submission__person", "submission__point")


@admin.register(ProcessCheck)
class ProcessCheckAdmin(ReadOnlyAdmin):
    list_display = ("said", "school", "state")
    list_filter = ("state", "county")
    list_select_related = ("school",)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "workflow", "subject_id", "action", "actor", "role", "school")
    list_filter = ("workflow", "county")
    list_select_related = ("actor", "school")
    search_fields = ("subject_id",)


@admin.register(Relation)
class RelationAdmin(ReadOnlyAdmin):
    list_display = ("person", "other", "kind", "declared_at", "ended_at")
    list_filter = ("kind", "county")
    list_select_related = ("person", "other")


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdmin):
    list_display = ("school", "delegated_at", "delegated_by", "ended_at")
    list_filter = ("county",)
    list_select_related = ("school", "delegated_by")


@admin.register(Phrase)
class PhraseAdmin(ReadOnlyAdmin):
    list_display = ("text", "point", "school", "person")
    list_filter = ("county",)
    list_select_related = ("point", "school", "person")


@admin.register(HonourName)
class HonourNameAdmin(ReadOnlyAdmin):
    list_display = ("submission", "school", "put_forward_at", "withdrawn_at")
    list_filter = ("county",)
    list_select_related = ("submission__person", "submission__point", "school")


@admin.register(Coach)
class CoachAdmin(ReadOnlyAdmin):
    list_display = ("submission", "person", "named_at", "ended_at")
    list_filter = ("county",)
    list_select_related = ("submission__person", "submission__point", "person")
