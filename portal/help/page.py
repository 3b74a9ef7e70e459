"""A page on which one acts: what it is for, and which rights lead there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from portal.help.words import Words
from schools.access.actor import Place
from schools.access.permissions import Permission as P
from schools.organisations.models import County, Region

OWN = "own"


@dataclass(frozen=True)
class Page:
    """One page: its url name and label, what one does there, where it stands, and the workflow it belongs to.

    `acts` are the rights with which something is done there, `sees` those with which it is only read.
    """

    name: str
    label: Words
    sentence: Words
    level: str
    acts: frozenset[P] = frozenset()
    sees: frozenset[P] = frozenset()
    topic: str = ""

    @property
    def slug(self) -> str:
        """The page's anchor in the help."""
        return self.name.partition(":")[2]

    def address(self, place: Place | None) -> str:
        """Return the page's address at `place`."""
        if self.level == OWN or place is None:
            return reverse(self.name)
        if isinstance(place, Region):
            return reverse(self.name, kwargs={"region": place.slug})
        if isinstance(place, County):
            return reverse(self.name, kwargs={"county": place.slug})
        return reverse(self.name, kwargs={"county": place.county.slug, "school": place.slug})


def page(
    name: str,
    label: Words,
    sentence: Words,
    level: str,
    *,
    acts: Iterable[P] = (),
    sees: Iterable[P] = (),
    topic: str = "",
) -> Page:
    return Page(name, label, sentence, level, frozenset(acts), frozenset(sees), topic)
