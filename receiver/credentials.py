"""Who may send: for each stream a client id, with hashes of its secrets and supplier keys.

    credentials.json beside the register: {client_id: {source_id, secrets: [...], supplier_keys: [...]}}

What is given out is told once and kept as a hash. A new secret or key takes the place of the older ones after an
overlap, so that a sender can change over at its own time. Whether a stream is open is the register's business.
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assets.files import FileStore
from assets.locks import locked

FILE = "credentials.json"
# The least that OWASP recommends: secrets are long and random, and many senders may ask for tokens at once.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_BYTES = 32


@dataclass(frozen=True)
class Kept:
    """The hash of a secret or key, and until when it holds (null: until it is rotated)."""

    hash: str
    until: str | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is still good at that moment."""
        return self.until is None or now < datetime.fromisoformat(self.until)

    def is_of(self, secret: str) -> bool:
        """Whether it is the hash of that secret: work, on purpose."""
        try:
            return _HASHER.verify(self.hash, secret)
        except (VerificationError, InvalidHashError):
            return False


@dataclass(frozen=True)
class Client:
    """One sender: the client id of a stream or sandbox, and what it can prove itself by."""

    client_id: str
    source_id: str
    secrets: tuple[Kept, ...] = ()
    supplier_keys: tuple[Kept, ...] = ()

    def secrets_at(self, now: datetime) -> list[Kept]:
        """Its secrets that hold at that moment."""
        return [kept for kept in self.secrets if kept.holds(now)]

    def has_key(self, given: str, now: datetime) -> bool:
        """Whether that is one of its supplier keys."""
        hashed = _hash_of_key(given)
        return any(hmac.compare_digest(kept.hash, hashed) for kept in self.supplier_keys if kept.holds(now))


@dataclass(frozen=True)
class Issued:
    """What is told to the sender, once."""

    client_id: str
    client_secret: str = field(repr=False)
    supplier_key: str = field(repr=False)


class CredentialsError(ValueError):
    """Credentials that cannot be read, or a stream that has none. Never holds a secret."""


def read_credentials(folder: Path) -> dict[str, Client]:
    """Every client by its id; empty where there is no file. Raises CredentialsError naming the file."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        return {name: _client(name, said) for name, said in json.loads(path.read_text(encoding="utf-8")).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CredentialsError(f"{path}: is damaged; restore it, or rotate the keys of its streams") from None


def issue(folder: Path, source_id: str, now: datetime, overlap: timedelta = timedelta(0)) -> Issued:
    """Give a stream or sandbox a client, or its client a new secret and key; the older ones hold for the overlap."""
    secret, key = secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES)
    until = (now + overlap).isoformat()
    with locked(folder / f".{FILE}.lock"):
        known = read_credentials(folder)
        held = next((client for client in known.values() if client.source_id == source_id), None)
        client = held or Client(f"csc-{source_id}-{secrets.token_hex(4)}", source_id)
        known[client.client_id] = replace(
            client,
            secrets=(*_ended(client.secrets, until, now), Kept(_HASHER.hash(secret))),
            supplier_keys=(*_ended(client.supplier_keys, until, now), Kept(_hash_of_key(key))),
        )
        FileStore(folder).write(FILE, _as_json(known))
    return Issued(client.client_id, secret, key)


def _ended(held: tuple[Kept, ...], until: str, now: datetime) -> tuple[Kept, ...]:
    """Those that still hold, each until that moment at the latest."""
    shortened = (replace(kept, until=min(kept.until or until, until)) for kept in held)
    return tuple(kept for kept in shortened if kept.holds(now))


def _hash_of_key(key: str) -> str:
    """Keys are long and random, so a plain hash cannot be searched; and one is looked at for every batch."""
    return sha256(key.encode()).hexdigest()


def _client(client_id: str, said: Mapping[str, object]) -> Client:
    def kept(name: str) -> tuple[Kept, ...]:
        return tuple(Kept(**each) for each in said[name])  # type: ignore[attr-defined]

    return Client(client_id, str(said["source_id"]), kept("secrets"), kept("supplier_keys"))


def _as_json(clients: Mapping[str, Client]) -> bytes:
    plain = {name: asdict(client) for name, client in sorted(clients.items())}
    for said in plain.values():
        del said["client_id"]
    return json.dumps(plain, indent=1).encode() + b"\n"
