"""The addresses of the citizen's side. No address ever carries a number, a code, a name or a word that was typed."""

from django.urls import path

from xinfang.web.public import case, confirm, hall, home, modes, submit, told, track

urlpatterns = [
    path("", home.home, name="home"),
    path("shelf/<slug:key>/", home.shelf, name="shelf"),
    path("find/", home.search, name="search"),
    path("found/", home.found, name="found"),
    path("thing/<slug:key>/", home.item, name="item"),
    path("accusations/", home.accusations, name="accusations"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("centres/", home.centres, name="centres"),
    path("submit/", submit.start, name="submit"),
    path("submit/words/", submit.words, name="submit_words"),
    path("submit/where/", submit.where, name="submit_where"),
    path("submit/village/", submit.village, name="submit_village"),
    path("submit/who/", submit.who, name="submit_who"),
    path("submit/files/", submit.files, name="submit_files"),
    path("submit/check/", submit.check, name="submit_check"),
    path("submit/done/", submit.done, name="submit_done"),
    path("track/", track.track, name="track"),
    path("track/case/", case.show, name="case"),
    path("track/case/add/", case.add, name="case_add"),
    path("track/case/urge/", case.urge, name="case_urge"),
    path("track/case/contest/", case.contest, name="case_contest"),
    path("track/case/recusal/", case.recusal, name="case_recusal"),
    path("track/case/told/", told.how, name="case_told"),
    path("track/case/review/", case.review, name="case_review"),
    path("track/case/file/<uuid:file>/", case.file, name="case_file"),
    path("track/case/confirm/", confirm.overview, name="confirm"),
    path("track/case/confirm/rate/", confirm.rate, name="confirm_rate"),
    path("track/case/confirm/rest/", confirm.rest, name="confirm_rest"),
    path("track/case/confirm/withdraw/", confirm.withdraw, name="confirm_withdraw"),
    path("track/case/confirm/revoke/", confirm.revoke, name="confirm_revoke"),
    path("mode/elder/", modes.elder, name="elder"),
    path("leave/", modes.leave, name="leave"),
    path("hall/<str:centre>/board/", hall.board, name="hall_board"),
    path("hall/<str:centre>/ticket/<str:name>/", hall.ticket, name="hall_ticket"),
]
