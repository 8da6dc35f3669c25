"""Accounts and posts: opening, one-time passwords shown once, posts by date, closing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.people import ROLES
from xinfang.labels.refusals import word
from xinfang.models import Post, User
from xinfang.queries.office import LISTED, account, accounts, open_units
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import people
from xinfang.services.people import Account
from xinfang.web.office.forms import AccountForm, LastDayForm, PostForm
from xinfang.web.office.frame import page
from xinfang.web.parts import once
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest


@staff(Role.ADMINISTRATOR)
def index(request: StaffRequest) -> HttpResponse:
    """Accounts with the posts they hold today."""
    words, closed = request.GET.get("q", "").strip()[:60], "closed" in request.GET
    rows = accounts(request.today, words=words, closed=closed)
    context = {
        "rows": [(user, [_post(post) for post in user.posts.all()]) for user in rows],
        "words": words,
        "closed": closed,
        "is_cut": len(rows) == LISTED,
    }
    return page(request, "office/people.html", context)


def _post(post: Post) -> dict[str, Any]:
    return {"row": post, "role": ROLES[Role(post.role)]}


@staff(Role.ADMINISTRATOR, methods=FORM)
def add(request: StaffRequest) -> HttpResponse:
    """Open an account; its one-time password shows on the next page, once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        opened = form.carried_out(
            lambda: people.open_account(
                username=given["username"], name=given["name"], by=request.actor, at=request.now
            )
        )
        if opened:
            return _to_password(request, opened)
    return page(request, "office/person_new.html", {"form": form})


def _to_password(request: StaffRequest, opened: Account) -> HttpResponse:
    once.put(request, f"password:{opened.user.pk}", {"password": opened.password})
    return redirect("office:person", opened.user.pk)


@staff(Role.ADMINISTRATOR)
def show(request: StaffRequest, user: int) -> HttpResponse:
    """One account: its posts, and what can be done with it."""
    kept = once.take(request, f"password:{user}")
    return _page(request, _account(user), password=kept["password"] if kept else "")


def _account(user: int) -> User:
    found = account(user)
    if found is None:
        raise Http404
    return found


def _page(request: StaffRequest, user: User, *, password: str = "", bound: PostForm | None = None) -> HttpResponse:
    posts = [_post(post) for post in user.posts.all()]
    context = {
        "account": user,
        "password": password,
        "is_me": user.pk == request.actor.user_id,
        "posts": [post for post in posts if _is_running(request, post["row"])],
        "past": [post for post in posts if not _is_running(request, post["row"])],
        "form": bound,
        "post_form": bound or _post_form(request),
    }
    return page(request, "office/person.html", context)


def _is_running(request: StaffRequest, post: Post) -> bool:
    return post.to_on is None or post.to_on >= request.today


def _post_form(request: StaffRequest, data: Any = None) -> PostForm:
    lists: dict[str, Any] = {"units": open_units(request.today), "people": []}
    return PostForm(data, initial={"from_on": request.today.isoformat()}, without="holder", **lists)


@staff(Role.ADMINISTRATOR, methods=SEND)
def fill(request: StaffRequest, user: int) -> HttpResponse:
    """Put this person on a post."""
    holder = _account(user)
    form = _post_form(request, request.POST)
    if form.is_valid():

        def act() -> Post:
            return people.fill_post(
                holder=holder.pk,
                post=form.entry(),
                from_on=form.must_day("from_on"),
                to_on=form.day("to_on"),
                by=request.actor,
                at=request.now,
            )

        if form.carried_out(act):
            messages.success(request, _("已任职。"))
            return redirect("office:person", holder.pk)
    return _page(request, holder, bound=form)


@staff(Role.ADMINISTRATOR, methods=FORM)
def end(request: StaffRequest, post: int) -> HttpResponse:
    """End a post after a day."""
    row = Post.objects.select_related("holder", "unit").filter(pk=post).first()
    if row is None:
        raise Http404
    form = LastDayForm(request.POST or None, initial={"last_on": request.today.isoformat()})
    if request.method == "POST" and form.is_valid():

        def act() -> Post:
            return people.end_post(post=row.pk, last_on=form.must_day("last_on"), by=request.actor, at=request.now)

        if form.carried_out(act):
            messages.success(request, _("已离任。"))
            return redirect("office:person", row.holder_id)
    return page(request, "office/post_end.html", {"form": form, "post": row, "role": ROLES[Role(row.role)]})


@staff(Role.ADMINISTRATOR, methods=SEND)
def reset(request: StaffRequest, user: int) -> HttpResponse:
    """A new one-time password for somebody else."""
    try:
        fresh = people.reset_password(user=_account(user).pk, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
        return redirect("office:person", user)
    return _to_password(request, fresh)


@staff(Role.ADMINISTRATOR, methods=SEND)
def close(request: StaffRequest, user: int) -> HttpResponse:
    """Close somebody else's account."""
    try:
        people.close_account(user=_account(user).pk, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
    else:
        messages.success(request, _("账号已停用。"))
    return redirect("office:person", user)
