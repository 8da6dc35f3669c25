"""Text messages through Tencent Cloud: `SendSms` and `PullSmsSendStatus` of 2021-01-11, signed with TC3-HMAC-SHA256.

The provider sends approved texts only, each under a number of its own, with blanks that it fills in.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from xinfang.gateways.messages import NO_ANSWER, SMS, Message, NotDelivered, Report
from xinfang.gateways.web_calls import post

URL = "https://sms.tencentcloudapi.com/"
VERSION, SERVICE = "2021-01-11", "sms"
CODE = re.compile(r"[A-Z]{1,10}(?::\w{1,8})?", re.ASCII)
SEND, PULL, PULLED_MOST = "SendSms", "PullSmsSendStatus", 100
JSON = "application/json; charset=utf-8"
# The beginning of a code of the provider, our short reason, and whether asking again is of no use.
REASONS: tuple[tuple[str, str, bool], ...] = (
    ("InvalidParameterValue.IncorrectPhoneNumber", "number_refused", True),
    ("FailedOperation.PhoneNumberInBlacklist", "number_refused", True),
    ("FailedOperation.ForbidAddMarketingTemplates", "template_refused", False),
    ("FailedOperation.TemplateIncorrectOrUnapproved", "template_refused", False),
    ("FailedOperation.SignatureIncorrectOrUnapproved", "template_refused", False),
    ("FailedOperation.ContainSensitiveWord", "template_refused", False),
    ("FailedOperation.InsufficientBalanceInSmsPackage", "no_credit", False),
    ("InvalidParameterValue", "template_refused", False),
    ("UnsupportedOperation", "number_refused", True),
    ("AuthFailure", "keys_refused", False),
    ("UnauthorizedOperation", "keys_refused", False),
    ("LimitExceeded", "too_many", False),
    ("RequestLimitExceeded", "too_many", False),
    ("InternalError.Timeout", NO_ANSWER, False),
    ("InternalError", "provider_down", False),
)


@dataclass(frozen=True)
class TencentSms:
    """One application at the provider: its keys, its signature, and the number of each approved text."""

    key_id: str
    key: str
    app: str
    sign: str
    templates: dict[str, str]
    region: str = "ap-guangzhou"
    url: str = URL

    def carries(self, channel: str) -> bool:
        return channel == SMS

    def send(self, message: Message) -> str:
        template = self.templates.get(message.kind)
        if template is None or message.at is None:
            raise NotDelivered("template_missing")
        content = {
            "PhoneNumberSet": [international(message.address)],
            "SmsSdkAppId": self.app,
            "SignName": self.sign,
            "TemplateId": template,
            "TemplateParamSet": list(message.values),
            "SessionContext": message.mark,
        }
        body = json.dumps(content, ensure_ascii=False).encode()
        status, answer = post(self.url, body, self._headers(SEND, body, message.at))
        return taken(status, answer)

    def reports(self, at: datetime) -> list[Report]:
        """What arrived and what did not. The provider opens this on request, and tells each report once."""
        body = json.dumps({"SmsSdkAppId": self.app, "Limit": PULLED_MOST}).encode()
        _status, answer = post(self.url, body, self._headers(PULL, body, at))
        return reported(answer)

    def _headers(self, action: str, body: bytes, at: datetime) -> dict[str, str]:
        host = urlsplit(self.url).netloc
        signed = {"content-type": JSON, "host": host, "x-tc-action": action.lower()}
        return {
            "Authorization": authorization(
                key_id=self.key_id, key=self.key, service=SERVICE, signed=signed, body=body, at=at
            ),
            "Content-Type": JSON,
            "Host": host,
            "X-TC-Action": action,
            "X-TC-Version": VERSION,
            "X-TC-Region": self.region,
            "X-TC-Timestamp": str(int(at.timestamp())),
        }


def international(phone: str) -> str:
    """A number with its country: what begins with + stays, everything else is a number of the mainland."""
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") else f"+86{digits}"


def authorization(*, key_id: str, key: str, service: str, signed: dict[str, str], body: bytes, at: datetime) -> str:
    """The `Authorization` header of the provider's signature v3 over these headers and this body."""
    names = ";".join(sorted(signed))
    heads = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    canonical = f"POST\n/\n\n{heads}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    said = f"TC3-HMAC-SHA256\n{int(at.timestamp())}\n{scope}\n{hashed}"
    secret = f"TC3{key}".encode()
    for part in (day, service, "tc3_request"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    signature = hmac.digest(secret, said.encode(), "sha256").hex()
    return f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def taken(status: int, answer: bytes) -> str:
    """The provider's id of the message; it answers 200 also when it refuses. Raises `NotDelivered`."""
    if status >= 500:
        raise NotDelivered("provider_down")
    code, serial = _code_and_serial(answer)
    if code == "Ok":
        return serial
    for beginning, reason, lasting in REASONS:
        if code.startswith(beginning):
            raise NotDelivered(reason, lasting=lasting)
    raise NotDelivered("provider_refused")


def _code_and_serial(answer: bytes) -> tuple[str, str]:
    """What it says of the one message; what cannot be read may have been a yes."""
    try:
        response: dict[str, Any] = json.loads(answer)["Response"]
        error = response.get("Error")
        row = error or response["SendStatusSet"][0]
        return str(row["Code"]), str(row.get("SerialNo", ""))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as unclear:
        raise NotDelivered(NO_ANSWER) from unclear


def reported(answer: bytes) -> list[Report]:
    """The reports in an answer; a refusal or what cannot be read raises `NotDelivered`. A number is never kept."""
    try:
        response: dict[str, Any] = json.loads(answer)["Response"]
        if "Error" in response:
            raise NotDelivered("provider_refused")
        return [_report(row) for row in response["PullSmsSendStatusSet"]]
    except (ValueError, KeyError, TypeError, OverflowError, OSError) as unclear:
        raise NotDelivered(NO_ANSWER) from unclear


def _report(row: dict[str, Any]) -> Report:
    """`Description` begins with the network's own code, such as DELIVRD or MI:0073; the rest is left out."""
    said = CODE.match(str(row["Description"]))
    at = datetime.fromtimestamp(int(row["UserReceiveTime"]), UTC)
    return Report(str(row["SerialNo"]), row["ReportStatus"] == "SUCCESS", at, said[0] if said else "")
