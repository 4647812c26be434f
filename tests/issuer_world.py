"""A receiver whose tokens come from an issuer elsewhere, with one sender, at a time that passes when a test says so."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from issuer_server import NAME, Issuer
from receiver_world import CHILD, ReceiverWorld, Sender

import orchestration.receiving as receiving_module
from receiver.issuer_keys import IssuerKeys

SKEW = 60


class Clock:
    """Time that passes when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += seconds


def on(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """That clock as the one by which receivers fetch keys, from now on."""
    monkeypatch.setattr(receiving_module, "IssuerKeys", partial(IssuerKeys, timeout_seconds=1.0, clock=clock))
    return clock


class IssuerWorld(ReceiverWorld):
    """A receiver whose tokens come from elsewhere, with one sender."""

    def __init__(self, home: Path, issuer: Issuer) -> None:
        super().__init__(home, token_issuer=NAME, token_jwks_url=issuer.url, token_skew_seconds=SKEW)
        self.issuer = issuer

    def joined(self) -> "IssuerWorld":
        """With its sender."""
        self.sender: Sender = self.add("204-d2i")
        return self

    def status(self, kid: str = "one", algorithm: str = "ES256", **claims: Any) -> int:
        """What a batch is answered that comes with such a token."""
        token = self.issuer.token(self.sender.issued.client_id, kid, algorithm, **claims)
        return self.with_token(token).status_code

    def with_token(self, token: str) -> Any:
        """The answer to a batch with it."""
        return self.send(self.sender, [CHILD], Authorization=f"Bearer {token}")
