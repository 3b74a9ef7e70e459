"""Roles as classes: a name, one plain sentence, the kind of place, and what the role may do there."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.access.permissions import Permission as P

REGION, COUNTY, SCHOOL, GROUP = "region", "county", "school", "group"


class Role:
    """A role; `level` says where a membership of it is held, and its rights flow down from there."""

    key: ClassVar[str]
    level: ClassVar[str]
    label: ClassVar[str | Promise]
    sentence: ClassVar[str | Promise]
    permissions: ClassVar[frozenset[P]] = frozenset()
    is_staff_role: ClassVar[bool] = True
    appoints: ClassVar[frozenset[str]] = frozenset()


class Observer(Role):
    key, level, label = "observer", REGION, _("Observer")
    sentence = _("sees the figures of the region's counties, no personal data")
    permissions = frozenset({P.SEE_REGION})


class CountyOffice(Role):
    key, level, label = "county-office", COUNTY, _("County office")
    sentence = _("sets the rules, approves filings, accepts returns, draws spot checks, issues certificates")
    permissions = frozenset(
        {
            P.SEE_COUNTY,
            P.SET_RULES,
            P.KEEP_BODIES,
            P.APPOINT_LEADERS,
            P.APPROVE_FILINGS,
            P.COMPLETE_TRANSFERS,
            P.IMPORT_HOURS,
            P.RECOGNISE_HOURS,
            P.RUN_SURVEYS,
            P.INSPECT,
            P.PUBLISH,
            P.ACCEPT_RETURNS,
            P.RUN_SPOT_CHECKS,
            P.SEE_REGISTER,
            P.REVOKE_CERTIFICATES,
            P.SEE_SCHOOL,
            P.SEE_PEOPLE,
            P.KEEP_ROSTER,
            P.EXPORT,
        }
    )
    appoints = frozenset({"principal", "cio", "expert", "trainer"})


class CountyLeader(Role):
    key, level, label = "county-leader", COUNTY, _("County leader")
    sentence = _("reads every figure and filing, changes nothing")
    permissions = frozenset({P.SEE_COUNTY, P.SEE_SCHOOL, P.SEE_REGISTER})


class Trainer(Role):
    key, level, label = "trainer", COUNTY, _("County trainer")
    sentence = _("guides assigned schools, may sit on their panels")
    permissions = frozenset({P.REVIEW, P.GUIDE_SCHOOLS})


class Expert(Role):
    key, level, label = "expert", COUNTY, _("Spot-check expert")
    sentence = _("judges only the cases assigned to them, blind")
    permissions = frozenset({P.JUDGE_CASES})


class Principal(Role):
    key, level, label = "principal", SCHOOL, _("Principal")
    sentence = _("first person responsible; signs the school's return")
    permissions = frozenset(
        {P.SEE_SCHOOL, P.SEE_PEOPLE, P.SEE_SUBMISSIONS, P.SIGN_RETURN, P.APPOINT_DEPUTY, P.EXPORT}
    )
    appoints = frozenset({"deputy"})


class ChiefInformationOfficer(Role):
    key, level, label = "cio", SCHOOL, _("CIO")
    sentence = _("runs the school's year: plan, team, choices, panel, decisions")
    permissions = frozenset(
        {
            P.SEE_SCHOOL,
            P.SEE_PEOPLE,
            P.KEEP_ROSTER,
            P.APPOINT_STAFF,
            P.ASK_ABSENCES,
            P.FILE_PLANS,
            P.RUN_SURVEYS,
            P.HELP_TEACHERS,
            P.ENDORSE_SELECTIONS,
            P.CONFIRM_SELECTIONS,
            P.SEE_SUBMISSIONS,
            P.SEE_EVIDENCE,
            P.ASSIGN_REVIEWS,
            P.DECIDE,
            P.LEAD_ACTIVITIES,
            P.ATTEST_HOURS,
            P.PREPARE_RETURN,
            P.EXPORT,
        }
    )
    appoints = frozenset({"team", "school-trainer", "reviewer", "group-head", "teacher"})


class Deputy(Role):
    key, level, label = "deputy", SCHOOL, _("Deputy decider")
    sentence = _("decides in the CIO's place where the CIO is the teacher or conflicted")
    permissions = frozenset(
        {
            P.SEE_SCHOOL,
            P.ENDORSE_SELECTIONS,
            P.CONFIRM_SELECTIONS,
            P.SEE_SUBMISSIONS,
            P.SEE_EVIDENCE,
            P.DECIDE,
        }
    )


class Team(Role):
    key, level, label = "team", SCHOOL, _("Management team")
    sentence = _("helps the CIO: roster, training, archive")
    permissions = frozenset(
        {P.SEE_SCHOOL, P.SEE_PEOPLE, P.KEEP_ROSTER, P.LEAD_ACTIVITIES, P.ATTEST_HOURS, P.EXPORT}
    )


class SchoolTrainer(Role):
    key, level, label = "school-trainer", SCHOOL, _("School trainer")
    sentence = _("leads activities, attests attendance")
    permissions = frozenset({P.SEE_SCHOOL, P.LEAD_ACTIVITIES, P.ATTEST_HOURS})


class Reviewer(Role):
    key, level, label = "reviewer", SCHOOL, _("Reviewer")
    sentence = _("grades assigned submissions; may come from outside")
    permissions = frozenset({P.REVIEW})


class GroupHead(Role):
    key, level, label = "group-head", GROUP, _("Group head")
    sentence = _("talks choices over with the group's teachers and endorses them")
    permissions = frozenset({P.SEE_SCHOOL, P.ENDORSE_SELECTIONS, P.LEAD_ACTIVITIES, P.HELP_TEACHERS})


class Teacher(Role):
    key, level, label = "teacher", SCHOOL, _("Teacher")
    sentence = _("chooses, trains, submits, keeps a portfolio")
    permissions = frozenset({P.OWN_WORK})
    is_staff_role = False


ROLES: dict[str, type[Role]] = {
    role.key: role
    for role in (
        CountyOffice,
        CountyLeader,
        Trainer,
        Expert,
        Principal,
        ChiefInformationOfficer,
        Deputy,
        Team,
        SchoolTrainer,
        Reviewer,
        GroupHead,
        Teacher,
        Observer,
    )
}
