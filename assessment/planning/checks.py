"""Invariants of filings and bodies."""

from collections.abc import Iterator

from django.db.models import F, Q

from assessment.planning.models import Comment, Filing, FilingState, FilingVersion, Remark
from schools.invariants import Found, invariant


@invariant(6, "States move only along published steps; one event per move; versions have no gaps.")
def versions_follow_the_filings() -> Found:
    """What is filed equals the last version, what is approved the approved one; versions count from 1."""
    filings = list(Filing._base_manager.select_related("approved"))
    versions: dict[int, list[FilingVersion]] = {}
    for version in FilingVersion._base_manager.order_by("filing_id", "number"):
        versions.setdefault(version.filing_id, []).append(version)
    broken = [trouble for filing in filings for trouble in troubles_of(filing, versions.get(filing.pk, []))]
    return len(filings) + sum(map(len, versions.values())), broken


def troubles_of(filing: Filing, versions: list[FilingVersion]) -> Iterator[str]:
    """Yield what does not fit between a filing and its versions."""
    if [one.number for one in versions] != list(range(1, len(versions) + 1)):
        yield f"filing {filing.pk}: its versions have gaps"
    standing = {FilingState.FILED: versions[-1] if versions else None, FilingState.APPROVED: filing.approved}
    if filing.state in standing:
        version = standing[FilingState(filing.state)]
        if version is None or (version.content, version.title) != (filing.content, filing.title):
            yield f"filing {filing.pk}: what stands is not the version that was frozen"
    if filing.approved is not None and filing.approved.filing_id != filing.pk:
        yield f"filing {filing.pk}: another filing's version is approved"


@invariant(2, "At most one current certificate per person, point and programme; a number is never reused.")
def filings_are_numbered_once() -> Found:
    """A filing has a number exactly when a version of it was approved."""
    rows = Filing._base_manager.all()
    unlike = rows.filter(Q(number="", approved__isnull=False) | (~Q(number="") & Q(approved__isnull=True)))
    return rows.count(), [
        f"filing {pk}: number without approval or the other way round" for pk in pks(unlike)
    ]


@invariant(10, "A child's tenant equals its parent's.")
def what_hangs_on_a_filing_is_its_schools() -> Found:
    """Versions, remarks and comments are of the filing's school and county; a remark is of its version."""
    rows, broken = 0, []
    for model in (FilingVersion, Remark, Comment):
        children = model._base_manager.all()
        rows += children.count()
        strays = children.exclude(county_id=F("filing__county_id"), school_id=F("filing__school_id"))
        broken += [f"{model.__name__.lower()} {pk}: of another tenant than its filing" for pk in pks(strays)]
    astray = Remark._base_manager.exclude(about__filing_id=F("filing_id"))
    broken += [f"remark {pk}: about a version of another filing" for pk in pks(astray)]
    return rows, broken


def pks(rows) -> list[int]:  # type: ignore[no-untyped-def]
    return list(rows.values_list("pk", flat=True))
