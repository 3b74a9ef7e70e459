"""Public verification: the one place that looks a certificate up without knowing its county."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from certificates.models import Certificate
from certificates.numbers import is_well_formed, normalise
from certificates.queries import Finding, Worth, worth_of
from microcapabilities.grades import Grade
from microcapabilities.languages import in_active_language

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,30}")
FACES: dict[Worth, tuple[str | Promise, str, str]] = {
    Worth.VALID: (_("Valid"), "excellent", "star"),
    Worth.PENDING: (_("Being issued"), "waiting", "half"),
    Worth.SUSPENDED: (_("Suspended"), "attention", "lock"),
    Worth.REVOKED: (_("Revoked"), "bad", "cross"),
    Worth.DAMAGED: (_("Not genuine"), "bad", "cross"),
}
SENTENCES: dict[Worth, str | Promise] = {
    Worth.VALID: _("This certificate was issued by the office named below and holds today."),
    Worth.PENDING: _("This certificate is being issued. Please look again in a few minutes."),
    Worth.SUSPENDED: _("The result it rests on is being checked. This certificate does not hold now."),
    Worth.REVOKED: _("This certificate was revoked and holds no more."),
    Worth.DAMAGED: _("The signature does not match. Do not rely on it; ask the issuing office."),
}


@dataclass(frozen=True)
class Verified:
    """What the public learns: the worth with its face, and the signed facts, the name partly masked."""

    worth: Worth
    label: str | Promise
    tone: str
    shape: str
    sentence: str | Promise
    finding: Finding
    facts: list[tuple[str | Promise, str]]


def find(text: str) -> Certificate | None:
    """Return the certificate with this token or number, whatever its county; None for anything else."""
    number, token = normalise(text[:100]), text.strip()
    if is_well_formed(number):
        wanted = {"number": number}
    elif TOKEN.fullmatch(token):
        wanted = {"token": token}
    else:
        return None
    with scopes_disabled():
        return Certificate.objects.select_related("county", "submission").filter(**wanted).first()


def verify(text: str) -> Verified | None:
    """Return what a certificate is worth and what it says, or None when there is none."""
    certificate = find(text)
    if certificate is None:
        return None
    with scope(county=certificate.county, school=None):
        finding = worth_of(certificate)
    facts = [] if finding.worth == Worth.DAMAGED else facts_of(certificate)
    return Verified(finding.worth, *FACES[finding.worth], SENTENCES[finding.worth], finding, facts)


def facts_of(certificate: Certificate, *, is_masked: bool = True) -> list[tuple[str | Promise, str]]:
    """Return what the signed snapshot says, label by label."""
    said = certificate.snapshot
    name = masked_name(said["name"]) if is_masked else said["name"]
    return [
        (_("Number"), said["number"]),
        (_("Name"), name),
        (_("School"), said["school"]),
        (_("Point"), f"{said['point']} {in_active_language(said['point_zh'], said['point_en'])}"),
        (_("Grade"), str(Grade(said["grade"]).label)),
        (_("Credits"), str(said["credits"])),
        (_("Programme"), said["programme"]),
        (_("Issued by"), said["issuer"]),
        (_("Issued on"), date.fromisoformat(said["issued_on"]).isoformat()),
    ]


def masked_name(name: str) -> str:
    """Return a name with its middle hidden: 李*明, 王*, A***a."""
    if len(name) < 3:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
