"""A drill: citizens submit over HTTP while processes are killed; journals of what was acknowledged; an auditor."""

import html
import http.client
import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.server.conftest import operator
from xinfang.server.postgres import Postgres

CANARY = "金丝雀"
ANSWERS = {
    "/submit/": {"accusation": "no", "own_people": "no", "secrecy": "no"},
    "/submit/where/": {"area": "999901001"},
    "/submit/village/": {"area": ""},
    "/submit/who/": {"name": f"{CANARY}甲", "phone": "19900000001", "address": "甲村一组"},
    "/submit/files/": {},
    "/submit/check/": {},
}
AREAS = """areas:
  - {code: "999901", name: 示范区, kind: district, parent: null, valid_from: "2020-01-01"}
  - {code: "999901001", name: 青禾镇, kind: town, parent: "999901", valid_from: "2020-01-01"}
"""
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
NUMBER = re.compile(r"XF-[0-9A-Z]{4}-[0-9A-Z]{4}")
CODE = re.compile(r'confirmation-code">\s*([0-9 ]{14})\s*<')


@dataclass(frozen=True)
class Acknowledged:
    """What a citizen has seen on the screen. `key` is the submission's own."""

    key: str
    number: str
    code: str


class Browser:
    """A browser with cookies that presses again until it is answered."""

    def __init__(self, site, stop):
        self.site, self.stop, self.unexpected = site, stop, []
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.open = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar).open

    def go(self, path, data=None):
        """Where it led and the page; None when the drill is over."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        while not self.stop.is_set():
            try:
                asked = urllib.request.Request(self.site + path, data=body)  # noqa: S310  -- the site under drill
                with self.open(asked, timeout=10) as answer:
                    return urllib.parse.urlparse(answer.geturl()).path, answer.read().decode()
            except urllib.error.HTTPError as refused:
                if refused.code < 500:
                    self.unexpected.append((refused.code, path))
                    return None
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        return None


class Citizen(threading.Thread):
    """Submits one matter after another and writes down what was acknowledged, so that it survives anything."""

    def __init__(self, site, journal, stop):
        super().__init__(daemon=True)
        self.site, self.journal, self.stop_now = site, journal, stop
        self.acknowledged, self.unexpected, self.last = [], [], 0.0  # last: when the newest acknowledged one began

    def run(self):
        with self.journal.open("a") as journal:
            while not self.stop_now.is_set():
                began = time.monotonic()
                seen = self.submit(Browser(self.site, self.stop_now), len(self.acknowledged))
                if seen is None:
                    continue
                print(seen.key, seen.number, file=journal, flush=True)
                os.fsync(journal.fileno())
                self.acknowledged.append(seen)
                self.last = began

    def submit(self, browser, n):
        """One petition from the first page to the number; None when something else happened."""
        key, reached = "", browser.go("/submit/")
        for _page in range(40):
            if reached is None:
                break
            path, page = reached
            if path == "/submit/done/":
                return Acknowledged(key, NUMBER.search(page)[0], CODE.search(page)[1].replace(" ", ""))
            said = ANSWERS.get(path) if path != "/submit/words/" else {"words": f"{CANARY}路灯坏了 {self.name} {n}"}
            if said is None:
                self.unexpected.append(path)
                return None
            kept = {name: html.unescape(value) for name, value in HIDDEN.findall(page.partition("<main")[2])}
            key = kept.get("key", key)
            reached = browser.go(path, kept | said)
        self.unexpected += browser.unexpected
        return None


def children_of(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def kill(*pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@dataclass
class Centre:
    """A founded centre under `xinfang up`, whose processes can be found and killed."""

    home: object
    port: int
    said: Path
    process: subprocess.Popen | None = None

    @property
    def site(self):
        return f"http://localhost:{self.port}"

    @property
    def database(self):
        return Postgres(self.home)

    def command(self, *arguments):
        return subprocess.run(
            [sys.executable, "-P", "-m", "xinfang", *arguments],
            env=operator(self.home), capture_output=True, text=True, check=False, timeout=180,
        )  # fmt: skip

    def up(self):
        command = [sys.executable, "-P", "-m", "xinfang", "up", "--port", str(self.port)]
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(command, env=operator(self.home), stdout=said, stderr=said)

    def part(self, name):
        """The living processes of one part: web, web_worker, worker, database."""
        if name == "database":
            postmaster = self.database.pid()
            return [postmaster, *children_of(postmaster)] if postmaster else []
        direct = children_of(self.process.pid)
        web = [pid for pid in direct if b"granian" in _command(pid)]
        if name == "web_worker":
            return [own for pid in web for own in children_of(pid)][:1]
        return web if name == "web" else [pid for pid in direct if _command(pid).endswith(b"worker\0")]

    def strike(self, name):
        """SIGKILL; after everything at once it is started again by hand, as after a power cut."""
        if name != "everything":
            kill(*self.living(name))
            return
        web = self.part("web")
        below = [own for pid in web for own in children_of(pid)]
        kill(self.process.pid, *web, *below, *self.part("worker"), *self.part("database"))
        self.process.wait()
        self.up()

    def living(self, name, within=60.0):
        """The processes of one part, as soon as there are any again."""
        give_up = time.monotonic() + within
        while time.monotonic() < give_up:
            if found := self.part(name):
                return found
            time.sleep(0.05)
        raise AssertionError(f"no {name} came back within {within} s")

    def down(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def audit(url, acknowledged):
    """What is wrong, asked with nothing but SQL: a sentence each."""
    with psycopg.connect(url) as connection:

        def ask(sql):
            return connection.execute(sql).fetchall()

        rows = ask("SELECT submission_key::text, number FROM xinfang_matter")
        numbers = ask("SELECT ledger_number FROM xinfang_matter ORDER BY 1")
        wrong = [
            f"{len(found)} {what}, e.g. {found[0]}"
            for what, sql in FAULTS.items()
            if (found := ask(sql))
        ]  # fmt: skip
    return wrong + _lost(rows, acknowledged) + _gaps([row[0] for row in numbers])


FAULTS = {
    "matters without their chain": "SELECT m.id FROM xinfang_matter m LEFT JOIN xinfang_chain c USING (id)"
    " WHERE c.id IS NULL OR c.kind <> 'matter'",
    "chains of matters without a matter": "SELECT c.id FROM xinfang_chain c LEFT JOIN xinfang_matter m USING (id)"
    " WHERE c.kind = 'matter' AND m.id IS NULL",
    "chains whose head is not their last event": "SELECT c.id FROM xinfang_chain c LEFT JOIN xinfang_event e"
    " ON e.chain_id = c.id AND e.seq = c.seq WHERE c.seq > 0 AND e.hash IS DISTINCT FROM c.head",
    "matters whose first event is no registration": "SELECT m.id FROM xinfang_matter m LEFT JOIN xinfang_event e"
    " ON e.chain_id = m.id AND e.seq = 1 WHERE e.type IS DISTINCT FROM 'registered'",
    "events of no matter": "SELECT e.chain_id FROM xinfang_event e JOIN xinfang_chain c ON c.id = e.chain_id"
    " LEFT JOIN xinfang_matter m ON m.id = e.chain_id WHERE c.kind = 'matter' AND m.id IS NULL",
    "matters without deadlines": "SELECT id FROM xinfang_matter m WHERE (SELECT count(*) FROM xinfang_deadline d"
    " WHERE d.matter_id = m.id AND d.look_at IS NOT NULL) = 0",
    "matters without exactly one contact": "SELECT id FROM xinfang_matter m WHERE (SELECT count(*)"
    " FROM xinfang_contact c WHERE c.matter_id = m.id) <> 1",
    "matters without exactly one petitioner": "SELECT id FROM xinfang_matter m WHERE (SELECT count(*)"
    " FROM xinfang_party p WHERE p.matter_id = m.id) <> 1",
    "persons of no matter": "SELECT id FROM xinfang_person p WHERE NOT EXISTS (SELECT 1 FROM xinfang_party"
    " WHERE person_id = p.id)",
    "matters without their words": "SELECT id FROM xinfang_matter m WHERE NOT EXISTS (SELECT 1"
    " FROM xinfang_protectedtext t WHERE t.chain_id = m.id AND t.field = 'original_words')",
    "keys that made more than one matter": "SELECT submission_key FROM xinfang_matter GROUP BY 1 HAVING count(*) > 1",
    "counters that differ from their ledger": "SELECT code9 FROM xinfang_ledgercounter k WHERE last <> (SELECT"
    " count(*) FROM xinfang_matter WHERE ledger_number LIKE k.code9 || '-' || k.year || '-%')",
}


def _lost(rows, acknowledged):
    by_key = dict(rows)
    return [
        f"{seen.key} was told {seen.number} and has {by_key.get(seen.key)}"
        for seen in acknowledged
        if by_key.get(seen.key, "").replace("-", "") != seen.number.replace("-", "")
    ]


def _gaps(numbers):
    ledgers = {}
    for number in numbers:
        ledger, _dash, seq = number.rpartition("-")
        ledgers.setdefault(ledger, []).append(int(seq))
    return [
        f"the ledger {ledger} has holes or doubles"
        for ledger, seqs in ledgers.items()
        if seqs != list(range(1, len(seqs) + 1))
    ]  # fmt: skip
