"""Invariants of the rules, the calendar and of those who take part."""

from django.db.models import F, Q

from assessment.programme.absences.models import Absence, AbsenceKind, AbsenceState
from assessment.programme.dates.models import PhaseChange
from assessment.programme.models import Extension, Participant, Phase, Programme
from assessment.programme.rules.models import RulesVersion
from assessment.programme.rules.terms import RULES
from assessment.programme.waves.models import Enrolment
from schools.invariants import Found, invariant

DEADLINES = "Nothing is taken after a deadline without a recorded extension or due date."


@invariant(12, DEADLINES)
def more_time_has_its_reason() -> Found:
    """Extensions and approved absences say why and who; phases are where their last change put them."""
    extensions = Extension._base_manager.filter(Q(reason="") | Q(granted_by__isnull=True))
    broken = [f"extension {pk}: without reason or granter" for pk in extensions.values_list("pk", flat=True)]
    absences = Absence._base_manager.filter(state__in=(AbsenceState.APPROVED, AbsenceState.ENDED))
    bare = absences.filter(Q(reason="") | Q(granted_by__isnull=True) | Q(granted_at__isnull=True))
    broken += [
        f"absence {pk}: approved without reason or granter" for pk in bare.values_list("pk", flat=True)
    ]
    turned = Phase._base_manager.filter(closes_at__lte=F("opens_at"))
    broken += [f"phase {pk}: ends before it begins" for pk in turned.values_list("pk", flat=True)]
    changes = list(PhaseChange._base_manager.order_by("pk"))
    last = {(row.programme_id, row.kind, row.wave_id): row for row in changes}
    phases = {(row.programme_id, row.kind, row.wave_id): row for row in Phase._base_manager.all()}
    for key, change in last.items():
        phase = phases.get(key)
        present = (phase.opens_at, phase.closes_at) if phase else (None, None)
        if present != (change.opens_at, change.closes_at):
            broken.append(f"phase {key}: is not where its last change put it")
    rows = Extension._base_manager.count() + absences.count() + len(phases) + len(changes)
    return rows, broken


@invariant(7, "Nobody endorses, confirms, attests, recognises, reviews, decides, accepts their own work.")
def nobody_approves_their_own_absence() -> Found:
    granted = Absence._base_manager.filter(granted_by__isnull=False)
    own = granted.filter(Q(granted_by__person=F("person")) | Q(granted_by=F("asked_by")))
    broken = [f"absence {pk}: approved by who asked or is absent" for pk in own.values_list("pk", flat=True)]
    return granted.count(), broken


@invariant(10, "A child's tenant equals its parent's; history stays with the issuing county.")
def schools_are_enrolled_in_their_own_county() -> Found:
    rows = Enrolment._base_manager.all()
    strange = rows.exclude(programme__county=F("school__county")) | rows.filter(wave__isnull=False).exclude(
        wave__programme=F("programme")
    )
    broken = [
        f"enrolment {pk}: of another county or programme" for pk in strange.values_list("pk", flat=True)
    ]
    return rows.count(), broken


@invariant(17, "Every figure of a report equals its recount from base rows.")
def present_rules_are_the_last_version() -> Found:
    """A programme's rules are those of its last version; versions have no gaps."""
    versions: dict[int, list[RulesVersion]] = {}
    for version in RulesVersion._base_manager.order_by("programme", "number"):
        versions.setdefault(version.programme_id, []).append(version)
    programmes = Programme._base_manager.filter(pk__in=versions)
    broken = []
    for programme in programmes:
        chain = versions[programme.pk]
        if [version.number for version in chain] != list(range(1, len(chain) + 1)):
            broken.append(f"programme {programme.pk}: a version of the rules is missing")
        if {name: getattr(programme, name) for name in RULES} != chain[-1].rules:
            broken.append(f"programme {programme.pk}: its rules are not those of its last version")
    return len(programmes), broken


@invariant(17, "Every figure of a report equals its recount from base rows.")
def excluded_are_those_of_an_exclusion() -> Found:
    """An approved exclusion is in effect at the participant, and ends with the end of the absence."""
    approved = Absence._base_manager.filter(kind=AbsenceKind.EXCLUSION, state=AbsenceState.APPROVED)
    without = Participant._base_manager.filter(pk__in=approved.values("participant"), excluded_because="")
    broken = [
        f"participant {pk}: excluded by an absence, and yet counted"
        for pk in without.values_list("pk", flat=True)
    ]
    return approved.count(), broken
