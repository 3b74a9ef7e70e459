"""Files of this stage that people look at: evidence."""

from typing import Any

from django.db.models import QuerySet

from assessment.submitting.models import Evidence
from schools.files.previews.asking import shown_files


@shown_files
def evidence_files() -> QuerySet[Any, Any]:
    """Return the ids of files that lie on items."""
    return Evidence.objects.values("file_id")
