"""The room's entry in Django's list of apps; its step table and its kind of job come with it."""

from importlib import import_module

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"

    def ready(self) -> None:
        import_module("certificates.steps")
        import_module("certificates.issuing")
