"""Children and content under keyed hashes: the same child always has the same key, and the key cannot be undone.

The only place that sees an LA's child id and its pseudonym together, and the only keeper of the secret behind them.
"""

import hashlib
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import polars as pl

from assets.files import sync_folder

KEY_FILE = "pseudonym.key"
MINIMUM_KEY_BYTES = 16

# Goes into every content hash: raise it when tables.py reads the same record differently, and every record counts as
# new content on the next run, so that history is rebuilt from it.
FRAME_VERSION = 1
_CONTENT_HASH_BYTES = 16


class PseudonymKeyError(RuntimeError):
    """The secret is lost or unusable. Says which and what to do; never holds any of it."""


class Pseudonyms(Protocol):
    """What turns identifiers into keys and content into hashes."""

    def child_keys(self, la_code: str, ids: pl.Series) -> pl.Series:
        """One key a child id of this LA, named child_key."""

    def hashed(self, values: pl.Series) -> pl.Series:
        """Keyed hashes; null stays null."""

    def content_hash(self, raw: bytes) -> str:
        """Keyed hash of a child's content."""


class Pseudonymiser:
    """Keyed hashes of child ids, of other identifying values and of whole records."""

    def __init__(self, key: bytes) -> None:
        if len(key) < MINIMUM_KEY_BYTES:
            raise PseudonymKeyError(
                f"the pseudonym key (CSC_PSEUDONYM_KEY) has {len(key)} bytes, expected at least {MINIMUM_KEY_BYTES}"
            )
        self._inner, self._outer = _hmac_halves(key)
        self._content = hashlib.blake2b(
            digest_size=_CONTENT_HASH_BYTES,
            key=hashlib.sha256(b"content:" + key).digest(),
            salt=FRAME_VERSION.to_bytes(hashlib.blake2b.SALT_SIZE, "big"),
        )

    def child_keys(self, la_code: str, ids: pl.Series) -> pl.Series:
        """The key of each child id of an LA: HMAC-SHA256 of `la_code:la_child_id`, in hex. Null stays null."""
        return _mapped(ids, lambda child_id: self._hmac(f"{la_code}:{child_id}")).alias("child_key")

    def hashed(self, values: pl.Series) -> pl.Series:
        """The keyed hash of each value, such as a pupil number. Null stays null."""
        return _mapped(values, self.value_key)

    def value_key(self, value: str) -> str:
        """The keyed hash of one value, as `hashed` has it."""
        return self._hmac(f"value:{value}")

    def content_hash(self, raw: bytes) -> str:
        """The keyed hash of a record's bytes as sent.

        Bytes and not meaning, because that costs a hundredth: a record sent again with other white space or another
        order of properties counts as new content, which costs storage of it and no version.
        """
        digest = self._content.copy()
        digest.update(raw)
        return digest.hexdigest()

    def _hmac(self, text: str) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.hexdigest()


def _hmac_halves(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """HMAC-SHA256 (RFC 2104) begun with the key; going on from copies costs a third of hmac.digest for a short text."""
    block = hashlib.sha256().block_size
    padded = (hashlib.sha256(key).digest() if len(key) > block else key).ljust(block, b"\0")
    return hashlib.sha256(padded.translate(_INNER_PAD)), hashlib.sha256(padded.translate(_OUTER_PAD))


_INNER_PAD = bytes(byte ^ 0x36 for byte in range(256))
_OUTER_PAD = bytes(byte ^ 0x5C for byte in range(256))


def _mapped(values: pl.Series, hash_one: Callable[[str], str]) -> pl.Series:
    """Each distinct value is hashed once; a feed names the same child day after day."""
    text = values.cast(pl.String)
    distinct = text.drop_nulls().unique()
    hashes = pl.Series([hash_one(value) for value in distinct], dtype=pl.String)
    return text.replace_strict(distinct, hashes, return_dtype=pl.String).alias(values.name)


def load_key(configured: str | None, keys_dir: Path, *, store_has_data: bool) -> bytes:
    """The configured secret, or the one kept in keys_dir, made there on first use.

    Raises PseudonymKeyError when none is configured, none is kept, and there is data already: with a new key every
    child in it would become another child.
    """
    if configured is not None:
        return configured.encode()
    path = keys_dir / KEY_FILE
    if path.exists():
        return _kept(path)
    if store_has_data:
        raise PseudonymKeyError(
            f"{path} is missing, but there is data under its pseudonyms; restore the file from a backup, "
            "or set CSC_PSEUDONYM_KEY to the key with which the data was made"
        )
    return _made(path)


def _kept(path: Path) -> bytes:
    secret = path.read_bytes().strip()
    if len(secret) < MINIMUM_KEY_BYTES:
        raise PseudonymKeyError(f"{path} is empty or cut short; restore it from a backup")
    return secret


def _made(path: Path) -> bytes:
    """Write a new secret whole under another name, then give it its own: of two processes at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(os.urandom(32).hex().encode())
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return _kept(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    return _kept(path)
