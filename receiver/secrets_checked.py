"""Whether a secret is a client's, with an end to the work that wrong ones make."""

import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from receiver.credentials import Client


class TooManyWrongError(Exception):
    """So many wrong secrets were given for a client that no more are looked at for the moment."""


class Secrets:
    """The secrets of all clients. For use by many threads."""

    def __init__(self, now: Callable[[], datetime], wrong_a_minute: int) -> None:
        self._now, self._rate = now, limits.RateLimitItemPerMinute(wrong_a_minute)
        self._wrong = MovingWindowRateLimiter(MemoryStorage())
        # What a kept hash was found to be the hash of. A client that has proved itself is known by it at once, so that
        # nobody who gives wrong secrets in its name can shut it out. Secrets are long and random, so a plain digest,
        # here in memory, cannot be searched.
        self._proven: dict[str, bytes] = {}

    def has_secret(self, client: Client, given: str) -> bool:
        """Whether that is one of the client's secrets now. Raises TooManyWrongError."""
        held, digest = client.secrets_at(self._now()), sha256(given.encode()).digest()
        if any(hmac.compare_digest(self._proven.get(kept.hash, b""), digest) for kept in held):
            return True
        if not held:
            return False  # nothing to work on, and nothing to remember of ids that anybody may make up
        if not self._wrong.test(self._rate, client.client_id):
            raise TooManyWrongError
        found = next((kept for kept in held if kept.is_of(given)), None)
        if found is None:
            self._wrong.hit(self._rate, client.client_id)
            return False
        self._proven[found.hash] = digest
        return True
