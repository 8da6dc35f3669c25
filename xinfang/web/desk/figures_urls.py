"""The addresses of the statistics. Included by the desk's own list."""

from django.urls import path

from xinfang.web.desk import credit, figures

urlpatterns = [
    path("figures/", figures.show, name="figures"),
    path("figures/parts/", credit.show, name="credit"),
    path("figures/parts/<str:unit>/<slug:code>/", credit.show_list, name="credit_list"),
    path("figures/<str:code>/<slug:part>/", figures.show_list, name="figure_list"),
]
