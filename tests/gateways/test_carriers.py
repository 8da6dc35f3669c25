"""What leaves the house goes to the address of the settings alone, signed, encrypted, and under one mark."""

import email
import hmac
import json
import socketserver
import threading
from datetime import UTC, datetime
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from xinfang.gateways import carriers, mail, web_calls
from xinfang.gateways.carriers import Carriers
from xinfang.gateways.mail import Mail
from xinfang.gateways.messages import FakeGateway, FileGateway, Message, NoGateway, NotDelivered, Report
from xinfang.gateways.sms_tencent import TencentSms, authorization, international
from xinfang.gateways.webhook import Webhook, signature

AT = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
TEXT = Message("right:m:7", "sms", "199 0000 0001", "一句话", "right_nearing", ("11", "27"), AT)


class Provider:
    """An HTTP server on this machine that answers what a test wants and keeps what it was told."""

    def __init__(self):
        self.told, self.status, self.answer, self.headers, self.silent = [], 200, b"{}", {}, False
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.told.append((self.path, dict(self.headers), body))
                if provider.silent:
                    self.close_connection = True
                    return
                self.send_response(provider.status)
                for name, value in provider.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(provider.answer)

            def log_message(self, *_args):
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_where):
                """A client that went away is no fault of the server."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


@pytest.fixture
def provider():
    running = Provider()
    yield running
    running.server.shutdown()
    running.server.server_close()


def tencent(url):
    return TencentSms("AKID", "secret", "1400", "示范区", {"right_nearing": "2001"}, url=url)


def said(code, serial=""):
    return json.dumps({"Response": {"SendStatusSet": [{"Code": code, "SerialNo": serial}]}}).encode()


def refusal(gateway, message=TEXT):
    with pytest.raises(NotDelivered) as refused:
        gateway.send(message)
    return refused.value.reason, refused.value.lasting


def test_the_signature_is_the_one_of_the_providers_own_example():
    signed = {"content-type": "application/json; charset=utf-8", "host": "cvm.tencentcloudapi.com"}
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    given = authorization(
        key_id="AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        key="Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
        service="cvm",
        signed=signed,
        body=body,
        at=datetime.fromtimestamp(1551113065, UTC),
    )
    assert given == (
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def test_a_text_message_is_an_approved_text_with_its_blanks_and_comes_back_with_an_id(provider):
    provider.answer = said("Ok", "5000:1045710669157053657849499619")
    assert tencent(provider.url).send(TEXT) == "5000:1045710669157053657849499619"
    ((path, headers, body),) = provider.told
    assert json.loads(body) == {
        "PhoneNumberSet": ["+8619900000001"],
        "SmsSdkAppId": "1400",
        "SignName": "示范区",
        "TemplateId": "2001",
        "TemplateParamSet": ["11", "27"],
        "SessionContext": TEXT.mark,
    }
    host = provider.url.split("/")[2]
    signed = {"content-type": headers["Content-Type"], "host": host, "x-tc-action": "sendsms"}
    right = authorization(key_id="AKID", key="secret", service="sms", signed=signed, body=body, at=AT)
    assert (path, headers["Authorization"], headers["Host"]) == ("/", right, host)
    names = ("X-Tc-Action", "X-Tc-Version", "X-Tc-Region", "X-Tc-Timestamp")
    folded = {name.title(): value for name, value in headers.items()}
    assert [folded[name] for name in names] == ["SendSms", "2021-01-11", "ap-guangzhou", str(int(AT.timestamp()))]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (said("InvalidParameterValue.IncorrectPhoneNumber"), ("number_refused", True)),
        (said("FailedOperation.PhoneNumberInBlacklist"), ("number_refused", True)),
        (said("LimitExceeded.PhoneNumberDailyLimit"), ("too_many", False)),
        (said("FailedOperation.InsufficientBalanceInSmsPackage"), ("no_credit", False)),
        (said("InternalError.Timeout"), ("no_answer", False)),
        (said("SomethingNew"), ("provider_refused", False)),
        (b'{"Response": {"Error": {"Code": "AuthFailure.SignatureExpire"}}}', ("keys_refused", False)),
        (b"<html>", ("no_answer", False)),
        (b'{"Response": {"SendStatusSet": []}}', ("no_answer", False)),
    ],
)
def test_a_yes_of_the_line_is_no_yes_of_the_provider(provider, answer, reason):
    provider.answer = answer
    assert refusal(tencent(provider.url)) == reason


def test_a_text_that_was_never_approved_is_not_sent_at_all(provider):
    assert refusal(tencent(provider.url), Message("e", "sms", "1", "x", "receipt", (), AT)) == (
        "template_missing",
        False,
    )
    assert provider.told == []


def test_a_number_is_sent_with_its_country():
    assert [international(phone) for phone in ("199-0000 0001", "+852 5123 4567")] == ["+8619900000001", "+85251234567"]


def test_a_provider_that_is_down_hangs_up_or_is_not_there_is_told_apart(provider):
    provider.status = 503
    assert refusal(tencent(provider.url)) == ("provider_down", False)
    provider.silent = True
    assert refusal(tencent(provider.url)) == ("no_answer", False)
    provider.server.shutdown()
    provider.server.server_close()
    assert refusal(tencent(provider.url)) == ("unreachable", False)


def test_nothing_is_carried_to_where_a_provider_points(provider):
    provider.status, provider.headers = 307, {"Location": provider.url + "elsewhere"}
    assert refusal(Webhook(provider.url, "key")) == ("provider_refused", False)
    assert [path for path, _headers, _body in provider.told] == ["/"]


@pytest.mark.parametrize(
    "url", ["http://sms.example/", "ftp://127.0.0.1/", "file:///etc/hosts", "https://", "http://8.8.8.8/"]
)
def test_only_tls_leaves_this_machine(url):
    assert not web_calls.may_be_called(url)
    assert refusal(Webhook(url, "key")) == ("not_set_up", False)


def test_a_service_of_ones_own_gets_a_signed_message_under_one_key(provider):
    provider.answer = b'{"id": "gw-1"}'
    hook = Webhook(provider.url + "in", "key")
    assert [hook.send(TEXT), hook.send(TEXT)] == ["gw-1", "gw-1"]
    (path, headers, body), (_path, again, _body) = provider.told
    assert json.loads(body) == {
        "id": TEXT.mark, "channel": "sms", "to": "199 0000 0001", "kind": "right_nearing", "text": "一句话",
    }  # fmt: skip
    assert headers["Idempotency-Key"] == again["Idempotency-Key"] == TEXT.mark
    seconds = headers["X-Xinfang-Timestamp"]
    right = "sha256=" + hmac.digest(b"key", seconds.encode() + b"." + body, "sha256").hex()
    assert (path, seconds, headers["X-Xinfang-Signature"]) == ("/in", "1773622800", right)
    assert signature("other", seconds, body) != right
    assert "right:m:7" not in body.decode() + str(headers)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, ("keys_refused", False)),
        (422, ("number_refused", True)),
        (429, ("too_many", False)),
        (404, ("provider_refused", False)),
        (500, ("provider_down", False)),
    ],
)
def test_a_service_of_ones_own_refuses_by_its_status(provider, status, reason):
    provider.status = status
    assert refusal(Webhook(provider.url, "key")) == reason


@pytest.mark.parametrize(("status", "answer"), [(204, b""), (200, b"[]"), (409, b"seen before"), (200, b"{}")])
def test_a_service_that_took_it_before_or_says_nothing_has_it(provider, status, answer):
    provider.status, provider.answer = status, b"" if status == 204 else answer
    assert Webhook(provider.url, "key").send(TEXT) == TEXT.mark


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on this machine: keeps what it heard, and answers some words as a test wants."""

    allow_reuse_address = daemon_threads = True

    def handle_error(self, *_where):
        """A client that went away is no fault of the server."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.heard, self.letter, self.answers = [], "", {}
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


class Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 mail.example")
        for raw in self.rfile:
            line = raw.decode().strip()
            self.server.heard.append(line)
            word = line.split(" ")[0].upper()
            if word in self.server.answers:
                answer = self.server.answers[word]
                if not answer:
                    return
                self.say(answer)
            elif word == "EHLO":
                self.say("250-mail.example")
                self.say("250 AUTH PLAIN")
            elif word == "AUTH":
                self.say("235 welcome")
            elif word == "DATA":
                self.say("354 go on")
                self.server.letter = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                self.say(self.server.answers.get("END", "250 taken"))
            else:
                self.say("221 bye" if word == "QUIT" else "250 fine")
            if word == "QUIT":
                return


@pytest.fixture
def post_office():
    server = MailServer()
    yield server
    server.shutdown()
    server.server_close()


LETTER = Message("receipt:m:1", "mail", "lisi@example.cn", "您的事项已经登记。", "receipt", (), AT)


def posted(url):
    return Mail(url, "centre@example.gov.cn", "群众工作服务中心通知")


def test_a_letter_over_smtp_says_nothing_in_its_subject_and_keeps_one_id(post_office):
    url = post_office.url.replace("//", "//zhang:pa%40ss@")
    taken = [posted(url).send(LETTER), posted(url).send(LETTER)]
    assert taken == [f"<{LETTER.mark}@example.gov.cn>"] * 2
    assert [line.split(" ")[0] for line in post_office.heard[:5]] == ["ehlo", "AUTH", "mail", "rcpt", "data"]
    assert "rcpt TO:<lisi@example.cn>" in post_office.heard
    head, _blank, _body = post_office.letter.partition("\r\n\r\n")
    assert {"To: lisi@example.cn", "Auto-Submitted: auto-generated", "Date: Mon, 16 Mar 2026 01:00:00 +0000"} <= set(
        head.splitlines()
    )
    read = email.message_from_string(post_office.letter, policy=default)
    assert (read["Subject"], read.get_content().strip()) == ("群众工作服务中心通知", LETTER.text)


@pytest.mark.parametrize(
    ("word", "answer", "reason"),
    [
        ("RCPT", "550 no such box", ("address_refused", True)),
        ("RCPT", "450 later", ("too_many", False)),
        ("MAIL", "554 not you", ("provider_refused", False)),
        ("END", "451 later", ("provider_down", False)),
        ("DATA", "", ("no_answer", False)),
        ("EHLO", "", ("unreachable", False)),
    ],
)
def test_a_mail_server_refuses_for_a_while_or_for_good(post_office, word, answer, reason):
    post_office.answers = {word: answer}
    assert refusal(posted(post_office.url), LETTER) == reason


def test_a_wrong_password_is_the_houses_fault_and_not_the_addressees(post_office):
    post_office.answers = {"AUTH": "535 wrong"}
    assert refusal(posted(post_office.url.replace("//", "//zhang:x@")), LETTER) == ("keys_refused", False)


def test_no_mail_goes_out_unencrypted_to_another_machine(post_office, monkeypatch):
    monkeypatch.setattr(mail, "is_loopback", lambda _host: False)
    assert refusal(posted(post_office.url), LETTER) == ("unreachable", False)
    assert not any(line.upper().startswith(("MAIL", "RCPT")) for line in post_office.heard)
    assert refusal(posted(post_office.url.replace("smtp:", "smtps:")), LETTER) == ("unreachable", False)


def test_an_address_with_a_line_break_is_no_address(post_office):
    unreal = Message("e", "mail", "a@b.cn\r\nBcc: c@d.cn", "字", at=AT)
    assert refusal(posted(post_office.url), unreal) == ("address_refused", True)
    assert post_office.heard == []


def test_the_settings_choose_the_carrier_and_say_what_is_missing(settings, tmp_path):
    settings.XINFANG_OUTBOX = tmp_path
    none = carriers.configured(is_demo=False)
    assert [none.carries(channel) for channel in ("sms", "mail", "letter")] == [False, False, False]
    assert refusal(none) == ("no_sms_gateway", False)
    demo = carriers.configured(is_demo=True)
    assert isinstance(demo.by_channel["mail"], FileGateway)
    settings.XINFANG_SMS = "tencent"
    assert len(carriers.unset()) == 5
    assert not carriers.configured(is_demo=True).carries("sms")
    for name in carriers.unset():
        setattr(settings, name, "receipt=1001, document = 1002,nonsense")
    found = carriers.configured(is_demo=False).by_channel["sms"]
    assert (carriers.unset(), found.templates, found.url) == (
        [], {"receipt": "1001", "document": "1002"}, "https://sms.tencentcloudapi.com/",
    )  # fmt: skip
    settings.XINFANG_SMS_URL = "http://sms.example/"
    assert carriers.unset() == ["XINFANG_SMS_URL"]
    settings.XINFANG_SMS = "pigeon"
    assert carriers.unset() == ["XINFANG_SMS"]


def test_a_webhook_and_a_mail_server_are_chosen_by_their_addresses(settings):
    settings.XINFANG_SMS, settings.XINFANG_WEBHOOK_KEY = "webhook", "key"
    assert carriers.unset() == ["XINFANG_WEBHOOK_URL"]
    settings.XINFANG_WEBHOOK_URL = "https://sms.example.gov.cn/in"
    settings.XINFANG_MAIL_URL = "smtps://mail.example.gov.cn"
    assert not carriers.configured(is_demo=False).carries("mail")
    settings.XINFANG_MAIL_FROM = "centre@example.gov.cn"
    both = carriers.configured(is_demo=False)
    assert [both.carries(channel) for channel in ("sms", "mail")] == [True, True]
    for url in ("smtp://", "smtp://host:port", "http://mail.example", "smtp://host:0"):
        settings.XINFANG_MAIL_URL = url
        assert not carriers.configured(is_demo=False).carries("mail")


REPORTS = {
    "PullSmsSendStatusSet": [
        {"Description": "DELIVRD", "CountryCode": "86", "SubscriberNumber": "19900000001", "ReportStatus": "SUCCESS",
         "PhoneNumber": "+8619900000001", "SerialNo": "5000:1", "UserReceiveTime": 1620734188, "SessionContext": ""},
        {"Description": "MI:0073 空号 19900000002，请核对", "ReportStatus": "FAIL", "SerialNo": "5000:2",
         "UserReceiveTime": 1620734189},
    ],
    "RequestId": "r",
}  # fmt: skip


def test_what_arrived_is_asked_for_under_the_same_signature_and_no_number_is_kept(provider):
    provider.answer = json.dumps({"Response": REPORTS}).encode()
    first, second = tencent(provider.url).reports(AT)
    assert first == Report("5000:1", arrived=True, at=datetime.fromtimestamp(1620734188, UTC), code="DELIVRD")
    assert (second.provider_id, second.arrived, second.code) == ("5000:2", False, "MI:0073")
    ((_path, headers, body),) = provider.told
    assert json.loads(body) == {"SmsSdkAppId": "1400", "Limit": 100}
    assert {name.title(): value for name, value in headers.items()}["X-Tc-Action"] == "PullSmsSendStatus"


@pytest.mark.parametrize(("answer", "reason"), [
    (b'{"Response": {"Error": {"Code": "UnauthorizedOperation.RequestPermissionDeny"}}}', "provider_refused"),
    (b'{"Response": {"PullSmsSendStatusSet": [{}]}}', "no_answer"),
    (b"<html>", "no_answer"),
])  # fmt: skip
def test_a_provider_that_does_not_say_what_arrived_is_refused_like_any_other(provider, answer, reason):
    provider.answer = answer
    with pytest.raises(NotDelivered) as refused:
        tencent(provider.url).reports(AT)
    assert refused.value.reason == reason


def test_a_carrier_without_reports_has_none():
    assert Carriers({"sms": NoGateway()}).reports(AT) == Carriers({}).reports(AT) == []
    told = Report("fake-1", arrived=True, at=AT)
    fake = FakeGateway(told=[told])
    assert (Carriers({"sms": fake}).reports(AT), Carriers({"sms": fake}).reports(AT)) == ([told], [])
