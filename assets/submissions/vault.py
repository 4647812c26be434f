"""Where landing files are kept: sealed if a key is set, under names that only this store can make from the content.

Shared by batches and returns. What is in a file, and how its folder is laid out, is the business of those two.
"""

import hmac
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assets.files import FileStore, sync_folder
from assets.locks import locked

SEALED_SUFFIX = ".enc"
MINIMUM_KEY_LENGTH = 16

_SALT = ".naming-salt"
_LOCKS = ".locks"
_NONCE_BYTES = 12


class LandingError(ValueError):
    """A landing file or key that cannot be used. Names the file, never anything in it."""


class Vault:
    """Files of one landing place, each whole, durable and, with a key, encrypted (AES-256-GCM).

    A sealed file is bound to its own name: put under another one, it does not open. Files written before a key was
    set stay readable, since the suffix says which is which.
    """

    def __init__(self, url: str | Path, encryption_key: str | None = None) -> None:
        if encryption_key is not None and len(encryption_key) < MINIMUM_KEY_LENGTH:
            raise LandingError(
                f"the landing key (CSC_LANDING_KEY) has {len(encryption_key)} characters, expected at least "
                f"{MINIMUM_KEY_LENGTH}; make one with: openssl rand -base64 32"
            )
        self.files = FileStore(url)
        self.suffix = SEALED_SUFFIX if encryption_key else ""
        self._cipher = AESGCM(_derived(encryption_key)) if encryption_key else None
        self._secret = (encryption_key or "").encode()
        self._naming_key: bytes | None = None

    def lock(self, name: str) -> AbstractContextManager[None]:
        """Hold the writers' lock of that name. An object store has none: see how readers settle on one copy."""
        if not self.files.is_local:
            return nullcontext()
        return locked(Path(self.files.path(f"{_LOCKS}/{name}.lock")))

    def identify(self, *parts: str | bytes | int) -> str:
        """A uuid that is always the same for the same parts here, and that nobody can guess from the parts.

        A batch may be a single line about a single child, so a plain hash of it could be found by trying ids.
        """
        digest = blake2b(key=self._key_of_names(), digest_size=16)
        for part in parts:
            content = part if isinstance(part, bytes) else str(part).encode()
            digest.update(len(content).to_bytes(8, "big") + content)
        return str(UUID(bytes=digest.digest(), version=5))

    def short_hash(self, content: bytes) -> bytes:
        """Eight bytes that are always the same for the same content here, and that nobody else can work out."""
        return blake2b(content, key=self._key_of_names(), digest_size=8).digest()

    def put(self, key: str, content: bytes) -> None:
        """Store content whole under key, sealed if the key's suffix says so."""
        self.files.write(key, self._seal(key, content) if key.endswith(SEALED_SUFFIX) else content)

    def get(self, key: str) -> bytes:
        """The content stored under key. Raises LandingError when it cannot be opened."""
        content = self.files.read(key)
        return self._open(key, content) if key.endswith(SEALED_SUFFIX) else content

    def settle(self, key: str) -> None:
        """Make sure that the name of a file someone else may just have written survives a power cut."""
        if self.files.is_local:
            sync_folder(Path(self.files.path(key)).parent)

    def sweep(self, folder: str) -> int:
        """Delete what killed writers left half written in folder; returns how many. Hold the writers' lock."""
        return self.files.sweep(folder)

    def folders(self, under: str, label: str) -> Iterator[str]:
        """The values of the `label=value` folders directly below a folder, sorted."""
        prefix = f"{label}="
        for name in self.files.names(under):
            if name.startswith(prefix):
                yield name.removeprefix(prefix)

    def _key_of_names(self) -> bytes:
        if self._naming_key is None:
            self._naming_key = hmac.digest(self._salt(), self._secret, "sha256")
        return self._naming_key

    def _salt(self) -> bytes:
        """Made once and kept beside the files it names. Without it only the recognition of repeats would be lost."""
        if not self.files.exists(_SALT):
            with self.lock("naming"):
                if not self.files.exists(_SALT):
                    self.files.write(_SALT, os.urandom(32))
        return self.files.read(_SALT)

    def _seal(self, key: str, content: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher_for(key).encrypt(nonce, content, key.encode())

    def _open(self, key: str, sealed: bytes) -> bytes:
        cipher = self._cipher_for(key)
        try:
            return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], key.encode())
        except (InvalidTag, ValueError):
            raise LandingError(
                f"{key}: does not open with this CSC_LANDING_KEY; it is another key's, or the file was damaged or moved"
            ) from None

    def _cipher_for(self, key: str) -> AESGCM:
        if self._cipher is None:
            raise LandingError(f"{key}: is encrypted, and no key is set; set CSC_LANDING_KEY to the key of that time")
        return self._cipher


def _derived(encryption_key: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"timely-csc landing files").derive(encryption_key.encode())
