"""The addresses of the hall at the desk."""

from django.urls import path

from xinfang.web.desk import hall

urlpatterns = [
    path("hall/", hall.show, name="hall"),
    path("hall/sit/", hall.sit, name="hall_sit"),
    path("hall/issue/", hall.issue, name="hall_issue"),
    path("hall/windows/", hall.windows, name="hall_windows"),
    path("hall/call/<slug:act>/", hall.call, name="hall_call"),
]
