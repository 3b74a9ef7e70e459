"""Making a questionnaire: begin it, set its questions, publish it, close it, go on with the next version."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.programme.models import Programme
from assessment.surveying.models import Question, Questionnaire
from assessment.surveying.queries import asked, questions_of
from assessment.surveying.templates import NAMES, template
from assessment.surveying.templates import questions_of as questions_of_template
from assessment.surveying.terms import Sort, Standing
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import SHANGHAI, now
from schools.notices.telling import tell
from schools.organisations.models import School
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

QUESTION_FIELDS = (
    "kind", "text", "text_en", "help", "help_en", "options", "options_en", "is_required", "strand", "dimension",
)  # fmt: skip
ASKS = gettext_noop("The survey “%(title)s” asks for your answers until %(day)s.")


def holds_surveys(by: Actor, programme: Programme, school: School | None) -> bool:
    """Say whether the actor runs the surveys of a place; a school's belong to the school alone."""
    if school is None:
        return by.can(Permission.RUN_SURVEYS, programme.county)
    return any(
        right.school_id is not None and Permission.RUN_SURVEYS in right.permissions and right.reaches(school)
        for right in by.rights
    )


def check_holder(by: Actor, programme: Programme, school: School | None) -> None:
    if not holds_surveys(by, programme, school):
        raise Forbidden(_("You may not do this here."), "forbidden")


def drafted(questionnaire: Questionnaire, by: Actor) -> Questionnaire:
    """Return the questionnaire locked; refused unless it is a draft of the actor's place."""
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("programme__county", "school")
    held = rows.get(pk=questionnaire.pk)
    check_holder(by, held.programme, held.school)
    if held.published_at is not None:
        raise Refused(
            _("This survey is published; its questions stay as they are. Begin the next version instead."),
            "published",
        )
    return held


def ends_of(opens_on: date, closes_on: date) -> tuple[datetime, datetime]:
    """Return the beginning of the first day and the end of the last, in Shanghai."""
    if closes_on < opens_on:
        raise Refused(_("The last day lies before the first. Please exchange them."), "span")
    return (
        datetime.combine(opens_on, time.min, SHANGHAI),
        datetime.combine(closes_on, time.max, SHANGHAI),
    )


@transaction.atomic
def begin(
    *,
    programme: Programme,
    school: School | None,
    title: str,
    opens_on: date,
    closes_on: date,
    by: Actor,
    purpose: str = "",
    is_anonymous: bool = False,
    from_template: str = "",
) -> Questionnaire:
    """Begin a draft, empty or with the questions of a template; one that promises no names begins without."""
    check_holder(by, programme, school)
    if from_template and from_template not in NAMES:
        raise Refused(_("There is no such template."), "template")
    opens_at, closes_at = ends_of(opens_on, closes_on)
    data: Mapping[str, Any] = template(from_template) if from_template else {}
    is_titled = bool(title.strip())
    if not is_titled and not data:
        raise Refused(_("Please give the survey a title."), "title")
    made = Questionnaire.objects.create(
        county_id=programme.county_id,
        school=school,
        programme=programme,
        sort=data.get("sort", Sort.NEEDS),
        slug=free_slug(programme, school, from_template or "survey"),
        title=title.strip() or data["title"],
        title_en="" if is_titled else data["title_en"],
        purpose=purpose.strip() or data.get("purpose", ""),
        purpose_en="" if purpose.strip() else data.get("purpose_en", ""),
        is_anonymous=is_anonymous or data.get("is_anonymous", False),
        opens_at=opens_at,
        closes_at=closes_at,
    )
    if from_template:
        take_over(made, questions_of_template(from_template))
    record("survey-begun", county=programme.county, school=school, subject=f"survey {made.pk}", by=by)
    return made


def free_slug(programme: Programme, school: School | None, wanted: str) -> str:
    """Return the name, with a number behind it where it is taken."""
    rows = Questionnaire.objects.filter(county_id=programme.county_id, school=school, slug__startswith=wanted)
    taken, number, slug = set(rows.values_list("slug", flat=True)), 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def take_over(questionnaire: Questionnaire, questions: Iterable[Question]) -> None:
    Question.objects.bulk_create(
        Question(
            county_id=questionnaire.county_id,
            questionnaire=questionnaire,
            position=one.position,
            **{name: getattr(one, name) for name in QUESTION_FIELDS},
        )
        for one in questions
    )


@transaction.atomic
def change(
    *,
    questionnaire: Questionnaire,
    title: str,
    purpose: str,
    is_anonymous: bool,
    opens_on: date,
    closes_on: date,
    by: Actor,
) -> None:
    """Change title, purpose, window and promise of a draft; changed words lose their English."""
    held = drafted(questionnaire, by)
    if not title.strip():
        raise Refused(_("Please give the survey a title."), "title")
    if title.strip() not in (held.title, held.title_en):
        held.title, held.title_en = title.strip(), ""
    if purpose.strip() not in (held.purpose, held.purpose_en):
        held.purpose, held.purpose_en = purpose.strip(), ""
    held.is_anonymous = is_anonymous
    held.opens_at, held.closes_at = ends_of(opens_on, closes_on)
    held.save()
    record(
        "survey-changed", county=held.programme.county, school=held.school, subject=f"survey {held.pk}", by=by
    )


@transaction.atomic
def publish(*, questionnaire: Questionnaire, by: Actor, url: str = "") -> None:
    """Freeze the questionnaire and tell everybody who is asked."""
    held = drafted(questionnaire, by)
    questions = questions_of(held)
    if not questions:
        raise Refused(_("There is no question yet. Add at least one, then publish."), "empty")
    if held.closes_at <= now():
        raise Refused(_("The last day lies in the past. Please set a later one."), "past")
    if held.sort == Sort.SELF_ASSESSMENT and not any(question.domain for question in questions):
        raise Refused(_("A self-assessment needs statements with strand and dimension."), "domains")
    held.published_at, held.published_by = now(), by.user
    held.save(update_fields=["published_at", "published_by"])
    people = Person.objects.filter(pk__in=asked(held).values("person_id"))
    tell(people, ASKS, url=url, title=held.title, day=f"{held.closes_at.astimezone(SHANGHAI):%Y-%m-%d}")
    record("survey-published", county=held.programme.county, school=held.school, subject=f"survey {held.pk}",
           by=by, questions=len(questions), is_anonymous=held.is_anonymous)  # fmt: skip


@transaction.atomic
def close(*, questionnaire: Questionnaire, by: Actor) -> None:
    """Close an open survey at this moment; then its results can be read, and nothing can be sent any more."""
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("programme__county", "school")
    held = rows.get(pk=questionnaire.pk)
    check_holder(by, held.programme, held.school)
    if held.standing_at(now()) != Standing.OPEN:
        raise Refused(_("This survey is not open."), "not-open")
    held.closes_at = now()
    held.save(update_fields=["closes_at"])
    record(
        "survey-closed", county=held.programme.county, school=held.school, subject=f"survey {held.pk}", by=by
    )


@transaction.atomic
def renew(*, questionnaire: Questionnaire, opens_on: date, closes_on: date, by: Actor) -> Questionnaire:
    """Begin the next version as a draft with the same questions."""
    check_holder(by, questionnaire.programme, questionnaire.school)
    family = Questionnaire.objects.filter(
        county_id=questionnaire.county_id, school=questionnaire.school, slug=questionnaire.slug
    )
    if family.filter(published_at__isnull=True).exists():
        raise Refused(_("The next version is being written already."), "drafted")
    opens_at, closes_at = ends_of(opens_on, closes_on)
    names = ("county_id", "school_id", "programme_id", "sort", "slug", "title", "title_en", "purpose",
             "purpose_en", "is_anonymous")  # fmt: skip
    version = (family.aggregate(last=Max("version"))["last"] or 0) + 1
    made = Questionnaire.objects.create(
        version=version, opens_at=opens_at, closes_at=closes_at,
        **{name: getattr(questionnaire, name) for name in names},
    )  # fmt: skip
    take_over(made, questions_of(questionnaire))
    return made
