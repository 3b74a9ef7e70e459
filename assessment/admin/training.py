"""Hours, activities, courses and surveys in the administration."""

from django.contrib import admin

from assessment.admin.stateful import StatefulAdmin
from assessment.surveying.models import Answered, Questionnaire
from assessment.training.activities.models import Activity, ConversionRate, SignIn
from assessment.training.courses.models import Attendance, Course
from assessment.training.models import HourClaim
from assessment.training.polishing.models import Polish
from assessment.training.providers.models import ColumnMapping, HourImport, HourImportRow, Provider
from schools.admin import ReadOnlyAdmin


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
