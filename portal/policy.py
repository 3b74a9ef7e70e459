"""The content policy: strict everywhere, and one that the admin's own scripts can live with below /admin/."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse


class ContentPolicyMiddleware(CSPMiddleware):
    """Send the strict policy; below /admin/ replace the two directives that unfold cannot keep."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/"):
            parts.replace = {
                "script-src": ["'self'", "'unsafe-eval'"],
                "style-src": ["'self'", "'unsafe-inline'"],
            }
        return parts
