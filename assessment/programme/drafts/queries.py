"""Reading the draft of a programme: what is set, and what is missing before it can begin."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.programme.models import Phase, PhaseKind, Programme
from assessment.programme.rules.terms import said
from assessment.programme.waves.queries import standings_of, waves_of, without_wave
from schools.organisations.models import County, School

GOOD, HINT, MISSING = "good", "hint", "missing"


@dataclass(frozen=True)
class Looked:
    """One thing that was looked at before beginning: how it stands, in a sentence, and the step where it is set."""

    name: str | Promise
    sentence: str
    standing: str
    step: str

    @property
    def face(self) -> tuple[str, str]:
        """Return tone and shape of its mark."""
        faces = {GOOD: ("good", "check"), HINT: ("waiting", "half"), MISSING: ("bad", "cross")}
        return faces[self.standing]


def draft_of(county: County) -> Programme | None:
    """Return the county's programme that is being set up, or None."""
    return (
        Programme.objects.select_related("catalogue", "county").filter(county=county, is_draft=True).first()
    )


def looked_at(draft: Programme) -> list[Looked]:
    """Return everything that is looked at before a draft begins, in the order of the steps."""
    return [pack_of(draft), *rules_found(draft), *waves_found(draft), calendar_found(draft)]


def missing(draft: Programme) -> list[str]:
    """Return the names of what stands against beginning."""
    return [str(one.name) for one in looked_at(draft) if one.standing == MISSING]


def pack_of(draft: Programme) -> Looked:
    return Looked(
        _("Rule pack and year"), f"{draft.preset} · {draft.starts_on} – {draft.ends_on}", GOOD, "pack"
    )


def rules_found(draft: Programme) -> list[Looked]:
    """Hours, credits and the panel in a line each."""
    hours = _("%(online)d online, %(practice)d practice") % {
        "online": draft.online_hours,
        "practice": draft.practice_hours,
    }
    return [
        Looked(_("Hours"), hours, GOOD, "rules"),
        Looked(_("Credits needed"), said("credits", draft.credits), GOOD, "rules"),
        Looked(_("Reviews per submission"), said("reviews_needed", draft.reviews_needed), GOOD, "rules"),
        Looked(_("Management team"), said("team_rule", draft.team_rule), GOOD, "rules"),
    ]


def waves_found(draft: Programme) -> list[Looked]:
    """Shares, schools without a wave, shares not kept."""
    waves = waves_of(draft)
    schools = School.objects.filter(county=draft.county).count()
    if not waves:
        sentence = ngettext("%d school begins.", "All %d schools begin together.", schools) % schools
        return [Looked(_("Waves"), sentence, GOOD if schools else HINT, "waves")]
    found = []
    rest = without_wave(draft)
    if rest:
        sentence = ngettext("%d school is in no wave.", "%d schools are in no wave.", rest) % rest
        found.append(Looked(_("Schools in waves"), sentence, MISSING, "waves"))
    differing = [row for row in standings_of(draft, waves) if not row.is_kept]
    if differing and not rest:
        said_so = _(", ").join(f"{row.wave.name}: {row.schools} / {row.wanted}" for row in differing)
        found.append(Looked(_("Shares of the waves"), said_so, HINT, "waves"))
    if not found:
        sizes = _(", ").join(f"{row.wave.name}: {row.schools}" for row in standings_of(draft, waves))
        found.append(Looked(_("Waves"), sizes, GOOD, "waves"))
    return found


def calendar_found(draft: Programme) -> Looked:
    """Phases that some school would find without dates."""
    waves = [wave.pk for wave in waves_of(draft)]
    rows = set(Phase.objects.filter(programme=draft).values_list("kind", "wave"))
    bare = [
        str(kind.label)
        for kind in PhaseKind
        if (kind.value, None) not in rows
        and not (waves and all((kind.value, wave) in rows for wave in waves))
    ]
    if not rows:
        return Looked(_("Calendar"), _("No dates yet: every phase would be open."), HINT, "calendar")
    if bare:
        sentence = _("Without dates, and so always open: %s") % _(", ").join(bare)
        return Looked(_("Calendar"), sentence, HINT, "calendar")
    return Looked(_("Calendar"), _("Every phase has its dates."), GOOD, "calendar")
