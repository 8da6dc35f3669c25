"""Which notice on personal data was shown to somebody who wrote to us? It informs, it asks nothing (PIPL §17, §35).

A new wording is a new version; the event of a registration from home says which one stood there.
"""

VERSION = "2026-11"
