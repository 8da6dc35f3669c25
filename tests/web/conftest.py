import pytest
from django.test import Client


@pytest.fixture
def desk(cast):
    """`desk("director")` is a browser in which she is signed in."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(cast.users[who])
        return client

    return signed_in
