"""Messages through a service of the deployment's own: signed JSON, which must take the same key only once."""

import hmac
import json
from dataclasses import dataclass

from xinfang.gateways.messages import SMS, Message, NotDelivered
from xinfang.gateways.web_calls import post

JSON = "application/json; charset=utf-8"
REASONS: dict[int, tuple[str, bool]] = {
    401: ("keys_refused", False),
    403: ("keys_refused", False),
    410: ("number_refused", True),
    422: ("number_refused", True),
    429: ("too_many", False),
}
TAKEN_BEFORE = 409


@dataclass(frozen=True)
class Webhook:
    """An address that takes one message a call. `X-Xinfang-Signature` is HMAC-SHA256 over `<seconds>.<body>`."""

    url: str
    key: str
    channels: frozenset[str] = frozenset({SMS})

    def carries(self, channel: str) -> bool:
        return channel in self.channels

    def send(self, message: Message) -> str:
        content = {
            "id": message.mark,
            "channel": message.channel,
            "to": message.address,
            "kind": message.kind,
            "text": message.text,
        }
        body = json.dumps(content, ensure_ascii=False).encode()
        seconds = str(int(message.at.timestamp())) if message.at else "0"
        headers = {
            "Content-Type": JSON,
            "Idempotency-Key": message.mark,
            "X-Xinfang-Timestamp": seconds,
            "X-Xinfang-Signature": signature(self.key, seconds, body),
        }
        status, answer = post(self.url, body, headers)
        if 200 <= status < 300 or status == TAKEN_BEFORE:
            return _its_id(answer) or message.mark
        if status >= 500:
            raise NotDelivered("provider_down")
        reason, lasting = REASONS.get(status, ("provider_refused", False))
        raise NotDelivered(reason, lasting=lasting)


def signature(key: str, seconds: str, body: bytes) -> str:
    """What the receiver computes as well before it believes a word."""
    return "sha256=" + hmac.digest(key.encode(), seconds.encode() + b"." + body, "sha256").hex()


def _its_id(answer: bytes) -> str:
    """The receiver's own id, if it gives one; a receiver that says nothing has taken it all the same."""
    try:
        said = json.loads(answer)
    except ValueError:
        return ""
    return str(said.get("id", "")) if isinstance(said, dict) else ""
