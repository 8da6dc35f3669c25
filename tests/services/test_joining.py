"""Whoever joins another's matter has a code of their own, and reads with it their own part and nobody else's."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.documents.receipt import Centre, receipt_sheet
from xinfang.gateways.files import Upload
from xinfang.models import Contact, Event, Party
from xinfang.models.notices import MessageWish
from xinfang.models.protection import code_hash
from xinfang.queries.clocks import counting
from xinfang.queries.intake import receipt_facts
from xinfang.queries.own_details import own_details
from xinfang.queries.reaching import addressee_of, own_phone, parties_of
from xinfang.queries.tracking import tracked
from xinfang.rules.intake.alike import Choice
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import petitioner
from xinfang.services.contacts import Decision, receive
from xinfang.services.linking import seal_late
from xinfang.services.matters import perform
from xinfang.services.own_details import correct_at_window
from xinfang.services.rebuilding import differences
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
SOON = NOW + timedelta(hours=2)
OTHER = {"name": "李二", "phone": "19900000002", "address": "乙村二组"}
WORDS = "我家门口的那盏也不亮。"
JOINED = Actor(user_id=None, petitioner=True, came_with=2)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lamp(cast):
    return registered(cast, NOW)


def came(cast, receipt, choice=Choice.JOIN, *, who="clerk", people=(OTHER,), files=(), when=SOON, **values):
    told = {"unit": "999901001", "channel": "visit", "people": list(people), "original_words": WORDS, **values}
    decision = Decision(choice, receipt.number, (receipt.number,))
    return receive(values=told, decision=decision, by=getattr(cast, who), at=when, submission_key=uuid4(), files=files)


def opens(number, code, when=SOON):
    return petitioner.open_by_code(number=number, code=code, address="198.51.100.7", at=when)


def refusal(call, *args, **values):
    with pytest.raises(RuleBroken) as caught:
        call(*args, **values)
    return caught.value.code


def titles(matter, came_with, when=SOON):
    return [event.type for event in tracked(matter, when, came_with).events]


def said(matter, came_with, when=SOON):
    return {text for texts in tracked(matter, when, came_with).texts.values() for text in texts.values()}


def test_whoever_joins_takes_a_code_of_their_own_away_and_the_first_one_goes_on(cast, lamp):
    got = came(cast, lamp)
    assert (got.receipt.number, len(got.receipt.code), got.seq) == (lamp.number, 12, 2)
    assert got.receipt.code != lamp.code
    assert bytes(Contact.objects.get(seq=2).code_hash) == code_hash(got.receipt.code, lamp.number)
    assert opens(lamp.number, got.receipt.code) == (lamp.matter, 2)
    assert opens(lamp.number, lamp.code) == (lamp.matter, 1)
    assert refusal(opens, lamp.number, "000000000000") == "number_or_code_wrong"
    assert list(differences()) == []


def test_three_petitioners_have_three_codes_and_three_parts(cast, lamp):
    second = came(cast, lamp)
    third = came(cast, lamp, people=[{"name": "王三"}], original_words="河边也黑。")
    assert [opens(lamp.number, one.receipt.code).came_with for one in (second, third)] == [2, 3]
    assert said(lamp.matter, 2) == {WORDS}
    assert said(lamp.matter, 3) == {"河边也黑。"}
    assert tracked(lamp.matter, SOON, 4) is None


def test_nobody_reads_the_words_or_the_person_of_another_petitioner(cast, lamp):
    came(cast, lamp)
    petitioner.add(matter=lamp.matter, words="线杆也歪了", files=[], at=SOON)
    petitioner.add(matter=lamp.matter, words="我有照片", files=[], at=SOON, by=JOINED)
    first, second = tracked(lamp.matter, SOON), tracked(lamp.matter, SOON, 2)
    assert titles(lamp.matter, 1) == ["registered", "material_added"]
    assert titles(lamp.matter, 2) == ["party_added", "material_added"]
    assert said(lamp.matter, 2) == {WORDS, "我有照片"}
    assert {WORDS, "我有照片"} & said(lamp.matter, 1) == set()
    assert (first.title, second.title, second.joined) == ("把路灯修好", "", True)
    assert (first.contact.name, first.contact.phone) == ("张*", "199******01")
    assert (second.contact.name, second.contact.phone, second.contact.address) == ("李*", "199******02", True)
    assert [row["name"] for row in own_details(lamp.matter)] == ["张一"]


def test_what_becomes_of_the_matter_is_read_by_both_and_what_was_written_for_the_first_is_not(cast, lamp):
    came(cast, lamp)
    note = {"note": "已告诉张一换灯", "shown_to_petitioner": True}
    moved(cast, lamp.matter, SOON, ("director", "triage", TRIAGE))
    moved(cast, lamp.matter, SOON, ("director", "ask_papers", {"missing": "张一的身份证", "reason": "核对"}))
    moved(cast, lamp.matter, SOON, ("director", "record_progress", note))
    assert titles(lamp.matter, 1) == ["registered", "triaged", "papers_asked", "progress_recorded"]
    assert titles(lamp.matter, 2) == ["party_added", "triaged", "progress_recorded"]
    assert "已告诉张一换灯" in said(lamp.matter, 1)
    assert said(lamp.matter, 2) == {WORDS}


def test_papers_are_seen_by_who_brought_them(cast, lamp):
    came(cast, lamp, files=[Upload("李二的照片.pdf", b"%PDF-1.7 lamp")], papers="收条")
    came(cast, lamp, Choice.AGAIN, people=[{"name": "张一"}], files=[Upload("合同.pdf", b"%PDF-1.7 contract")])
    assert [file.name for file in tracked(lamp.matter, SOON).files] == ["合同.pdf"]
    assert [file.name for file in tracked(lamp.matter, SOON, 2).files] == ["李二的照片.pdf"]
    assert receipt_facts(lamp.matter).papers == ("合同.pdf",)
    assert receipt_facts(lamp.matter, 2).papers == ("收条", "李二的照片.pdf")


def test_rights_are_those_that_the_petitioner_spoke_of(cast):
    day = date(2026, 3, 13)
    rule = next(
        name
        for name, rule in counting().rules.items()
        if rule.is_noted and rule.whose == "petitioner" and rule.applies_on(day)
    )
    lamp = registered(cast, NOW)
    came(cast, lamp, limits=[{"rule": rule, "from_on": day.isoformat()}])
    rights = []
    for of in (1, 2):
        facts = receipt_facts(lamp.matter, of)
        sheet = receipt_sheet(facts.state, facts.clocks, Centre("", "", ""), SOON.date(), came_with=of)
        rights.append(len(sheet.rights))
        assert len(tracked(lamp.matter, SOON, of).rights) == len(sheet.rights)
    assert rights == [0, 1]


def test_whoever_joined_comes_again_to_their_own_part(cast, lamp):
    came(cast, lamp)
    again = came(cast, lamp, Choice.AGAIN, people=[{"name": "李二", "phone": "19900000009"}], original_words="还是黑。")
    assert again.receipt.code == ""
    assert said(lamp.matter, 2) == {WORDS}
    assert titles(lamp.matter, 2) == ["party_added", "contact_added"]
    assert titles(lamp.matter, 1) == ["registered"]
    assert [party.person.opened("phone") for party in parties_of(lamp.matter, 2)] == ["19900000002", "19900000009"]
    came(cast, lamp, Choice.AGAIN, people=[{"name": "张一"}])
    assert titles(lamp.matter, 1) == ["registered", "contact_added"]


def test_who_comes_for_two_parts_at_once_comes_to_the_first(cast, lamp):
    came(cast, lamp)
    came(cast, lamp, people=[{"name": "王三"}])
    came(cast, lamp, Choice.AGAIN, people=[{"name": "李二"}, {"name": "王三"}])
    assert titles(lamp.matter, 1) == ["registered", "contact_added"]


def test_each_urges_once_a_day_beside_the_other(cast, lamp):
    came(cast, lamp)
    petitioner.urge(matter=lamp.matter, words="", at=SOON)
    petitioner.urge(matter=lamp.matter, words="快些", at=SOON, by=JOINED)
    assert refusal(petitioner.urge, matter=lamp.matter, words="", at=SOON, by=JOINED) == "urged_today"
    assert titles(lamp.matter, 2) == ["party_added", "urged"]
    assert titles(lamp.matter, 1) == ["registered", "urged"]
    assert Event.objects.filter(type="urged", payload__came_with=2).count() == 1


def test_whoever_joined_asks_for_recusal_and_objects_but_ends_and_settles_nothing(cast, lamp):
    came(cast, lamp)
    perform("ask_recusal", matter=lamp.matter, by=JOINED, at=SOON, values={"reason": "是亲戚"})
    assert "是亲戚" in said(lamp.matter, 2)
    assert "是亲戚" not in said(lamp.matter, 1)
    proved = Actor(user_id=None, petitioner=True, proof="phone_code", came_with=2)
    for move in ("rate", "put_at_rest", "ask_withdrawal"):
        assert refusal(perform, move, matter=lamp.matter, by=proved, at=SOON, values={}) == "joined_may_not"
    assert tracked(lamp.matter, SOON, 2).may == {"urge", "ask_recusal"}
    moved(cast, lamp.matter, SOON, ("director", "triage", TRIAGE))
    assert refusal(petitioner.contest_refusal, matter=lamp.matter, reason="x", at=SOON, by=JOINED) == "nothing_refused"


def test_a_new_code_is_for_the_part_whose_code_was_lost(cast, lamp):
    got = came(cast, lamp)
    code = petitioner.renew_code(matter=lamp.matter, by=cast.clerk, at=SOON, came_with=2)
    assert opens(lamp.number, code).came_with == 2
    assert opens(lamp.number, lamp.code).came_with == 1
    assert refusal(opens, lamp.number, got.receipt.code) == "number_or_code_wrong"
    assert titles(lamp.matter, 2)[-1] == "code_renewed"
    assert titles(lamp.matter, 1) == ["registered"]
    for nobody in (3, 7):
        assert (
            refusal(petitioner.renew_code, matter=lamp.matter, by=cast.clerk, at=SOON, came_with=nobody) == "not_found"
        )


def test_what_is_corrected_at_the_window_is_told_to_whom_it_belongs(cast, lamp):
    came(cast, lamp)
    other = Party.objects.get(matter=lamp.matter, seq=2).person_id
    correct_at_window(matter=lamp.matter, person=other, given={"phone": "19900000008"}, by=cast.clerk, at=SOON)
    assert titles(lamp.matter, 2)[-1] == "party_corrected"
    assert titles(lamp.matter, 1) == ["registered"]


def test_messages_and_proofs_are_the_first_petitioners_alone(cast):
    lamp = registered(cast, NOW, people=[{"name": "张一"}])
    came(cast, lamp)
    assert own_phone(lamp.matter).number == ""
    MessageWish.objects.create(matter_id=lamp.matter, way="sms", at=NOW)
    assert (addressee_of(lamp.matter).reach.phone, addressee_of(lamp.matter).reach.address) == ("", "")
    assert tracked(lamp.matter, SOON, 2).has_slip is False


def test_where_home_is_not_safe_whoever_joined_is_out_of_the_matter(cast, lamp):
    got = came(cast, lamp)
    unsafe = {"said": "他会打人", "in_danger": "visitor", "done_at_once": "报警", "at_home": True, "reason": "须报告"}
    perform("note_safety", matter=lamp.matter, by=cast.clerk, at=SOON, values=unsafe)
    assert tracked(lamp.matter, SOON, 2) is None
    assert tracked(lamp.matter, SOON).title == "把路灯修好"
    assert refusal(opens, lamp.number, got.receipt.code) == "number_or_code_wrong"
    assert opens(lamp.number, lamp.code).came_with == 1
    late = {"matter": lamp.matter, "words": "我有照片", "files": [], "at": SOON, "by": JOINED}
    assert refusal(petitioner.add, **late) == "not_found"


def test_what_was_sealed_late_opens_to_no_code(cast, lamp):
    got = came(cast, lamp)
    seal_late(matter=lamp.matter, by=cast.bureau, at=SOON)
    assert Contact.objects.get(seq=2).code_hash is None
    assert refusal(opens, lamp.number, got.receipt.code) == "number_or_code_wrong"


def test_the_looks_before_somebody_joined_are_none_of_theirs(cast, lamp):
    assert PETITIONER.joined is False
    got = came(cast, lamp)
    assert tracked(lamp.matter, SOON, got.seq).looks == []


def test_one_petitioner_alone_cannot_end_what_is_anothers_too(cast, lamp):
    proved = Actor(user_id=None, petitioner=True, proof="phone_code")
    perform("ask_withdrawal", matter=lamp.matter, by=proved, at=SOON, values={})
    assert state_of(lamp.matter).withdrawal is not None
    came(cast, lamp)
    assert (state_of(lamp.matter).withdrawal, state_of(lamp.matter).joined) == (None, 1)
    assert refusal(perform, "ask_withdrawal", matter=lamp.matter, by=proved, at=SOON, values={}) == "need_nobody_joined"
    assert list(differences()) == []
