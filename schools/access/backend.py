"""Django's question `user.has_perm(permission, place)` answered from memberships and grants."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from guardian.core import ObjectPermissionChecker

from schools.access.actor import actor_of
from schools.access.permissions import Permission
from schools.organisations.models import County, Region, School
from schools.people.models import User


class MembershipBackend(ModelBackend):
    """Sign-in by password; rights by memberships and, on other objects, guardian's single grants."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_active:
            return False
        if obj is None:
            return super().has_perm(user_obj, perm)
        if isinstance(obj, Region | County | School):
            return perm in set(Permission) and actor_of(user_obj).can(Permission(perm), obj)
        return ObjectPermissionChecker(user_obj).has_perm(perm, obj)
