"""The room's entry in Django's list of apps; it closes two doors that django-scopes leaves open."""

from importlib import import_module

from django.apps import AppConfig
from django_scopes.manager import DisabledQuerySet


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self) -> None:
        for name in ("exists", "aiterator"):  # they would answer across tenants without a scope
            setattr(DisabledQuerySet, name, DisabledQuerySet.error)
        import_module("schools.sheets.jobs")
