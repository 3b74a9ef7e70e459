"""Addresses of the year, stage by stage; one's own pages and fixed words first, slugs last."""

from assessment.checking.urls import urlpatterns as checking
from assessment.guiding.urls import urlpatterns as guiding
from assessment.planning.bodies.urls import urlpatterns as bodies
from assessment.planning.inventory.urls import urlpatterns as inventory
from assessment.planning.nominations.urls import urlpatterns as nominations
from assessment.planning.urls import urlpatterns as planning
from assessment.programme.urls import urlpatterns as programme
from assessment.reminding.urls import urlpatterns as reminding
from assessment.reporting.urls import urlpatterns as reporting
from assessment.reviewing.coaching.urls import urlpatterns as coaching
from assessment.reviewing.honours.urls import urlpatterns as honours
from assessment.reviewing.panels.urls import urlpatterns as panels
from assessment.reviewing.phrases.urls import urlpatterns as phrases
from assessment.reviewing.urls import urlpatterns as reviewing
from assessment.selecting.urls import urlpatterns as selecting
from assessment.submitting.likeness.urls import urlpatterns as likeness
from assessment.submitting.urls import urlpatterns as submitting
from assessment.surveying.urls import urlpatterns as surveying
from assessment.training.activities.urls import urlpatterns as activities
from assessment.training.courses.urls import urlpatterns as courses
from assessment.training.providers.urls import urlpatterns as providers
from assessment.training.urls import urlpatterns as training

app_name = "assessment"
urlpatterns = [
    *programme,
    *bodies,
    *nominations,
    *inventory,
    *planning,
    *selecting,
    *providers,
    *activities,
    *courses,
    *training,
    *surveying,
    *guiding,
    *submitting,
    *panels,
    *phrases,
    *honours,
    *coaching,
    *likeness,
    *reviewing,
    *checking,
    *reminding,
    *reporting,
]
