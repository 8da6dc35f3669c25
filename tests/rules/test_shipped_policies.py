"""The shipped data files parse, and areas, units, people and tables agree with the rules and the founding text."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml

from tests.rules.shipped_files import NAMES, POLICIES, codes_of, in_both_languages, matters, policy, posts, rows, units
from xinfang.rules.matters import codes
from xinfang.rules.people import composition, seats
from xinfang.rules.people.rollout import RolloutStatus

FOUNDED = date(2021, 1, 1)
TODAY = date(2026, 11, 23)
NAMED_OFFICES = {"order_office", "petitions_office", "farming_station", "land_office", "police_station"}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_utf_8_without_tabs_and_parses_to_a_mapping(name: str) -> None:
    text = (POLICIES / name).read_text(encoding="utf-8")
    assert "\t" not in text
    assert isinstance(yaml.safe_load(text), dict)


@pytest.mark.parametrize("name", NAMES)
def test_no_mapping_holds_the_same_key_twice(name: str) -> None:
    def keys_once(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), keys
        for child in node.value if isinstance(node.value, list) else ():
            for part in child if isinstance(child, tuple) else (child,):
                keys_once(part)

    keys_once(yaml.compose((POLICIES / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_every_text_for_readers_exists_in_chinese_and_english(name: str) -> None:
    for entry in in_both_languages(policy(name.removesuffix(".yaml"))):
        assert entry["zh"], entry
        assert entry["en"], entry
        assert entry["en"].replace("–", "").isascii(), entry


@pytest.mark.parametrize("name", ["areas_341602", "demo_district"])
def test_area_codes_are_unique_strings_that_extend_their_parents_code(name: str) -> None:
    areas = policy(name)["areas"]
    known = {area["code"] for area in areas}
    assert len(known) == len(areas)
    for area in areas:
        assert isinstance(area["code"], str)
        assert isinstance(area["valid_from"], date)
        if area["parent"] is None:
            assert len(area["code"]) == 2
        else:
            assert area["parent"] in known
            assert area["code"].startswith(area["parent"])
            assert len(area["code"]) in {4, 6, 9, 12}


def test_the_real_district_has_25_townships_and_3_statistical_zones() -> None:
    kinds = Counter(area["kind"] for area in policy("areas_341602")["areas"] if len(area["code"]) == 9)
    assert kinds == {"street": 3, "town": 20, "rural_township": 2, "statistical_zone": 3}
    assert {area["code"]: area["name"] for area in policy("areas_341602")["areas"]}["341602106"] == "五马镇"


def test_no_invented_place_bears_the_name_of_a_real_one() -> None:
    real = {area["name"] for area in policy("areas_341602")["areas"]}
    invented = [area["name"] for area in policy("demo_district")["areas"]]
    assert len(invented) == len(set(invented))
    assert real.isdisjoint(invented)
    assert all(area["code"].startswith("99") for area in policy("demo_district")["areas"])


def test_units_have_unique_codes_known_areas_and_parents_above_them() -> None:
    listed = policy("demo_district")["units"]
    assert len(units()) == len(listed)
    areas = {area["code"] for area in policy("demo_district")["areas"]}
    seen: set[str] = set()
    for unit in listed:
        assert unit["area"] in areas
        assert unit["code"].startswith(unit["area"])
        assert unit["parent"] is None or unit["parent"] in seen, "a parent stands before its children"
        assert re.fullmatch(r"\d+(-[A-Z]+)?", unit["code"])
        seen.add(unit["code"])
    assert [unit["code"] for unit in listed if unit["parent"] is None] == ["999901"]


def test_units_use_the_tiers_and_kinds_of_the_rules() -> None:
    lengths = {6: seats.Tier.DISTRICT, 9: seats.Tier.TOWNSHIP, 12: seats.Tier.VILLAGE}
    for unit in units().values():
        assert seats.Tier(unit["tier"]) is lengths[len(unit["area"])]
        seats.UnitKind(unit["kind"])
    assert {unit["kind"] for unit in units().values()} == {kind.value for kind in seats.UnitKind}


def test_only_an_organ_or_the_petition_bureau_may_issue_statutory_notices() -> None:
    issuers = {unit["kind"] for unit in units().values() if unit["is_organ"]}
    assert issuers == {"organ", "bureau_of_petitions"}
    assert all(unit["is_organ"] for unit in units().values() if unit["kind"] == "organ")


def test_centres_and_stations_carry_their_area_code_and_both_names() -> None:
    for unit in units().values():
        if unit["kind"] in {"centre", "station"}:
            assert unit["code"] == unit["area"]
            assert unit["name"].endswith("中心（信访超市）" if unit["kind"] == "centre" else "站（信访超市）")
            assert unit["phone"].startswith("0000-")
            assert ("resident_team" in unit) == (unit["kind"] == "station")


def test_every_township_has_a_row_in_the_roll_out_and_a_centre_unless_not_started() -> None:
    district = policy("demo_district")
    townships = {area["code"] for area in district["areas"] if len(area["code"]) == 9}
    assert sorted(row["area"] for row in district["rollout"]) == sorted(townships)
    assert {row["status"] for row in district["rollout"]} == {status.value for status in RolloutStatus}
    for row in district["rollout"]:
        villages = [
            unit for code, unit in units().items() if unit["kind"] == "station" and code.startswith(row["area"])
        ]
        started = row["status"] != "not_started"
        assert (row["area"] in units()) == started
        assert len(villages) == (3 if started else 0)
        assert units()[f"{row['area']}-ZF"]["is_organ"]


def test_people_have_unique_logins_and_names_and_known_posts() -> None:
    people = policy("demo_people")["people"]
    assert len({person["login"] for person in people}) == len(people)
    assert len({person["name"] for person in people}) == len(people)
    roles = {role.value for role in seats.Role} - {"petitioner", "system"}
    assert {post["role"] for _, post in posts()} == roles
    for _, post in posts():
        assert post["unit"] in units()
        assert post.get("home_unit", "999901") in units()
        assert post["title"]
    assert all(person["posts"] for person in people)
    assert all(re.fullmatch(r"[a-z]+[0-9]+[a-z]?", person["login"]) for person in people)


def test_the_accounts_that_open_cover_every_role_and_the_well_known_names() -> None:
    open_ones = [person for person in policy("demo_people")["people"] if person["sign_in"]]
    assert {post["role"] for person in open_ones for post in person["posts"]} == {role.value for role in seats.Role} - {
        "petitioner",
        "system",
    }
    expected = {"window1", "director1", "officer1", "orghead1", "caller1", "bureau1", "supervisor1", "leader1"}
    assert expected | {"station1", "admin1", "mediator1"} <= {person["login"] for person in open_ones}


def test_callers_stand_outside_every_unit_that_handles() -> None:
    calling = {post["unit"] for _, post in posts() if post["role"] == "caller"}
    assert calling == {"999901-HF"}
    assert {post["role"] for _, post in posts() if post["unit"] in calling} == {"caller"}
    leads = {matter["course"].get("lead") for matter in matters()} | {row.lead for row in rows()}
    assert calling.isdisjoint(leads)


def headcount(unit: str) -> Counter[str]:
    return Counter(post["duty"] for _, post in posts() if post["unit"] == unit)


def test_township_centres_have_1_director_1_deputy_2_full_time_and_6_to_10_members() -> None:
    gaps = {}
    for code, unit in units().items():
        if unit["kind"] != "centre" or unit["tier"] != "township":
            continue
        count = headcount(code)
        assert (count["director"], count["deputy"]) == (1, 1)
        if count["full_time"] != 2 or not 6 <= count["member"] <= 10:
            gaps[unit["short"]] = (count["full_time"], count["member"])
    assert gaps == {"松岭中心": (1, 5)}


def test_director_is_the_full_time_deputy_secretary_and_deputy_the_head_of_the_judicial_office() -> None:
    for _, post in posts():
        if units()[post["unit"]]["tier"] == "township" and post["duty"] == "director":
            assert post["title"].endswith("专职副书记")
        if post["duty"] == "deputy" and post["role"] == "centre_deputy":
            assert post["title"] == "司法所所长"
            assert units()[post["home_unit"]]["function"] == "judicial_office"


def test_members_come_from_the_named_offices_except_where_noted_or_truly_missing() -> None:
    assert set(codes_of("named_member_offices")) == NAMED_OFFICES
    missing = {}
    for code, unit in units().items():
        if unit["kind"] == "centre" and unit["tier"] == "township":
            members = [post for _, post in posts() if post["unit"] == code and post["duty"] == "member"]
            absent = NAMED_OFFICES - {units()[post["home_unit"]]["function"] for post in members}
            if absent:
                missing[unit["short"]] = absent
    assert missing == {"澄湖中心": {"farming_station"}, "松岭中心": {"police_station"}}
    noted = policy("demo_district")["exemptions"]
    assert [(note["unit"], note["about"]) for note in noted] == [("999901002", "farming_station")]


def test_village_stations_have_a_head_a_deputy_and_3_to_5_members_of_the_five_origins() -> None:
    gaps = {}
    for code, unit in units().items():
        if unit["kind"] != "station":
            continue
        count = headcount(code)
        assert count["head"] == 1
        if not 3 <= count["member"] <= 5 or count["deputy"] != (1 if unit["resident_team"] else 0):
            gaps[unit["short"]] = (count["deputy"], count["member"])
    assert gaps == {"茶亭村站": (1, 2), "坡头村站": (0, 3)}
    assert [unit["short"] for unit in units().values() if unit.get("resident_team") is False] == ["湖西社区站"]


def test_village_members_name_their_origin_and_elders_their_kind() -> None:
    members = [post for _, post in posts() if post["role"] == "station_member"]
    assert {post["origin"] for post in members} == set(codes_of("member_origins"))
    for post in members:
        assert ("elder" in post) == (post["origin"] == "five_elders")
        assert post.get("elder", "old_cadre") in codes_of("five_elders")
    assert {post["elder"] for post in members if "elder" in post} == set(codes_of("five_elders"))


def establishment(unit: dict[str, Any]) -> composition.Establishment:
    sittings = [
        composition.Sitting(
            duty=post["duty"],
            from_on=FOUNDED,
            home_function=units()[post["home_unit"]]["function"] if "home_unit" in post else "",
            origin=post.get("origin", ""),
        )
        for _, post in posts()
        if post["unit"] == unit["code"]
    ]
    notes = [
        composition.ExemptionNote(note["rule"], note["about"], note["from"], note["until"], note["note"])
        for note in policy("demo_district")["exemptions"]
        if note["unit"] == unit["code"]
    ]
    return composition.Establishment(
        tier=seats.Tier(unit["tier"]),
        kind=seats.UnitKind(unit["kind"]),
        place=unit.get("place", ""),
        has_team=unit.get("resident_team", False),
        sittings=tuple(sittings),
        exemptions=tuple(notes),
    )


def test_the_rules_of_composition_find_the_true_gaps_of_the_demo_and_no_other() -> None:
    found = {
        (unit["short"], gap.rule.value, gap.about, gap.found, gap.exemption is not None)
        for unit in units().values()
        for gap in composition.gaps_on(establishment(unit), TODAY)
    }
    assert found == {
        ("松岭中心", "A-04", "full_time", 1, False),
        ("松岭中心", "A-05", "member", 5, False),
        ("松岭中心", "A-05", "police_station", 0, False),
        ("澄湖中心", "A-05", "farming_station", 0, True),
        ("茶亭村站", "A-09", "member", 2, False),
        ("坡头村站", "A-08", "deputy", 0, False),
    }


def test_duties_origins_elders_offices_and_places_are_those_of_the_rules() -> None:
    assert {post["duty"] for _, post in posts()} == {duty.value for duty in composition.Duty}
    assert set(codes_of("member_origins")) == {origin.value for origin in composition.Origin}
    assert set(codes_of("five_elders")) == {elder.value for elder in composition.Elder}
    assert set(codes_of("named_member_offices")) == {office.value for office in composition.NamedOffice}
    assert {unit["place"] for unit in units().values() if "place" in unit} <= {
        place.value for place in composition.Place
    }


def test_code_tables_have_unique_codes() -> None:
    for name in policy("categories"):
        assert len(codes_of(name)) == len(set(codes_of(name))), name


@pytest.mark.parametrize(
    ("table", "enum"),
    [
        ("channels", codes.Channel),
        ("levels", codes.Level),
        ("kinds", codes.Kind),
        ("natures", codes.Nature),
        ("lanes", codes.Lane),
        ("routes", codes.Route),
        ("results", codes.Result),
        ("grades", codes.Grade),
    ],
)
def test_a_table_that_the_rules_know_too_has_the_same_codes(table: str, enum: type[codes.StrEnum]) -> None:
    assert set(codes_of(table)) == {member.value for member in enum}


def test_the_tables_have_the_sizes_of_their_sources() -> None:
    tables = policy("categories")
    assert [len(tables[name]) for name in ("categories", "dispute_types", "routes", "grades")] == [20, 18, 6, 3]
    assert codes_of("dispute_types") == [f"{n:02d}" for n in range(1, 18)] + ["99"]
    assert [route["item"] for route in tables["routes"]] == [1, 2, 3, 4, 5, 6]
    assert {entry["parent"] for entry in tables["subcategories"]} <= set(codes_of("categories"))
    assert all(entry["std_code"] is None for entry in tables["categories"] + tables["dispute_types"])


def test_purposes_lead_to_a_kind_and_only_exposure_to_the_sealed_path() -> None:
    purposes = {entry["code"]: entry for entry in policy("categories")["purposes"]}
    assert {code: entry["kind"] for code, entry in purposes.items()} == {
        "appeal": "claim",
        "request": "claim",
        "suggestion": "suggestion",
        "exposure": None,
        "enquiry": "enquiry",
        "other": None,
    }
    assert [code for code, entry in purposes.items() if entry["sealed"]] == ["exposure"]
