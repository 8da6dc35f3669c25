"""A citizen's browser, and the way through the pages of a submission."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import at
from xinfang.models import Unit
from xinfang.web.parts import middleware

NOW = at("2026-03-16 09:00")
NO = {"accusation": "no", "own_people": "no", "secrecy": "no"}
STORY = "村口的路灯坏了半个月，晚上走路看不见。"


class Browser(Client):
    """A browser of somebody at home, with a clock that the test turns."""

    def __init__(self, **kept):
        super().__init__(enforce_csrf_checks=False, REMOTE_ADDR="198.51.100.7", **kept)
        self.clock = NOW

    def request(self, **request):
        middleware.now = lambda: self.clock
        return super().request(**request)

    def key(self, page="/submit/words/"):
        """The hidden key of the page that is open."""
        found = re.search(r'name="key" value="([0-9a-f-]{36})"', self.get(page).content.decode())
        return found[1] if found else ""

    def send(self, page, **values):
        return self.post(page, values)

    def wizard(self, until="check", **changed):
        """Answer every page up to one; `changed` are answers by name."""
        said = {**NO, "words": STORY, "area": "999901001", "village": "999901001201", "name": "张一",
                "phone": "19900000001", "address": "", "id_number": "", **changed}  # fmt: skip
        pages = {
            "questions": ("/submit/", {name: said[name] for name in NO}),
            "words": ("/submit/words/", {"words": said["words"], "demand": said.get("demand", "")}),
            "where": ("/submit/where/", {"area": said["area"]}),
            "village": ("/submit/village/", {"area": said["village"]}),
            "who": ("/submit/who/", {name: said[name] for name in ("name", "phone", "address", "id_number")}),
            "files": ("/submit/files/", {}),
        }
        for name, (page, values) in pages.items():
            if name == "village" and not said["area"]:
                continue
            self.send(page, **values)
            if name == until:
                break
        return self

    def submit(self, **changed):
        """A whole submission; the page with number and code."""
        return self.wizard(**changed).submit_now()

    def submit_now(self):
        """The last press; the page with number and code."""
        self.send("/submit/check/", key=self.key("/submit/check/"))
        return self.get("/submit/done/")

    def opened(self, receipt):
        """The matter of this receipt, opened with number and code."""
        self.send("/track/", number=receipt.number, code=receipt.code)
        return self


@pytest.fixture
def citizen(cast, monkeypatch):
    monkeypatch.setattr(middleware, "now", middleware.now)
    Unit.objects.filter(pk="999901").update(phone="0000-9010001", address="和畅路1号")
    return Browser()


def text(response):
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def upload():
    """`upload("a.png", content)` is a file as a browser sends it."""
    return SimpleUploadedFile
