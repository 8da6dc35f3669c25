"""The addresses of the risk board and of the register of hard matters. Included by the desk's own list."""

from django.urls import path

from xinfang.web.desk import hard, risk

urlpatterns = [
    path("risk/hard/", hard.show, name="hard"),
    path("risk/", risk.show, name="risk"),
    path("risk/rules/", risk.show_rules, name="risk_rules"),
    path("risk/<int:pk>/", risk.show_signal, name="signal"),
]
