"""Is what the server sends valid HTML? The parse errors of the HTML standard, which a browser forgives (UX-28)."""

from justhtml import JustHTML


def parse_errors(source: str) -> list[str]:
    """Every place where the standard speaks of an error, with the line as it was sent."""
    lines = source.splitlines() or [""]
    return [
        f"not valid HTML, line {error.line}: {error.code}: {lines[min(error.line or 1, len(lines)) - 1].strip()[:120]}"
        for error in JustHTML(source, collect_errors=True, sanitize=False).errors
    ]
