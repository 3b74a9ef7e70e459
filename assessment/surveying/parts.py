"""Into which parts people fall when results are broken down: school, group, stage, subject, years of teaching."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.programme.models import Participant
from assessment.surveying.models import Answered, Questionnaire
from schools.organisations.models import School, Stage, TeachingGroup

ANSWERED = 0  # the option that counts who answered at all
ALL = "all"
FACETS: dict[str, str | Promise] = {
    "school": _("School"),
    "stage": _("School stage"),
    "group": _("Teaching group"),
    "subject": _("Subject"),
    "years": _("Years of teaching"),
}
AT_COUNTY, AT_SCHOOL = ("school", "stage", "subject", "years"), ("group", "subject", "years")
BANDS = ((5, "1-5"), (15, "6-15"), (25, "16-25"), (35, "26-35"))
LONGEST_BAND = "36+"


@dataclass(frozen=True)
class Standpoint:
    """Where somebody stands at the moment of answering."""

    school_id: int
    stage: str
    group_id: int | None
    subject: str
    years: str

    def part(self, facet: str) -> str:
        """Return the key of the part of a breakdown in which they are; empty where it is not known."""
        found = {
            ALL: "",
            "school": self.school_id,
            "stage": self.stage,
            "group": self.group_id or "",
            "subject": self.subject,
            "years": self.years,
        }
        return str(found[facet])


def band_of(years: int | None) -> str:
    """Return the band of years of teaching; a first year counts as one."""
    if years is None:
        return ""
    return next((band for most, band in BANDS if years <= most), LONGEST_BAND)


def standpoint_of(participant: Participant) -> Standpoint:
    person = participant.person
    return Standpoint(
        participant.school_id,
        participant.school.stage,
        person.group_id,
        person.subject.strip(),
        band_of(person.teaching_years),
    )


def facets_of(questionnaire: Questionnaire, school: School | None) -> tuple[str, ...]:
    """Return the breakdowns that are read at a place.

    Of the county's anonymous surveys a school reads its own sums only: nothing finer was kept.
    """
    if school is None:
        return AT_COUNTY
    return () if questionnaire.is_anonymous and questionnaire.school_id is None else AT_SCHOOL


def kept_parts(questionnaire: Questionnaire, stands: Standpoint) -> dict[str, str]:
    """Return the parts in which an anonymous answer is counted, by breakdown: those that its holder reads."""
    facets = AT_COUNTY if questionnaire.school_id is None else AT_SCHOOL
    return {facet: stands.part(facet) for facet in (ALL, *facets)}


def standpoints(questionnaire: Questionnaire, school: School | None) -> list[Standpoint]:
    """Return where everybody stood who has answered, at one school where it is named; one query."""
    rows = Answered.objects.filter(questionnaire=questionnaire)
    if school is not None:
        rows = rows.filter(school=school)
    found = rows.values_list("school_id", "school__stage", "group_id", "subject", "years")
    return [Standpoint(*row) for row in found]


def labels_of(facet: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the words for parts, in the order in which they are shown; at most one query."""
    wanted = set(keys)
    known: list[tuple[str, str]] = []
    if facet in ("school", "group"):
        model = School if facet == "school" else TeachingGroup
        rows = model.objects.filter(pk__in=[int(key) for key in wanted if key])
        order = "pinyin" if facet == "school" else "name"
        known = [(str(pk), name) for pk, name in rows.order_by(order, "pk").values_list("pk", "name")]
    elif facet == "stage":
        known = [(stage.value, str(stage.label)) for stage in Stage]
    elif facet == "years":
        known = [
            (band, str(_("%s years")) % band.replace("-", "–"))
            for band in (*(b for _m, b in BANDS), LONGEST_BAND)
        ]
    else:
        known = [(key, key) for key in sorted(wanted) if key]
    return {key: label for key, label in [*known, ("", str(_("not stated")))] if key in wanted}
