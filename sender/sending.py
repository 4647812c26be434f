"""Files to a receiver, batch by batch: what is refused is noted with its reason, and never stops the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sender.children import Child, children_of, in_batches
from sender.client import Accepted, Refused
from sender.ledger import Ledger


class Sends(Protocol):
    """Whatever takes a batch and says what became of it."""

    def send(self, batch: list[Child]) -> Accepted | Refused:
        """Send a batch."""


@dataclass
class Sent:
    """How many children were accepted, refused, and passed over because they had been accepted before."""

    accepted: int = 0
    refused: int = 0
    passed_over: int = 0


def send_files(
    paths: Iterable[Path],
    client: Sends,
    ledger: Ledger,
    size: int,
    progress: Callable[[Sent], None] = lambda _: None,
) -> Sent:
    """Send every child of these files that was not accepted as it is now. Raises FileError, SendingError."""
    sent = Sent()
    for path in paths:
        for batch in in_batches(_waiting(path, ledger, sent), size):
            _send(batch, client, ledger, sent)
            progress(sent)
    return sent


def _waiting(path: Path, ledger: Ledger, sent: Sent) -> Iterable[Child]:
    for child in children_of(path):
        if ledger.is_accepted(child):
            sent.passed_over += 1
        else:
            yield child


def _send(batch: list[Child], client: Sends, ledger: Ledger, sent: Sent) -> None:
    """Send a batch; if some of it is at fault, the rest again without them."""
    while batch:
        answer = client.send(batch)
        if isinstance(answer, Accepted):
            ledger.note(
                (child, "accepted", receipt, None) for child, receipt in zip(batch, answer.receipts, strict=True)
            )
            sent.accepted += len(batch)
            return
        named = {index: why for index, why in answer.at_fault.items() if index < len(batch)}
        # a refusal that names nobody is of the batch as a whole
        faults = named or dict.fromkeys(range(len(batch)), answer.text[:500])
        ledger.note((batch[index], "error", None, why) for index, why in sorted(faults.items()))
        sent.refused += len(faults)
        batch = [child for index, child in enumerate(batch) if index not in faults]
