"""The look keeps its promises: contrast, size, and no style or script inside a page."""

import gzip
import json
import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "xinfang/templates").rglob("*.html"))
BUILT = ROOT / "xinfang/static/built"
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (ROOT / "frontend/styles/tokens.css").read_text()))

GROUNDS = ("paper", "surface", "sunken")
TEXT_ON = [
    *product(("ink", "ink-soft", "seal", "action", "good", "note", "hot", "bad"), GROUNDS),
    *((name, f"{name}-tint") for name in ("action", "good", "note", "hot", "bad", "seal")),
    ("on-night", "night"),
    ("on-night-soft", "night"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_every_text_colour_has_seven_to_one_on_its_grounds(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 7


@pytest.mark.parametrize(("sign", "ground"), [*product(("edge", "focus"), GROUNDS), ("focus-night", "night")])
def test_edges_of_controls_and_focus_have_three_to_one(sign: str, ground: str) -> None:
    assert contrast(TOKENS[sign], TOKENS[ground]) >= 3


@pytest.mark.parametrize("name", ["public", "desk"])
def test_a_page_loads_at_most_25_kb_of_style_and_30_kb_of_script(name: str) -> None:
    assert BUILT.is_dir(), "run `npm run build` first"
    sizes = {ending: len(gzip.compress((BUILT / f"{name}.{ending}").read_bytes())) for ending in ("css", "js")}
    assert 0 < sizes["css"] <= 25_000
    assert 0 < sizes["js"] <= 30_000


def test_colours_are_named_in_the_tokens_only() -> None:
    strays = {
        sheet.name: found
        for sheet in (ROOT / "frontend/styles").glob("*.css")
        if sheet.name not in {"tokens.css", "print.css"}
        and (found := re.findall(r":[^;{]*#(?!fff\b)[0-9a-fA-F]{3,8}\b", sheet.read_text()))
    }
    assert strays == {}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "xinfang/templates")))
def test_a_page_carries_neither_style_nor_script_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)


def test_every_shape_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "xinfang/static/shapes.svg").read_text()))
    pattern = re.compile(r'shape\.html" with name="([\w-]+)"')
    named = {name for path in TEMPLATES for name in pattern.findall(path.read_text())}
    states = {"met", "late_met", "overdue", "not_applicable", "open"}
    levels = {f"level-{level}" for level in ("green", "yellow", "orange", "red")}
    entries = {f"entry-{kind}" for kind in ("move", "note", "clock", "document", "citizen", "correction")}
    assert named | states | levels | entries <= sprite


def test_every_word_that_a_script_says_is_written_by_the_server() -> None:
    scripts = "\n".join(path.read_text() for path in (ROOT / "frontend/scripts").glob("*.ts"))
    written = re.findall(r"data-([\w-]+)=", (ROOT / "xinfang/templates/parts/words.html").read_text())
    names = re.findall(r'words\("(\w+)"', scripts)
    said = {re.sub(r"[A-Z]", lambda letter: "-" + letter[0].lower(), name) for name in names}
    assert said == set(written)
    assert not re.search(r"[\u4e00-\u9fff]", scripts)


def test_the_locked_packages_carry_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []


def test_the_narrowest_screens_of_the_checks_have_one_layout() -> None:
    """Pages are looked at in a width of 320: what is true there is true at 360."""
    widths = {
        float(number) * 16
        for sheet in (ROOT / "frontend/styles").glob("*.css")
        for number in re.findall(r"\((?:min|max)-width: ([\d.]+)em\)", sheet.read_text())
    }
    assert widths
    assert [width for width in widths if 320 <= width <= 360] == []
