"""Reading circulars: those of the county, who has read one, and one's own."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from assessment.guiding.circulars.models import Circular, Receipt
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Person

DRAFT, SENT, WITHDRAWN = "draft", "sent", "withdrawn"
READ, OPENED, UNREAD = "read", "opened", "unread"
HAS_READ = Q(receipts__read_at__isnull=False)


def circulars_listed(words: str = "", state: str = "") -> QuerySet[Circular, Any]:
    """Return the county's circulars, drafts first, each with how many are addressed and have read it."""
    rows = Circular.objects.select_related("corrects")
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words))
    conditions = {
        DRAFT: Q(sent_at__isnull=True),
        SENT: Q(sent_at__isnull=False, withdrawn_at__isnull=True),
        WITHDRAWN: Q(withdrawn_at__isnull=False),
    }
    if state:
        rows = rows.filter(conditions[state])
    return rows.annotate(addressed=Count("receipts"), have_read=Count("receipts", filter=HAS_READ))


def circulars_at(school: School) -> QuerySet[Circular, Any]:
    """Return the sent circulars that reached somebody through the school, the school's readers counted."""
    at = Q(receipts__school=school)
    return (
        Circular.objects.filter(pk__in=Receipt.objects.filter(school=school).values("circular_id"))
        .annotate(addressed=Count("receipts", filter=at), have_read=Count("receipts", filter=at & HAS_READ))
        .order_by("-sent_at", "-pk")
    )


def receipts_of(circular: Circular, words: str = "", read: str = "") -> QuerySet[Receipt, Any]:
    """Return who is addressed and how far each has come; `opened_at` is when the notice was opened."""
    rows = Receipt.objects.filter(circular=circular).select_related("person", "school", "circular")
    if words:
        people = Person.objects.named_like(words)
        rows = rows.filter(school_named(words, "school__") | Q(person__in=people))
    conditions = {
        READ: Q(read_at__isnull=False),
        OPENED: Q(read_at__isnull=True, notice__read_at__isnull=False),
        UNREAD: Q(read_at__isnull=True),
    }
    if read:
        rows = rows.filter(conditions[read])
    return rows.annotate(opened_at=F("notice__read_at"))


def reading_by_school(circular: Circular) -> list[dict[str, Any]]:
    """Return one row per school: how many are addressed, how many have read it, how many have not."""
    rows = (
        Receipt.objects.filter(circular=circular)
        .values("school_id", "school__name", "school__pinyin")
        .annotate(addressed=Count("pk"), have_read=Count("pk", filter=Q(read_at__isnull=False)))
        .order_by("school__pinyin", "school_id")
    )
    return [{**row, "unread": row["addressed"] - row["have_read"]} for row in rows]


def own_receipts(person: Person | None, read: str = "") -> QuerySet[Receipt, Any]:
    """Return the circulars sent to somebody, the latest first; nobody has none."""
    rows = Receipt.objects.filter(person=person) if person else Receipt.objects.none()
    if read == UNREAD:
        rows = rows.filter(
            read_at__isnull=True, circular__needs_receipt=True, circular__withdrawn_at__isnull=True
        )
    rows = rows.select_related("circular__county", "circular__corrects", "school", "notice")
    return rows.order_by("-circular__sent_at", "-pk")
