"""A programme that is being set up: begun from a rule pack, left and found again, then made the current one."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.programme.actions import make
from assessment.programme.drafts.queries import draft_of, missing
from assessment.programme.models import Programme
from assessment.programme.presets import Preset
from assessment.programme.rights import require
from assessment.programme.rules.actions import write_version
from microcapabilities.models import Catalogue
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import County
from schools.refusals import Refused


@transaction.atomic
def choose_pack(
    *, county: County, preset: Preset, catalogue: Catalogue, by: Actor, starts_anew: bool = False
) -> Programme:
    """Begin a draft from a rule pack; one that exists is replaced only where that is meant."""
    require(by, Permission.SET_RULES, county)
    County.objects.select_for_update().get(pk=county.pk)
    old = draft_of(county)
    if old is not None and not starts_anew:
        raise Refused(_("There is a draft already. Tick that it is to begin anew."), "draft")
    if old is not None:
        old.delete()
    draft = make(county, preset, catalogue, is_draft=True)
    record("programme-drafted", county=county, subject=draft.name, by=by, preset=preset.slug)
    return draft


@transaction.atomic
def discard(*, draft: Programme, by: Actor) -> None:
    """Throw the draft away; nobody has worked in it."""
    require(by, Permission.SET_RULES, draft.county)
    if not draft.is_draft:
        raise Refused(_("This programme has begun; it stays on record."), "begun")
    record("programme-draft-discarded", county=draft.county, subject=draft.name, by=by)
    draft.delete()


@transaction.atomic
def begin(*, draft: Programme, replaces: bool, by: Actor) -> Programme:
    """Make the draft the county's current programme, with the first version of its rules."""
    require(by, Permission.SET_RULES, draft.county)
    held = Programme.objects.select_for_update().filter(pk=draft.pk, is_draft=True).first()
    if held is None:
        raise Refused(_("This programme has begun already."), "begun")
    current = Programme.objects.filter(county=draft.county, is_current=True)
    if current.exists() and not replaces:
        raise Refused(_("There is a current programme. Tick that it is to be replaced."), "current")
    if lacking := missing(held):
        raise Refused(_("Still missing: %s") % _(", ").join(lacking), "missing")
    current.update(is_current=False)
    held.is_draft, held.is_current = False, True
    held.save(update_fields=["is_draft", "is_current"])
    write_version(held, {}, "", by)
    record("programme-set-up", county=draft.county, subject=held.name, by=by, preset=held.preset)
    return held
