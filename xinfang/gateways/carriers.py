"""Which carrier has which channel in this installation? Chosen by the settings, by nothing that anybody types."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from xinfang.gateways.mail import Mail, is_mail_server
from xinfang.gateways.messages import MAIL, SMS, FileGateway, Gateway, Message, NoGateway, Report, Reporting
from xinfang.gateways.sms_tencent import URL, TencentSms
from xinfang.gateways.web_calls import may_be_called
from xinfang.gateways.webhook import Webhook

# What each kind of carrier of text messages must be told; the file needs nothing.
NEEDED: dict[str, tuple[str, ...]] = {
    "none": (),
    "file": (),
    "tencent": (
        "XINFANG_SMS_KEY_ID", "XINFANG_SMS_KEY", "XINFANG_SMS_APP", "XINFANG_SMS_SIGN", "XINFANG_SMS_TEMPLATES",
    ),
    "webhook": ("XINFANG_WEBHOOK_URL", "XINFANG_WEBHOOK_KEY"),
}  # fmt: skip
# The addresses that it calls.
CALLED = {"tencent": ("XINFANG_SMS_URL",), "webhook": ("XINFANG_WEBHOOK_URL",)}


class Carriers:
    """Every carrier under one: each message goes to the one that has its channel."""

    def __init__(self, by_channel: dict[str, Gateway]) -> None:
        self.by_channel = by_channel

    def carries(self, channel: str) -> bool:
        gateway = self.by_channel.get(channel)
        return gateway is not None and gateway.carries(channel)

    def send(self, message: Message) -> str:
        return self.by_channel.get(message.channel, NoGateway()).send(message)

    def reports(self, at: datetime) -> list[Report]:
        """What the carrier of text messages knows of those it took."""
        gateway = self.by_channel.get(SMS)
        return gateway.reports(at) if isinstance(gateway, Reporting) else []


def configured(*, is_demo: bool) -> Carriers:
    """The carriers of this installation; in a demo the outbox folder where nothing else is said."""
    by_channel: dict[str, Gateway] = {}
    kind = settings.XINFANG_SMS or ("file" if is_demo else "none")
    files = FileGateway(Path(settings.XINFANG_OUTBOX))
    text = _of_texts(kind, files) if not unset() else None
    if text is not None:
        by_channel[SMS] = text
    mail = _of_mail()
    if mail is not None or kind == "file":
        by_channel[MAIL] = mail or files
    return Carriers(by_channel)


def unset() -> list[str]:
    """The settings that the chosen carriers lack, or that cannot be right; with any of them nothing is handed over."""
    kind = settings.XINFANG_SMS or "none"
    if kind not in NEEDED:
        return ["XINFANG_SMS"]
    found = [name for name in NEEDED[kind] if not getattr(settings, name)]
    unreal = [name for name in CALLED.get(kind, ()) if (url := getattr(settings, name)) and not may_be_called(url)]
    return found + unreal


def _of_texts(kind: str, files: FileGateway) -> Gateway | None:
    if kind == "tencent":
        return TencentSms(
            key_id=settings.XINFANG_SMS_KEY_ID,
            key=settings.XINFANG_SMS_KEY,
            app=settings.XINFANG_SMS_APP,
            sign=settings.XINFANG_SMS_SIGN,
            templates=templates(settings.XINFANG_SMS_TEMPLATES),
            region=settings.XINFANG_SMS_REGION,
            url=settings.XINFANG_SMS_URL or URL,
        )
    if kind == "webhook":
        return Webhook(settings.XINFANG_WEBHOOK_URL, settings.XINFANG_WEBHOOK_KEY)
    return files if kind == "file" else None


def _of_mail() -> Mail | None:
    url, sender = settings.XINFANG_MAIL_URL, settings.XINFANG_MAIL_FROM
    return Mail(url, sender, _("群众工作服务中心通知")) if sender and is_mail_server(url) else None


def templates(written: str) -> dict[str, str]:
    """`receipt=1001,document=1002`: the number that the provider gave to each approved text."""
    pairs = (part.partition("=") for part in written.split(",") if "=" in part)
    return {kind.strip(): number.strip() for kind, _equals, number in pairs}
