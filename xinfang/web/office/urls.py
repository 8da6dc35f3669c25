"""The addresses of the administration."""

from django.urls import path

from xinfang.web.office import calendar, catalogue, home, hours, learning, messages, people, policy, standing, units

app_name = "office"
urlpatterns = [
    path("", home.show, name="home"),
    path("units/", units.tree, name="units"),
    path("units/new/", units.add, name="unit_new"),
    path("units/<str:code>/", units.show, name="unit"),
    path("units/<str:code>/<slug:act>/", units.change, name="unit_change"),
    path("people/", people.index, name="people"),
    path("people/new/", people.add, name="person_new"),
    path("people/<int:user>/", people.show, name="person"),
    path("people/<int:user>/post/", people.fill, name="person_post"),
    path("people/<int:user>/password/", people.reset, name="person_password"),
    path("people/<int:user>/close/", people.close, name="person_close"),
    path("posts/<int:post>/end/", people.end, name="post_end"),
    path("hours/", hours.show, name="hours"),
    path("hours/<slug:act>/", hours.change, name="hours_change"),
    path("calendar/", calendar.index, name="calendar"),
    path("calendar/file/", calendar.take_file, name="calendar_file"),
    path("calendar/<int:year>/", calendar.show, name="calendar_year"),
    path("calendar/<int:year>/approve/", calendar.approve, name="calendar_approve"),
    path("policy/", policy.index, name="policy"),
    path("policy/draft/", policy.edit, name="policy_draft"),
    path("policy/<int:number>/", policy.show, name="policy_version"),
    path("policy/<int:number>/publish/", policy.publish, name="policy_publish"),
    path("policy/<int:number>/withdraw/", policy.withdraw, name="policy_withdraw"),
    path("messages/", messages.show, name="messages"),
    path("catalogue/", catalogue.show, name="catalogue"),
    path("catalogue/learning/", learning.show, name="learning"),
    path("catalogue/learning/<slug:act>/", learning.act, name="learning_act"),
    path("catalogue/line/", catalogue.line, name="catalogue_new"),
    path("catalogue/line/<slug:key>/", catalogue.line, name="catalogue_line"),
    path("catalogue/release/<slug:key>/", catalogue.release, name="catalogue_release"),
    path("catalogue/<int:number>/", catalogue.version, name="catalogue_version"),
    path("catalogue/<int:number>/publish/", catalogue.publish, name="catalogue_publish"),
    path("catalogue/<int:number>/withdraw/", catalogue.withdraw, name="catalogue_withdraw"),
    path("composition/", standing.composition, name="composition"),
    path("rollout/", standing.rollout, name="rollout"),
]
