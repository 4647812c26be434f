"""An issuer of tokens on a port of its own, which can be made to answer anything, or to be down."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

NAME = "https://issuer.example/tenant"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
# What to answer: status, headers, pieces of the body.
Answer = tuple[int, dict[str, str], Iterable[bytes]]


def jwk_of(key: PrivateKey, kid: str, **other: Any) -> dict[str, Any]:
    """A public key as issuers publish it."""
    kinds = {rsa.RSAPrivateKey: "RS256", ec.EllipticCurvePrivateKey: "ES256", ed25519.Ed25519PrivateKey: "EdDSA"}
    algorithm = next(name for kind, name in kinds.items() if isinstance(key, kind))
    said = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return said | {"kid": kid, "use": "sig"} | other


class Issuer:
    """Keys by id, those that are published, and how often somebody asked for them."""

    def __init__(self) -> None:
        self.keys: dict[str, PrivateKey] = {"one": ec.generate_private_key(ec.SECP256R1())}
        self.asked: list[str] = []
        self.answer: Callable[[], Answer] = self.key_set
        self._server = self._listening(0)
        self._port = self._server.server_address[1]

    @property
    def url(self) -> str:
        """Where the keys are."""
        return f"http://127.0.0.1:{self._port}/keys"

    def key_set(self) -> Answer:
        """What is answered as long as nothing else is wanted."""
        return self.saying({"keys": [jwk_of(key, kid) for kid, key in self.keys.items()]})

    @staticmethod
    def saying(document: Any, status: int = 200, **headers: str) -> Answer:
        """That document as an answer; bytes as they are."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        said = {"Content-Type": "application/json", "Content-Length": str(len(body))} | headers
        return status, said, [body]

    def token(self, client_id: str, /, kid: str = "one", algorithm: str = "ES256", **other: Any) -> str:
        """A token signed with that key; None leaves a claim out, _headers are those of the token."""
        headers = {"kid": kid} | other.pop("_headers", {})
        now = int(time.time())
        said = {"iss": NAME, "aud": "csc-receiver", "exp": now + 300, "scope": "csc.send", "client_id": client_id}
        claims = {name: value for name, value in (said | other).items() if value is not None}
        # signed as it is: jwt.encode would not say what no good issuer says
        return jwt.api_jws.encode(
            json.dumps(claims).encode(), self.keys[kid], algorithm, headers={k: v for k, v in headers.items() if v}
        )

    def down(self) -> None:
        """Nobody listens any more."""
        self._server.shutdown()
        self._server.server_close()

    def up(self) -> None:
        """Again at the same address."""
        self._server = self._listening(self._port)

    def _listening(self, port: int) -> ThreadingHTTPServer:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                status, headers, pieces = issuer.answer()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):  # whoever asked may not want all of it
                    for piece in pieces:
                        self.wfile.write(piece)

            def log_message(self, *_: Any) -> None:
                """Tests print what matters themselves."""

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server
