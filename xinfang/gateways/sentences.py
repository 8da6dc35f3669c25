"""Which sentences does the product say, and which of them have no English yet? Reads our sources and the catalogue.

Pure Python: templates through Django's own `templatize`, modules through their syntax tree, catalogues through polib.
No GNU gettext is needed, neither here nor on the machine of a user.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"
# How many of a call's leading arguments are words, and which of them is a context.
CALLS = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
_LITERAL = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_CALL = re.compile(rf"\b(_|n?p?gettext)\((\s*{_LITERAL}(?:\s*,\s*{_LITERAL})*)")


@dataclass(frozen=True, order=True)
class Sentence:
    """One sentence as the catalogue knows it; `plural` and `context` are empty where there are none."""

    text: str
    plural: str = ""
    context: str = ""


class NotASentence(Exception):
    """A translation is asked for something that is not a literal text; the message names the place."""


def sentences(package: Path = PACKAGE) -> dict[Sentence, list[str]]:
    """Every sentence of the templates and modules, with the files that say it."""
    found: dict[Sentence, set[str]] = {}
    for path in sorted((package / "templates").rglob("*.*")):
        for sentence in of_template(path.read_text(encoding="utf-8")):
            found.setdefault(sentence, set()).add(path.relative_to(package).as_posix())
    for path in sorted(package.rglob("*.py")):
        for sentence in of_module(path.read_text(encoding="utf-8"), str(path)):
            found.setdefault(sentence, set()).add(path.relative_to(package).as_posix())
    return {sentence: sorted(places) for sentence, places in found.items()}


def of_template(source: str) -> Iterator[Sentence]:
    """The sentences of one template."""
    for call in _CALL.finditer(templatize(source)):
        name = "gettext" if call[1] == "_" else call[1]
        yield _sentence(name, [ast.literal_eval(literal) for literal in re.findall(_LITERAL, call[2])])


def of_module(source: str, place: str) -> Iterator[Sentence]:
    """The sentences of one module; raises `NotASentence` for a text that is put together at run time."""
    tree = ast.parse(source, place)
    names = _names(tree)
    if not names:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            name = names[node.func.id]
            texts = [_text(argument, place) for argument in node.args[: CALLS[name]]]
            yield _sentence(name, texts)


def _names(tree: ast.Module) -> dict[str, str]:
    """What a module calls the functions of gettext, each with its plain name."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                plain = alias.name.removesuffix("_lazy")
                if plain in CALLS:
                    found[alias.asname or alias.name] = plain
    return found


def _text(argument: ast.expr, place: str) -> str:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise NotASentence(f"{place}:{argument.lineno}: a sentence must be a literal, or it cannot be translated")


def _sentence(name: str, texts: list[str]) -> Sentence:
    if name == "gettext":
        return Sentence(texts[0])
    if name == "ngettext":
        return Sentence(texts[0], plural=texts[1])
    if name == "pgettext":
        return Sentence(texts[1], context=texts[0])
    return Sentence(texts[1], plural=texts[2], context=texts[0])


def read(path: Path = CATALOGUE) -> polib.POFile:
    """The catalogue, or an empty one with its head where there is none yet."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "xinfang",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def of_entry(entry: polib.POEntry) -> Sentence:
    return Sentence(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def is_complete(entry: polib.POEntry) -> bool:
    """Has it words for every form, and has a person looked at them?"""
    words = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(words) and all(words) and not entry.fuzzy and not entry.obsolete


_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@cache
def placeholders(text: str) -> frozenset[str]:
    """The names that a sentence leaves open, for us as `%(name)s` or for a script as `{name}`."""
    return frozenset(name or script for name, script in _PLACEHOLDER.findall(text))


def keeps_placeholders(entry: polib.POEntry) -> bool:
    """Does the translation fill in the same facts? A singular may leave out the number that it is about."""
    asked = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    if entry.msgid_plural:
        given = [placeholders(text) for text in entry.msgstr_plural.values()]
        return all(names <= asked for names in given) and given[-1] == asked
    return placeholders(entry.msgstr) == asked and ("%%" in entry.msgid) == ("%%" in entry.msgstr)


def refreshed(catalogue: polib.POFile, said: dict[Sentence, list[str]]) -> polib.POFile:
    """The catalogue with what the product says now: new sentences wait for words, those no longer said are gone."""
    known = {of_entry(entry): entry for entry in catalogue if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = catalogue.metadata
    for sentence, places in sorted(said.items(), key=lambda item: (item[1][0], item[0])):
        entry = known.get(sentence) or _empty(sentence)
        entry.occurrences = [(place, "") for place in places]
        fresh.append(entry)
    return fresh


def _empty(sentence: Sentence) -> polib.POEntry:
    entry = polib.POEntry(msgid=sentence.text, msgctxt=sentence.context or None)
    if sentence.plural:
        entry.msgid_plural, entry.msgstr_plural = sentence.plural, {0: "", 1: ""}
    return entry
