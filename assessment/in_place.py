"""Pages whose main part is swapped in place by a script, and which load as whole pages without one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, push_url, reswap, retarget


def wants_part(request: HttpRequest) -> bool:
    """Say whether only the page's main part is asked for."""
    return request.headers.get("HX-Request") == "true"


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200, at: str = ""
) -> HttpResponse:
    """Render a page whose template extends `frame`; `at` is its address where it answers a post.

    A part is always answered with 200: the script swaps in nothing else.
    """
    is_part = wants_part(request)
    frame = "region.html" if is_part else "base.html"
    response = render(request, template, {**context, "frame": frame}, status=200 if is_part else status)
    patch_vary_headers(response, ["HX-Request"])
    return push_url(response, at) if is_part and at else response


def leave(request: HttpRequest, to: str) -> HttpResponse:
    """Go to a page of another kind, which loads as a whole."""
    return HttpResponseClientRedirect(resolve_url(to)) if wants_part(request) else redirect(to)


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """Show a script's refusal beside the button that was pressed; all that was typed stays as it is."""
    response = render(request, "_components/refused.html", {"sentence": sentence})
    return push_url(reswap(retarget(response, "find [data-refused]"), "innerHTML"), False)
