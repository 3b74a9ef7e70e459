"""The table of filings: draft → filed → approved (gets a number) or returned; approved → amended."""

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.planning.bodies.queries import lacking
from assessment.planning.content import lacks
from assessment.planning.kinds import KINDS
from assessment.planning.models import FILING, Filing, FilingKind, FilingVersion, Remark
from assessment.planning.models import FilingState as S
from assessment.programme.calendar import require_open
from assessment.programme.models import PhaseKind
from assessment.workflow import Move, Step
from schools.access.actor import Actor
from schools.access.permissions import Permission as P
from schools.clock import now
from schools.notices.telling import tell
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Person
from schools.refusals import Forbidden, Refused


def may_write(by: Actor, kind: str, school: School, group: TeachingGroup | None = None) -> bool:
    """Say whether the actor writes such a filing: the CIO all, a group's head the topic plan of the group."""
    if by.can(P.FILE_PLANS, school):
        return True
    return kind == FilingKind.TOPIC and group is not None and group.pk in by.groups(P.LEAD_ACTIVITIES)


def writes_it(call: Move) -> None:
    """Whoever files the school's papers; a topic plan also the head of its group."""
    filing = call.subject
    if not may_write(call.by, filing.kind, filing.school, filing.group):
        raise Forbidden(_("You may not do this here."), "forbidden")


def says_what_it_must(call: Move) -> None:
    """Every field that the kind asks for is written, row by row; the bodies are complete."""
    if found := missing_in(call.subject):
        raise Refused(" ".join(found), "incomplete")


def missing_in(filing: Filing) -> list[str]:
    """Return a sentence for everything that is missing before the filing can go."""
    programme = filing.programme
    if KINDS[filing.kind].is_snapshot:
        return lacking(programme, filing.school)
    return lacks(KINDS[filing.kind], filing.content, programme.starts_on, programme.ends_on)


def goes_to_the_county(call: Move) -> None:
    """A group's topic plan is the school's own affair."""
    if call.subject.kind == FilingKind.TOPIC:
        raise Forbidden(_("The school itself agrees to the plans of its groups."), "of-the-school")


def stays_in_the_school(call: Move) -> None:
    """Only a group's topic plan is agreed to by the school."""
    if call.subject.kind != FilingKind.TOPIC:
        raise Forbidden(_("The county approves this filing."), "of-the-county")


def says_what_to_change(call: Move) -> None:
    """A remark beside a field, or a note about the whole."""
    if call.is_trial or call.note or remarks_to_send(call.subject).exists():
        return
    raise Refused(_("Please write what is to be changed: a remark beside a field, or a note."), "note")


def an_earlier_version_holds(call: Move) -> None:
    """A version is approved already; what is written now is an amendment of it."""
    if not call.subject.holds:
        raise Forbidden(_("Nothing of this has been approved yet."), "nothing-holds")


def remarks_to_send(filing: Filing):  # type: ignore[no-untyped-def]
    return Remark.objects.filter(filing=filing, sent_at__isnull=True)


def freeze(call: Move) -> None:
    """Keep what was filed as the filing's next version."""
    filing = call.subject
    last = FilingVersion.objects.filter(filing=filing).aggregate(last=Max("number"))["last"] or 0
    FilingVersion.objects.create(
        county_id=filing.county_id,
        school_id=filing.school_id,
        filing=filing,
        number=last + 1,
        title=filing.title,
        content=filing.content,
        filed_by=call.by.user,
    )


def send_remarks(call: Move) -> None:
    """The remarks that were drafted go out with the return."""
    remarks_to_send(call.subject).update(sent_at=now())


def drop_remarks(call: Move) -> None:
    """Drafts of remarks that were never sent go when the filing is approved."""
    remarks_to_send(call.subject).delete()


def tell_writers(sentence: str):  # type: ignore[no-untyped-def]
    """Tell those who write such a filing: the school's CIO, or the head of the group."""

    def teller(call: Move) -> None:
        filing = call.subject
        held = {"memberships__ends_on__isnull": True, "memberships__school_id": filing.school_id}
        held |= {"memberships__role": "group-head" if filing.group_id else "cio"}
        if filing.group_id:
            held["memberships__group_id"] = filing.group_id
        tell(Person.objects.filter(**held), sentence, url=page_of(filing), title=filing.title)

    return teller


def page_of(filing: Filing) -> str:
    """Return the address of the filing at its school."""
    places = [filing.school.county.slug, filing.school.slug]
    if filing.kind == FilingKind.PLAN:
        return reverse("assessment:school-plan", args=places)
    return reverse("assessment:school-filing", args=[*places, filing.document])


def planning_is_open(call: Move) -> None:
    """The phase is open; what came back or is amended, and what a group plans, waits for no phase."""
    filing = call.subject
    if filing.kind != FilingKind.TOPIC and not FilingVersion.objects.filter(filing=filing).exists():
        require_open(filing.programme, PhaseKind.PLAN, filing.school)


FILING.extend(
    Step(
        "file",
        gettext_lazy("File it"),
        (S.DRAFT, S.RETURNED),
        S.FILED,
        (P.FILE_PLANS, P.LEAD_ACTIVITIES),
        policies=(writes_it, planning_is_open, says_what_it_must),
        tells=(freeze,),
        consequence=gettext_lazy("It is read and answered; you cannot edit it until the answer is there."),
        tone="primary",
    ),
    Step(
        "approve",
        gettext_lazy("Approve and number"),
        (S.FILED,),
        S.APPROVED,
        (P.APPROVE_FILINGS,),
        policies=(goes_to_the_county,),
        tells=(drop_remarks, tell_writers(gettext_noop("“%(title)s” is approved."))),
        consequence=gettext_lazy(
            "It gets its filing number. With the development plan the choices of this school can be confirmed."
        ),
        tone="primary",
    ),
    Step(
        "return",
        gettext_lazy("Return with remarks"),
        (S.FILED,),
        S.RETURNED,
        (P.APPROVE_FILINGS,),
        policies=(goes_to_the_county, says_what_to_change),
        tells=(send_remarks, tell_writers(gettext_noop("“%(title)s” came back with remarks."))),
        consequence=gettext_lazy("The school changes it and files it again."),
    ),
    Step(
        "agree",
        gettext_lazy("Agree"),
        (S.FILED,),
        S.APPROVED,
        (P.FILE_PLANS,),
        policies=(stays_in_the_school,),
        tells=(tell_writers(gettext_noop("“%(title)s” is approved.")),),
        consequence=gettext_lazy("The group works by this plan; it gets its number."),
        tone="primary",
    ),
    Step(
        "give-back",
        gettext_lazy("Give back"),
        (S.FILED,),
        S.RETURNED,
        (P.FILE_PLANS,),
        policies=(stays_in_the_school,),
        tells=(tell_writers(gettext_noop("“%(title)s” came back with remarks.")),),
        consequence=gettext_lazy("The head of the group changes the plan and files it again."),
        needs_note=True,
    ),
    Step(
        "amend",
        gettext_lazy("Amend"),
        (S.APPROVED,),
        S.DRAFT,
        (P.FILE_PLANS, P.LEAD_ACTIVITIES),
        policies=(writes_it,),
        consequence=gettext_lazy("What was approved goes on holding until the amendment is approved."),
        needs_note=True,
    ),
    Step(
        "keep",
        gettext_lazy("Keep what was approved"),
        (S.DRAFT, S.RETURNED),
        S.APPROVED,
        (P.FILE_PLANS, P.LEAD_ACTIVITIES),
        policies=(writes_it, an_earlier_version_holds),
        consequence=gettext_lazy("The amendment is dropped; the approved version stands here again."),
    ),
)
