"""Reading and keeping phrases: one's own, the school's, the county's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.reviewing.models import Review
from assessment.reviewing.phrases.models import Phrase
from microcapabilities.models import Point
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.organisations.models import County, School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

MOST = 200
LONGEST = 300


@dataclass(frozen=True)
class Owner:
    """Whose phrases: a person's, else a school's, else the county's."""

    county: County
    school: School | None = None
    person: Person | None = None

    @property
    def phrases(self) -> QuerySet[Phrase]:
        rows = Phrase.objects.filter(county=self.county, school=self.school, person=self.person)
        return rows.select_related("point").order_by("point__position", "pk")

    def require(self, by: Actor) -> None:
        """Refuse who may not keep phrases here."""
        if self.person is not None:
            is_right = by.person is not None and by.person.pk == self.person.pk
        elif self.school is not None:
            is_right = by.can(Permission.ASSIGN_REVIEWS, self.school)
        else:
            is_right = by.can(Permission.SET_RULES, self.county)
        if not is_right:
            raise Forbidden(_("You may not do this here."), "forbidden")


def keep(*, owner: Owner, text: str, point: Point | None, by: Actor) -> Phrase:
    """Keep a phrase for one point or, without it, for all; the same words are kept once."""
    owner.require(by)
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Please write the phrase."), "empty")
    if len(text) > LONGEST:
        raise Refused(_("A phrase has at most %d signs.") % LONGEST, "long")
    if owner.phrases.count() >= MOST:
        raise Refused(_("At most %d phrases are kept. Please remove one first.") % MOST, "many")
    if owner.phrases.filter(text=text, point=point).exists():
        raise Refused(_("This phrase is kept already."), "twice")
    return Phrase.objects.create(
        county=owner.county,
        school=owner.school,
        person=owner.person,
        point=point,
        text=text,
        written_by=by.user,
    )


def remove(*, owner: Owner, phrase: Phrase, by: Actor) -> None:
    """Take a phrase out of the bank; advice that was written with it stays as it is."""
    owner.require(by)
    owner.phrases.filter(pk=phrase.pk).delete()


@dataclass(frozen=True)
class Shelf:
    """Phrases of one owner, as the review page offers them."""

    title: str | Promise
    phrases: list[str]


TITLES = (
    gettext_lazy("Your own"),
    gettext_lazy("Shared at the school"),
    gettext_lazy("Shared in the county"),
)


def shelves_for(review: Review) -> list[Shelf]:
    """Return the phrases for the review's point, own ones first, those of the point before those for all."""
    school = review.submission.school
    units = [unit for unit in (school.pk, school.managed_by_id) if unit]
    rows: Sequence[Phrase] = list(
        Phrase.objects.filter(Q(point=None) | Q(point=review.submission.point_id))
        .filter(
            Q(person=review.person_id)
            | Q(person=None, school__in=units)
            | Q(person=None, school=None, county=review.county_id)
        )
        .order_by("pk")
    )
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for row in sorted(rows, key=lambda row: row.point_id is None):
        found[0 if row.person_id else 1 if row.school_id else 2].append(row.text)
    return [Shelf(title, texts) for title, texts in zip(TITLES, found, strict=True) if texts]
