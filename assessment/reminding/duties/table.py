"""The duties as a table: what is due, whose it is, until when, how it is said, and who has not done it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from assessment.programme.models import PhaseKind
from assessment.reminding.duties import county, school, teachers
from assessment.reminding.duties.pending import Pending, gathered
from assessment.reminding.look import Look
from assessment.reminding.models import usual_days


@dataclass(frozen=True)
class Duty:
    """One row: `who` is the key of a role; no phase means that each thing has a due day of its own.

    `ahead` and `past` are English sentences with places for `due`, `count` and what the rows add. `pending`
    yields only those who have not done it.
    """

    key: str
    label: str | Promise
    who: str
    phase: PhaseKind | None
    ahead: str
    past: str
    pending: Callable[[Look], Iterable[Pending]]
    days: tuple[int, ...] = tuple(usual_days())

    def rows(self, look: Look) -> list[Pending]:
        """Return who has it still to do, one row per person and due day."""
        return gathered(self.pending(look))

    def sentence(self, offset: int) -> str:
        """Return what is said `offset` days after the due day (negative: before)."""
        return self.past if offset > 0 else self.ahead


TABLE: tuple[Duty, ...] = (
    Duty("choose", _("Choose points and propose them"), "teacher", PhaseKind.CHOOSE,
         gettext_noop("Please choose your points and propose them by %(due)s."),
         gettext_noop("Choosing ended on %(due)s and you have not proposed your points. "
                      "Please speak with your school."),
         teachers.not_chosen),
    Duty("hours", _("Complete the hours"), "teacher", PhaseKind.TRAIN,
         gettext_noop("Please complete and claim your hours by %(due)s. "
                      "Lacking: %(online)s online, %(practice)s practice."),
         gettext_noop("The time for hours ended on %(due)s. Lacking: %(online)s online, %(practice)s practice. "
                      "Please speak with your school."),
         teachers.hours_lacking),
    Duty("submit", _("Submit the chosen points"), "teacher", PhaseKind.SUBMIT,
         gettext_noop("Points not handed in yet: %(count)d. Please submit them by %(due)s."),
         gettext_noop("Submitting ended on %(due)s. Points not handed in: %(count)d. "
                      "Your school can ask for more time."),
         teachers.not_handed_in),
    Duty("redo", _("Put returned work right"), "teacher", None,
         gettext_noop("Work sent back to you: %(count)d. Please put it right and hand it in by %(due)s."),
         gettext_noop("Work sent back to you was due on %(due)s: %(count)d. Please speak with your school."),
         teachers.not_put_right, (-3, -1, 1)),
    Duty("endorse", _("Talk proposed choices over"), "group-head", PhaseKind.CHOOSE,
         gettext_noop("Choices of your group to talk over: %(count)d, by %(due)s."),
         gettext_noop("Choosing ended on %(due)s. Choices still to be talked over: %(count)d."),
         school.to_endorse, (-7, -3, -1, 1)),
    Duty("plan", _("File the school's plan"), "cio", PhaseKind.PLAN,
         gettext_noop("Please file the school's plan with the county by %(due)s."),
         gettext_noop("Plans were due on %(due)s and your school's is not filed. Please file it today."),
         school.plan_to_file),
    Duty("confirm", _("Confirm endorsed choices"), "cio", PhaseKind.CHOOSE,
         gettext_noop("Endorsed choices to confirm: %(count)d, by %(due)s."),
         gettext_noop("Choosing ended on %(due)s. Choices still to be confirmed: %(count)d."),
         school.to_confirm, (-7, -3, -1, 1)),
    Duty("attest", _("Attest hours"), "cio", PhaseKind.TRAIN,
         gettext_noop("Claims of hours to attest: %(count)d, by %(due)s."),
         gettext_noop("The time for hours ended on %(due)s. Claims still to be attested: %(count)d."),
         school.to_attest, (-7, -1, 1)),
    Duty("assign", _("Ask reviewers"), "cio", PhaseKind.REVIEW,
         gettext_noop("Submissions that need reviewers: %(count)d. The review ends on %(due)s."),
         gettext_noop("The review ended on %(due)s. Submissions without enough reviewers: %(count)d."),
         school.to_assign),
    Duty("review", _("Finish the reviews given to one"), "reviewer", PhaseKind.REVIEW,
         gettext_noop("Reviews that wait for you: %(count)d. Please finish them by %(due)s."),
         gettext_noop("The review ended on %(due)s. Reviews that still wait for you: %(count)d."),
         school.to_review),
    Duty("decide", _("Decide reviewed submissions"), "cio", PhaseKind.REVIEW,
         gettext_noop("Results that wait for your decision: %(count)d, by %(due)s."),
         gettext_noop("The review ended on %(due)s. Results that still wait for your decision: %(count)d."),
         school.to_decide, (-7, -3, -1, 1)),
    Duty("sign", _("Sign the return"), "principal", PhaseKind.RETURN,
         gettext_noop("The school's return waits for your signature, by %(due)s."),
         gettext_noop("Returns were due on %(due)s. Your school's still waits for your signature."),
         school.to_sign, (-7, -3, -1, 1)),
    Duty("file", _("Publish and file the return"), "cio", PhaseKind.RETURN,
         gettext_noop("Please publish the results and file the school's return by %(due)s."),
         gettext_noop("Returns were due on %(due)s and your school's is not filed. Please file it today."),
         school.to_file),
    Duty("approve", _("Approve plans"), "county-office", PhaseKind.CHOOSE,
         gettext_noop("School plans to approve: %(count)d. Choosing ends on %(due)s."),
         gettext_noop("Choosing ended on %(due)s. School plans still to be approved: %(count)d."),
         county.to_approve),
    Duty("judge", _("Judge spot-check cases"), "expert", PhaseKind.CHECK,
         gettext_noop("Cases that wait for your judgement: %(count)d, by %(due)s."),
         gettext_noop("The spot check ended on %(due)s. Cases that still wait for you: %(count)d."),
         county.to_judge),
    Duty("accept", _("Accept returns"), "county-office", PhaseKind.CHECK,
         gettext_noop("School returns to accept: %(count)d, by %(due)s."),
         gettext_noop("Acceptance was due on %(due)s. School returns still to be accepted: %(count)d."),
         county.to_accept),
)  # fmt: skip
DIGEST = Duty("digest", _("Digest of the week"), "cio", None, "", "", lambda look: (), ())
DUTIES: dict[str, Duty] = {duty.key: duty for duty in (*TABLE, DIGEST)}
OF_TEACHERS: tuple[Duty, ...] = tuple(duty for duty in TABLE if duty.who == "teacher")
