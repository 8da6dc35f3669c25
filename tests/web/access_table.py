"""Who may open what: one row for every address of the product. A new address without a row fails the build.

Each face keeps its rows in `access_<face>.py` beside this file, as `ROWS`.
"""

from dataclasses import dataclass, field

READ = frozenset({"GET", "HEAD"})
FORM = READ | {"POST"}
SEND = frozenset({"POST"})
ALL = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Row:
    """One address: its name, who opens it, who must not, and how.

    `happy` and `wrong` are names of the cast; "" is somebody who is not signed in, None asks nobody.
    `args` may hold the names of the world: `number` (a matter registered at the window of 青禾镇), `user` and `post`
    (an officer and the post he holds).
    `posted` is what the happy person sends where the address is only for sending.
    """

    name: str
    happy: str = "director"
    wrong: str | None = "stranger"
    answers: int = 200
    refused: int = 404
    anonymous: int = 302
    methods: frozenset[str] = READ
    args: tuple[str, ...] = ()
    posted: dict[str, str] = field(default_factory=dict)
