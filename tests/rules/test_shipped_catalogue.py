"""The catalogue has a place for everything; words that wait and clauses that are refused do as their examples say."""

import re
from typing import Any

import pytest

from tests.rules.shipped_files import codes_of, forbidden, policy, units, waits_for_a_person


def test_at_most_eight_shelves_each_with_items_and_every_item_on_a_shelf() -> None:
    catalogue = policy("catalogue")
    shelves = [shelf["key"] for shelf in catalogue["shelves"]]
    assert len(shelves) == len(set(shelves)) == 8
    assert {item["shelf"] for item in catalogue["items"]} == set(shelves)
    keys = [item["key"] for item in catalogue["items"]]
    assert len(keys) == len(set(keys))


def test_the_sixteen_lines_of_the_seed_are_in_the_catalogue() -> None:
    seed = (
        "unpaid_wages homestead_boundary contracted_land expropriation noise_and_fumes property_service medical_dispute"
    )
    seed += " social_assistance roads_and_lamps domestic_violence support_of_family traffic_accident consumer"
    seed += " village_accounts accusation_of_officials court_case"
    assert len(seed.split()) == 16
    assert set(seed.split()) <= {item["key"] for item in policy("catalogue")["items"]}


def test_catalogue_items_refer_to_what_exists() -> None:
    catalogue = policy("catalogue")
    functions = {unit["function"] for unit in units().values()}
    elsewhere = {body["code"] for body in catalogue["elsewhere"]}
    for item in catalogue["items"]:
        assert set(item["units"]) <= functions, item["key"]
        assert item["units"]
        assert set(item["elsewhere"]) <= elsewhere, item["key"]
        assert item["route"] in {*codes_of("routes"), "service", "accusation"}
        assert item["category"] in codes_of("categories")
        assert item["synonyms"]
        assert set(item["limit"]) == {"zh", "en"}
    assert [item["key"] for item in catalogue["items"] if item["route"] == "accusation"] == ["accusation_of_officials"]


def test_no_shelf_is_named_after_a_department() -> None:
    for shelf in policy("catalogue")["shelves"]:
        assert not re.search("局|委|办公室|科|所$", shelf["zh"])


def test_accusation_words_are_unique_and_reasoned_and_look_alikes_hide_one_of_them() -> None:
    words = [entry["word"] for entry in policy("accusation_words")["words"]]
    phrases = [entry["phrase"] for entry in policy("accusation_words")["look_alikes"]]
    assert len(words) == len(set(words))
    assert len(phrases) == len(set(phrases))
    for phrase in phrases:
        assert any(word in phrase for word in words), phrase
    for entry in policy("accusation_words")["words"] + policy("accusation_words")["look_alikes"]:
        assert entry["reason"]


@pytest.mark.parametrize("example", policy("accusation_words")["examples"], ids=lambda example: example["text"])
def test_the_reading_rule_answers_as_its_examples_say(example: dict[str, Any]) -> None:
    assert waits_for_a_person(example["text"]) is example["waits"]


@pytest.mark.parametrize("clause", policy("forbidden_clauses")["clauses"], ids=lambda clause: clause["reason"])
def test_a_forbidden_clause_matches_what_it_refuses_and_nothing_allowed(clause: dict[str, Any]) -> None:
    assert clause["group"] in [group["code"] for group in policy("forbidden_clauses")["groups"]]
    assert set(clause["in"]) <= {"agreement", "plan", "report", "notice"}
    for text in clause["refused"]:
        assert clause["pattern"] in forbidden(text), text
    for text in clause["allowed"]:
        assert forbidden(text) == [], text


def test_accusations_have_a_national_door_and_everything_local_is_marked_as_demo() -> None:
    channels = {channel["key"]: channel for channel in policy("channels_for_accusations")["channels"]}
    assert channels["national_line"]["value"] == "12388"
    assert {key for key, channel in channels.items() if not channel["demo"]} == {"national_line", "national_site"}
    assert {"phone", "website", "post", "visit"} <= {channel["kind"] for channel in channels.values()}
