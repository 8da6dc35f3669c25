"""The addresses of the staff's desk."""

from django.urls import include, path

from xinfang.web.desk import matter, moves, queue

app_name = "desk"
urlpatterns = [
    path("", include("xinfang.web.desk.intake_urls")),
    path("", queue.show, name="queue"),
    path("queue/<slug:view>/", queue.show, name="view"),
    path("m/<str:number>/", matter.show, name="matter"),
    path("m/<str:number>/identity/", matter.identity, name="identity"),
    path("m/<str:number>/move/<slug:name>/", moves.make, name="move"),
]
