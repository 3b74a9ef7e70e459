"""Addresses of the year, stage by stage; one's own pages and fixed words first, slugs last."""

from assessment.checking.urls import urlpatterns as checking
from assessment.planning.urls import urlpatterns as planning
from assessment.programme.urls import urlpatterns as programme
from assessment.reporting.urls import urlpatterns as reporting
from assessment.reviewing.urls import urlpatterns as reviewing
from assessment.selecting.urls import urlpatterns as selecting
from assessment.submitting.urls import urlpatterns as submitting
from assessment.training.urls import urlpatterns as training

app_name = "assessment"
urlpatterns = [
    *programme,
    *planning,
    *selecting,
    *training,
    *submitting,
    *reviewing,
    *checking,
    *reporting,
]
