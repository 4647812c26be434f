"""One sender's talk with a receiver: a token, batches, and waiting when it is told to."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2
import tenacity

from sender.children import Child

_RETRIED = {408, 429, 500, 502, 503, 504}
_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Account:
    """Where to send and how to prove oneself: what `csc stream add` printed, and the receiver's address."""

    url: str
    la_code: str
    client_id: str
    client_secret: str = field(repr=False)
    supplier_key: str = field(repr=False)
    scope: str
    token_path: str
    api_path: str


@dataclass(frozen=True)
class Accepted:
    """A receipt for each child, in order."""

    receipts: list[str]


@dataclass(frozen=True)
class Refused:
    """Nothing was stored: the text of the answer, and which children it names, by their place in the batch."""

    text: str
    at_fault: dict[int, str]


class SendingError(Exception):
    """Sending cannot go on: why, and what to do. Nothing of the children."""


class _WaitError(Exception):
    """To be tried again, not before so many seconds have passed."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Client:
    """Sends batches one after another."""

    def __init__(
        self, account: Account, http: httpx2.Client, attempts: int = 8, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._account, self._http, self._token = account, http, ""
        self._again = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_WaitError),
            wait=_as_told,
            stop=tenacity.stop_after_attempt(attempts),
            sleep=sleep,
            reraise=True,
        )

    def send(self, batch: list[Child]) -> Accepted | Refused:
        """Send a batch until it is answered. Raises SendingError when that cannot be or waiting does not help."""
        body = b"[" + b",".join(child.record for child in batch) + b"]"
        try:
            return self._again(self._send_once, body, len(batch))
        except _WaitError as error:
            raise SendingError(f"{error}; what was accepted is noted, so run it again later") from None

    def _send_once(self, body: bytes, sent: int) -> Accepted | Refused:
        answer = self._post(body)
        if answer.status_code == 401:
            # a token ends after a while
            self._token = ""
            answer = self._post(body)
        if answer.status_code == 200:
            return Accepted(_receipts(answer, sent))
        if answer.status_code == 400:
            return Refused(answer.text, _at_fault(answer))
        if answer.status_code in _RETRIED:
            raise _WaitError(f"the receiver answers {answer.status_code}", _seconds_told(answer))
        raise SendingError(f"the receiver answers {answer.status_code}: {_detail(answer)}")

    def _post(self, body: bytes) -> httpx2.Response:
        account = self._account
        if not self._token:
            self._token = self._fetch_token()
        headers = {
            "Authorization": f"Bearer {self._token}",
            "SupplierKey": account.supplier_key,
            "Content-Type": "application/json",
        }
        url = f"{account.url}{account.api_path}/children_social_care_data/{account.la_code}/children"
        return self._ask(url, content=body, headers=headers)

    def _fetch_token(self) -> str:
        account = self._account
        form = {
            "grant_type": "client_credentials",
            "client_id": account.client_id,
            "client_secret": account.client_secret,
            "scope": account.scope,
        }
        answer = self._ask(f"{account.url}{account.token_path}", data=form)
        if answer.status_code in _RETRIED:
            raise _WaitError(f"the token endpoint answers {answer.status_code}", _seconds_told(answer))
        if answer.status_code != 200:
            raise SendingError("the token endpoint gives no token; check client_id, client_secret and scope")
        return str(answer.json()["access_token"])

    def _ask(self, url: str, **request: object) -> httpx2.Response:
        try:
            return self._http.post(url, **request)  # type: ignore[arg-type]
        except httpx2.TransportError:
            raise _WaitError(f"{self._account.url} cannot be reached", 0) from None


def _as_told(state: tenacity.RetryCallState) -> float:
    """Twice as long each time, from one second to a minute; longer when the receiver says so."""
    error = state.outcome.exception() if state.outcome else None
    told = error.seconds if isinstance(error, _WaitError) else 0.0
    return float(max(told, tenacity.wait_exponential_jitter(initial=1, max=60)(state)))


def _receipts(answer: httpx2.Response, sent: int) -> list[str]:
    """One a child. Anything else leaves open what was stored; sending the batch again gives the same receipts."""
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, list) or len(told) != sent:
        raise SendingError("the receiver's receipts are not one a child; run it again, and tell whoever runs it")
    return [str(receipt) for receipt in told]


def _seconds_told(answer: httpx2.Response) -> float:
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isdigit() else 0.0


def _at_fault(answer: httpx2.Response) -> dict[int, str]:
    """What is said of each child that the answer names."""
    said: dict[int, list[str]] = {int(index): [] for index in _INDEX.findall(answer.text)}
    try:
        errors = answer.json().get("errors", [])
    except ValueError:
        errors = []
    for error in errors:
        for index in _INDEX.findall(str(error.get("record", ""))):
            said[int(index)].append(f"{error.get('rule')}: {error.get('message')}")
    return {index: "; ".join(reasons) or "named in the refusal" for index, reasons in said.items()}


def _detail(answer: httpx2.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return "no reason given"
