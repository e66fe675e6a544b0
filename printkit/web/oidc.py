"""Signing in by a provider of identities: OpenID Connect with PKCE, for staff who have an account there.

Whoever comes back is signed in by her e-mail address, where an administrator has added it; nobody is added.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from printkit.errors import MissingError, OrderRefused
from printkit.words import Message

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

CURE = Message("signing in by OpenID Connect needs its library: pip install 'printkit-press[oidc]'")
DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email"
# Signed by keys of the provider; `none` and shared secrets are no signature of its own.
SIGNED_BY = ["RS256", "PS256", "ES256", "EdDSA"]
# Seconds that signing in may take, that a provider may be silent, that two clocks may differ.
PATIENCE, SILENCE, SKEW = 600, 10, 60
# Sign-ins that are begun at the same time; the oldest is forgotten.
BEGUN = 1000
FAILED = Message("signing in there did not succeed; try again, or ask for a link")


@dataclass(frozen=True)
class BegunSignIn:
    """What a sign-in must come back with; only this server and the provider know the verifier."""

    state: str
    verifier: str
    nonce: str
    until: float


@dataclass(frozen=True)
class Provider:
    """Sign people in by the provider at `issuer`; `back` is the address of this server that it leads to."""

    issuer: str
    client: str
    secret: str
    back: str
    clock: Callable[[], float] = time.time
    _begun: OrderedDict[str, BegunSignIn] = field(default_factory=OrderedDict, repr=False, compare=False)

    def begin(self) -> tuple[str, str]:
        """Return the token of a sign-in, for this browser's cookie, and the provider's address to go to."""
        verifier, nonce, token = (secrets.token_urlsafe(48) for _ in range(3))
        with self._client() as client:
            address, state = client.create_authorization_url(
                self._places["authorization_endpoint"], code_verifier=verifier, nonce=nonce
            )
        self._begun[token] = BegunSignIn(state, verifier, nonce, self.clock() + PATIENCE)
        if len(self._begun) > BEGUN:
            self._begun.popitem(last=False)
        return token, address

    def finish(self, token: str, asked: Mapping[str, str]) -> str:
        """Return the e-mail address that the provider answers for; raise OrderRefused.

        A sign-in ends once, in the browser that began it.
        """
        # Taken out whatever comes of it, so that a code cannot be tried twice.
        begun = self._begun.pop(token, None)
        if begun is None or begun.until < self.clock():
            raise OrderRefused(FAILED)
        # The state ties this answer to the browser that began: another's code would sign her in as somebody
        # else.
        if not secrets.compare_digest(asked.get("state", ""), begun.state) or "code" not in asked:
            raise OrderRefused(FAILED)
        claims = self._claims(asked["code"], begun)
        email = claims.get("email")
        # An address that the provider has not verified may be anybody's.
        if not isinstance(email, str) or claims.get("email_verified") is False:
            raise OrderRefused(FAILED)
        return email

    def _claims(self, code: str, begun: BegunSignIn) -> Mapping[str, Any]:
        import httpx2
        from authlib.common.errors import AuthlibBaseError
        from joserfc.errors import JoseError

        try:
            with self._client() as client:
                told = client.fetch_token(
                    self._places["token_endpoint"], code=code, code_verifier=begun.verifier
                )
            return self._checked(str(told.get("id_token", "")), begun.nonce)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError) as error:
            raise OrderRefused(FAILED) from error

    def _checked(self, token: str, nonce: str) -> Mapping[str, Any]:
        """Return what a token says, once signature, issuer, reader, nonce and time are right."""
        import httpx2
        from joserfc import jwt
        from joserfc.jwk import KeySet

        keys = KeySet.import_key_set(_asked(httpx2.get(self._places["jwks_uri"], timeout=SILENCE)))
        claims = jwt.decode(token, keys, algorithms=SIGNED_BY).claims
        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(self.clock()),
            leeway=SKEW,
            iss={"essential": True, "value": self._places["issuer"]},
            aud={"essential": True, "value": self.client},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(claims)
        return dict(claims)

    @cached_property
    def _places(self) -> Mapping[str, Any]:
        """Return what the provider says of itself; raise OrderRefused where it cannot be reached."""
        import httpx2

        try:
            places: Mapping[str, Any] = _asked(
                httpx2.get(self.issuer.rstrip("/") + DISCOVERY, timeout=SILENCE)
            )
        except (httpx2.HTTPError, ValueError) as error:
            raise OrderRefused(FAILED) from error
        # What is at an address must say that it is what was asked for (OpenID Connect Discovery 1.0, 4.3).
        if places.get("issuer") != self.issuer:
            raise OrderRefused(FAILED)
        return places

    def _client(self) -> "OAuth2Client":
        try:
            from authlib.integrations.httpx_client import OAuth2Client
        except ModuleNotFoundError as error:
            raise MissingError(CURE) from error
        return OAuth2Client(
            self.client,
            self.secret or None,
            scope=SCOPE,
            redirect_uri=self.back,
            code_challenge_method="S256",
            # Without a secret it is a public client, for which PKCE is the proof.
            token_endpoint_auth_method="client_secret_basic" if self.secret else "none",
            timeout=SILENCE,
        )


def _asked(answer: Any) -> Any:
    answer.raise_for_status()
    return answer.json()
