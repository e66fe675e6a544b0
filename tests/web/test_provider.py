"""Signing in by a provider of identities: PKCE, and everything that comes back wrong."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from joserfc.jwk import ECKey
from starlette.testclient import TestClient

from printkit.web import oidc
from printkit.web.guard import Guard
from printkit.web.routes import app
from printkit.web.serving import MOST_BYTES
from printkit.web.site import Site
from tests.web.conftest import BASE
from tests.web.provider import CLIENT, SECRET, Provider, provided


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provided() as running:
        yield running


@pytest.fixture
def client(site: Site, provider: Provider) -> Iterator[TestClient]:
    ours = oidc.Provider(provider.issuer, CLIENT, SECRET, f"{BASE}/provider/back")
    provider.claims = {"email": "komm@example.org"}
    guarded = Guard(app(replace(site, provider=ours)), BASE, MOST_BYTES)
    with TestClient(guarded, base_url=BASE, follow_redirects=False) as browser:
        yield browser


def led_back(client: TestClient, provider: Provider, **other: str) -> Any:
    """Go to the provider and come back, with what is other than it said."""
    address = client.get("/provider").headers["location"]
    assert address.startswith(f"{provider.issuer}/authorization_endpoint?")
    return client.get("/provider/back", params=provider.authorize(address) | other)


def test_staff_signs_in_by_the_provider(client: TestClient, provider: Provider) -> None:
    assert "/provider" in client.get("/sign-in").text
    assert led_back(client, provider).headers["location"] == "/"
    assert client.get("/templates").status_code == 200


def test_a_code_that_was_stolen_is_of_no_use(client: TestClient, provider: Provider) -> None:
    """Without the verifier, which never leaves the server, the provider gives nothing for a code."""
    stolen = provider.authorize(client.get("/provider").headers["location"])["code"]
    assert led_back(client, provider, code=stolen).status_code == 404
    assert provider.refused == [stolen]
    assert client.get("/templates").headers["location"] == "/sign-in"


WRONG: dict[str, dict[str, Any]] = {
    "a stranger": {"email": "x@example.org"},
    "no address": {"email": None},
    "an address that nobody looked at": {"email_verified": False},
    "of another provider": {"iss": "https://evil.example"},
    "for another reader": {"aud": "somebody else"},
    "too old": {"exp": 1_000_000_000},
    "of another sign-in": {"nonce": "x"},
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_the_provider_must_not_say(client: TestClient, provider: Provider, kind: str) -> None:
    provider.claims |= WRONG[kind]
    assert led_back(client, provider).status_code == 404
    assert client.get("/orders").headers["location"] == "/sign-in"


def test_a_token_that_another_key_signed_is_refused(
    client: TestClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ECKey.generate_key("P-256", {"kid": "k1"})
    monkeypatch.setattr(
        provider,
        "told",
        lambda path, known=provider.told: (
            known(path) if path.endswith("configuration") else {"keys": [other.as_dict(private=False)]}
        ),
    )
    assert led_back(client, provider).status_code == 404


def test_a_sign_in_ends_once_in_the_browser_that_began_it(client: TestClient, provider: Provider) -> None:
    assert led_back(client, provider, state="x").status_code == 404
    back = provider.authorize(client.get("/provider").headers["location"])
    client.cookies.clear()
    assert client.get("/provider/back", params=back).status_code == 404
