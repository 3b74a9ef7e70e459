"""Telling people things."""

from collections.abc import Iterable
from typing import Any

from schools.notices.models import Notice
from schools.people.models import Person


def tell(people: Iterable[Person], sentence: str, *, url: str = "", **values: Any) -> None:
    """Write one notice per person; `sentence` is an English source text marked with `gettext_noop`."""
    Notice.objects.bulk_create(
        Notice(county_id=person.county_id, person=person, sentence=sentence, values=values, url=url)
        for person in {person.pk: person for person in people}.values()
    )
