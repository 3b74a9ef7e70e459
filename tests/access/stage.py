"""The stage of the access table: a world, the things in it by name, and a client for everybody."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schools.clock import today
from schools.files.models import Rendition
from schools.files.storing import location
from schools.people.models import Person
from tests import stories
from tests.cast import SchoolCast, World

ALPHA_SCHOOLS = ("east", "west", "centre")


@dataclass
class Stage:
    """The world, its objects by name, and a signed-in client for everybody (`user@place`)."""

    world: World
    east: SchoolCast
    west: SchoolCast
    centre: SchoolCast
    south: SchoolCast
    things: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None

    def people(self, place: str) -> dict[str, Person]:
        """Return the cast of a place by role key."""
        casts = {"alpha": self.world.alpha, "beta": self.world.beta}
        return (casts.get(place) or getattr(self, place)).people

    def upload_for_draft(self) -> SimpleUploadedFile:
        """Return one more file that fits the draft's first item."""
        return stories.document("More") if "D" in self.draft_item.kinds else stories.picture(240)

    def bytes_of(self, piece: Any) -> bytes:
        """Return the kept bytes of a piece of evidence, or of any row with a file."""
        stored = getattr(piece, "file", None) or getattr(piece, "proof", None) or piece
        return location(stored).read_bytes()

    def copy_of(self, piece: Any) -> bytes:
        """Return the bytes of the copy for looking at that a piece of evidence, or a file, has."""
        file_id = getattr(piece, "file_id", piece.pk)
        rendition = Rendition._base_manager.get(preview__file=file_id)
        return (Path(settings.MEDIA_ROOT) / rendition.path).read_bytes()


def in_a_week() -> str:
    """Return the day that a page posts as the end of a time limit."""
    return (today() + timedelta(days=7)).isoformat()
