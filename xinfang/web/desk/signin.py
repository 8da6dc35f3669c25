"""Signing in and out, and choosing a password of one's own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from xinfang.labels.refusals import word
from xinfang.rules.refusals import RuleBroken
from xinfang.services.people import change_password
from xinfang.services.signing_in import signed_in
from xinfang.web.parts.doors import FORM, SEND, to_sign_in
from xinfang.web.parts.places import hidden, is_from_this_machine
from xinfang.web.parts.requests import actor_from, moment_of

KNOWN = "known"
KNOWN_FOR = 180 * 24 * 60 * 60


class SignInForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        max_length=200,
        strip=False,
        help_text=gettext_lazy("至少 10 位，不能全是数字，也不能太常见或和账号相近。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次新密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("两次输入的新密码不一样，请再输一次。"))
        return cleaned


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then to where one wanted to go."""
    if request.method not in FORM:
        return HttpResponseNotAllowed(FORM)
    after = _after(request)
    if request.user.is_authenticated:
        return redirect(after)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _try(request, form, after)) is not None:
        return answer
    return render(request, "desk/sign_in.html", {"form": form, "after": request.GET.get("next", "")})


def _after(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own and wanted else reverse("desk:queue")


def _try(request: HttpRequest, form: SignInForm, after: str) -> HttpResponse | None:
    name = form.cleaned_data["username"].strip()
    try:
        user = signed_in(
            username=name,
            password=form.cleaned_data["password"],
            address=request.META.get("REMOTE_ADDR") or "",
            at=request.now,  # type: ignore[attr-defined]  # set by our middleware
            here=is_from_this_machine(request),
            known=_is_known(request, name),
        )
    except RuleBroken as broken:
        form.add_error(None, _wait(broken) if broken.code == "wait_before_trying" else word(broken))
        return None
    login(request, user)
    response = redirect("password" if user.must_change_password else after)
    response.set_cookie(
        KNOWN,
        signing.dumps(hidden(user.username.casefold(), KNOWN), salt=KNOWN),
        max_age=KNOWN_FOR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
        path=reverse("sign_in"),
    )
    return response


def _wait(broken: RuleBroken) -> str:
    return _("请稍后再试：%(seconds)s 秒后可以再登录，账号没有被锁定。") % broken.facts


def _is_known(request: HttpRequest, name: str) -> bool:
    """Has this browser signed in with this name before?"""
    try:
        found = signing.loads(request.COOKIES.get(KNOWN, ""), salt=KNOWN, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return False
    return bool(found == hidden(name.casefold(), KNOWN))


@sensitive_post_parameters("old", "new", "again")
def password(request: HttpRequest) -> HttpResponse:
    """A password of one's own; asked for after a reset before anything else."""
    if request.method not in FORM:
        return HttpResponseNotAllowed(FORM)
    if not request.user.is_authenticated:
        return to_sign_in(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            user = change_password(old=given["old"], new=given["new"], by=actor_from(request), at=moment_of(request))
        except RuleBroken as broken:
            form.add_error(broken.field, word(broken))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改。"))
            return redirect("desk:queue")
    must = request.user.must_change_password
    return render(request, "desk/password.html", {"form": form, "must": must, **({"nav": None} if must else {})})


def sign_out(request: HttpRequest) -> HttpResponse:
    """Only by POST: a link elsewhere must not sign anybody out."""
    if request.method not in SEND:
        return HttpResponseNotAllowed(SEND)
    logout(request)
    messages.success(request, _("已退出。"))
    return redirect("sign_in")
