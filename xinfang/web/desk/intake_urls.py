"""The addresses of the window: registering, receipts and papers. Included by the desk's own list."""

from django.urls import path

from xinfang.web.desk import alike, intake, intake_drafts, intake_reading, intake_suggest, materials, receipts

urlpatterns = [
    path("intake/", intake.ask, name="intake"),
    path("intake/new/", intake.write, name="intake_form"),
    path("intake/draft/", intake_drafts.save, name="intake_draft"),
    path("intake/draft/away/", intake_drafts.throw_away, name="intake_draft_away"),
    path("intake/read/", intake_reading.read, name="intake_read"),
    path("intake/suggest/", intake_suggest.suggest, name="suggest"),
    path("intake/alike/", alike.show, name="alike"),
    path("intake/receipt/<str:number>/visit/<int:seq>/", receipts.contact, name="contact"),
    path("intake/receipt/<str:number>/", receipts.show, name="receipt"),
    path("intake/receipt/<str:number>/qr.svg", receipts.qr, name="receipt_qr"),
    path("intake/receipt/<str:number>/code/", receipts.new_code, name="renew_code"),
    path("intake/receipt/<str:number>/visit/<int:seq>/code/", receipts.new_code, name="renew_joined_code"),
    path("intake/receipt/<str:number>/form/", receipts.visit, name="visit_form"),
    path("m/<str:number>/materials/", materials.add, name="materials"),
    path("m/<str:number>/materials/<uuid:file>/", materials.open_paper, name="paper"),
]
