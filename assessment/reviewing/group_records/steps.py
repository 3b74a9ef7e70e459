"""The step table of a group record's review."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from assessment.policies import is_own
from assessment.reviewing.group_records.models import GROUP_RECORD, GroupRecordReview, RecordState
from assessment.reviewing.group_records.records import ACTIVITY, TOPIC, Record, makers
from assessment.workflow import Move, Step
from microcapabilities.grades import Grade
from schools.access.permissions import Permission as P
from schools.notices.telling import tell
from schools.people.models import Membership, Person
from schools.refusals import Refused


def record_of(review: GroupRecordReview) -> Record:
    """Return the record that a review is of."""
    if review.filing is not None:
        return Record(TOPIC, review.filing, None)
    assert review.activity is not None
    return Record(ACTIVITY, review.activity, review.activity.begins_at)


def is_not_the_groups(call: Move) -> None:
    """Nobody judges the record of their own group."""
    if call.subject.person_id in makers(record_of(call.subject)):
        raise Refused(_("Nobody judges the record of their own group."), "own-group")


def has_grade_and_advice(call: Move) -> None:
    if call.is_trial:
        return
    if call.changes.get("grade") not in Grade.values:
        raise Refused(_("Please choose a grade."), "ungraded")
    if not call.changes.get("advice"):
        raise Refused(_("Please write advice: the group learns from it."), "advice")


def tell_heads(call: Move) -> None:
    """Tell the heads of the group what was said."""
    review = call.subject
    held = Membership.objects.filter(group_id=review.group_id, role="group-head", ends_on__isnull=True)
    record = record_of(review)
    place = f"/{review.school.county.slug}/{review.school.slug}/group-records/{record.kind}/{record.pk}/"
    tell(
        Person.objects.filter(pk__in=held.values("person_id")),
        gettext_noop("“%(title)s” of your group was judged."),
        url=place,
        title=record.title,
    )


GROUP_RECORD.extend(
    Step(
        "judge",
        gettext_lazy("Judge"),
        (RecordState.ASKED,),
        RecordState.JUDGED,
        (P.REVIEW, P.INSPECT),
        policies=(is_own, is_not_the_groups, has_grade_and_advice),
        tells=(tell_heads,),
        consequence=gettext_lazy("The head of the group reads grade and advice; they are frozen."),
        tone="primary",
    ),
    Step(
        "release",
        gettext_lazy("Take back"),
        (RecordState.ASKED,),
        RecordState.RELEASED,
        (P.ASSIGN_REVIEWS, P.INSPECT),
        consequence=gettext_lazy("Somebody else can be asked."),
    ),
    Step("lapse", gettext_lazy("Lapsed"), (RecordState.ASKED,), RecordState.RELEASED, ()),
)
