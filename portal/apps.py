"""The building's entry in Django's list of apps; it raises the tenant fences after each migration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate

from schools.access.fences import lower_fences, raise_fences


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        first, last = apps.get_app_config("schools"), apps.get_app_config("certificates")
        pre_migrate.connect(lower_fences, sender=first, dispatch_uid="lower-fences")
        post_migrate.connect(raise_fences, sender=last, dispatch_uid="raise-fences")
