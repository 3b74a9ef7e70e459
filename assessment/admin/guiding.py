"""Guidance and reminders in the administration."""

from django.contrib import admin

from assessment.admin.stateful import StatefulAdmin
from assessment.guiding.models import (
    Circular,
    Inspection,
    Issue,
    LibraryDocument,
    Minutes,
    TrainerAssignment,
    Visit,
)
from assessment.reminding.chats.models import ChatHook
from assessment.reminding.models import Mail, Reminder, ReminderRule
from assessment.reminding.risks.models import RiskFlag
from schools.admin import ReadOnlyAdmin


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
