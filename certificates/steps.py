"""The certificate's table: pending → issued (the portal) → revoked; nothing is deleted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.policies import is_not_own
from assessment.submitting.models import SubmissionState
from assessment.workflow import Move, Step
from certificates.models import CERTIFICATE
from certificates.models import CertificateState as S
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.refusals import Refused


def submission_is_accepted(call: Move) -> None:
    if call.subject.submission.state != SubmissionState.ACCEPTED:
        raise Refused(_("The submission is not accepted any more."), "ground-gone")


def tell_holder(sentence: str):  # type: ignore[no-untyped-def]
    def teller(call: Move) -> None:
        tell(
            [call.subject.person],
            sentence,
            url="/me/portfolio/",
            point=call.subject.point_code,
            note=call.note,
        )

    return teller


CERTIFICATE.extend(
    Step(
        "issue",
        gettext_lazy("Issue"),
        (S.PENDING,),
        S.ISSUED,
        (),
        policies=(submission_is_accepted,),
        tells=(tell_holder(gettext_noop("Your certificate for %(point)s is ready.")),),
    ),
    Step(
        "revoke",
        gettext_lazy("Revoke"),
        (S.PENDING, S.ISSUED),
        S.REVOKED,
        (P.REVOKE_CERTIFICATES,),
        policies=(is_not_own,),
        tells=(tell_holder(gettext_noop("Your certificate for %(point)s was revoked: %(note)s")),),
        consequence=gettext_lazy(
            "Anybody who verifies it sees that it is revoked, and why. This cannot be undone."
        ),
        tone="danger",
        needs_note=True,
    ),
    Step(
        "lapse",
        gettext_lazy("Lapse"),
        (S.PENDING, S.ISSUED),
        S.REVOKED,
        (),
        tells=(tell_holder(gettext_noop("Your certificate for %(point)s was revoked: %(note)s")),),
        needs_note=True,
    ),
)
