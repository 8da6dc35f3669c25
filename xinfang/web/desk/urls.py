"""The addresses of the staff's desk."""

from django.urls import include, path

from xinfang.web.desk import (
    clocks,
    committees,
    details,
    leader_sheet,
    matter,
    mediation_papers,
    moves,
    notices,
    petition_papers,
    queue,
    search,
    supervision,
)

app_name = "desk"
urlpatterns = [
    path("", queue.show, name="queue"),
    path("queue/<slug:view>/", queue.show, name="view"),
    path("search/", search.show, name="search"),
    path("search/person/", search.by_person, name="by_person"),
    path("search/duplicate/", search.duplicate, name="duplicate"),
    path("notices/", notices.show, name="notices"),
    path("supervision/", supervision.show, name="supervision"),
    path("supervision/<slug:name>/", supervision.show_inbox, name="inbox"),
    path("committees/", committees.show, name="committees"),
    path("committees/<str:code>/", committees.edit, name="committee"),
    path("m/<str:number>/", matter.show, name="matter"),
    path("m/<str:number>/identity/", matter.identity, name="identity"),
    path("m/<str:number>/leader-sheet/", leader_sheet.show, name="leader_sheet"),
    path("m/<str:number>/mediation/<int:k>/<slug:paper>/", mediation_papers.show, name="mediation_paper"),
    path("m/<str:number>/paper/<int:seq>/<slug:paper>/", petition_papers.show, name="official_paper"),
    path("m/<str:number>/details/", details.show, name="details"),
    path("m/<str:number>/clock/<slug:key>/", clocks.explain, name="clock"),
    path("m/<str:number>/move/<slug:name>/", moves.make, name="move"),
    path("", include("xinfang.web.desk.intake_urls")),
    path("", include("xinfang.web.desk.figures_urls")),
    path("", include("xinfang.web.desk.risk_urls")),
    path("", include("xinfang.web.desk.letters_urls")),
    path("", include("xinfang.web.desk.hall_urls")),
    path("", include("xinfang.web.desk.sessions_urls")),
]
