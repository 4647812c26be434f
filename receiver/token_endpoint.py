"""The receiver's own token endpoint: OAuth 2.0 client credentials, for development and small deployments.

The protocol is Authlib's; here is only who the clients are and what a token says. A larger deployment has an issuer of
its own, and this endpoint is not served there.
"""

import asyncio
from base64 import b64decode
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from joserfc.jwk import ECKey
from starlette.responses import JSONResponse

from receiver.credentials import Client
from receiver.secrets_checked import Secrets, TooManyWrongError
from receiver.signing_key import ALGORITHM

_GRANT = "client_credentials"
_CHECKED_AT_ONCE = 2
_TOLD = {
    "invalid_client": "client_id and client_secret are not those of a client here; check both",
    "invalid_scope": "ask for the scope that was given with client_id, or for none",
    "unsupported_grant_type": "grant_type: expected client_credentials",
    "temporarily_unavailable": "too many wrong secrets; check client_secret, wait and ask again",
}
# Whether the connection is encrypted is seen by what stands before the receiver, and not here.
_ADDRESS = "https://receiver/token"


class _Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post", "client_secret_basic"]  # noqa: RUF012


class _WaitError(OAuth2Error):
    """Too many wrong secrets."""

    error, status_code = "temporarily_unavailable", 429

    def get_headers(self) -> list[tuple[str, str]]:
        return [*super().get_headers(), ("Retry-After", "60")]


class _Registered(ClientMixin):
    """A client as Authlib asks about it."""

    def __init__(self, client: Client, scope: str, has_secret: Callable[[Client, str], bool]) -> None:
        self._client, self._scope, self._has_secret = client, scope, has_secret

    def get_client_id(self) -> str:
        return self._client.client_id

    def get_allowed_scope(self, scope: str | None) -> str | None:
        return self._scope if not scope or scope == self._scope else None

    def check_client_secret(self, client_secret: str) -> bool:
        try:
            return self._has_secret(self._client, client_secret)
        except TooManyWrongError:
            raise _WaitError from None

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint == "token" and method in _Grant.TOKEN_ENDPOINT_AUTH_METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == _GRANT


class _Request(OAuth2Request):
    def __init__(self, form: Mapping[str, str], headers: Mapping[str, str]) -> None:
        super().__init__("POST", _ADDRESS, headers={"Authorization": _readable(headers.get("authorization", ""))})
        self._form = dict(form)
        self.payload = BasicOAuth2Payload(self._form)

    @property
    def form(self) -> dict[str, str]:
        return self._form


@dataclass(frozen=True)
class Issuing:
    """What tokens say: who issues them, for whom they are, what they allow, and for how long."""

    issuer: str
    audience: str
    scope: str
    seconds: int


class _Tokens(JWTBearerTokenGenerator):
    def __init__(self, issuing: Issuing, key: ECKey) -> None:
        super().__init__(issuing.issuer, ALGORITHM, expires_generator=lambda *_: issuing.seconds)
        self._audience, self._key = issuing.audience, key

    def get_jwks(self) -> ECKey:
        return self._key

    def get_audiences(self, client: object, user: object, scope: object) -> str:
        del client, user, scope  # one receiver, one audience
        return self._audience


class TokenServer(AuthorizationServer):
    """Gives tokens to clients that prove themselves."""

    def __init__(
        self,
        issuing: Issuing,
        key: ECKey,
        clients: Callable[[], Mapping[str, Client]],
        now: Callable[[], datetime],
        wrong_a_minute: int,
    ) -> None:
        super().__init__(scopes_supported=[issuing.scope])
        self._clients, self._scope = clients, issuing.scope
        self._has_secret = Secrets(now, wrong_a_minute).has_secret
        # Checking a secret takes time and 19 MB, on purpose. With threads of their own, few, those who ask for tokens
        # wait for one another and not batches for them.
        self._checking = ThreadPoolExecutor(_CHECKED_AT_ONCE, "secrets")
        self.register_grant(_Grant)
        self.register_token_generator("default", _Tokens(issuing, key))

    async def answer_to(self, form: Mapping[str, str], headers: Mapping[str, str]) -> JSONResponse:
        """The answer to a request for a token."""
        request = _Request(form, headers)
        loop = asyncio.get_running_loop()
        answer: JSONResponse = await loop.run_in_executor(self._checking, self.create_token_response, request)
        return answer

    def query_client(self, client_id: str) -> _Registered:
        """The client of that id; for an unknown one a client without secrets, so that both are answered alike."""
        client = self._clients().get(client_id) or Client(client_id, "")
        return _Registered(client, self._scope, self._has_secret)

    def save_token(self, token: Mapping[str, Any], request: object) -> None:
        """Tokens say everything themselves and are kept nowhere."""

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: _Request) -> _Request:
        """It comes as Authlib wants it."""
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> JSONResponse:
        """As Starlette sends it; of an error its code, and in our own words what to do."""
        if "error" in body:
            told = _TOLD.get(body["error"], "the form is not a request for a token; see what is documented")
            body = {"error": body["error"], "error_description": told}
        return JSONResponse(body, status, dict(headers))


def _readable(authorization: str) -> str:
    """The header, if id and secret are in it as HTTP Basic has them; Authlib stumbles over what only looks so."""
    kind, _, proof = authorization.strip().partition(" ")
    try:
        is_basic = kind.lower() == "basic" and ":" in b64decode(proof.strip(), validate=True).decode()
    except ValueError:
        return ""
    return authorization.strip() if is_basic else ""
