"""The addresses of letters and of what was sent to a petitioner."""

from django.urls import path

from xinfang.web.desk import letters

urlpatterns = [
    path("letters/", letters.waiting, name="letters"),
    path("letters/<int:letter>/", letters.show, name="letter"),
    path("letters/<int:letter>/posted/", letters.posted, name="letter_posted"),
    path("m/<str:number>/messages/", letters.log, name="outgoing"),
    path("m/<str:number>/messages/<int:message>/again/", letters.again, name="message_again"),
]
