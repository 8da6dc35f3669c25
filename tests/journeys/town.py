"""What there is to see in the district: matters in every state, sessions that have come as far as a page needs."""

import re
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.cast import at, build_cast
from tests.factories import TRIAGE, moved, registered
from tests.journeys.states import STATES
from tests.journeys.town_contacts import fill_contacts
from tests.journeys.town_hall import fill_hall, take_a_seat
from tests.journeys.town_messages import fill_messages
from tests.journeys.town_risk import fill_risk
from tests.journeys.town_sessions import fill_sessions
from xinfang.models import SealedSlip, Unit
from xinfang.models.protection import code_hash
from xinfang.queries.catalogue import items
from xinfang.queries.catalogue_versions import founding
from xinfang.queries.clocks import rules
from xinfang.queries.tracking import PROVED
from xinfang.rules.catalogue.editing import typed
from xinfang.rules.clocks.policy import document_of, shipped_policy
from xinfang.services.catalogue import change_line
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform
from xinfang.services.policies import propose

NOW = at("2026-03-16 09:00")
NO = {"accusation": "no", "own_people": "no", "secrecy": "no"}
STORY = "村口的路灯坏了半个月，晚上走路看不见。"
LONG = "https://example.test/" + "x" * 200
OPINION = {
    "outcome": "supported", "findings": "灯杆线路老化", "legal_basis": "《信访工作条例》第三十二条",
    "opinion": "三日内更换灯具和线路", "review_organ": "示范区人民政府", "document": "青政信处〔2026〕1号",
}  # fmt: skip
DONE = {"result_words": "换了灯具", "result": "supported_done", "petitioner_told": "当面告诉", "evidence": True}
TRIAGED = ("director", "triage", TRIAGE)
ASSIGN = {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-03-25"}
SLIP = "123456789012"
ANSWERS = (
    ("/submit/", NO),
    ("/submit/words/", {"words": STORY, "demand": "把路灯修好"}),
    ("/submit/where/", {"area": "999901001"}),
    ("/submit/village/", {"area": "999901001201"}),
    ("/submit/who/", {"name": "张一", "phone": "19900000001", "address": "甲村一组", "id_number": ""}),
    ("/submit/files/", {}),
)


class Town:
    """`receipts` by name of the state: how far each matter has come. `now` is the moment of every request."""

    def __init__(self, place: Path, patch) -> None:
        self.now, self.place = NOW, place
        patch.setattr(settings, "MEDIA_ROOT", place / "media")
        patch.setattr(settings, "XINFANG_OUTBOX", place / "outbox")
        patch.setattr(settings, "XINFANG_SMS", "file")
        self.cast = build_cast()
        Unit.objects.filter(pk="999901").update(phone="0000-9010001", address="和畅路1号")
        self.receipts = {}

    def fill(self) -> "Town":
        """Matters in every state. Old ones first, so that the newest stand where somebody looks."""
        self.code = fill_sessions(self)
        self._fill_with_what_is_late()
        self._fill_with_what_runs()
        self._fill_with_what_is_solved()
        offer = {
            "mediation_kind": "people",
            "source": "applied",
            "other_parties": "李二",
            "dispute": "滴水檐",
            "civil": True,
        }
        self.registers("mediated", NOW, TRIAGED, ("clerk", "offer_mediation", offer))
        fill_hall(self.cast, NOW)
        self.sent = fill_messages(self.cast, NOW) | fill_risk(self.cast, NOW)
        values = {**document_of(shipped_policy(rules())), "solve_days": 10, "warn_red": 95}
        values |= {"effective_on": "2026-04-01", "note": "区政府常务会议纪要〔2026〕3号"}
        propose(values=values, by=self.cast.administrator, at=NOW)
        wages = {**typed(founding().item("unpaid_wages")), "zh": "老板拖欠工资", "papers": "劳动合同\n考勤记录"}
        change_line(key="unpaid_wages", values=wages, by=self.cast.administrator, at=NOW)
        for n, name in enumerate(("served", "older")):
            serial = f"S-7K3M-92Q{n}"
            SealedSlip.objects.create(
                serial=serial, code_hash=code_hash(SLIP, serial), issued_at=NOW, matter_id=self.receipts[name].matter
            )
        self.sessions = {who: self.session(who) for who in {state.who for state in STATES}}
        return self

    def _fill_with_what_is_late(self) -> None:
        late = NOW - timedelta(days=40)
        self.registers(
            "overdue", late, ("director", "triage", TRIAGE), ("director", "assign", ASSIGN | {"due_on": "2026-02-13"})
        )
        self.registers("planned", late, ("director", "triage", TRIAGE | {"nature": "complex", "solvable": False}))
        sweep(NOW)

    def _fill_with_what_runs(self) -> None:
        self.registers("long", NOW, original_words=LONG, demand=LONG)
        self.registers("fresh", NOW)
        self.registers("again", NOW)
        fill_contacts(self.cast, self.receipts["again"].number, NOW)
        self.registers("triaged", NOW, TRIAGED)
        assigned = (TRIAGED, ("director", "assign", ASSIGN | {"co_units": [{"unit": "999901001-ZH"}]}))
        self.registers("assigned", NOW, *assigned)
        handling = (
            TRIAGED, ("director", "assign", ASSIGN), ("town_head", "accept", {"document": "青政信受〔2026〕1号"}),
            ("town_head", "start_handling", {}),
        )  # fmt: skip
        self.registers("handling", NOW, *handling)
        refused = (
            "town_head", "not_accept",
            {"ground": "n3", "competent_body": "示范区人民法院", "reviewed_by": self.cast.users["deputy"].pk,
             "document": "青政信不受〔2026〕1号"},
        )  # fmt: skip
        self.registers("refused", NOW, *handling[:2], refused)
        channelled = (
            "bureau", "channel",
            {"procedure": "labour_arbitration", "reason": "劳动争议", "competent_body": "仲裁委员会",
             "how_to_apply": "递交申请书", "trigger_on": "2026-03-02", "reviewed_by": self.cast.users["deputy"].pk,
             "document": "示信告〔2026〕1号"},
        )  # fmt: skip
        self.registers("channelled", NOW, TRIAGED, channelled)
        signed = (*handling, ("town_head", "sign_opinion", OPINION))
        self.registers("signed", NOW, *signed)
        served = (*signed, ("town_handler", "serve_opinion", {"way": "in_person"}))
        self.registers("served", NOW, *served)
        self.registers("older", NOW - timedelta(days=6), *handling[:1], ("director", "assign", ASSIGN), *served[2:])

    def _fill_with_what_is_solved(self) -> None:
        solved = (
            TRIAGED,
            ("director", "solve_on_the_spot", DONE),
            ("director", "propose_resolved", {"note": "灯亮了"}),
        )
        self.registers("proposed", NOW, *solved)
        ended = (
            *solved, ("caller", "call_back", {"call_outcome": "reached", "told": True}),
            ("caller", "verify_resolved", {"note": "本人确认"}), ("director", "close", {}),
        )  # fmt: skip
        self.registers("closed", NOW, *ended)
        self.registers("struck_off", NOW, *ended, ("bureau", "strike_off", {}))
        self.registers("unhappy", NOW, *solved)
        worst = {"organ": "responsible_unit", "grade": "dissatisfied", "words": "拖了半个月"}
        perform("rate", matter=self.receipts["unhappy"].matter, by=PROVED, at=NOW, values=worst)

    @property
    def names(self) -> dict[str, object]:
        """What the paths of the states ask for."""
        officer = self.cast.users["labour_officer"]
        numbers = {name: receipt.number for name, receipt in self.receipts.items()}
        staff = {"user": officer.pk, "post": officer.posts.get().pk}
        return {**numbers, **self.sent, **staff, "item": items("work")[0].key}

    def registers(self, name, when, *steps, **values) -> None:
        self.receipts[name] = registered(self.cast, when, **values)
        if steps:
            moved(self.cast, self.receipts[name].matter, when, *steps)

    def session(self, who: str) -> str:
        """The cookie of somebody: of the cast, `writing`, `saved`, `submitted`, or `with:` the receipt of a matter."""
        browser = Client(REMOTE_ADDR="198.51.100.7")
        if who:
            self._comes(browser, who)
        return browser.cookies["sessionid"].value if who else ""

    def _comes(self, browser: Client, who: str) -> None:
        if who.startswith("with:"):
            receipt = self.receipts[who.removeprefix("with:")]
            browser.post("/track/", {"number": receipt.number, "code": receipt.code})
        elif who in {"writing", "saved", "submitted"}:
            for page, values in ANSWERS:
                browser.post(page, values)
            if who == "saved":
                browser.post("/submit/check/", {"save": "1"})
            if who == "submitted":
                key = re.search(r'name="key" value="([^"]+)"', browser.get("/submit/check/").content.decode())[1]
                browser.post("/submit/check/", {"key": key})
        elif who == "invited":
            browser.post("/s/", {"code": self.code})
        elif who == "sitting":
            browser.force_login(self.cast.users["clerk"])
            take_a_seat(browser)
        else:
            browser.force_login(self.cast.users[who])
