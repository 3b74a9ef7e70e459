"""The portal with its guard taken off, as a control: states are read, then saved, without lock or comparison."""

import os
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db.models import F, QuerySet

from assessment import workflow


def read(rows: QuerySet[Any], *_args: object, **_options: object) -> QuerySet[Any]:
    """Read without holding the rows."""
    return rows.all()


def save(subjects: list[workflow.Stateful], step: workflow.Step, changes: dict[str, Any]) -> None:
    """Save whatever the row has become meanwhile."""
    (subject,) = subjects
    time.sleep(0.05)
    target = subject.state if step.target is None else step.target
    rows = type(subject).objects.filter(pk=subject.pk)
    rows.update(state=target, version=F("version") + 1, **changes)
    subject.state, subject.version = rows.values_list("state", "version").get()


QuerySet.select_for_update = read
workflow.compare_and_set = save
