"""Sixty invented matters: complete, consistent, harmless."""

import re
from datetime import date

from tests.rules.shipped_files import (
    check_digit,
    codes_of,
    forbidden,
    matters,
    places,
    policy,
    rows,
    units,
    waits_for_a_person,
)
from xinfang.rules.matters import codes


def test_there_are_sixty_samples_with_keys_titles_and_words_of_their_own() -> None:
    assert [matter["key"] for matter in matters()] == [f"m{n:02d}" for n in range(1, 61)]
    assert len({matter["title"] for matter in matters()}) == 60
    assert len({matter["words"] for matter in matters()}) == 60
    for matter in matters():
        assert 40 <= len(matter["words"]) <= 200, matter["key"]


def test_samples_refer_to_what_exists() -> None:
    catalogue = {item["key"] for item in policy("catalogue")["items"]}
    for matter in matters():
        where, about, course = matter["where"], matter["about"], matter["course"]
        assert where["village"] in places()
        assert where["at"] in units()
        assert units()[where["at"]]["kind"] in {"centre", "station"}
        assert where["village"].startswith(where["at"])
        assert about["item"] in catalogue
        assert about["category"] in codes_of("categories")
        assert about["purpose"] in set(codes_of("purposes")) - {"exposure"}
        for unit in [course["lead"]] if "lead" in course else []:
            assert unit in units()
        assert set(course.get("co", []) + course.get("recused", [])) <= set(units())
        assert course.get("lead") not in course.get("co", [])


def test_samples_use_the_closed_lists_and_reach_every_stage() -> None:
    for matter in matters():
        codes.Channel(matter["where"]["channel"])
        about, course = matter["about"], matter["course"]
        assert ("nature" in about) == ("route" in about) == ("solvable" in about) == (course["stage"] != "registered")
        if "nature" in about:
            codes.Nature(about["nature"])
            codes.Route(about["route"])
        for key, enum in {"result": codes.Result, "outcome": codes.Outcome, "ground": codes.RefusalGround}.items():
            if key in course:
                enum(course[key])
        if "explicit" in course:
            codes.ExplicitSource(course["explicit"]["source"])
    assert {matter["course"]["stage"] for matter in matters()} == {stage.value for stage in codes.Stage}


def test_samples_that_are_disputes_are_mediated_and_never_reach_a_statutory_stage() -> None:
    disputes = [matter for matter in matters() if matter["about"].get("kind") == codes.Kind.DISPUTE]
    assert [matter["key"] for matter in disputes] == ["m01", "m13", "m14"]
    for matter in disputes:
        assert units()[matter["course"]["lead"]]["kind"] == "station"
        assert matter["course"]["mediation"] in {"running", "performed"}


def test_sample_courses_hold_together() -> None:
    ended = {"implemented", "informed", "not_accepted", "no_longer", "withdrawn", "closed", "struck_off", "archived"}
    issuing = {"accepted", "not_accepted", "no_longer", "opinion_served", "executing", "informed", "channelled"}
    for matter in matters():
        course = matter["course"]
        assert ("result" in course) == (course["stage"] in ended), matter["key"]
        assert ("lead" in course) == (course["stage"] not in {"registered", "triaged"}), matter["key"]
        if course["stage"] in issuing or "outcome" in course:
            assert units()[course["lead"]]["is_organ"], matter["key"]
        if course["stage"] in {"opinion_served", "executing"}:
            assert "outcome" in course
        if course.get("resolved") or course.get("at_rest"):
            assert course["stage"] in {"closed", "struck_off", "archived"}
        assert "repeats" not in course or any(other["key"] == course["repeats"] for other in matters())
        assert set(course) <= {
            *("days_ago", "stage", "lead", "co", "on_the_spot", "outcome", "result", "resolved", "at_rest"),
            *("mediation", "plan", "ground", "explicit", "repeats", "recused"),
        }


def test_petitioners_were_born_in_the_1800s_and_their_numbers_have_valid_check_digits() -> None:
    numbers = [matter["by"]["id"] for matter in matters() if matter["by"] and "id" in matter["by"]]
    assert len(numbers) > 40
    for number in numbers:
        assert re.fullmatch(r"341602\d{11}[\dX]", number)
        assert date(1800, 1, 1) <= date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        assert number[6:8] == "18"
        assert number[17] == check_digit(number)


def test_the_oracle_for_check_digits_knows_the_published_examples() -> None:
    for number in ("11010519491231002X", "440524188001010014", "341602189001010013"):
        assert check_digit(number) == number[17]


def test_telephone_numbers_lie_in_the_fictitious_range_and_belong_to_one_person() -> None:
    by_phone: dict[str, set[str]] = {}
    for matter in matters():
        if matter["by"] and "phone" in matter["by"]:
            by_phone.setdefault(matter["by"]["phone"], set()).add(matter["by"]["name"])
    for row in rows():
        by_phone.setdefault(row.phone, set()).add(row.petitioner)
    assert all(re.fullmatch(r"1990000\d{4}", phone) for phone in by_phone)
    assert all(len(names) == 1 for names in by_phone.values())


def test_no_petitioner_bears_the_name_of_a_member_of_staff() -> None:
    staff = {person["name"] for person in policy("demo_people")["people"]}
    sample_names = {matter["by"]["name"] for matter in matters() if matter["by"]}
    ledger_names = {row.petitioner for row in rows()}
    assert staff.isdisjoint(sample_names | ledger_names)
    assert sample_names.isdisjoint(ledger_names)


def test_no_sample_and_no_ledger_row_accuses_anybody_or_holds_a_forbidden_clause() -> None:
    texts = [matter[part] for matter in matters() for part in ("title", "words", "demand")]
    texts += [text for row in rows() for text in (row.summary, row.demand)]
    for text in texts:
        assert not waits_for_a_person(text), text
        assert forbidden(text) == [], text


def test_no_sample_comes_from_a_provincial_leader_so_that_the_ledgers_figures_stand_alone() -> None:
    assert {matter["where"].get("level") for matter in matters()} == {None, "county"}
