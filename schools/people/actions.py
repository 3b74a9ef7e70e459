"""Appointing people, opening their accounts and ending memberships."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from schools.clock import now, today
from schools.organisations.models import County, School, TeachingGroup
from schools.people.codes import digest, new_code, readings
from schools.people.models import ActivationCode, Membership, Person, User
from schools.refusals import Refused

CODE_DAYS = 60


def join(
    *,
    person: Person,
    role: str,
    school: School | None = None,
    group: TeachingGroup | None = None,
    since: date | None = None,
    by: User | None = None,
) -> Membership:
    """Give `person` a role from `since` (today) on; a role already held is returned as it is."""
    values = {"person": person, "role": role, "county_id": person.county_id, "school": school, "group": group}
    with scope(county=person.county_id, school=None):
        held = Membership.objects.filter(**values, ends_on__isnull=True).first()
        return held or Membership.objects.create(**values, starts_on=since or today(), appointed_by=by)


def leave(*, membership: Membership) -> None:
    """End a membership today; its rights are gone with the next request."""
    with scope(county=membership.county_id, school=None):
        Membership.objects.filter(pk=membership.pk, ends_on__isnull=True).update(ends_on=today())


@transaction.atomic
def issue_codes(*, people: list[Person], county: County, by: User | None) -> list[tuple[Person, str]]:
    """Make a fresh activation code for each of `people` who has no account yet; earlier codes become void."""
    waiting = [person for person in people if person.user_id is None and person.is_active]
    ActivationCode.objects.filter(person__in=waiting, used_at__isnull=True, is_void=False).update(
        is_void=True
    )
    sheet = [(person, new_code()) for person in waiting]
    until = now() + timedelta(days=CODE_DAYS)
    ActivationCode.objects.bulk_create(
        ActivationCode(county=county, person=person, digest=digest(code), issued_by=by, expires_at=until)
        for person, code in sheet
    )
    return sheet


@transaction.atomic
def reset_access(*, person: Person, by: User | None) -> str:
    """Give a person who lost the password a one-time code; the old password stops working at once."""
    if person.user is not None:
        person.user.set_unusable_password()
        person.user.save(update_fields=["password"])
    ActivationCode.objects.filter(person=person, used_at__isnull=True, is_void=False).update(is_void=True)
    code = new_code()
    ActivationCode.objects.create(
        county_id=person.county_id,
        person=person,
        digest=digest(code),
        issued_by=by,
        expires_at=now() + timedelta(days=CODE_DAYS),
    )
    return code


def find_code(code: str) -> ActivationCode:
    """Return the open code as typed; unknown, used, void and expired ones look the same."""
    with scopes_disabled():
        found = (
            ActivationCode.objects.select_related("person", "person__user", "person__school")
            .filter(digest__in=readings(code), used_at__isnull=True, is_void=False, expires_at__gt=now())
            .filter(person__is_active=True)
            .first()
        )
    if found is None:
        raise Refused(
            _(
                "This code is not valid, or no longer. Please compare it with your slip, or ask your CIO for a new one."
            ),
            "code",
        )
    return found


def activate(*, code: str, username: str, password: str) -> User:
    """Open the account (or set a new password) by a one-time code; the code works once."""
    found = find_code(code)
    try:
        with transaction.atomic(), scope(county=found.county_id, school=None):
            spent = ActivationCode.objects.filter(pk=found.pk, used_at__isnull=True, is_void=False)
            if not spent.update(used_at=now()):
                raise Refused(_("This code has just been used."), "code")
            user = found.person.user or User(username=username)
            user.set_password(password)
            user.save()
            Person.objects.filter(pk=found.person_id).update(user=user)
    except IntegrityError as error:
        raise Refused(_("This user name is taken. Please choose another."), "username") from error
    return user
