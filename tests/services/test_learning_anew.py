"""Learning from confirmed matters: on request, without names, sealed on disk, recorded in the chain of the house."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.gateways import learned_file
from xinfang.models import Event, Installation
from xinfang.queries import catalogue
from xinfang.queries.learning import agreement, examples
from xinfang.rules.catalogue.learned import NOTHING_LEARNED
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services.learning import learn_anew

pytestmark = pytest.mark.django_db
NOON = at("2026-03-10 12:00")
PUMPS = {"original_words": "张一说水泵夜里一直响，大家都听得到。", "demand": "把水泵修好"}
KILNS = {"original_words": "砖厂门口的沙石堆到了路上。", "demand": "把沙石清走"}


@pytest.fixture
def house(cast, settings, tmp_path):
    settings.XINFANG_HOME = tmp_path
    return cast


def confirmed(cast, words, category, times=5, **triage):
    for _ in range(times):
        receipt = registered(cast, NOON, **words)
        moved(cast, receipt.matter, NOON, ("director", "triage", {**TRIAGE, "category": category, **triage}))


def last_of_the_house():
    return Event.objects.filter(chain_id=Installation.objects.get(pk=1).chain).order_by("-seq").first()


def test_what_was_confirmed_teaches_and_is_suggested_from_then_on(house):
    assert catalogue.suggestions("", ["水泵夜里响"], NOON.date()) == []
    confirmed(house, PUMPS, "noise")
    confirmed(house, KILNS, "transport")
    lesson = learn_anew(by=SYSTEM, at=NOON)
    assert (lesson.matters, lesson.categories) == (10, ("environment", "transport"))
    [first, *_others] = catalogue.suggestions("", ["水泵夜里响"], NOON.date())
    assert first.line.category == "environment"
    assert "水泵" in first.because


def test_the_lesson_is_recorded_in_codes_and_numbers(house):
    confirmed(house, PUMPS, "environment")
    confirmed(house, KILNS, "transport")
    lesson = learn_anew(by=SYSTEM, at=NOON)
    event = last_of_the_house()
    assert event.type == "suggestions_learned"
    assert event.payload == {
        "matters": 10, "categories": ["environment", "transport"], "pieces": lesson.pieces, "digest": lesson.digest,
    }  # fmt: skip
    assert lesson.pieces > 10
    assert len(lesson.digest) == 64


def test_no_word_can_be_read_from_the_file_and_no_other_key_opens_it(house, settings):
    confirmed(house, PUMPS, "environment")
    confirmed(house, KILNS, "transport")
    learn_anew(by=SYSTEM, at=NOON)
    file = learned_file.path()
    assert file.stat().st_mode & 0o077 == 0
    assert "水泵".encode() not in file.read_bytes()
    assert learned_file.kept().matters == 10
    file.write_bytes(b"\x00" * 64)
    assert learned_file.kept() == NOTHING_LEARNED


def test_learning_again_takes_the_place_of_what_was_learned_before(house):
    confirmed(house, PUMPS, "environment")
    confirmed(house, KILNS, "transport")
    learn_anew(by=SYSTEM, at=NOON)
    confirmed(house, KILNS, "transport", times=2)
    learn_anew(by=SYSTEM, at=NOON)
    assert learned_file.kept().matters == 12
    assert [path.name for path in learned_file.path().parent.iterdir()] == ["learned.sealed"]


def test_names_are_cut_out_and_a_subclass_counts_as_its_class(house):
    confirmed(house, PUMPS, "noise", times=1)
    [example] = examples()
    assert example.category == "environment"
    assert "水泵夜里一直响" in example.text
    assert "张一" not in example.text


def test_what_is_not_decided_or_restricted_teaches_nothing(house):
    registered(house, NOON, **PUMPS)
    receipt = registered(house, NOON, **KILNS)
    moved(house, receipt.matter, NOON, ("director", "triage", TRIAGE))
    secret = registered(house, NOON, restricted=True, **PUMPS)
    moved(house, secret.matter, NOON, ("director", "triage", {**TRIAGE, "category": "environment"}))
    assert examples() == []


def test_too_little_is_refused_and_nobody_but_the_holder_of_the_machine_may(house):
    confirmed(house, PUMPS, "environment")
    with pytest.raises(RuleBroken) as few:
        learn_anew(by=SYSTEM, at=NOON)
    assert few.value.code == "too_little_to_learn"
    with pytest.raises(RuleBroken) as nobody:
        learn_anew(by=house.director, at=NOON)
    assert nobody.value.code == "office_only"
    assert not learned_file.path().exists()


def test_agreement_is_counted_by_what_was_offered_and_what_was_decided(house):
    offered = {"offered": "noise_and_fumes unpaid_wages gone_line"}
    confirmed(house, PUMPS, "environment", times=2, **offered)
    confirmed(house, PUMPS, "labour", times=1, **offered)
    confirmed(house, PUMPS, "health", times=1, **offered)
    confirmed(house, PUMPS, "health", times=1)
    found = agreement()
    assert (found.asked, found.first, found.any) == (4, 2, 3)


def test_the_command_trains_and_counts(house, capsys):
    with pytest.raises(CommandError, match="太少"):
        call_command("suggest", "train")
    confirmed(house, PUMPS, "environment", offered="noise_and_fumes")
    confirmed(house, KILNS, "transport", offered="noise_and_fumes")
    call_command("suggest", "train")
    assert "matters 10\ncategories environment transport\npieces " in capsys.readouterr().out
    call_command("suggest", "agreement")
    assert capsys.readouterr().out == "first 5/10\nany 5/10\n"
    assert json.dumps(last_of_the_house().payload)
