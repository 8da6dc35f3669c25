"""The addresses of the hall at the desk."""

from django.urls import path

from xinfang.web.desk import hall, hall_exchange, hall_roster, receptions

urlpatterns = [
    path("hall/", hall.show, name="hall"),
    path("hall/sit/", hall.sit, name="hall_sit"),
    path("hall/away/", hall.away, name="hall_away"),
    path("hall/issue/", hall.issue, name="hall_issue"),
    path("hall/windows/", hall.windows, name="hall_windows"),
    path("hall/roster/", hall_roster.show, name="hall_roster"),
    path("hall/roster/ask/", hall_exchange.ask, name="hall_exchange_ask"),
    path("hall/roster/answer/<int:exchange>/", hall_exchange.answer, name="hall_exchange_answer"),
    path("hall/receptions/", hall_roster.receptions, name="hall_receptions"),
    path("hall/receptions/<int:reception>/", receptions.show, name="reception"),
    path("hall/receptions/<int:reception>/back/", receptions.give_back, name="reception_back"),
    path("hall/sealed/", receptions.sealed, name="hall_sealed"),
    path("leading/", receptions.leading, name="leading"),
    path("hall/receptions/<int:reception>/off/", hall_roster.call_off, name="hall_call_off"),
    path("hall/kiosk/", hall.kiosk, name="hall_kiosk"),
    path("hall/call/<slug:act>/", hall.call, name="hall_call"),
]
