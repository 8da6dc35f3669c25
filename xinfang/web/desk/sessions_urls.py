"""The addresses of joint sessions at the desk."""

from django.urls import path

from xinfang.web.desk import sessions, sessions_minutes, sessions_own, sessions_plan, sessions_rooms

urlpatterns = [
    path("sessions/", sessions_own.show, name="sessions"),
    path("sessions/address/", sessions_own.renew, name="session_address"),
    path("sessions/rooms/", sessions_rooms.show, name="session_rooms"),
    path("sessions/file/<uuid:matter>/<int:k>/", sessions_own.file, name="session_file"),
    path("m/<str:number>/sessions/new/", sessions_plan.call, name="session_new"),
    path("m/<str:number>/sessions/<int:k>/", sessions.show, name="session"),
    path("m/<str:number>/sessions/<int:k>/move/", sessions_plan.move, name="session_move"),
    path("m/<str:number>/sessions/<int:k>/minutes/", sessions_minutes.write, name="session_minutes"),
    path("m/<str:number>/sessions/<int:k>/sheet/", sessions_minutes.sheet, name="session_sheet"),
]
