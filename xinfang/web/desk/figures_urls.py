"""The addresses of the statistics. Included by the desk's own list."""

from django.urls import path

from xinfang.web.desk import figures

urlpatterns = [
    path("figures/", figures.show, name="figures"),
    path("figures/<str:code>/<slug:part>/", figures.show_list, name="figure_list"),
]
