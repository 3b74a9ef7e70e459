"""The county office's exemplars, for all reviewers of the county."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from assessment.reviewing.exemplars import keeping, names
from assessment.reviewing.exemplars.lists import IN_COUNTY, WORK_IN_COUNTY
from assessment.submitting.models import Evidence
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.files.cleaning.serving import give_cleaned, give_cleaned_copy, show_cleaned
from schools.sheets.listing import exports


@allow(Permission.SEE_COUNTY)
@exports(IN_COUNTY)
@require_GET
def county_exemplars(request: HttpRequest) -> HttpResponse:
    """What the county keeps to practise on."""
    return keeping.list_page(request, IN_COUNTY)


@allow(Permission.RUN_SPOT_CHECKS)
@exports(WORK_IN_COUNTY)
@require_GET
def county_exemplar_work(request: HttpRequest) -> HttpResponse:
    """Released work of the county, of which one may ask the teacher."""
    return keeping.work_page(request, WORK_IN_COUNTY)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def county_exemplar_ask(request: HttpRequest) -> HttpResponse:
    """Ask the teacher."""
    return keeping.ask(request)


@allow(Permission.SEE_COUNTY)
@require_GET
def county_exemplar(request: HttpRequest, pk: int) -> HttpResponse:
    """One exemplar: agreed grades, and who has practised."""
    return keeping.exemplar_page(request, keeping.kept(request, pk))


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def county_exemplar_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the agreed grades."""
    return keeping.write(request, pk)


@allow(Permission.RUN_SPOT_CHECKS)
@require_POST
def county_exemplar_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Open it for practice, or close it."""
    return keeping.take(request, pk, action)


def kept_piece(request: HttpRequest, pk: int, evidence: int) -> tuple[str, Evidence]:
    """Return the neutral name and a piece of an exemplar whose teacher agrees, else answer 404."""
    found = keeping.kept(request, pk)
    numbered = names.numbered(found, evidence) if keeping.sees_files(request, found) else None
    if numbered is None:
        raise Http404
    return names.shown_name(numbered[0]), numbered[1]


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def county_exemplar_evidence(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """One piece, for the office that writes the agreed grades."""
    name, piece = kept_piece(request, pk, evidence)
    return give_cleaned(request, piece.file, name=name)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def county_exemplar_preview(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show such a piece in place."""
    name, piece = kept_piece(request, pk, evidence)
    return show_cleaned(request, piece.file, name=name)


@allow(Permission.RUN_SPOT_CHECKS)
@require_GET
def county_exemplar_copy(
    request: HttpRequest, pk: int, evidence: int, kind: str, number: int
) -> HttpResponseBase:
    """One copy of such a piece."""
    return give_cleaned_copy(request, kept_piece(request, pk, evidence)[1].file, kind, number)
