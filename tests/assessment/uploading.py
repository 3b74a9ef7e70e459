"""Hands for the tests of arriving files: begin one, send parts of it, ask how it stands."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from assessment.submitting.models import Evidence, Submission
from microcapabilities.models import EvidenceItem
from schools.files import arrivals
from schools.files.models import StoredFile
from schools.files.storing import digest_of, location
from tests.stories import document

TUS = {"Tus-Resumable": "1.0.0"}
PIECES = "application/offset+octet-stream"
NONE: tuple[int, list[str], int] = (0, [], 0)  # of left_behind


def encoded(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


@dataclass
class Sender:
    """A teacher's client that sends files to one item."""

    client: Client
    submission: Submission
    item: EvidenceItem

    @property
    def entrance(self) -> str:
        return f"/me/submissions/{self.submission.pk}/items/{self.item.pk}/uploads/"

    def begin(self, name: str, size: int, **headers: Any):  # type: ignore[no-untyped-def]
        asked = TUS | {"Upload-Length": str(size), "Upload-Metadata": f"filename {encoded(name)}"} | headers
        return self.client.post(self.entrance, headers=asked)

    def begun(self, upload: SimpleUploadedFile) -> str:
        """Begin an upload; returns its address."""
        answer = self.begin(upload.name, upload.size)
        assert answer.status_code == 201, answer.content
        return str(answer.headers["Location"])

    def patch(self, url: str, offset: int, data: bytes, **headers: str):  # type: ignore[no-untyped-def]
        asked = TUS | {"Upload-Offset": str(offset)} | headers
        return self.client.patch(url, data, content_type=PIECES, headers=asked, CONTENT_TYPE=PIECES)

    def head(self, url: str):  # type: ignore[no-untyped-def]
        return self.client.head(url, headers=TUS)

    def offset(self, url: str) -> int:
        return int(self.head(url).headers["Upload-Offset"])

    def delete(self, url: str):  # type: ignore[no-untyped-def]
        return self.client.delete(url, headers=TUS)

    def standing(self, url: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(url).json()
        return found


def plan(name: str = "教学设计") -> tuple[SimpleUploadedFile, bytes]:
    """Return a genuine document and its bytes."""
    upload = document(name)
    content = upload.read()
    upload.seek(0)
    return upload, content


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def checksum(data: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {encoded(hashlib.new(algorithm, data).digest())}"


def lying(submission: Submission) -> list[tuple[int, str, str]]:
    """Item, name and the bytes' own SHA-256 of each piece of evidence."""
    with scopes_disabled():
        pieces = Evidence.objects.filter(attempt__submission=submission).select_related("file", "item")
        return [(p.item.number, p.file.name, digest_of(location(p.file))) for p in pieces.order_by("pk")]


def left_behind() -> tuple[int, list[str], int]:
    """Rows of stored files, names of arriving bytes, and files in the storage."""
    stored = sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
    names = [path.name for path in arrivals.folder().glob("*")]
    with scopes_disabled():
        return StoredFile.objects.count(), names, stored
