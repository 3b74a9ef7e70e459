"""Beginning a piece, adding drafts and notes, and finishing it with the leader's word."""

from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.programme.calendar import require_open
from assessment.programme.models import Participant, PhaseKind
from assessment.training import actions as training
from assessment.training.activities.actions import kept_rate
from assessment.training.activities.conversion import counted_before, left_this_year
from assessment.training.activities.hours import hold
from assessment.training.activities.models import Activity, ActivityKind
from assessment.training.activities.queries import may_lead
from assessment.training.models import Category, HourClaim, Source
from assessment.training.polishing.models import Draft, PeerNote, Polish
from assessment.training.polishing.queries import may_note, rounds_of
from microcapabilities.models import Point
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now, today
from schools.files.receiving import receive
from schools.notices.telling import tell
from schools.refusals import Forbidden, Refused

ORIGIN = "polish:"
DRAFT_LETTERS, DRAFT_MEGABYTES, DRAFTS_MOST = ("R",), 50, 12


@transaction.atomic
def begin(
    *,
    participant: Participant,
    topic: str,
    upload: UploadedFile,
    by: Actor,
    note: str = "",
    point: Point | None = None,
    activity: Activity | None = None,
) -> Polish:
    """Begin a piece with its first draft; the own group sees it from now on."""
    require_own(by, participant.person_id)
    require_open(participant.programme, PhaseKind.TRAIN, participant.school, participant)
    polish = Polish.objects.create(
        county_id=participant.county_id,
        school_id=participant.school_id,
        programme_id=participant.programme_id,
        participant=participant,
        person_id=participant.person_id,
        group_id=participant.person.group_id,
        activity=activity,
        point=point,
        topic=topic.strip(),
    )
    add_draft(polish=polish, upload=upload, note=note, by=by)
    return polish


@transaction.atomic
def add_draft(*, polish: Polish, upload: UploadedFile, by: Actor, note: str = "") -> Draft:
    """Add the next draft, with what was changed and why."""
    held = locked(polish)
    require_own(by, held.person_id)
    require_unfinished(held)
    number = held.drafts.count() + 1
    if number > DRAFTS_MOST:
        raise Refused(_("A piece has at most %d drafts; let it be finished.") % DRAFTS_MOST, "full")
    stored = receive(
        upload, county=held.county, letters=DRAFT_LETTERS, max_megabytes=DRAFT_MEGABYTES, by=by.user
    )
    return Draft.objects.create(
        county_id=held.county_id,
        school_id=held.school_id,
        polish=held,
        number=number,
        file=stored,
        note=note.strip(),
    )


@transaction.atomic
def note_at(*, draft: Draft, text: str, by: Actor) -> PeerNote:
    """Note something at one draft of a colleague; the author is told."""
    held = locked(draft.polish)
    if by.person is not None and by.person.pk == held.person_id:
        raise Refused(_("This is your own piece; say what you changed with the next draft."), "own-work")
    if by.person is None or not may_note(by, held):
        raise Forbidden(_("Only colleagues of the group and who leads it note something here."), "forbidden")
    require_unfinished(held)
    if not text.strip():
        raise Refused(_("Please write what you noticed and what you would try next."), "empty")
    row = PeerNote.objects.create(
        county_id=held.county_id, school_id=held.school_id, draft=draft, person=by.person, text=text.strip()
    )
    tell(
        [held.person],
        gettext_noop("A colleague noted something at “%(topic)s”"),
        url=f"/me/polishing/{held.pk}/",
        topic=held.topic,
    )
    return row


@transaction.atomic
def finish(*, polish: Polish, word: str, by: Actor) -> HourClaim | None:
    """Finish the piece with the leader's word; the author gets hours for each round by the conversion table."""
    held = locked(polish)
    if not may_lead(by, held.school, held.group_id):
        raise Forbidden(
            _("The head of the group finishes a piece, or who leads the school's activities."), "forbidden"
        )
    if by.person is not None and by.person.pk == held.person_id:
        raise Refused(_("This is your own work; somebody else has to do this."), "own-work")
    require_unfinished(held)
    rounds = rounds_of(held)
    if not rounds:
        raise Refused(_("No colleague has noted anything yet; a round is a draft with notes."), "no-round")
    if not word.strip():
        raise Refused(_("Please write a word: what became better, what remains."), "note")
    hold([held.participant_id])
    whole, counted = hours_for(held, rounds)
    held.word, held.finished_at, held.finished_by = word.strip(), now(), by.user
    held.hours, held.cut = counted, whole - counted
    held.save(update_fields=["word", "finished_at", "finished_by", "hours", "cut"])
    record(
        "polish-finished",
        county=held.county,
        school=held.school,
        subject=f"polish {held.pk}",
        by=by,
        rounds=rounds,
        hours=str(counted),
    )
    return entered(held, by) if counted else None


def hours_for(polish: Polish, rounds: int) -> tuple[Decimal, Decimal]:
    """Return the hours of all rounds, and what of them the year's limit leaves."""
    rate = kept_rate(polish.programme, ActivityKind.POLISHING)
    whole = rate.hours * rounds
    before = counted_before(polish.programme, ActivityKind.POLISHING, [polish.person_id])
    left = left_this_year(rate, before.get(polish.person_id, Decimal(0)))
    return whole, whole if left is None else min(whole, left)


def entered(polish: Polish, by: Actor) -> HourClaim:
    """Enter the hours of a finished piece, and attest them where the leader may."""
    assert polish.hours is not None
    claim = training.enter(
        participant=polish.participant,
        category=Category.PRACTICE,
        hours=polish.hours,
        title=polish.topic,
        held_on=today(),
        source=Source.ACTIVITY,
        origin=f"{ORIGIN}{polish.pk}",
    )
    if by.can(Permission.ATTEST_HOURS, polish.school):
        training.attest(claim=claim, by=by)
    return claim


def locked(polish: Polish) -> Polish:
    """Return the piece anew, held until the commit."""
    rows = Polish.objects.select_for_update(of=("self",))
    return rows.select_related("school__county", "county", "programme", "person", "participant").get(
        pk=polish.pk
    )


def require_own(by: Actor, person_id: int) -> None:
    if by.person is None or by.person.pk != person_id:
        raise Forbidden(_("This belongs to somebody else."), "own")


def require_unfinished(polish: Polish) -> None:
    if polish.finished_at:
        raise Refused(_("This piece is finished; begin a new one to go on."), "finished")
