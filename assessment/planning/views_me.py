"""A teacher reads the school's plan and scheme, comments on them and reads the replies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment.answering import answer
from assessment.planning import comments
from assessment.planning.kinds import KINDS, PLAN, SCHEME
from assessment.planning.listing import points_named
from assessment.planning.models import Comment, Filing
from assessment.planning.queries import comments_of, filing_for, read_by_teachers
from assessment.planning.reading import shown
from assessment.programme.queries import current_programme
from assessment.showing import Tab
from schools.access.doors import allow
from schools.access.permissions import Permission

READ = (PLAN, SCHEME)


def filing_read(request: HttpRequest, asked: str) -> Filing | None:
    """Return the plan or scheme that governs one's own school."""
    person = request.actor.person
    programme = current_programme(request.county) if request.county else None
    if person is None or person.school is None or programme is None:
        return None
    kind = SCHEME if asked == SCHEME.kind else PLAN
    return filing_for(programme, person.school, kind.kind)


@allow(Permission.OWN_WORK)
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The school's plan (or `?of=scheme`), with everybody's comments and the replies."""
    asked = SCHEME if request.GET.get("of") == SCHEME.kind else PLAN
    filing = filing_read(request, asked.kind)
    read = read_by_teachers(filing)
    tabs = [Tab(one.kind, one.label, f"?of={one.kind.value}", one is asked, 0) for one in READ]
    context = {"tabs": tabs, "kind": asked, "filing": filing, "read": read, "fields": [], "comments": []}
    if filing is not None and read is not None:
        points = points_named(filing, read.content)
        context["fields"] = shown(KINDS[filing.kind], read.content, points)
        context["comments"] = list(comments_of(filing))
        context["me"] = request.actor.person.pk
    return render(request, "assessment/planning/me_plan.html", context)


@allow(Permission.OWN_WORK)
@require_POST
def comment_add(request: HttpRequest) -> HttpResponse:
    """Comment on the plan or the scheme."""
    asked = request.POST.get("of", "")
    filing = filing_read(request, asked)
    if filing is None:
        return answer(
            request, lambda: None, _("There is no plan to comment on yet."), reverse("assessment:plan")
        )
    return answer(
        request,
        lambda: comments.comment(filing=filing, text=request.POST.get("text", ""), by=request.actor),
        _("Your comment stands below; the school replies there."),
        f"{reverse('assessment:plan')}?of={filing.kind}#comments",
    )


@allow(Permission.OWN_WORK)
@require_POST
def comment_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own comment while nobody has replied."""
    own = Comment.objects.select_related("filing").filter(person=request.actor.person)
    comment = get_object_or_404(own, pk=pk)
    return answer(
        request,
        lambda: comments.change(comment=comment, text=request.POST.get("text", ""), by=request.actor),
        _("Changed."),
        f"{reverse('assessment:plan')}?of={comment.filing.kind}#comment-{pk}",
    )
