"""What a teacher sees who is not enrolled in the county's current programme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_enrolled(request: HttpRequest) -> HttpResponse:
    """Answer with the page that says who enrols teachers."""
    return render(request, "assessment/selecting/not_enrolled.html")
