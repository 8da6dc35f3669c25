"""The official papers of one matter as links, for whoever reads its page."""

from typing import Any

from xinfang.documents.petition_papers import papers_there
from xinfang.labels.papers import PAPERS
from xinfang.queries.dossier import Dossier


def printable(dossier: Dossier) -> list[dict[str, Any]]:
    """Each paper with the line of the record that it is printed from, the newest first."""
    return [
        {"seq": event.seq, "paper": kind.value, "title": PAPERS[kind], "on": event.occurred_at}
        for event, kind in papers_there(dossier)
    ]
