"""Teachers' comments on the school's plan and scheme, and the school's replies."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.planning.models import Comment, Filing
from assessment.planning.queries import read_by_teachers
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.notices.telling import tell
from schools.people.models import Person
from schools.refusals import Forbidden, Refused

MOST_LETTERS = 1000


@transaction.atomic
def comment(*, filing: Filing, text: str, by: Actor) -> Comment:
    """Comment on what teachers read of a filing that governs one's own school."""
    person = commenter(by)
    school = person.school
    if school is None or filing.school_id not in (school.pk, school.managed_by_id):
        raise Forbidden(_("This belongs to somebody else."), "own")
    if read_by_teachers(filing) is None:
        raise Refused(_("It can be commented once it is filed or opened for comment."), "not-open")
    return Comment.objects.create(
        county_id=filing.county_id,
        school_id=filing.school_id,
        filing=filing,
        person=person,
        text=written(text),
    )


def commenter(by: Actor) -> Person:
    if by.person is None or not any(Permission.OWN_WORK in right.permissions for right in by.rights):
        raise Forbidden(_("You may not do this here."), "forbidden")
    return by.person


def written(text: str) -> str:
    if not text.strip():
        raise Refused(_("Please write something."), "empty")
    return text.strip()[:MOST_LETTERS]


@transaction.atomic
def change(*, comment: Comment, text: str, by: Actor) -> None:
    """Change one's own comment while nobody has replied."""
    if commenter(by).pk != comment.person_id or comment.answers_id is not None:
        raise Forbidden(_("This belongs to somebody else."), "own")
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if Comment.objects.filter(answers=held).exists():
        raise Refused(_("It has been answered and stays as it is; you can write another."), "answered")
    held.text, held.edited_at = written(text), now()
    held.save(update_fields=["text", "edited_at"])


@transaction.atomic
def reply(*, comment: Comment, text: str, by: Actor) -> Comment:
    """Reply to a teacher's comment for the school; the teacher is told."""
    filing = comment.filing
    if by.person is None or not by.can(Permission.FILE_PLANS, filing.school):
        raise Forbidden(_("You may not do this here."), "forbidden")
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if held.answers_id is not None:
        raise Refused(_("Replies are written to comments."), "reply")
    made = Comment.objects.create(
        county_id=filing.county_id,
        school_id=filing.school_id,
        filing=filing,
        person=by.person,
        answers=held,
        text=written(text),
    )
    url = f"/me/plan/?of={filing.kind}"
    tell(
        [comment.person],
        gettext_noop("Your comment on “%(title)s” was answered."),
        url=url,
        title=filing.title,
    )
    return made
