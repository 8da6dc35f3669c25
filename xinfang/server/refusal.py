class RefusedError(Exception):
    """What cannot go on: one line, in Chinese and English, that says what is wrong and what to do."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} | {english}")
