"""The catalogue in the administration, so that a county can confirm or replace the default texts."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from microcapabilities.models import Catalogue, Criterion, EvidenceItem, Point


class PointResource(ModelResource):
    """Points as a sheet: one row per point, known by the catalogue's edition and the code."""

    catalogue = Field(
        attribute="catalogue", column_name="catalogue", widget=ForeignKeyWidget(Catalogue, "slug")
    )

    class Meta:
        model = Point
        import_id_fields = ("catalogue", "code")
        exclude = ("id",)
        skip_unchanged = True


class ItemInline(TabularInline):
    model = EvidenceItem
    fields = (
        "number",
        "stage",
        "name_zh",
        "name_en",
        "is_required",
        "max_megabytes",
        "max_minutes",
        "verified",
    )
    extra = 0
    show_change_link = True


class CriterionInline(TabularInline):
    model = Criterion
    extra = 0


@admin.register(Catalogue)
class CatalogueAdmin(ModelAdmin):
    list_display = ("slug", "title_zh", "is_current", "verified")


@admin.register(Point)
class PointAdmin(ModelAdmin, ImportExportModelAdmin):
    resource_classes = (PointResource,)
    import_form_class = ImportForm
    export_form_class = ExportForm
    list_display = ("code", "name_zh", "name_en", "dimension", "environment", "credits", "verified")
    list_filter = ("catalogue", "environment", "dimension", "verified")
    search_fields = ("code", "name_zh", "name_en")
    inlines = (ItemInline,)


@admin.register(EvidenceItem)
class EvidenceItemAdmin(ModelAdmin):
    list_display = ("point", "number", "stage", "name_zh", "verified")
    list_filter = ("stage", "verified", "point__environment")
    list_select_related = ("point",)
    search_fields = ("point__code", "name_zh", "name_en")
    inlines = (CriterionInline,)
