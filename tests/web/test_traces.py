"""Where a citizen's words and data are not: in no log, no address, no row in clear (S-18)."""

import base64
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from xinfang.models import Event, Matter, Notice, OutgoingMessage
from xinfang.services.clocks import sweep
from xinfang.services.outbox import carrier, drain

pytestmark = pytest.mark.django_db

NAME, PHONE, ID_NUMBER, ADDRESS = "云雀杜鹃", "19900007788", "110101188001010010", "夜莺巷一号"
STORY, DEMAND, ADDED, URGED, REASON = "画眉百灵在路口", "要黄鹂喜鹊", "鹧鸪又来了", "白鹭催一催", "孔雀朱鹮需要核实"
FILE = "翠鸟的照片.pdf"
CANARIES = (
    NAME,
    PHONE,
    ID_NUMBER,
    ADDRESS,
    STORY,
    DEMAND,
    ADDED,
    URGED,
    REASON,
    "翠鸟",
    "画眉",
    "鹧鸪",
    "白鹭",
    "孔雀",
)


class Watched(Client):
    """A browser that remembers every address it was sent to or asked for."""

    def __init__(self, **kept):
        super().__init__(**kept)
        self.addresses = []

    def request(self, **request):
        answer = super().request(**request)
        self.addresses += [
            request.get("PATH_INFO", ""),
            request.get("QUERY_STRING", ""),
            answer.headers.get("Location", ""),
        ]
        return answer


@pytest.fixture
def life(cast, caplog, settings, tmp_path):
    """A matter from home to the desk: submitted, added to, urged, opened with a reason, searched for."""
    caplog.set_level("DEBUG")
    settings.XINFANG_SMS, settings.XINFANG_OUTBOX = "file", tmp_path
    citizen, clerk, director = Watched(), Watched(), Watched()
    clerk.force_login(cast.users["clerk"])
    director.force_login(cast.users["director"])
    citizen.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    citizen.post("/submit/words/", {"words": STORY, "demand": DEMAND})
    citizen.post("/submit/where/", {"area": "999901001"})
    citizen.post("/submit/village/", {"area": ""})
    citizen.post("/submit/who/", {"name": NAME, "phone": PHONE, "address": ADDRESS, "id_number": ID_NUMBER})
    citizen.post("/submit/files/", {"files": SimpleUploadedFile(FILE, b"%PDF-1.4 " + STORY.encode())})
    half = Watched()
    half.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    half.post("/submit/words/", {"words": STORY, "demand": DEMAND})
    saver = Watched()
    saver.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "yes"})
    saver.post("/submit/words/", {"words": STORY, "demand": DEMAND, "save": "1"})
    resume = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", saver.get("/submit/saved/").content.decode())[0]
    saver.post("/submit/resume/", {"code": resume})
    citizen.post("/submit/check/", {})
    page = citizen.get("/submit/done/").content.decode()
    number, code = re.search(r"XF-\w{4}-\w{4}", page)[0], re.search(r"\d{4} \d{4} \d{4}", page)[0]
    again = Watched()
    again.post("/track/", {"number": number, "code": code})
    again.post("/track/case/add/", {"words": ADDED})
    again.post("/track/case/urge/", {"words": URGED})
    director.post(f"/desk/m/{number}/identity/", {"reason": REASON})
    director.get(f"/desk/m/{number}/identity/")
    director.post("/desk/search/", {"q": "画眉"}, follow=True)
    director.post("/desk/search/person/", {"id_number": ID_NUMBER, "reason": REASON}, follow=True)
    clerk.post("/desk/search/duplicate/", {"id_number": ID_NUMBER}, follow=True)
    director.post(f"/desk/intake/receipt/{number}/code/", {"checked": "on"}, follow=True)
    director.get("/desk/m/XF-0000-0000/")
    matter = Matter.objects.get()
    later = matter.registered_at + timedelta(days=365)
    sweep(later)
    browsers = (citizen, clerk, director, half, again, saver)
    return {"browsers": browsers, "code": code.replace(" ", ""), "resume": resume, "number": number, "later": later}


def rows_of_every_table():
    """Every row of every table as text; bytes stand in it as hex."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')  # noqa: S608  # names of our own tables
            yield from ((table, row[0]) for row in cursor.fetchall())


def forms_of(text):
    """A text as itself, escaped as JSON and as addresses do it, as hex, and as base64 at any place gives it."""
    raw = text.encode()
    yield from (text, text.encode("unicode_escape").decode(), quote(text), raw.hex())
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4].decode()


def found_in(text, secrets):
    return [secret for secret in secrets for form in forms_of(secret) if len(form) > 1 and form in text]


def test_no_row_holds_words_or_data_of_a_person_in_clear(life):
    secrets = (*CANARIES, life["code"], life["resume"])
    assert [(table, hits) for table, row in rows_of_every_table() if (hits := found_in(row, secrets))] == []
    assert Event.objects.count() > 6
    assert Notice.objects.exists()
    assert OutgoingMessage.objects.exists()


def test_no_session_holds_words_or_data_of_a_person_in_clear(life):
    kept = [str(SessionStore().decode(row.session_data)) for row in Session.objects.all()]
    assert len(kept) >= 4
    assert any("petition" in text for text in kept)
    assert [hits for text in kept if (hits := found_in(text, (*CANARIES, life["code"], life["resume"])))] == []


def test_no_address_holds_words_or_data_of_a_person(life):
    asked = [address for browser in life["browsers"] for address in browser.addresses if address]
    assert len(asked) > 30
    assert [hits for address in asked if (hits := found_in(address, (*CANARIES, life["code"], life["resume"])))] == []
    public = [address for browser in (life["browsers"][0], life["browsers"][4]) for address in browser.addresses]
    assert not any(life["number"] in address for address in public)


def test_no_log_holds_words_or_data_of_a_person(caplog, life):
    lines = [record.getMessage() + str(record.__dict__) for record in caplog.get_records("setup") + caplog.records]
    assert any("Not Found" in line for line in lines)
    assert [hits for line in lines if (hits := found_in(line, (*CANARIES, life["code"], life["resume"])))] == []


def test_a_message_that_leaves_the_house_says_nothing_but_where_it_goes(life, tmp_path):
    """Whoever else reads the telephone learns neither what it is about nor how to open it (H-05).

    The receipt alone names the number, which opens nothing without the code.
    """
    assert drain(gateway=carrier(), at=life["later"]) > 0
    sent = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    assert all(PHONE in text for text in sent)
    numbers = (life["number"], life["number"].replace("-", ""))
    assert sum(bool(found_in(text, numbers)) for text in sent) <= 1
    assert set(found_in("".join(sent), (*CANARIES, life["code"], life["resume"]))) == {PHONE}


def test_no_file_beside_the_database_holds_them_in_clear(life, settings):
    files = [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]
    assert files
    secrets = [secret.encode() for secret in CANARIES]
    assert [file.name for file in files if any(secret in file.read_bytes() for secret in secrets)] == []


def test_a_broken_page_logs_where_and_not_what(cast, caplog, monkeypatch):
    """Whatever goes wrong in the middle of a submission, the log names the place and no value."""
    from xinfang.server.logs import JsonLines  # noqa: PLC0415  # only here
    from xinfang.web.public import submit  # noqa: PLC0415  # only here

    def broken(**given):
        raise LookupError(str(given))

    monkeypatch.setattr(submit, "submit_matter", broken)
    browser = Client(raise_request_exception=False)
    browser.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    browser.post("/submit/words/", {"words": STORY, "demand": DEMAND})
    browser.post("/submit/where/", {"area": ""})
    browser.post("/submit/who/", {"name": NAME, "phone": PHONE, "address": ADDRESS, "id_number": ID_NUMBER})
    browser.post("/submit/files/", {})
    answer = browser.post("/submit/check/", {})
    assert answer.status_code == 500
    lines = "".join(JsonLines().format(record) for record in caplog.records)
    assert "LookupError" in lines
    assert found_in(lines + answer.content.decode(), CANARIES) == []
