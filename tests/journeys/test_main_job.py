"""The main job, from the door to the strike-off, by those whose work it is: by keyboard alone, and without script."""

import re

import pytest

from tests.journeys.hands import NO_MOUSE, Keyboard, Pointer
from xinfang.models import Event, Matter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

STORY = "村口的路灯坏了半个月，晚上走路看不见。"
STEPS = (
    ("director", "triage", {"kind": "claim", "nature": "general", "solvable": "yes", "lane": "disposal",
                            "first_step": "先到现场看一看"}),
    ("director", "assign", {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-03-25"}),
    ("town_head", "accept", {"document": "青政信受〔2026〕1号"}),
    ("town_handler", "serve_document", {"way": "in_person"}),
    ("town_handler", "start_handling", {}),
    ("town_head", "sign_opinion", {"outcome": "supported", "findings": "灯杆线路老化",
                                   "legal_basis": "《信访工作条例》第三十二条", "opinion": "三日内更换灯具",
                                   "review_organ": "示范区人民政府", "document": "青政信处〔2026〕1号"}),
    ("town_handler", "serve_opinion", {"way": "in_person"}),
    ("town_handler", "implement", {"result_words": "换了灯具", "result": "supported_done",
                                   "petitioner_told": "当面告诉", "evidence": "on"}),
    ("town_handler", "propose_resolved", {"note": "灯亮了"}),
    ("caller", "call_back", {"call_outcome": "reached", "told": "on"}),
    ("caller", "verify_resolved", {"note": "本人确认灯亮了"}),
    ("director", "close", {}),
    ("bureau", "strike_off", {}),
)  # fmt: skip
WRITTEN = [
    "registered", "triaged", "assigned", "accepted", "document_served", "handling_started", "opinion_signed",
    "opinion_served", "implemented", "resolution_proposed", "called_back", "resolution_verified", "closed",
    "struck_off",
]  # fmt: skip


class Office:
    """Everybody of the cast who is signed in, each at a browser of their own."""

    def __init__(self, visitor, hand, **options) -> None:
        self.visitor, self.hand, self.options = visitor, hand, options
        self.people, self.last = {}, ""

    def at(self, who: str):
        if who not in self.people:
            came = self.visitor(**self.options)
            if self.hand is Keyboard:
                came.context.add_init_script(NO_MOUSE)
            came.open("/desk/")
            person = self.people[who] = self.hand(came.page)
            person.fill("username", who)
            person.fill("password", "cast-password-1")
            person.press("main button")
        return self.people[who]

    def registers(self) -> tuple[str, str]:
        clerk = self.at("clerk")
        clerk.press("nav a", "登记")
        for name in ("own", "accuses", "secret"):
            clerk.fill(name, "no")
        clerk.press("main button", "继续")
        clerk.fill("name", "张一")
        clerk.fill("phone", "19900000001")
        clerk.fill("original_words", STORY)
        clerk.press("main button", "登记并出回执")
        return clerk.page.inner_text(".receipt-number"), clerk.page.inner_text(".receipt-code")

    def moves(self, who: str, number: str, name: str, values: dict[str, str]) -> None:
        """From the work list or the search to the matter, and there through one of its next moves."""
        person = self.at(who)
        if who != self.last:  # others have been at it: what stands on the screen is old
            self._finds(person, number)
        self.last = who
        person.press(f"main .moves a[href$='/move/{name}/']")
        for field, value in values.items():
            person.fill(field, value)
        person.press("main form .buttons button")
        said = person.page.inner_text("main")
        assert "已办理：" in said, f"{who} {name}: {said[:600]}"

    def _finds(self, person, number: str) -> None:
        person.press("nav a", "搜索")
        person.fill("q", number)
        person.press("main form button", "搜索")
        assert number in person.page.url


def the_whole_job(office: Office) -> None:
    number, code = office.registers()
    assert re.fullmatch(r"XF-\w{4}-\w{4}", number)
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", code)
    clerk = office.at("clerk").page
    clerk.reload()
    assert number in clerk.inner_text("main")
    assert code not in clerk.content(), "the code is shown once"
    for who, name, values in STEPS:
        office.moves(who, number, name, values)
    assert "销号" in office.at("bureau").page.inner_text("main")
    matter = Matter.objects.get(number=number)
    assert (matter.stage, matter.is_open) == ("struck_off", False)
    assert list(Event.objects.filter(chain_id=matter.pk).order_by("seq").values_list("type", flat=True)) == WRITTEN


def test_seven_people_bring_a_lamp_from_the_door_to_the_strike_off_without_a_mouse(town, visitor):
    the_whole_job(Office(visitor, Keyboard))


def test_the_same_job_is_done_where_no_script_runs(town, visitor):
    the_whole_job(Office(visitor, Pointer, java_script_enabled=False))
