"""Every right of the house by name; `schools.access.roles` says who holds which."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do somewhere."""

    # the region
    SEE_REGION = "see-region"
    # the county
    SEE_COUNTY = "see-county"
    SET_RULES = "set-rules"
    KEEP_BODIES = "keep-bodies"
    APPOINT_LEADERS = "appoint-leaders"
    APPROVE_FILINGS = "approve-filings"
    COMPLETE_TRANSFERS = "complete-transfers"
    IMPORT_HOURS = "import-hours"
    RECOGNISE_HOURS = "recognise-hours"
    INSPECT = "inspect"
    PUBLISH = "publish"
    ACCEPT_RETURNS = "accept-returns"
    RUN_SPOT_CHECKS = "run-spot-checks"
    SEE_REGISTER = "see-register"
    REVOKE_CERTIFICATES = "revoke-certificates"
    # the school
    SEE_SCHOOL = "see-school"
    SEE_PEOPLE = "see-people"
    KEEP_ROSTER = "keep-roster"
    APPOINT_STAFF = "appoint-staff"
    APPOINT_DEPUTY = "appoint-deputy"
    ASK_ABSENCES = "ask-absences"
    FILE_PLANS = "file-plans"
    RUN_SURVEYS = "run-surveys"
    HELP_TEACHERS = "help-teachers"
    ENDORSE_SELECTIONS = "endorse-selections"
    CONFIRM_SELECTIONS = "confirm-selections"
    SEE_SUBMISSIONS = "see-submissions"
    SEE_EVIDENCE = "see-evidence"
    ASSIGN_REVIEWS = "assign-reviews"
    DECIDE = "decide"
    LEAD_ACTIVITIES = "lead-activities"
    ATTEST_HOURS = "attest-hours"
    PREPARE_RETURN = "prepare-return"
    SIGN_RETURN = "sign-return"
    EXPORT = "export"
    # one's own
    OWN_WORK = "own-work"
    GUIDE_SCHOOLS = "guide-schools"
    REVIEW = "review"
    JUDGE_CASES = "judge-cases"
