"""How many of N who call a session for one room and one person at the same moment get them? Exactly one must.

`python -m benchmarks.sessions 200` on a folder of its own that is removed afterwards.
"""

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from threading import Barrier, Thread

from benchmarks.__main__ import ground


def connect() -> None:
    """A database takes so many at once; the others press on until there is room for them."""
    from django.db import OperationalError, connection  # noqa: PLC0415  -- settings follow the folder

    for _try in range(3000):
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(0.02)
        else:
            return


def race(racers: int) -> None:
    """Every racer has a matter of its own, a connection of its own, and wants the same hour."""
    from django.db import connection  # noqa: PLC0415  -- settings follow the folder

    from tests.cast import at, build_cast  # noqa: PLC0415  -- likewise
    from tests.factories import registered  # noqa: PLC0415  -- likewise
    from xinfang.models import Room, SessionBooking  # noqa: PLC0415  -- likewise
    from xinfang.rules.refusals import RuleBroken  # noqa: PLC0415  -- likewise
    from xinfang.rules.sessions.calling import Asked  # noqa: PLC0415  -- likewise
    from xinfang.rules.sessions.codes import GuestKind  # noqa: PLC0415  -- likewise
    from xinfang.services import sessions  # noqa: PLC0415  -- likewise

    cast, monday, thursday = build_cast(), at("2026-04-13 09:00"), at("2026-04-16 09:00")
    room = Room.objects.create(centre_id="999901001", name="调解室1", places=8)
    matters = [registered(cast, monday).matter for _n in range(racers)]
    guests = [Asked(GuestKind.STAFF, user=cast.users["labour_officer"].pk, unit="999901-RS")]
    by, gate, became = cast.director, Barrier(racers), Counter[str]()

    def one(matter: object) -> None:
        gate.wait()
        try:
            connect()
            when = sessions.Time(room.pk, thursday, 60)
            sessions.call(matter=matter, when=when, guests=guests, subject="x", by=by, at=monday)  # type: ignore[arg-type]  # an id
            became["won"] += 1
        except RuleBroken as refused:
            became[refused.code] += 1
        finally:
            connection.close()

    threads = [Thread(target=one, args=(matter,)) for matter in matters]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    print(f"{racers} at once: {dict(became)}, {SessionBooking.objects.count()} seats taken, {took:.1f} s")


def main() -> None:
    racers = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    folder = Path(tempfile.mkdtemp(prefix="xinfang-bench-"))
    try:
        with ground(folder):
            import django  # noqa: PLC0415  -- settings follow the folder

            django.setup()
            race(racers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
