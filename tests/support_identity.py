"""An identity provider on this machine, which signs in whoever it is told to, without a password."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


@dataclass
class Provider:
    """`claims` are of whoever signs in next."""

    home: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> str:
        return f"{self.home}/.well-known/openid-configuration"


@contextmanager
def provider() -> Iterator[Provider]:
    from joserfc import jwk, jwt

    key = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    told = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path == "/authorize":
                code = f"code{len(told.nonces)}"
                told.nonces[code] = query.get("nonce", [""])[0]
                back = f"{query['redirect_uri'][0]}?{urlencode({'code': code, 'state': query['state'][0]})}"
                self.send_response(302)
                self.send_header("Location", back)
                self.end_headers()
            elif path == "/jwks":
                self.answer({"keys": [key.as_dict(private=False)]})
            else:
                names = {f"{name}_endpoint": f"{told.home}/{name}" for name in ("authorization", "token", "userinfo")}
                names["authorization_endpoint"] = f"{told.home}/authorize"
                self.answer({"issuer": told.home, "jwks_uri": f"{told.home}/jwks", **names})

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            now = int(time.time())
            claims = {"iss": told.home, "aud": "aligner", "sub": "1", "iat": now, "exp": now + 600}
            claims |= {"nonce": told.nonces[form["code"][0]], **told.claims}
            token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
            self.answer({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token})

        def answer(self, found: dict[str, Any]) -> None:
            body = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        told.home = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield told
        server.shutdown()
        thread.join()
