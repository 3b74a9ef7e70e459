"""The school's exemplars."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from assessment.reviewing.exemplars import keeping
from assessment.reviewing.exemplars.lists import AT_SCHOOL, WORK_AT_SCHOOL
from schools.access.doors import allow
from schools.access.permissions import Permission
from schools.sheets.listing import exports


@allow(Permission.SEE_SUBMISSIONS)
@exports(AT_SCHOOL)
@require_GET
def school_exemplars(request: HttpRequest) -> HttpResponse:
    """What the school keeps to practise on."""
    return keeping.list_page(request, AT_SCHOOL)


@allow(Permission.ASSIGN_REVIEWS)
@exports(WORK_AT_SCHOOL)
@require_GET
def school_exemplar_work(request: HttpRequest) -> HttpResponse:
    """Released work of the school, of which one may ask the teacher."""
    return keeping.work_page(request, WORK_AT_SCHOOL)


@allow(Permission.ASSIGN_REVIEWS)
@require_POST
def school_exemplar_ask(request: HttpRequest) -> HttpResponse:
    """Ask the teacher."""
    return keeping.ask(request)


@allow(Permission.SEE_SUBMISSIONS)
@require_GET
def school_exemplar(request: HttpRequest, pk: int) -> HttpResponse:
    """One exemplar: agreed grades, and who has practised."""
    return keeping.exemplar_page(request, keeping.kept(request, pk))


@allow(Permission.ASSIGN_REVIEWS)
@require_POST
def school_exemplar_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the agreed grades."""
    return keeping.write(request, pk)


@allow(Permission.ASSIGN_REVIEWS)
@require_POST
def school_exemplar_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Open it for practice, or close it."""
    return keeping.take(request, pk, action)
