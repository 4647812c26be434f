"""A receiver that gives out tokens itself, with one sender, and a forger who holds its signing key."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import jwt
from receiver_world import CHILD, ReceiverWorld, Sender

from receiver.signing_key import signing_key


def part(said: Any) -> str:
    """A part of a token."""
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class ForgedAt(ReceiverWorld):
    """A receiver that gives out tokens itself, with a sender, and a forger who may hold its key."""

    def __init__(self, home: Path, **settings: Any) -> None:
        super().__init__(home, **settings)
        self.key = signing_key(self.stores.deployment.keys_dir)

    def joined(self) -> "ForgedAt":
        """With its sender."""
        self.sender: Sender = self.add("204-d2i")
        return self

    def claims(self, **other: Any) -> dict[str, Any]:
        """Those of a good token; None leaves one out."""
        now = int(time.time())
        good = {"iss": "csc-receiver", "aud": "csc-receiver", "iat": now, "exp": now + 300, "scope": "csc.send"}
        said = good | {"client_id": self.sender.issued.client_id} | other
        return {name: value for name, value in said.items() if value is not None}

    def signed(self, headers: dict[str, Any] | None = None, key: Any = None, **other: Any) -> str:
        """A token with those claims, signed with the receiver's own key unless it is said otherwise."""
        with_key = key or self.key.as_pem(private=True)
        return jwt.api_jws.encode(json.dumps(self.claims(**other)).encode(), with_key, "ES256", headers=headers)

    def status(self, token: str) -> int:
        """What a batch with it is answered."""
        return self.send(self.sender, [CHILD], Authorization=f"Bearer {token}").status_code

    def guess(self, secret: str, **other: str) -> Any:
        """The answer to a request for a token with that secret."""
        return self.token(self.sender.issued, client_secret=secret, **other)
