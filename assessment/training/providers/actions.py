"""Keeping providers and the mappings of their files."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.training.providers.importing import check_right, keep_sheet
from assessment.training.providers.models import ColumnMapping, Provider
from assessment.training.providers.tables import table_of_sample
from schools.access.actor import Actor
from schools.audit.recording import record
from schools.organisations.models import County
from schools.refusals import Refused

SETTINGS = ("columns", "constants", "unit", "date_order", "finished_words")


@transaction.atomic
def add_provider(*, county: County, name: str, by: Actor) -> Provider:
    """Enter a provider; its name is taken once."""
    check_right(county, by)
    try:
        with transaction.atomic():
            provider = Provider.objects.create(county=county, name=" ".join(name.split()))
    except IntegrityError:
        raise Refused(_("A provider of this name is there already."), "name") from None
    record("provider-added", county=county, subject=str(provider.pk), by=by)
    return provider


@transaction.atomic
def switch_provider(*, provider: Provider, is_active: bool, by: Actor) -> None:
    """Put a provider away, or back into use; its imports stay."""
    check_right(provider.county, by)
    Provider.objects.filter(pk=provider.pk).update(is_active=is_active)
    provider.is_active = is_active
    record("provider-switched", county=provider.county, subject=str(provider.pk), by=by, is_active=is_active)


def take_sample(*, provider: Provider, name: str, content: bytes, file_name: str, by: Actor) -> ColumnMapping:
    """Keep a sample file and begin a mapping with its headings; raises for a file that is no table."""
    check_right(provider.county, by)
    table = table_of_sample(content, file_name)
    if ColumnMapping.objects.filter(provider=provider, name=name).exists():
        raise Refused(_("This provider has a mapping of this name already."), "name")
    stored = keep_sheet(content, file_name, table, provider.county, by)
    with transaction.atomic():
        mapping = ColumnMapping.objects.create(
            county_id=provider.county_id, provider=provider, name=name, sample=stored, made_by=by.user
        )
        record("mapping-begun", county=provider.county, subject=str(mapping.pk), by=by)
    return mapping


@transaction.atomic
def save_mapping(*, mapping: ColumnMapping, settings: dict[str, Any], by: Actor) -> None:
    """Say which heading is which field; fixed as soon as a file was read by it."""
    check_right(mapping.county, by)
    held = ColumnMapping.objects.select_for_update().get(pk=mapping.pk)
    if held.imports.exists():
        raise Refused(_("Files were read by this mapping; make another one instead."), "used")
    for name in SETTINGS:
        setattr(mapping, name, settings[name])
    mapping.save(update_fields=SETTINGS)
    record("mapping-saved", county=mapping.county, subject=str(mapping.pk), by=by)
