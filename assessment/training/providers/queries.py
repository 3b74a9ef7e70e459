"""Reading providers, their mappings and imports."""

from django.db.models import Count, Max, Q, QuerySet

from assessment.training.providers.models import ColumnMapping, HourImport, HourImportRow, Provider
from assessment.training.providers.reading import Entry, Reader
from assessment.training.providers.tables import ProviderTable, table_of_sample
from schools.files.storing import location

PREVIEWED = 5


def providers_with_counts() -> QuerySet[Provider]:
    """Return the county's providers, those in use first, with imports, committed ones and the latest."""
    return Provider.objects.annotate(
        files=Count("imports"),
        entered=Count("imports", filter=Q(imports__committed_at__isnull=False)),
        latest=Max("imports__uploaded_at"),
    ).order_by("-is_active", "name", "pk")


def mappings_of(provider: Provider) -> QuerySet[ColumnMapping]:
    return ColumnMapping.objects.filter(provider=provider).annotate(uses=Count("imports")).order_by("-pk")


def imports_of(provider: Provider) -> QuerySet[HourImport]:
    """Return the files of a provider, newest first."""
    rows = HourImport.objects.filter(provider=provider).order_by("-pk")
    return rows.select_related("file", "mapping", "job", "uploaded_by__person", "committed_by__person")


def rows_of(hour_import: HourImport, outcome: str = "") -> QuerySet[HourImportRow]:
    """Return the rows of the matching report, by line, perhaps of one outcome only."""
    rows = HourImportRow.objects.filter(hour_import=hour_import).select_related("person__school")
    return (rows.filter(outcome=outcome) if outcome else rows).order_by("line")


def sample_of(mapping: ColumnMapping) -> ProviderTable:
    """Return the table of the sample that the mapping was begun with."""
    return table_of_sample(location(mapping.sample).read_bytes(), mapping.sample.name)


def first_entries(table: ProviderTable, mapping: ColumnMapping) -> list[Entry]:
    """Return the sample's first rows as the mapping reads them."""
    shown = ProviderTable(table.grid, table.line, table.columns, table.rows[:PREVIEWED])
    return Reader(shown, mapping).entries()
