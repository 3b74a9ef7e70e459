"""Rights, turns and conditions in words: what the tables of the house name by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.access.permissions import Permission as P

Words = str | Promise

RIGHTS: dict[P, Words] = {
    P.SEE_REGION: _("see the figures of the region's counties"),
    P.SEE_COUNTY: _("see the county's figures, plans and returns"),
    P.SET_RULES: _("set the programme's rules, dates and extensions"),
    P.APPOINT_LEADERS: _("appoint principals, CIOs, experts and trainers"),
    P.APPROVE_FILINGS: _("approve school plans and number them"),
    P.COMPLETE_TRANSFERS: _("move a teacher with the open work to another school"),
    P.RECOGNISE_HOURS: _("recognise hours for the county"),
    P.ACCEPT_RETURNS: _("accept school returns"),
    P.RUN_SPOT_CHECKS: _("draw spot checks, give cases to experts, decide their outcome"),
    P.SEE_REGISTER: _("see the register of certificates"),
    P.REVOKE_CERTIFICATES: _("revoke certificates"),
    P.SEE_SCHOOL: _("see the school's board and plan"),
    P.SEE_PEOPLE: _("see the people of the place"),
    P.KEEP_ROSTER: _("keep the roster and print activation slips"),
    P.APPOINT_STAFF: _("appoint the school's team, heads, trainers and reviewers"),
    P.APPOINT_DEPUTY: _("appoint a deputy decider"),
    P.FILE_PLANS: _("write the school's plan and file it"),
    P.ENDORSE_SELECTIONS: _("talk choices over and endorse them"),
    P.CONFIRM_SELECTIONS: _("confirm choices for the school"),
    P.SEE_SUBMISSIONS: _("see how the school's submissions stand"),
    P.SEE_EVIDENCE: _("open the evidence of the school's teachers"),
    P.ASSIGN_REVIEWS: _("ask reviewers and spread the load"),
    P.DECIDE: _("decide about submissions and write the advice"),
    P.ATTEST_HOURS: _("attest practice hours for the school"),
    P.PREPARE_RETURN: _("prepare the school's return, publish and file it"),
    P.SIGN_RETURN: _("sign the school's return"),
    P.EXPORT: _("build reports and take figures along"),
    P.OWN_WORK: _("do one's own year: choose, train, submit"),
    P.REVIEW: _("review submissions that were given to one"),
    P.JUDGE_CASES: _("judge spot-check cases that were given to one"),
}

TURNS: dict[str, Words] = {
    "teacher": _("the teacher's turn"),
    "group": _("the group head's turn"),
    "reviewer": _("the reviewer's turn"),
    "school": _("the school's turn"),
    "expert": _("the expert's turn"),
    "county": _("the county's turn"),
    "portal": _("the portal's turn"),
    "nobody": _("nothing is to be done"),
}

CONDITIONS: dict[str, Words] = {
    "is_own": _("It is one's own."),
    "is_not_own": _("It is not one's own work."),
    "participates": _("The teacher takes part in the programme."),
    "point_is_confirmed": _("The point is in the confirmed choice."),
    "is_in_time": _("The phase is open, or the work's own due date lies ahead."),
    "attempts_are_left": _("Attempts are left."),
    "all_items_present": _("Every required item is there."),
    "authorship_is_stated": _("The teacher states that it is their own work."),
    "no_review_is_finished": _("No review is finished yet."),
    "decider_is_the_right_one": _("The CIO decides; a deputy only where the CIO is conflicted."),
    "decider_did_not_review": _("Whoever decides has not reviewed it."),
    "items_to_redo_are_named": _("The items to be redone are ticked."),
    "due_date_is_set": _("A day until when it is due is set."),
    "review_phase_is_open": _("The phase of school review is open."),
    "enough_reviews": _(
        "Enough different reviewers have finished; where they disagree about passing, a third."
    ),
    "grade_passes": _("The reviews add up to a pass."),
    "grade_fails": _("The reviews do not add up to a pass."),
    "is_not_filed": _("No filed return lists it."),
    "is_listed": _("A filed return lists it as passed."),
    "is_not_in_an_open_check": _("No spot check of it is open."),
    "is_overturned_by_a_check": _("A spot check was decided against it."),
    "rectification_is_allowed": _("The programme allows rectification."),
    "nothing_waits_for_decision": _("No submission waits for a decision."),
    "is_published_long_enough": _("The results stood published in the school long enough."),
    "return_phase_is_open": _("The phase of school returns is open."),
    "is_covered_by_a_draw": _("A draw has covered the return."),
    "no_case_is_open": _("No spot-check case of the school is open."),
    "experts_are_asked": _("Enough experts are asked."),
    "is_judged_by_all": _("Every expert has finished."),
    "says_what_it_must": _("The teaching problems and the goals are written."),
    "is_not_the_teachers": _("Nobody reviews their own work."),
    "under_review": _("The submission still waits for reviews."),
    "every_item_is_graded": _("Every required item has a grade."),
    "advice_is_written": _("Advice is written."),
    "choosing_is_open": _("The phase of choosing is open."),
    "plan_is_filed": _("The school's plan is filed."),
    "plan_is_approved": _("The county has approved the school's plan."),
    "reaches_the_credits": _("The points reach the credits needed."),
    "fits_the_school": _("The school has the environments of all points."),
    "heads_the_group": _("It is the head of the teacher's group; where there is none, the CIO."),
    "submission_is_accepted": _("The submission is accepted."),
}
