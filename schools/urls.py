"""All addresses of the room of schools; fixed ones first."""

from schools.jobs.urls import urlpatterns as jobs
from schools.notices.urls import urlpatterns as notices
from schools.organisations.urls import urlpatterns as organisations
from schools.people.urls import urlpatterns as people
from schools.roster.urls import urlpatterns as roster
from schools.sheets.urls import urlpatterns as sheets

app_name = "schools"

urlpatterns = [*notices, *jobs, *organisations, *people, *roster, *sheets]
