"""Whether a bearer token is good, and whose it is: signature, issuer, audience, time and scope."""

from collections.abc import Callable
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
    """What a token is held against. key_of gives the public key for a token, or raises jwt.PyJWTError."""

    issuer: str
    audience: str
    scope: str
    skew_seconds: int
    key_of: Callable[[str], Any]

    def client_of(self, authorization: str) -> str:
        """The client id of a bearer token. Raises TokenError: 401 for no good token, 403 for one without the scope."""
        kind, _, token = authorization.strip().partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            raise TokenError(401, "Authorization: expected Bearer and a token; ask the token endpoint for one")
        claims = self._claims(token.strip())
        if self.scope not in _scopes(claims):
            raise TokenError(403, "the token does not allow sending; ask for one with the scope that you were given")
        client = next((claims[name] for name in _CLIENT_CLAIMS if isinstance(claims.get(name), str)), None)
        if client is None:
            raise TokenError(401, "the token does not say whose it is; ask the token endpoint for another")
        return str(client)

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self.key_of(token),
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


def external_keys(jwks_url: str, timeout_seconds: float = 5.0) -> Callable[[str], Any]:
    """Keys of an issuer elsewhere, fetched when first needed and again when a token names one that is not known."""
    client = jwt.PyJWKClient(jwks_url, cache_keys=True, lifespan=3600, timeout=timeout_seconds)
    return lambda token: client.get_signing_key_from_jwt(token).key


def _scopes(claims: dict[str, Any]) -> set[str]:
    """Issuers say scopes as one text or as a list, and call them scope, scp or roles."""
    found: set[str] = set()
    for name in ("scope", "scp", "roles"):
        said = claims.get(name)
        found |= set(said.split()) if isinstance(said, str) else set(said) if isinstance(said, list) else set()
    return found
