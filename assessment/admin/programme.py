"""The programme in the administration: rules, calendar, waves, participants, absences."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from assessment.admin.stateful import StatefulAdmin
from assessment.programme.absences.models import Absence
from assessment.programme.dates.models import PhaseChange
from assessment.programme.models import Extension, Participant, Phase, Programme, SchoolProgress, Wave
from assessment.programme.rules.models import RulesVersion
from assessment.programme.rules.terms import RULES
from assessment.programme.waves.models import Enrolment
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


@admin.register(Absence)
class AbsenceAdmin(StatefulAdmin):
    list_display = ("person", "school", "kind", "state", "starts_on", "ends_on")
    list_select_related = ("person", "school")
