"""The building: settings, addresses, the front door; the Celery app is made when Django starts."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
