"""E-mail over SMTP: TLS from the first byte (`smtps`) or asked for at once (`smtp`); plain only to this machine."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from xinfang.gateways.messages import MAIL, NO_ANSWER, Message, NotDelivered
from xinfang.gateways.web_calls import is_loopback

SECONDS = 5
PORTS = {"smtp": 587, "smtps": 465}


def is_mail_server(url: str) -> bool:
    """Is this the address of a mail server?"""
    try:
        parts = urlsplit(url)
        return parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


@dataclass(frozen=True)
class Mail:
    """One mail server: `smtp[s]://name:password@host:port`. `subject` says nothing of what the message is about."""

    url: str
    sender: str
    subject: str

    def carries(self, channel: str) -> bool:
        return channel == MAIL

    def send(self, message: Message) -> str:
        letter = self._letter(message)
        server = self._connected()
        try:
            server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _words in refused.recipients.values())
            raise NotDelivered("address_refused" if code >= 500 else "too_many", lasting=code >= 500) from refused
        except smtplib.SMTPResponseException as refused:
            raise NotDelivered("provider_refused" if refused.smtp_code >= 500 else "provider_down") from refused
        except (smtplib.SMTPException, OSError, ValueError) as broke_off:
            raise NotDelivered(NO_ANSWER) from broke_off
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        return str(letter["Message-ID"])

    def _letter(self, message: Message) -> EmailMessage:
        letter = EmailMessage(policy=WIRE)
        try:
            letter["To"] = message.address
        except ValueError as unreal:
            raise NotDelivered("address_refused", lasting=True) from unreal
        letter["From"] = self.sender
        letter["Subject"] = self.subject
        # The same message has the same id: a mailbox that gets it twice shows it once.
        letter["Message-ID"] = f"<{message.mark}@{self.sender.rpartition('@')[2] or 'localhost'}>"
        letter["Auto-Submitted"] = "auto-generated"
        if message.at is not None:
            letter["Date"] = format_datetime(message.at)
        letter.set_content(message.text, cte="base64")
        return letter

    def _connected(self) -> smtplib.SMTP:
        """A connection that is encrypted, or does not leave this machine, and signed in."""
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        context = ssl.create_default_context()
        server: smtplib.SMTP | None = None
        try:
            if parts.scheme == "smtps":
                server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
            else:
                server = smtplib.SMTP(host, port, timeout=SECONDS)
                _encrypt(server, host, context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except smtplib.SMTPAuthenticationError as refused:
            _hang_up(server)
            raise NotDelivered("keys_refused") from refused
        except (smtplib.SMTPException, OSError) as nobody:
            _hang_up(server)
            raise NotDelivered("unreachable") from nobody
        return server


def _encrypt(server: smtplib.SMTP, host: str, context: ssl.SSLContext) -> None:
    """Encrypt before anything is said; a server that cannot is believed on this machine alone."""
    server.ehlo()
    if server.has_extn("starttls") or not is_loopback(host):
        server.starttls(context=context)


def _hang_up(server: smtplib.SMTP | None) -> None:
    if server is not None:
        server.close()
