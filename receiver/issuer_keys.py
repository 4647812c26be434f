"""The public keys of a token issuer elsewhere: fetched when a token names one, kept a while, never fetched in a flood.

Nothing of a token decides where keys come from: the address is a setting, and a token only names one of the keys there.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx2
import jwt

# A key that the issuer has withdrawn lets nobody in for longer than this.
FRESH_SECONDS = 300.0
# Whatever tokens name, the issuer is not asked more often than this.
AGAIN_SECONDS = 10.0
# While the issuer is down its keys are still good, but not for ever: a key that is withdrawn meanwhile is not heard of.
LONGEST_SECONDS = 86_400.0
TIMEOUT_SECONDS = 5.0
_LARGEST_BYTES = 262_144
_KINDS = ("RSA", "EC", "OKP")

log = logging.getLogger("receiver")


class IssuerError(Exception):
    """The issuer's keys cannot be had just now, so that nothing can be said of a token."""


class _FetchError(Exception):
    """An answer of the issuer that holds no keys."""


@dataclass(frozen=True)
class _Held:
    """What the last good answer held, and when it was asked for."""

    keys: Mapping[str, Any] = field(default_factory=dict)
    at: float = float("-inf")


class IssuerKeys:
    """Keys by their id, for use by one event loop or many. Raises ValueError for an address that is none of the web."""

    def __init__(self, url: str, timeout_seconds: float = TIMEOUT_SECONDS, clock: Callable[[], float] = time.monotonic):
        if httpx2.URL(url).scheme not in ("https", "http"):
            raise ValueError("the address of the issuer's keys must begin with https:// or http://")
        self._url, self._timeout, self._clock = url, timeout_seconds, clock
        self._held, self._tried_at, self._failed = _Held(), float("-inf"), False
        # One thread: whoever needs a key that is not here waits for the same answer, and holds up nobody else's work.
        self._fetching = ThreadPoolExecutor(1, "issuer-keys")

    async def key_of(self, token: str) -> Any:
        """The key that a token names. Raises jwt.PyJWTError if the issuer has none such, IssuerError if it is down."""
        key_id = jwt.get_unverified_header(token).get("kid")
        if not isinstance(key_id, str):
            raise jwt.InvalidTokenError("names no key")
        if not self._has_fresh(key_id):
            await asyncio.get_running_loop().run_in_executor(self._fetching, self._fetch_if_due, key_id)
        held = self._held
        if key_id in held.keys and self._clock() - held.at < LONGEST_SECONDS:
            return held.keys[key_id]
        if self._failed:
            raise IssuerError
        raise jwt.InvalidTokenError("names a key that the issuer does not have")

    def _has_fresh(self, key_id: str) -> bool:
        held = self._held
        return key_id in held.keys and self._clock() - held.at < FRESH_SECONDS

    def _fetch_if_due(self, key_id: str) -> None:
        now = self._clock()
        if self._has_fresh(key_id) or now - self._tried_at < AGAIN_SECONDS:
            return
        self._tried_at = now
        try:
            self._held, self._failed = _Held(_keys_in(asyncio.run(_document(self._url, self._timeout))), now), False
        except (_FetchError, httpx2.HTTPError, OSError) as error:
            self._failed = True
            reason = str(error) or type(error).__name__
            log.warning("the keys of the token issuer cannot be fetched: %s", reason)


async def _document(url: str, timeout_seconds: float) -> bytes:
    """What stands at that address. The time is for all of it, so that an answer that trickles in ends as well."""
    document = bytearray()
    # uncompressed, so that a small answer cannot become a large one here
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    async with (
        asyncio.timeout(timeout_seconds),
        httpx2.AsyncClient(timeout=timeout_seconds, follow_redirects=False) as http,
        http.stream("GET", url, headers=headers) as answer,
    ):
        if answer.status_code != httpx2.codes.OK:
            raise _FetchError(f"it answers {answer.status_code}")
        async for piece in answer.aiter_raw():
            document += piece
            if len(document) > _LARGEST_BYTES:
                raise _FetchError(f"its answer is longer than {_LARGEST_BYTES} bytes")
    return bytes(document)


def _keys_in(document: bytes) -> dict[str, Any]:
    """The usable keys by id. None at all is no answer: an issuer that means to go on has at least one."""
    try:
        said = json.loads(document)
    except (ValueError, RecursionError):
        raise _FetchError("its answer is no JSON") from None
    listed = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        raise _FetchError("its answer is no set of keys")
    keys = {each["kid"]: key for each in listed if (key := _usable(each)) is not None}
    if not keys:
        raise _FetchError("its answer has no key that can be used here")
    return keys


def _usable(said: Any) -> Any:
    """The key, if it is a public one for signatures, with an id, and long enough. The algorithm that it names holds."""
    if not isinstance(said, dict) or not isinstance(said.get("kid"), str) or said.get("use", "sig") != "sig":
        return None
    if said.get("kty") not in _KINDS or "d" in said:
        return None
    try:
        key = jwt.PyJWK(said)
        if key.Algorithm.check_key_length(key.key):
            return None
    except Exception as error:
        # whatever is wrong with one key, the others may be good; nothing of it is said but its kind of fault
        log.warning("a key of the token issuer cannot be used: %s", type(error).__name__)
        return None
    return key if "alg" in said else key.key
