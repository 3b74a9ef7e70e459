"""The Celery app of the portal; on the embedded default its messages are folders written atomically."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
TRANSPORT_ALIASES["filesystem"] = "portal.broker:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "schools.jobs",
        "schools.files.previews",
        "schools.files.cleaning",
        "schools.files",
        "assessment.submitting.likeness",
        "assessment.reviewing",
        "assessment.checking",
        "assessment.reminding",
        "assessment.reporting",
        "certificates",
    ]
)
