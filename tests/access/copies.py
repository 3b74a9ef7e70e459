"""Previews that are there without having been made: rows, and a few bytes in their place."""

from django.conf import settings

from schools.files.cleaning.models import Cleaned, CleaningState
from schools.files.models import Preview, PreviewState, Rendition, StoredFile
from schools.files.previews.running import copies_of
from schools.files.storing import keep_bytes
from tests.access.stage import Stage


def give_copies(stage: Stage) -> None:
    """The pieces that are looked at have a preview of one page, each with bytes of its own."""
    stage.things |= {"page_kind": "page", "page_number": "1"}
    for name in ("draft_piece", "sent_piece", "case_piece"):
        give_copy(getattr(stage, name).file, f"page of {name}".encode())
    for name in ("case", "appeal", "exemplar", "kept"):
        copy = give_cleaned(getattr(stage, f"{name}_piece").file, f"{name}_piece without names".encode())
        give_copy(copy, f"page of {name}_piece without names".encode())
        stage.things[f"{name}_clean"] = copy


def give_copy(file: StoredFile, content: bytes, kind: str = "page") -> Rendition:
    """Give a file a ready preview of one copy."""
    Preview.objects.filter(file=file).delete()
    preview = Preview.objects.create(county_id=file.county_id, file=file, state=PreviewState.READY, pages=1)
    path = copies_of(file) / "made" / f"{kind}-1.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Rendition.objects.create(
        county_id=file.county_id,
        preview=preview,
        kind=kind,
        path=str(path.relative_to(settings.MEDIA_ROOT)),
        size=len(content),
        mime="image/webp",
        width=30,
        height=40,
    )


def give_cleaned(file: StoredFile, content: bytes) -> StoredFile:
    """Give a file a ready cleaned copy of these bytes; returns the copy."""
    Cleaned.objects.filter(file=file).delete()
    copy = keep_bytes(
        content, county=file.county, name=f"evidence{file.extension}", kind=file.kind, mime=file.mime, by=None
    )
    Cleaned.objects.create(county_id=file.county_id, file=file, copy=copy, state=CleaningState.READY)
    return copy
