"""`xinfang docs`: write the tables and diagrams of docs/ anew from the rules."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from xinfang.documents import glossary
from xinfang.documents.rulebook import PAGES

ROOT = Path(__file__).resolve().parents[3]
GLOSSARY = "docs/glossary.md"


class Command(BaseCommand):
    help = "Write docs/rules and the made half of docs/glossary.md from the rules; --check only says what is stale."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if a page is stale")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        stale = {name: text for name, text in pages(ROOT).items() if _read(ROOT / name) != text}
        if check and stale:
            raise CommandError(f"stale: {', '.join(sorted(stale))}; run xinfang docs")
        for name, text in stale.items():
            (ROOT / name).write_text(text, encoding="utf-8")
            self.stdout.write(name)


def pages(root: Path) -> dict[str, str]:
    """Every made page by its path, as it should read; in Chinese and English together, whatever language is set."""
    with translation.override("zh-hans"):
        made = {name: page() for name, page in PAGES.items()}
        return {**made, GLOSSARY: glossary.whole(_read(root / GLOSSARY))}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
