"""A provider of identities on loopback, which keeps to OpenID Connect and asks for PKCE."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "printkit-test", "not so secret"


@dataclass
class Provider:
    """The provider's key, who is signed in there, and what it was asked."""

    issuer: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "k1"}))
    claims: dict[str, Any] = field(default_factory=dict)
    # What a code was given for: the challenge, the nonce.
    given: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def authorize(self, address: str) -> dict[str, str]:
        """Sign somebody in who was led to `address`; return what she is led back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = f"code{len(self.given)}"
        self.given[code] = asked["code_challenge"], asked["nonce"]
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, str]]:
        challenge, nonce = self.given.pop(form.get("code", ""), ("", ""))
        verifier = sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() != challenge:
            self.refused.append(form.get("code", ""))
            return 400, {"error": "invalid_grant"}
        said = {"iss": self.issuer, "aud": CLIENT, "exp": int(time.time()) + 60, "nonce": nonce}
        said |= {"email_verified": True, **self.claims}
        return 200, {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": jwt.encode({"alg": "ES256", "kid": "k1"}, said, self.key),
        }

    def told(self, path: str) -> object:
        if path.endswith("openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": self.issuer, **{name: f"{self.issuer}/{name}" for name in names}}
        return {"keys": [self.key.as_dict(private=False)]}


@contextmanager
def provided() -> Iterator[Provider]:
    """Serve a provider until the context ends."""
    provider = Provider()

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(200, provider.told(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(*provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def answer(self, code: int, told: object) -> None:
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join(60)
