"""How words, names and files are kept: AES-256-GCM, bound to the row they belong to; keyed indexes for exact search."""

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from xinfang.rules.intake.alike import outline, pieces

_NONCE = 12


@lru_cache(maxsize=2)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def protect(content: bytes, place: str) -> bytes:
    """Encrypt for one place (`table|column|row`); moved to another place it no longer opens."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(settings.XINFANG_KEYS["field_key"]).encrypt(nonce, content, place.encode())


def reveal(sealed: bytes | memoryview, place: str) -> bytes:
    """Open what `protect` sealed for this place; raises `cryptography.exceptions.InvalidTag` otherwise."""
    raw = bytes(sealed)
    return _cipher(settings.XINFANG_KEYS["field_key"]).decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())


def blind_index(value: str, purpose: str) -> bytes:
    """A keyed hash for exact search; says nothing without the key, which never lies in the database."""
    folded = "".join(unicodedata.normalize("NFKC", value).upper().split())
    return hmac.new(settings.XINFANG_KEYS["index_key"], f"{purpose}|{folded}".encode(), hashlib.sha256).digest()


def keyed_digest(value: str, purpose: str) -> bytes:
    """Whether two texts are the same to the letter; without the key nobody can try texts out against it."""
    return hmac.new(settings.XINFANG_KEYS["index_key"], f"{purpose}|{value}".encode(), hashlib.sha256).digest()


def word_tokens(text: str) -> list[int]:
    """Keyed 32-bit tokens of every pair of neighbouring characters (and of single ones in very short texts).

    The search finds every substring of two characters or more among them and rechecks in the opened text.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)} or ({folded} if folded else set())
    return sorted(_keyed(pairs, b""))


SEARCHED = ("title", "original_words", "demand", "facts")


def searchable(words: Mapping[str, str]) -> dict[str, list[int]]:
    """The columns by which the story of a matter is found again, from its words; nothing can be read from them."""
    story = [words.get(name) or "" for name in SEARCHED]
    return {"tokens": word_tokens("".join(story)), "outline": outline_tokens(story[0], "\n".join(story[1:]))}


def outline_tokens(subject: str, rest: str) -> list[int]:
    """Keyed 32-bit tokens of the pieces that outline a story: what is alike shares some of them."""
    first, others = (_keyed(pieces(text), b"outline|") for text in (subject, rest))
    return sorted(outline(first, others))


def _keyed(texts: Iterable[str], purpose: bytes) -> set[int]:
    key = settings.XINFANG_KEYS["index_key"]
    return {_keyed_piece(key, purpose, text) for text in texts}


@lru_cache(maxsize=1 << 16)
def _keyed_piece(key: bytes, purpose: bytes, text: str) -> int:
    """Of two to four characters, so it is asked for again and again."""
    return int.from_bytes(hmac.digest(key, purpose + text.encode(), "sha256")[:4], "big", signed=True)


def piece_mark(piece: str) -> int:
    """The keyed 64-bit mark under which a piece of words stands in what the house has learned."""
    return int.from_bytes(hmac.digest(settings.XINFANG_KEYS["index_key"], f"learned|{piece}".encode(), "sha256")[:8])


def code_hash(code: str, number: str) -> bytes:
    """The keyed hash of a query code, bound to its public number."""
    return hmac.new(settings.XINFANG_KEYS["code_key"], f"{number}|{code}".encode(), hashlib.sha256).digest()


def _code_cipher(code: str) -> AESGCM:
    return AESGCM(hmac.new(settings.XINFANG_KEYS["code_key"], f"sealed with|{code}".encode(), hashlib.sha256).digest())


def protect_with_code(content: bytes, code: str, place: str) -> bytes:
    """Encrypt so that only who has this code can open it; our own keys alone do not suffice."""
    nonce = os.urandom(_NONCE)
    return nonce + _code_cipher(code).encrypt(nonce, content, place.encode())


def reveal_with_code(sealed: bytes | memoryview, code: str, place: str) -> bytes:
    """Open what `protect_with_code` sealed; raises `cryptography.exceptions.InvalidTag` with any other code."""
    raw = bytes(sealed)
    return _code_cipher(code).decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())
