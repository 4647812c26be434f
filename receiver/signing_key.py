"""The key with which the receiver signs the tokens that it gives out itself, made once and shared by its processes."""

import os
from pathlib import Path

from joserfc.jwk import ECKey

from assets.locks import locked

ALGORITHM = "ES256"
_CURVE = "P-256"


def signing_key(folder: Path) -> ECKey:
    """The key kept in that folder (mode 0600), made on first use. Its id is its thumbprint."""
    path = folder / "token-signing-key.pem"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(folder / f".{path.name}.lock"):
        if not path.exists():
            _write(path, ECKey.generate_key(_CURVE).as_pem(private=True))
    key = ECKey.import_key(path.read_bytes())
    key.ensure_kid()
    return key


def _write(path: Path, content: bytes) -> None:
    half = path.with_suffix(".tmp")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    half.replace(path)
