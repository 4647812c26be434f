"""Whether a sender may send here: its client, its supplier key, the LA in the path, the environment, the day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assets.submissions.moments import submission_day
from assets.submissions.register import Environment, Stream, StreamRegister
from receiver.credentials import Client


class DeniedError(Exception):
    """A sender who may not send here, and why. Says nothing of other LAs' streams."""


@dataclass(frozen=True)
class Senders:
    """The register and the credentials as they are at the time."""

    register: Callable[[], StreamRegister]
    clients: Callable[[], Mapping[str, Client]]

    def admitted(
        self, client_id: str, supplier_key: str, la_code: str, environment: Environment, now: datetime
    ) -> Stream:
        """The stream that this client may send to now. Raises DeniedError."""
        client = self.clients().get(client_id)
        if client is None:
            raise DeniedError("this client is not registered here; ask for its stream to be added")
        if not client.has_key(supplier_key, now):
            raise DeniedError("SupplierKey: is not the key of this client; use the key that was given with its secret")
        stream = self.register().get(client.source_id, submission_day(now))
        if stream is None:
            raise DeniedError("the stream of this client is not open today; ask for its dates to be corrected")
        if stream.la_code != la_code:
            raise DeniedError("this client may not send for the local authority in the path; correct the code")
        if stream.environment != environment:
            raise DeniedError(
                f"this client sends to the {stream.environment} environment and this is the {environment} one; "
                "use the api_path that was given with its key"
            )
        return stream
