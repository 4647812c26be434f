"""A receiver on a home of its own, with the senders that tests need, spoken to without sockets."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from assets.stores import Stores
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from orchestration.receiving import app_of
from orchestration.resources import stores_of
from orchestration.settings import Settings
from receiver.app import TOKEN_PATH
from receiver.credentials import Issued, issue

CHILD = {"la_child_id": "X1", "child_details": {"sex": "F"}}
BAD = {"la_child_id": "X2", "child_details": {"sex": 5}}


@dataclass
class Sender:
    """One sender with what it was given."""

    issued: Issued
    token: str
    la_code: str

    def headers(self, **other: str) -> dict[str, str]:
        """Those of a batch; other ones in their place."""
        said = {
            "Authorization": f"Bearer {self.token}",
            "SupplierKey": self.issued.supplier_key,
            "Content-Type": "application/json",
        }
        return said | {name.replace("_", "-"): value for name, value in other.items()}


class ReceiverWorld:
    """The receiver, its stores and its senders."""

    def __init__(self, home: Path, **settings: Any) -> None:
        self.settings = Settings(home=home, **settings)
        self.stores: Stores = stores_of(self.settings)
        self.client = TestClient(app_of(self.settings), raise_server_exceptions=False)

    def add(
        self, stream_id: str, environment: str = "live", since: str = "2025-04-01", until: str | None = None
    ) -> Sender:
        """Register a stream, give it credentials and fetch a token; none where tokens are an issuer's elsewhere."""
        la_code, _, suffix = stream_id.partition("-")
        route = {"d2i": "data_to_insight", "cms": "cms_supplier", "byo": "build_your_own"}[suffix]
        end = date.fromisoformat(until) if until else None
        row = Stream(stream_id, la_code, route, environment, "delta", date.fromisoformat(since), end, "made up")  # type: ignore[arg-type]
        add_stream(self.stores.register_path, row, self.stores.deployment.la_codes)
        issued = issue(self.stores.deployment.home, row.source_id, self.stores.now())
        token = "" if self.settings.token_issuer else self.token(issued).json()["access_token"]
        return Sender(issued, token, la_code)

    def token(self, issued: Issued, **other: str) -> Any:
        """Ask for a token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": issued.client_id,
            "client_secret": issued.client_secret,
            "scope": self.settings.token_scope,
        }
        return self.client.post(TOKEN_PATH, data=form | other)

    def send(
        self, sender: Sender, body: object, *, base: str = "/api", la_code: str | None = None, **other: str
    ) -> Any:
        """Send a batch; bytes as they are, anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path = f"{base}/children_social_care_data/{la_code or sender.la_code}/children"
        return self.client.post(path, content=content, headers=sender.headers(**other))

    def landed(self) -> int:
        """Batches in landing."""
        return len(self.stores.landing.batches())

    def statuses(self) -> list[int]:
        """HTTP statuses in the submission log, in order."""
        return self.stores.log.attempts()["http_status"].to_list()
