"""Plots as images over HTTP, kept for as long as their figures stay the same."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from schools.plots.drawing import look_of
from schools.plots.pictures import Picture

HOUR, DAY = 3600, 86400
# An image brings its own style sheet along; opened by itself it may use that and nothing else.
OWN_STYLE = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}


def drawn(request: HttpRequest, picture: Picture) -> HttpResponse:
    """Return the image, drawn anew only where its figures are new; "not modified" to who has it."""
    look = look_of(request.GET.get("scheme"), request.GET.get("size"))
    version = f"{picture.version}-{look.scheme}-{look.size}"
    etag = f'"{version}"'
    response = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != 304:
        content = cache.get_or_set(f"plot-{version}", lambda: picture.draw(look), HOUR)
        response = HttpResponse(content, content_type="image/svg+xml")
        response["ETag"] = etag
    is_this_version = request.GET.get("v") == picture.version
    patch_cache_control(response, private=True, max_age=DAY if is_this_version else 0)
    return response
