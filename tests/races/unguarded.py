"""The portal with its guard taken off, as a control: states are read, then saved, without lock or comparison.

Every commit takes its time, so that others read what no longer holds.
"""

import os
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db.models import F, QuerySet
from django.db.transaction import Atomic

from assessment import workflow


def read(rows: QuerySet[Any], *_args: object, **_options: object) -> QuerySet[Any]:
    """Read without holding the rows."""
    return rows.all()


def save(subjects: list[workflow.Stateful], step: workflow.Step, changes: dict[str, Any]) -> None:
    """Save whatever the row has become meanwhile."""
    (subject,) = subjects
    target = subject.state if step.target is None else step.target
    rows = type(subject).objects.filter(pk=subject.pk)
    rows.update(state=target, version=F("version") + 1, **changes)
    subject.state, subject.version = rows.values_list("state", "version").get()


def commit_late(block: Atomic, *raised: Any) -> None:
    """Leave a block of statements later than the portal does."""
    time.sleep(0.2)
    leave(block, *raised)


leave = Atomic.__exit__
Atomic.__exit__ = commit_late
QuerySet.select_for_update = read
workflow.compare_and_set = save
