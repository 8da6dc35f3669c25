"""Everything that a petitioner may read of their own matter, in one file: a page, the same as JSON, and the papers."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

PAGE, FACTS, PAPERS = "record.html", "record.json", "files"


def pack(into: IO[bytes], *, page: str, record: Mapping[str, Any], papers: Iterable[tuple[str, bytes]]) -> None:
    """Write the archive; two papers of one name are numbered."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(PAGE, page)
        packed.writestr(FACTS, json.dumps(record, ensure_ascii=False, indent=2))
        for n, (name, content) in enumerate(papers, start=1):
            packed.writestr(zipfile.ZipInfo(f"{PAPERS}/{n:02d}-{name}"), content)
