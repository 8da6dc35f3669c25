"""Every address of the product, by face."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from xinfang.web.desk import signin
from xinfang.web.parts.health import health
from xinfang.web.public import sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("xinfang.web.public.urls")),
    path("desk/office/", include("xinfang.web.office.urls")),
    path("desk/", include("xinfang.web.desk.urls")),
    path("calendar/<str:secret>/", sessions.feed, name="session_feed"),
    path("sign-in/", signin.sign_in, name="sign_in"),
    path("sign-in/password/", signin.password, name="password"),
    path("sign-out/", signin.sign_out, name="sign_out"),
    path("i18n/", set_language, name="set_language"),
    path("health/", health, name="health"),
]
handler500 = "xinfang.web.parts.broken.server_error"
