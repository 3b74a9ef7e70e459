"""Providers, their mappings, and sending their files up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.programme.queries import current_programme
from assessment.training.providers import actions, importing
from assessment.training.providers.forms import ImportForm, MappingForm, ProviderForm, SampleForm, initial_of
from assessment.training.providers.models import ColumnMapping, Provider
from assessment.training.providers.queries import (
    first_entries,
    imports_of,
    mappings_of,
    providers_with_counts,
    sample_of,
)
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.paging import turned
from schools.refusals import Refused

UNPROCESSABLE = 422


@allow(Permission.IMPORT_HOURS)
@require_GET
def county_providers(request: HttpRequest) -> HttpResponse:
    """The county's providers, and the form for another."""
    return providers_page(request, ProviderForm())


def providers_page(request: HttpRequest, form: ProviderForm, status: int = 200) -> HttpResponse:
    page, links = turned(request, list(providers_with_counts()))
    context = {"providers": page, "page": links, "form": form}
    return render(request, "assessment/training/providers/providers.html", context, status=status)


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_providers_add(request: HttpRequest) -> HttpResponse:
    """Enter a provider."""
    form = ProviderForm(request.POST)
    if form.is_valid():
        try:
            provider = actions.add_provider(
                county=request.county, name=form.cleaned_data["name"], by=request.actor
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("assessment:county-provider", request.county.slug, provider.pk)
    return providers_page(request, form, UNPROCESSABLE)


@allow(Permission.IMPORT_HOURS)
@require_GET
def county_provider(request: HttpRequest, pk: int) -> HttpResponse:
    """One provider: send a file, its mappings, its files so far."""
    return provider_page(request, get_object_or_404(Provider, pk=pk))


def provider_page(request: HttpRequest, provider: Provider, status: int = 200, **forms: Any) -> HttpResponse:
    mappings = list(mappings_of(provider))
    ready = [mapping.pk for mapping in mappings if mapping.is_ready]
    page, links = turned(request, imports_of(provider))
    context = {
        "provider": provider,
        "mappings": mappings,
        "has_mapping": bool(ready),
        "imports": page,
        "page": links,
        "import_form": ImportForm(mappings=mappings_of(provider).filter(pk__in=ready), auto_id="import-%s"),
        "sample_form": SampleForm(auto_id="sample-%s"),
        **forms,
    }
    return render(request, "assessment/training/providers/provider.html", context, status=status)


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_provider_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a provider away, or back into use (`is_active`)."""
    provider = get_object_or_404(Provider.objects.select_related("county"), pk=pk)
    is_active = request.POST.get("is_active") == "on"
    return answer(
        request,
        lambda: actions.switch_provider(provider=provider, is_active=is_active, by=request.actor),
        _("In use again.") if is_active else _("Put away. Its imports stay."),
        reverse("assessment:county-providers", args=[request.county.slug]),
    )


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_provider_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sample and go on to its headings."""
    provider = get_object_or_404(Provider.objects.select_related("county"), pk=pk)
    form = SampleForm(request.POST, request.FILES, auto_id="sample-%s")
    if form.is_valid():
        try:
            content, file_name = importing.bytes_of(form.cleaned_data["sample"])
            mapping = actions.take_sample(
                provider=provider,
                name=form.cleaned_data["name"],
                content=content,
                file_name=file_name,
                by=request.actor,
            )
        except Refused as refusal:
            form.add_error("name" if refusal.code == "name" else "sample", str(refusal))
        else:
            return redirect("assessment:county-mapping", request.county.slug, mapping.pk)
    return provider_page(request, provider, UNPROCESSABLE, sample_form=form)


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_provider_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file in and lead to its matching report."""
    provider = get_object_or_404(Provider.objects.select_related("county"), pk=pk)
    mappings = ColumnMapping.objects.filter(provider=provider).select_related("provider")
    form = ImportForm(request.POST, request.FILES, mappings=mappings, auto_id="import-%s")
    programme = current_programme(request.county)
    if form.is_valid():
        try:
            if programme is None:
                raise Refused(_("There is no current programme to enter hours into."), "no-programme")
            content, name = importing.bytes_of(form.cleaned_data["file"])
            mapping = form.cleaned_data["mapping"]
            taken = importing.receive(
                content=content, name=name, mapping=mapping, programme=programme, by=request.actor
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("assessment:county-hour-import", request.county.slug, taken.pk)
    return provider_page(request, provider, UNPROCESSABLE, import_form=form)


@allow(Permission.IMPORT_HOURS)
@require_GET
def county_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what the headings of a sample mean; the first rows show how they are read."""
    mapping = mapping_at(pk)
    table = sample_of(mapping)
    form = MappingForm(initial=initial_of(mapping, table.columns), headings=table.columns)
    return mapping_page(request, mapping, form, first_entries(table, mapping) if mapping.is_ready else None)


def mapping_at(pk: int) -> ColumnMapping:
    return get_object_or_404(ColumnMapping.objects.select_related("provider", "sample", "county"), pk=pk)


def mapping_page(
    request: HttpRequest, mapping: ColumnMapping, form: MappingForm, entries: Any, status: int = 200
) -> HttpResponse:
    context = {
        "mapping": mapping,
        "form": form,
        "entries": entries,
        "is_used": mapping.imports.exists(),
    }
    return render(request, "assessment/training/providers/mapping.html", context, status=status)


@allow(Permission.IMPORT_HOURS)
@require_POST
def county_mapping_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the choice, or (`look`) only show how the first rows would be read by it."""
    mapping = mapping_at(pk)
    table = sample_of(mapping)
    form = MappingForm(request.POST, headings=table.columns)
    if not form.is_valid():
        return mapping_page(request, mapping, form, None, UNPROCESSABLE)
    if "look" in request.POST:
        tried = ColumnMapping(**form.settings())
        return mapping_page(request, mapping, form, first_entries(table, tried))
    try:
        actions.save_mapping(mapping=mapping, settings=form.settings(), by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved. This is how the first rows are read; files can be sent now."))
    return redirect("assessment:county-mapping", request.county.slug, pk)
