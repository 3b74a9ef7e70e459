"""Pages of people: first sign-in, rosters, one person, activation slips."""

import time

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools.access.doors import allow, public
from schools.access.granting import renewable
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.organisations.models import School
from schools.people import actions, queries
from schools.people.forms import WRONG_CODE, ActivationForm, ReasonForm
from schools.people.lists import PEOPLE_OF_COUNTY, PEOPLE_OF_SCHOOL, with_schools
from schools.people.models import Person
from schools.people.sealing import unseal
from schools.people.slips import slips_of
from schools.refusals import Refused
from schools.sheets.listing import Listing, asked_filters, exports
from schools.sheets.showing import show

MOST_WRONG_CODES = 20
WRONG_CODE_SECONDS = 600
SIGN_IN_BACKEND = "schools.access.backend.MembershipBackend"

no_store = cache_control(no_store=True, private=True)


@public
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@no_store
def activate(request: HttpRequest) -> HttpResponse:
    """Open an account, or set a new password, by the code of a slip."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST":
        key = f"wrong-codes-{get_adapter(request).get_client_ip(request)}"
        tries = [at for at in cache.get(key, []) if at > time.time() - WRONG_CODE_SECONDS]
        if len(tries) >= MOST_WRONG_CODES:
            return render(request, "429.html", status=429)
        if form.is_valid() and (answer := opened(request, form)):
            return answer
        if form.has_error("code", WRONG_CODE):
            cache.set(key, [*tries, time.time()], WRONG_CODE_SECONDS)
    return render(request, "schools/people/activate.html", {"form": form})


def opened(request: HttpRequest, form: ActivationForm) -> HttpResponse | None:
    """Spend the code and sign in; None where that was refused. A second factor is still asked for."""
    data = form.cleaned_data
    try:
        user = actions.activate(code=data["code"], username=data["username"], password=data["password"])
    except Refused as refusal:
        form.add_error("username" if refusal.code == "username" else "code", str(refusal))
        return None
    messages.success(request, _("Your password is set. Your user name is %s.") % user.get_username())
    if is_mfa_enabled(user):
        return redirect(settings.LOGIN_URL)
    login(request, user, backend=SIGN_IN_BACKEND)
    return redirect("portal:home")


@allow(Permission.SEE_PEOPLE)
@exports(PEOPLE_OF_COUNTY)
@require_GET
def county_people(request: HttpRequest) -> HttpResponse:
    """Everybody of the county."""
    return show_people(request, with_schools(School.objects.order_by("pinyin", "pk")))


@allow(Permission.SEE_PEOPLE)
@exports(PEOPLE_OF_SCHOOL)
@require_GET
def school_people(request: HttpRequest) -> HttpResponse:
    """Everybody of the school."""
    return show_people(request, PEOPLE_OF_SCHOOL)


def show_people(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Render a list of people, of the school of the address or of the one chosen."""
    asked = asked_filters(request, listing)
    school = request.school
    if school is None and asked["school"]:
        school = School.objects.filter(pk=asked["school"]).first()
    people = queries.people_listed(school=school, words=asked["q"], state=asked["state"])
    shown = show(request, listing, people, lambda page: [queries.row_of(person) for person in page])
    if shown.file:
        return shown.file
    context = {
        "listed": shown,
        "rows": shown.rows,
        "page": shown.page,
        "counts": queries.counted(school),
        "shown_school": school,
        "may_keep": request.actor.can(Permission.KEEP_ROSTER, school or request.county),
    }
    return render(request, "schools/people/people.html", context)


@allow(Permission.KEEP_ROSTER)
@require_POST
@no_store
def school_codes(request: HttpRequest) -> HttpResponse:
    """Issue fresh codes for everybody without an account whom the actor may give one, and print the sheet."""
    waiting = list(Person.objects.filter(school=request.school).not_activated().order_by("pinyin", "pk"))
    allowed = renewable(waiting, request.actor)
    people = [person for person in waiting if person.pk in allowed]
    place = {"county": request.county, "school": request.school}
    try:
        with transaction.atomic():
            sheet = actions.issue_codes(people=people, county=request.county, by=request.actor.user)
            record("codes-issued", **place, by=request.actor, count=len(sheet))
    except IntegrityError:  # two sheets at the same moment: one open code per person
        messages.error(request, _("Somebody else is printing slips just now. Please try again in a minute."))
        return redirect("schools:school-people", request.county.slug, request.school.slug)
    return show_slips(request, sheet, left_out=[person for person in waiting if person.pk not in allowed])


@allow(Permission.KEEP_ROSTER)
@require_POST
@no_store
def person_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one person of the school, or of the county itself, a new code; an old password stops working."""
    person = get_object_or_404(
        Person.objects.select_related("user"), pk=pk, school=request.school, is_active=True
    )
    if person.pk not in renewable([person], request.actor):
        raise PermissionDenied(_("This person's codes are issued by the office above you."))
    place = {"county": request.county, "school": request.school}
    with transaction.atomic():
        code = actions.reset_access(person=person, by=request.actor.user)
        record("code-issued", **place, subject=f"person {pk}", by=request.actor)
    return show_slips(request, [(person, code)], left_out=[])


def show_slips(request: HttpRequest, sheet: list[tuple[Person, str]], left_out: list[Person]) -> HttpResponse:
    """Render slips to cut out; the codes are nowhere but in this answer."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('schools:activate')}"
    context = {
        "sheet": sheet,
        "slips": slips_of(sheet, address),
        "left_out": left_out,
        "address": address,
        "valid_until": queries.valid_until(sheet[0][0]) if sheet else None,
    }
    return render(request, "schools/people/slips.html", context)


@allow(Permission.SEE_PEOPLE)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person of the school."""
    return show_person(request, pk, ReasonForm())


@allow(Permission.KEEP_ROSTER)
@require_POST
@no_store
def id_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole identity number once, after a reason was given."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show_person(request, pk, form)
    shown = get_object_or_404(Person, pk=pk, school=request.school, is_active=True)
    record(
        "unmasked",
        county=request.county,
        school=request.school,
        subject=f"person {pk}",
        by=request.actor,
        reason=form.cleaned_data["reason"],
    )
    number = unseal(shown.id_number_sealed) if shown.id_number_sealed else ""
    return show_person(request, pk, ReasonForm(), number=number)


def show_person(request: HttpRequest, pk: int, form: ReasonForm, *, number: str = "") -> HttpResponse:
    """Render one person with masked facts, or with the number just asked for."""
    shown = get_object_or_404(queries.people_listed(school=request.school), pk=pk)
    context = {
        "row": queries.row_of(shown),
        "person": shown,
        "memberships": queries.roles_of(shown),
        "form": form,
        "number": number,
        "facts": queries.facts(shown),
        "may_keep": request.actor.can(Permission.KEEP_ROSTER, request.school),
        "may_renew": shown.pk in renewable([shown], request.actor),
    }
    return render(request, "schools/people/person.html", context)
