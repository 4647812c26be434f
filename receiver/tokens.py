"""Whether a bearer token is good, and whose it is: signature, issuer, audience, time and scope."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import jwt

_ASYMMETRIC = ("ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "EdDSA")
_REQUIRED = ["exp", "iss", "aud"]
# Where issuers put the id of a client that asked for itself.
_CLIENT_CLAIMS = ("client_id", "azp", "appid", "sub")


class TokenError(Exception):
    """A token that lets nobody in: the status that says so, and why, without anything of the token."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class TokenChecks:
    """What a token is held against. key_of gives the public key for a token, or raises jwt.PyJWTError.

    What else it raises, such as that no key can be had just now, goes to the caller.
    """

    issuer: str
    audience: str
    scope: str
    skew_seconds: int
    key_of: Callable[[str], Awaitable[Any]]

    async def client_of(self, authorization: str) -> str:
        """The client id of a bearer token. Raises TokenError: 401 for no good token, 403 for one without the scope."""
        kind, _, token = authorization.strip().partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            raise TokenError(401, "Authorization: expected Bearer and a token; ask the token endpoint for one")
        claims = await self._claims(token.strip())
        if self.scope not in _scopes(claims):
            raise TokenError(403, "the token does not allow sending; ask for one with the scope that you were given")
        # the first that is there decides: one that cannot be read is no reason to believe another
        client = next((claims[name] for name in _CLIENT_CLAIMS if name in claims), None)
        if not isinstance(client, str) or not client:
            raise TokenError(401, "the token does not say whose it is; ask the token endpoint for another")
        return client

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                await self.key_of(token),
                algorithms=list(_ASYMMETRIC),
                audience=self.audience,
                issuer=self.issuer,
                leeway=self.skew_seconds,
                options={"require": _REQUIRED},
            )
        except jwt.ExpiredSignatureError:
            raise TokenError(401, "the token has expired; ask the token endpoint for another") from None
        except jwt.PyJWTError:
            raise TokenError(401, "the token is not good here; ask the token endpoint for another") from None


@dataclass(frozen=True)
class OwnKey:
    """The one key of tokens that the receiver gives out itself; a token need not name it."""

    key: Any

    async def key_of(self, token: str) -> Any:
        """That key."""
        del token
        return self.key


def _scopes(claims: dict[str, Any]) -> set[str]:
    """Issuers say scopes as one text or as a list, and call them scope, scp or roles."""
    found: set[str] = set()
    for name in ("scope", "scp", "roles"):
        said = claims.get(name)
        listed = said.split() if isinstance(said, str) else said if isinstance(said, list) else []
        found |= {each for each in listed if isinstance(each, str)}
    return found
