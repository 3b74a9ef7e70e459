"""The room's tables in the administration: organisations and people to keep, traces only to read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from guardian.admin import GuardedModelAdmin
from import_export.admin import ExportMixin, ImportExportModelAdmin
from import_export.fields import Field
from import_export.formats.base_formats import Format
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from schools.access.roles import ROLES
from schools.audit.models import AuditEntry
from schools.audit.recording import record
from schools.files.models import StoredFile
from schools.jobs.models import Job
from schools.notices.models import Notice
from schools.organisations.models import County, Region, School, TeachingGroup
from schools.people.models import Membership, Person, Transfer, User

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class ReadOnlyAdmin(ModelAdmin):
    """Rows that the administration may look at and never touch."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PlainResource(ModelResource):
    """A sheet in which no text can become a formula."""

    def export_field(self, field: Field, instance: Model, **kwargs: Any) -> Any:
        value = super().export_field(field, instance, **kwargs)
        return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


class SchoolResource(PlainResource):
    """Schools as a sheet: one row per school, known by the county's and the school's addresses."""

    county = Field(attribute="county", column_name="county", widget=ForeignKeyWidget(County, "slug"))

    class Meta:
        model = School
        import_id_fields = ("county", "slug")
        fields = ("county", "slug", "name", "code", "stage", "is_rural", "environments")
        skip_unchanged = True


class PersonResource(PlainResource):
    """People as a sheet to carry out, without identity numbers, phones and mail addresses."""

    class Meta:
        model = Person
        fields = ("county__name", "school__name", "name", "post", "title", "stage", "subject", "is_active")
        export_order = fields


@admin.register(Region)
class RegionAdmin(ModelAdmin):
    list_display = ("name", "slug", "level", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "slug")


@admin.register(County)
class CountyAdmin(ModelAdmin):
    list_display = ("name", "office_name", "slug", "code", "region")
    list_select_related = ("region",)
    search_fields = ("name", "slug", "code")


@admin.register(School)
class SchoolAdmin(GuardedModelAdmin, ModelAdmin, ImportExportModelAdmin):
    resource_classes = (SchoolResource,)
    import_form_class = ImportForm
    export_form_class = ExportForm
    list_display = ("name", "slug", "county", "stage", "is_rural", "environments", "central")
    list_filter = ("county", "stage", "is_rural")
    list_select_related = ("county", "central")
    search_fields = ("name", "slug", "code")
    autocomplete_fields = ("county", "central", "managed_by")


@admin.register(TeachingGroup)
class TeachingGroupAdmin(ModelAdmin):
    list_display = ("name", "school", "county")
    list_filter = ("county",)
    list_select_related = ("school", "county")
    search_fields = ("name", "school__name")
    autocomplete_fields = ("county", "school")


@admin.register(Person)
class PersonAdmin(ExportMixin, ModelAdmin):
    """Identity numbers are shown masked and are never typed here: they come with the roster alone."""

    resource_classes = (PersonResource,)
    export_form_class = ExportForm
    list_display = ("name", "county", "school", "masked_number", "is_active")
    list_filter = ("county", "is_active")
    list_select_related = ("county", "school")
    search_fields = ("name", "pinyin", "initials", "training_number")
    autocomplete_fields = ("user", "county", "school", "group")
    readonly_fields = ("masked_number",)
    fields = (
        "county",
        "school",
        "group",
        "user",
        "name",
        "masked_number",
        "sex",
        "ethnicity",
        "post",
        "title",
        "degree",
        "teaching_years",
        "phone",
        "email",
        "stage",
        "subject",
        "training_number",
        "is_active",
    )

    @admin.display(description=_("identity number"))
    def masked_number(self, person: Person) -> str:
        return person.id_number_shown or "—"

    def get_export_data(
        self, file_format: Format, request: HttpRequest, queryset: QuerySet[Person], **kwargs: Any
    ) -> str | bytes:
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        record("exported", county=None, subject="people", by=request.actor, count=queryset.count())
        return data


@admin.register(Membership)
class MembershipAdmin(ModelAdmin):
    list_display = ("holder", "role", "region", "county", "school", "starts_on", "ends_on")
    list_filter = ("role", "county")
    list_select_related = ("person", "user", "region", "county", "school")
    search_fields = ("person__name", "user__username")
    autocomplete_fields = ("person", "user", "region", "county", "school", "group", "appointed_by")

    @admin.display(description=_("person"))
    def holder(self, membership: Membership) -> str:
        return str(membership.person or membership.user)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "role":
            choices = [(role.key, role.label) for role in ROLES.values()]
            return forms.ChoiceField(label=_("role"), choices=choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ("person", "from_school", "school", "asked_at", "completed_at", "refused_at")
    list_filter = ("county",)
    list_select_related = ("person", "from_school", "school")
    search_fields = ("person__name",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("person", "text", "told_at", "read_at")
    list_filter = ("county",)
    list_select_related = ("person",)
    search_fields = ("person__name",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("kind", "county", "school", "status", "done", "total", "tries", "asked_at", "finished_at")
    list_filter = ("kind", "status", "county")
    list_select_related = ("county", "school")
    exclude = ("token",)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "act", "user", "county", "school", "subject")
    list_filter = ("act", "county")
    list_select_related = ("user", "county", "school")
    search_fields = ("act", "subject", "user__username")


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "county", "kind", "size", "stored_at")
    list_filter = ("kind", "county")
    list_select_related = ("county",)
    search_fields = ("name", "sha256")
    exclude = ("path",)
